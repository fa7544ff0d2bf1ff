"""The icon: drawn by a script in the project, in every size a desktop asks for."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from matsession.ui.app_icon import WINDOW_SIZES_PX, AppIcon
from tools import make_icons


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size_px", make_icons.SIZES)
def test_the_files_are_what_the_script_draws(size_px: int) -> None:
    """Pixel for pixel, give or take what another version of Qt does at the edges."""
    drawn = make_icons.png(size_px)
    file = QImage(str(make_icons.FOLDER / f"matsession-{size_px}.png"))
    assert (file.width(), file.height()) == (size_px, size_px)
    pixels, wanted = _pixels(file), _pixels(drawn)
    assert max(abs(one - other) for one, other in zip(pixels, wanted, strict=True)) <= 24
    assert file.pixelColor(0, 0).alpha() == 0
    assert file.pixelColor(size_px // 8, size_px // 2).name() == QColor(make_icons.GROUND).name()


def _pixels(image: QImage) -> bytes:
    converted = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return bytes(converted.constBits())  # they live as long as the image


@pytest.mark.parametrize(("name", "ground"), [("matsession", True), ("matsession-symbolic", False)])
def test_the_drawings_are_what_the_script_writes(name: str, ground: bool) -> None:
    """To the letter."""
    assert (make_icons.FOLDER / f"{name}.svg").read_text("utf-8") == make_icons.svg(ground)


def test_windows_get_the_icon(qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    """In the sizes that are shown."""
    before = QGuiApplication.windowIcon()
    request.addfinalizer(lambda: QGuiApplication.setWindowIcon(before))
    AppIcon(Path(make_icons.FOLDER)).show()
    sizes = {size.width() for size in QGuiApplication.windowIcon().availableSizes()}
    assert sizes == set(WINDOW_SIZES_PX)
