"""Colours that can be read, and a look that follows the system."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QFont, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from matsession.domain.settings import ThemeChoice
from matsession.ui.main_window import MainWindow
from matsession.ui.theme import DARK, HIGH_CONTRAST, LIGHT, TextStyle, Tokens, apply_theme, tokens, u
from matsession.ui.widgets.field import DayField, Field, SearchField, TextField, TimeField
from matsession.ui.widgets.label import Heading
from matsession.ui.widgets.stepper import LengthStepper
from matsession.ui.widgets.time_field import TimeField as ShortTimeField
from tests.ui.conftest import World
from tests.ui.finding import settle


def luminance(name: str) -> float:
    """Relative luminance as WCAG 2 reckons it."""
    colour = QColor(name)

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(each) for each in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LOOKS = pytest.mark.parametrize(
    "colours", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "high contrast"]
)

GROUNDS = ("bg", "nav", "surface", "sunken")
SOFT = ("accent_soft", "warn_soft", "danger_soft", "info_soft")
WRITTEN = {
    "text": (*GROUNDS, "hover", *SOFT),
    "text2": (*GROUNDS, "hover"),
    "text3": (*GROUNDS, "hover"),
    "on_soft": (*GROUNDS, "hover", *SOFT),  # quiet buttons, in banners too; what is chosen
    "on_accent": ("accent", "accent_hover", "accent_press"),
    "before": ("bg", "surface"),
    "warn": ("surface", "sunken", "warn_soft"),
    "danger": ("bg", "surface"),
    "on_tooltip": ("tooltip",),
}
"""Which ink is written on which grounds, as measured on all scenes of the pictures; none more."""

DRAWN = {
    "control": (*GROUNDS, "warn_soft"),
    "track": ("bg", "surface"),
    "focus": (*GROUNDS, *SOFT),
    "accent": (*GROUNDS, "accent_soft", "map1"),
    "accent_hover": ("bg", "surface"),
    "accent_press": ("bg", "surface"),
    "on_accent": ("accent",),  # the tick of a switch
    "before": ("bg", "surface"),
    "danger": ("danger_soft", "surface"),
    "warn": ("warn_soft",),
    "info": ("info_soft",),
    "text2": ("surface", "hover"),  # the arrow of a choice
    "heat1": ("surface",),
    "heat2": ("surface",),
    "heat3": ("surface",),
}
"""Outlines, marks and signs, and what they are drawn on."""


def too_faint(colours: Tokens, used: dict[str, tuple[str, ...]], least: float) -> list[str]:
    """The pairs that do not stand out enough."""
    return [
        f"{ink} on {ground}: {contrast(getattr(colours, ink), getattr(colours, ground)):.2f}"
        for ink, grounds in used.items()
        for ground in grounds
        if contrast(getattr(colours, ink), getattr(colours, ground)) < least
    ]


@LOOKS
def test_every_text_can_be_read(colours: Tokens) -> None:
    """4.5 to 1 on every ground it is used on; the number of a rating before a session on its own fill."""
    assert too_faint(colours, WRITTEN, 4.5) == []
    number = colours.on_accent if colours.soft_outlined else colours.surface
    assert contrast(number, colours.before) >= 4.5


@LOOKS
def test_every_sign_can_be_told_from_its_ground(colours: Tokens) -> None:
    """3 to 1, for outlines of controls, the focus ring, dots, marks and signs."""
    assert too_faint(colours, DRAWN, 3.0) == []
    if colours.soft_outlined:  # a soft ground is none: an outline of the ink shows where it ends
        assert {getattr(colours, soft) for soft in SOFT} == {colours.bg}


@LOOKS
def test_more_sessions_stand_out_more(colours: Tokens) -> None:
    """Each shade of the body map stands further from its ground than the one before."""
    shades = (colours.map0, colours.map1, colours.heat1, colours.heat2, colours.heat3)
    stands_out = [contrast(shade, colours.surface) for shade in shades]
    assert stands_out == sorted(stands_out)
    assert all(after / before > 1.15 for before, after in pairwise(stands_out))


def test_a_choice_changes_palette_and_tokens(qapp: QApplication) -> None:
    """Widgets that paint themselves and those that Qt paints agree."""
    theme = apply_theme(qapp, ThemeChoice.LIGHT)
    theme.choose(ThemeChoice.DARK)
    assert tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.bg)
    theme.setParent(None)


def test_the_system_is_followed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system goes dark, or wants more contrast, so does the window, and back; a choice stays."""
    theme = apply_theme(qapp, ThemeChoice.SYSTEM)
    # The offscreen platform has no wishes of its own to change.
    system = {"scheme": Qt.ColorScheme.Light, "contrast": Qt.ContrastPreference.NoPreference}
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: system["scheme"])
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _hints: system["contrast"])

    def turn(scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> Tokens:
        system.update(scheme=scheme, contrast=contrast)
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        qapp.styleHints().accessibility().contrastPreferenceChanged.emit(contrast)
        return tokens()

    usual, high = Qt.ContrastPreference.NoPreference, Qt.ContrastPreference.HighContrast
    assert turn(Qt.ColorScheme.Dark, usual) is DARK
    assert turn(Qt.ColorScheme.Dark, high) is HIGH_CONTRAST
    assert turn(Qt.ColorScheme.Light, high) is HIGH_CONTRAST
    assert turn(Qt.ColorScheme.Light, usual) is LIGHT
    theme.choose(ThemeChoice.DARK)
    assert turn(Qt.ColorScheme.Light, high) is DARK
    theme.choose(ThemeChoice.SYSTEM)
    assert tokens() is HIGH_CONTRAST
    theme.setParent(None)


def test_a_window_that_is_open_changes_with_the_system(
    qapp: QApplication, world: World, open_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Qt paints and what we paint ourselves, in the pixels."""
    theme = apply_theme(qapp, ThemeChoice.SYSTEM)
    window = open_window(world)
    for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints, now=scheme: now)
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        settle()
        shown = window.grab().toImage().scaled(110, 76)
        there = {shown.pixelColor(x, y).name().upper() for x in range(110) for y in range(76)}
        assert {colours.bg, colours.nav, colours.surface, colours.accent} <= there
    theme.setParent(None)


def test_a_title_keeps_its_size_when_the_theme_changes(qapp: QApplication, qtbot: QtBot) -> None:
    """Qt puts back the font in which it was first shown."""
    theme = apply_theme(qapp, ThemeChoice.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    title = Heading("Lower", TextStyle.H1, parent=window)
    title.resize(900, 60)
    window.show()
    settle()
    title.set_style(TextStyle.TITLE)
    large = title.font().pixelSize()
    apply_theme(qapp, ThemeChoice.DARK).setParent(None)
    settle()
    assert title.font().pixelSize() == large
    theme.setParent(None)


def test_the_text_grows_where_the_system_gives_its_font_in_pixels(qapp: QApplication) -> None:
    """Some desktops do; it has no size in points then."""
    before = QFont(qapp.font())
    in_pixels = QFont(before)
    in_pixels.setPixelSize(14)
    qapp.setFont(in_pixels)
    theme = apply_theme(qapp, ThemeChoice.LIGHT)
    preferences = World().preferences
    theme.follow(preferences)
    preferences.change(text_percent=150)
    assert qapp.font().pixelSize() == 21
    theme.setParent(None)
    qapp.setFont(before)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST])
def test_what_an_empty_field_suggests_can_be_read(
    qapp: QApplication, qtbot: QtBot, choice: ThemeChoice
) -> None:
    """With a style sheet Qt writes it in the text's colour half seen through, too faint in the light."""
    apply_theme(qapp, choice).setParent(None)
    field = SearchField("Search in notes")
    qtbot.addWidget(field)
    field.show()
    settle()
    written = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert written == QColor(tokens().text3)
    assert contrast(written.name(), tokens().surface) >= 4.5


@pytest.mark.parametrize("px", [13, 14, 18, 28, 56])
def test_a_field_is_as_high_with_the_keys_or_an_error_as_without(
    qapp: QApplication, qtbot: QtBot, px: int
) -> None:
    """A ring is wider than an edge; what stands below must not move for it, nor when the theme changes."""
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPixelSize(px)
    qapp.setFont(font)
    apply_theme(qapp, ThemeChoice.LIGHT).setParent(None)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    controls = [
        TextField("Words"),
        DayField("Day"),
        TimeField("Time"),
        ShortTimeField("Hour"),
        LengthStepper("Length", minutes=True),
    ]
    fields = [Field("", control) for control in controls]
    for field in fields:
        column.addWidget(field)
    window.resize(500, 800)
    with qtbot.waitActive(window):
        window.show()
    for with_keys in controls:
        with_keys.setFocus()
        for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
            apply_theme(qapp, choice).setParent(None)
            settle()
            assert {control.height() for control in controls} == {u(36)}
    for field in fields:
        field.tell("This is wrong.")
    settle()
    assert {control.height() for control in controls} == {u(36)}
    window.close()
    qapp.setFont(before)
