"""Colours that can be read, and a look that follows the system."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from matsession.domain.settings import ThemeChoice
from matsession.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Tokens, apply_theme, tokens


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


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "high contrast"])
def test_every_pair_can_be_read(colours: Tokens) -> None:
    """Text has 4.5 to 1 on every ground it is used on, outlines and signs have 3 to 1."""
    grounds = (colours.bg, colours.nav, colours.surface, colours.sunken, colours.hover)
    text = [(ink, ground) for ink in (colours.text, colours.text2, colours.text3) for ground in grounds]
    text += [
        (colours.on_accent, colours.accent),
        (colours.on_accent, colours.accent_hover),
        (colours.on_accent, colours.accent_press),
        (colours.on_soft, colours.accent_soft),
        (colours.text, colours.warn_soft),
        (colours.text, colours.danger_soft),
        (colours.text, colours.info_soft),
        (colours.warn, colours.surface),
        (colours.on_tooltip, colours.tooltip),
        (colours.before, colours.surface),
    ]
    assert [pair for pair in text if contrast(*pair) < 4.5] == []
    signs = [
        (ink, ground)
        for ink in (colours.control, colours.track, colours.focus, colours.accent)
        for ground in (colours.bg, colours.surface)
    ]
    signs += [(colours.accent, colours.map1), (colours.focus, colours.map1)]
    signs += [(heat, colours.surface) for heat in (colours.heat1, colours.heat2, colours.heat3)]
    assert [pair for pair in signs if contrast(*pair) < 3] == []


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "high contrast"])
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
    """When the system goes dark, so does the window, and back."""
    theme = apply_theme(qapp, ThemeChoice.SYSTEM)
    for scheme, wanted in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        # The offscreen platform has no scheme of its own to change.
        monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints, now=scheme: now)
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        assert tokens() is wanted
    theme.setParent(None)
