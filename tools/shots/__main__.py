"""Draws the scenes into files; see the package, and ``python3 dev.py shots --help``.

Each theme and size is drawn by a process of its own, whose screen has the size of the window. Fonts, locale,
clock, history, sound and voices are fixed, so two runs on one machine draw the same pixels.
"""

import argparse
import fnmatch
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QLocale, QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontInfo, QImage
from PySide6.QtWidgets import QApplication

from matsession.domain.settings import ThemeChoice
from matsession.ui.theme import DESIGN_FONT_PX, STYLE_ARGUMENTS, apply_theme
from tools.shots.pseudo_language import PseudoLanguage
from tools.shots.scenes import SCENES, Scene
from tools.shots.stage import Stage

FONT: Final = "DejaVu Sans"
"""What Linux desktops without a choice of their own use; the widest of the usual ones."""


class Size(NamedTuple):
    """A window and its text."""

    width: int
    height: int
    text: int = 100
    """In per cent."""


SIZES: Final = {
    "1100x760": Size(1100, 760),
    "420x640": Size(420, 640),
    "text-200": Size(1100, 760, 200),
}
THEMES: Final = {
    "light": ThemeChoice.LIGHT,
    "dark": ThemeChoice.DARK,
    "high-contrast": ThemeChoice.HIGH_CONTRAST,
}


def main() -> int:
    """Draw what the command line asks for."""
    given = _parser().parse_args()
    scenes = [scene for scene in SCENES if fnmatch.fnmatchcase(scene.name, given.only)]
    if not scenes:
        print(f"No scene is called {given.only}; there are: {', '.join(scene.name for scene in SCENES)}.")
        return 1
    if given.list:
        print("\n".join(scene.name for scene in scenes))
        return 0
    folder = Path(given.folder).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if given.theme and given.size and "configfile=" in os.environ.get("QT_QPA_PLATFORM", ""):
        return draw(scenes, folder, given.theme, given.size, pseudo=given.pseudo)
    return _draw_all(folder, given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py shots", description="Draw every page and state.")
    parser.add_argument("folder", metavar="DIR", nargs="?", default="shots", help="where the pictures go")
    parser.add_argument("--only", metavar="PATTERN", default="*", help="scenes like this: 'rating-*'")
    parser.add_argument("--theme", choices=THEMES, help="only this theme")
    parser.add_argument("--size", choices=SIZES, help="only this size")
    parser.add_argument("--pseudo", action="store_true", help="in a made-up language, which is longer")
    parser.add_argument("--list", action="store_true", help="only tell the names of the scenes")
    return parser


def _draw_all(folder: Path, given: argparse.Namespace) -> int:
    """Let a process for each theme and size draw, as many at once as there are processors."""
    begin_s = time.monotonic()
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.png")}
    looks = [
        (theme, size)
        for theme in ([given.theme] if given.theme else THEMES)
        for size in ([given.size] if given.size else SIZES)
    ]
    with tempfile.TemporaryDirectory() as scratch:

        def draw_one(look: tuple[str, str]) -> subprocess.CompletedProcess[str]:
            theme, size = look
            screen = Path(scratch, f"{size}.json")
            screen.write_text(json.dumps({"screens": [_screen(SIZES[size])]}), encoding="utf-8")
            command = [sys.executable, "-m", "tools.shots", str(folder), "--only", given.only]
            look_words = ["--theme", theme, "--size", size, *(["--pseudo"] if given.pseudo else [])]
            return subprocess.run(
                [*command, *look_words],
                env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )

        failed = 0
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for (theme, size), done in zip(looks, pool.map(draw_one, looks), strict=True):
                print(f"{theme} {size}: {done.stdout.strip()}", flush=True)
                failed += done.returncode != 0
    drawn = [path for path in folder.glob("*.png") if before.get(path) != path.stat().st_mtime_ns]
    print(f"{len(drawn)} pictures in {folder}, {time.monotonic() - begin_s:.0f} s")
    return 1 if failed else 0


def _screen(size: Size) -> dict[str, object]:
    """A screen as Qt's offscreen platform reads it: what fills the screen has the size of the window."""
    place = {"x": 0, "y": 0, "width": size.width, "height": size.height}
    return {"name": "shots", **place, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


# -- one theme and size ----------------------------------------------------------------------------


def draw(scenes: Sequence[Scene], folder: Path, theme: str, size_name: str, *, pseudo: bool = False) -> int:
    """Draw these scenes; 1 where Qt warned of something."""
    warnings: list[str] = []

    def note(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        # The platform without screens cannot tell a window manager sizes, and says so each time.
        if kind is not QtMsgType.QtDebugMsg and "This plugin does not support" not in message:
            warnings.append(message)

    qInstallMessageHandler(note)
    logging.getLogger("matsession").addHandler(logging.NullHandler())  # some scenes are about failures
    size = SIZES[size_name]
    application = QApplication(["matsession", *STYLE_ARGUMENTS])
    fix_surroundings(application, size.text)
    apply_theme(application, THEMES[theme])
    language = PseudoLanguage()
    if pseudo:
        application.installTranslator(language)
    begin_s = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)  # paths that are shown are relative, and so the same every time
        for scene in scenes:
            for number, picture in enumerate(shoot(scene, QSize(size.width, size.height)), 1):
                part = f"-part-{number}" if number > 1 else ""
                picture.save(str(folder / f"{scene.name}-{theme}-{size_name}{part}.png"))
        os.chdir(folder)  # a folder in which somebody stands cannot be removed everywhere
    print(f"{time.monotonic() - begin_s:.1f} s")
    for warning in dict.fromkeys(warnings):
        print(f"Qt warned: {warning}")
    return 1 if warnings else 0


def fix_surroundings(application: QApplication, text_percent: int = 100) -> None:
    """Fonts and locale as every picture has them; no cursor blinks."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    application.setCursorFlashTime(0)
    font = QFont(FONT)
    font.setPixelSize(round(DESIGN_FONT_PX * text_percent / 100))
    application.setFont(font)
    if QFontInfo(font).family() != FONT:
        print(f"{FONT} is missing; the pictures differ from those of other machines.")


def shoot(scene: Scene, size: QSize, home: Path = Path("home")) -> list[QImage]:
    """The pictures of one scene, played in the folder ``home``, which is made and cleared away."""
    stage = Stage(home, size, home.with_name("sample.sqlite3"))
    try:
        scene.drive(stage)
        return stage.pictures() if scene.whole else [stage.picture()]
    finally:
        stage.close()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
