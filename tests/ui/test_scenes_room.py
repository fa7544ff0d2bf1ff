"""A walk through every scene with text of twice the size: nothing is cut off, nothing lies upon another.

(With the usual text the walk in a longer language, test_pseudo_language.py, sees to the same.)
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from matsession.domain.settings import ThemeChoice
from matsession.ui.theme import apply_theme
from tests.ui.reading import painting_faults
from tests.ui.test_layout import faults
from tools.shots.scenes import SCENES
from tools.shots.stage import Stage

SIZES = (QSize(1100, 760), QSize(420, 640))
"""The second is narrower than the window lets itself be made with so large a text."""


@pytest.fixture
def double_text(surroundings: None, qapp: QApplication) -> Iterator[None]:
    """The text of the pictures, twice as large."""
    usual = QFont(qapp.font())
    font = QFont(usual)
    font.setPixelSize(2 * usual.pixelSize())
    qapp.setFont(font)
    apply_theme(qapp, ThemeChoice.LIGHT).setParent(None)
    yield
    qapp.setFont(usual)


@pytest.mark.expects_log("history not saved")
def test_every_scene_has_room(double_text: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text and control of every page and window, down to the smallest one."""
    monkeypatch.chdir(tmp_path)  # folders that are shown have short names
    found: list[str] = []
    for scene in SCENES:
        stage = Stage(Path("home") / scene.name, SIZES[0], Path("sample.sqlite3"))
        try:
            scene.drive(stage)
            for size in SIZES:
                stage.windows()[0].resize(size)
                stage.settle()
                for window in stage.windows():
                    what = f"{scene.name}, {window.width()} x {window.height()}"
                    found += [f"{what}: {fault}" for fault in (*faults(window), *painting_faults(window))]
        finally:
            stage.close()
    assert list(dict.fromkeys(found)) == []
