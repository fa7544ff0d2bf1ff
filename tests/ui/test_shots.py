"""The tool that draws every page and state: it forgets no page, and draws the same each time."""

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from matsession.ui import pages
from tools.shots.scenes import SCENES
from tools.shots.stage import Stage

ROOT = Path(__file__).resolve().parent.parent.parent
WIDE = QSize(1100, 760)


def page_classes() -> set[type[QWidget]]:
    """Every widget that the modules of ui/pages define for others."""
    found = set()
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        for name, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            own = value.__module__ == module.name and not name.startswith("_")
            if own and issubclass(value, QWidget):
                found.add(value)
    return found


def seen(window: QWidget) -> set[type[QWidget]]:
    """What can be seen of the window, by class."""
    return {type(each) for each in window.findChildren(QWidget) if each.isVisible()}


@pytest.mark.expects_log("history not saved")
def test_the_scenes_show_every_page(surroundings: None, tmp_path: Path) -> None:
    """Each scene can be played and is not blank, and together they leave out no part of a page."""
    missing = page_classes()
    assert missing, "no page was found"
    for scene in SCENES:
        stage = Stage(tmp_path / scene.name, WIDE, tmp_path / "sample.sqlite3")
        try:
            scene.drive(stage)
            picture = stage.picture()
            missing -= seen(stage.window)
            front = stage.windows()[0].size()
        finally:
            stage.close()
        assert picture.size().expandedTo(front) == picture.size()
        rough = picture.scaled(100, 70)
        colours = {rough.pixel(x, y) for x in range(100) for y in range(70)}
        assert len(colours) > 20, f"{scene.name} is blank"
    assert {each.__name__ for each in missing} == set(), "these pages have no scene"


def test_no_two_scenes_share_a_name() -> None:
    """One would overwrite the pictures of the other."""
    names = [scene.name for scene in SCENES]
    assert len(names) == len(set(names))


def test_a_second_run_draws_the_same(tmp_path: Path) -> None:
    """The files of two runs are equal byte by byte."""
    drawn: list[dict[str, bytes]] = []
    for number in range(2):
        folder = tmp_path / f"run-{number}"
        look = ["--theme", "dark", "--size", "420x640", "--only", "rating-cues"]
        done = subprocess.run(
            [sys.executable, "-m", "tools.shots", str(folder), *look],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        drawn.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert "rating-cues-dark-420x640.png" in drawn[0]
    assert drawn[0] == drawn[1]
