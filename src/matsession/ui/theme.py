"""Colour, type and space: the design's tokens, and how they reach Qt.

Every hex value of the window lives here. Widgets that paint themselves ask ``tokens()``, all others get their
look from the palette and the one style sheet. Sizes grow with the system's font: ``u(20)`` is 20 pixels where
that font has 14.
"""

from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from matsession.app.preferences import Preferences
from matsession.domain.settings import ThemeChoice
from matsession.ui.style_sheet import style_sheet

DESIGN_FONT_PX: Final = 14
"""The size of the system font in the design's pictures."""

STYLE_ARGUMENTS: Final = ("-style", "Fusion")
"""The style that all is drawn for, for the command line of QApplication. (``setStyle`` hands the style back,
and Qt's class QStyle with its 500 names takes 8 ms to make; nothing before the first picture needs it.)"""

WIDE_EM: Final = 60
MEDIUM_EM: Final = 40
"""From these widths on, in ems of the system font, a window is wide or medium; below, narrow."""


class Tokens(NamedTuple):
    """One set of colours. Which surface each may be used on is told in the design, section 2."""

    # A NamedTuple, because a frozen dataclass of so many fields takes 3 ms to make at each start.

    bg: str
    nav: str
    surface: str
    sunken: str
    hover: str
    border: str
    control: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    accent_soft: str
    on_soft: str
    before: str
    danger: str
    danger_soft: str
    warn: str
    warn_soft: str
    info: str
    info_soft: str
    focus: str
    track: str
    heat0: str
    heat1: str
    heat2: str
    heat3: str
    map0: str
    map1: str
    map_hover: str
    tooltip: str
    on_tooltip: str
    soft_outlined: bool = False
    """Whether a soft fill cannot be told from its surface, so that it needs an outline."""


LIGHT: Final = Tokens(
    bg="#F2F5F3",
    nav="#E8EDEA",
    surface="#FFFFFF",
    sunken="#EDF1EF",
    hover="#E6ECE9",
    border="#D3DCD7",
    control="#76847F",
    text="#1B2523",
    text2="#46534F",
    text3="#5B6864",
    disabled="#8D9995",
    accent="#1E6B5E",
    accent_hover="#185A4F",
    accent_press="#124A41",
    on_accent="#FFFFFF",
    accent_soft="#DCEBE5",
    on_soft="#134E44",
    before="#A14F2B",
    danger="#B02A23",
    danger_soft="#FBE8E5",
    warn="#75500A",
    warn_soft="#FAF0D7",
    info="#2B5876",
    info_soft="#E3EEF5",
    focus="#14211E",
    track="#76847F",
    heat0="#C6D0CB",
    heat1="#5C9C8C",
    heat2="#2F7C6C",
    heat3="#12463C",
    map0="#DDE4E0",
    map1="#BCCDC6",
    map_hover="#8FB5A8",
    tooltip="#1B2523",
    on_tooltip="#FFFFFF",
)

DARK: Final = Tokens(
    bg="#111615",
    nav="#0D1110",
    surface="#1A211F",
    sunken="#141A18",
    hover="#27312E",
    border="#303B37",
    control="#7A8984",
    text="#E7EDEA",
    text2="#B7C3BE",
    text3="#98A6A1",
    disabled="#67736F",
    accent="#82CDB9",
    accent_hover="#9BDAC9",
    accent_press="#6AB8A3",
    on_accent="#08241D",
    accent_soft="#1F3A33",
    on_soft="#A9E0D1",
    before="#E8A585",
    danger="#F3A299",
    danger_soft="#40241F",
    warn="#E9C47B",
    warn_soft="#362C16",
    info="#9CC7E3",
    info_soft="#1C2D38",
    focus="#FFFFFF",
    track="#6B7974",
    heat0="#38443F",
    heat1="#3F8474",
    heat2="#66B5A1",
    heat3="#B4EBDD",
    map0="#2B3532",
    map1="#43524D",
    map_hover="#5E7A71",
    tooltip="#E7EDEA",
    on_tooltip="#111615",
)

HIGH_CONTRAST: Final = Tokens(
    bg="#000000",
    nav="#000000",
    surface="#000000",
    sunken="#000000",
    hover="#333333",
    border="#FFFFFF",
    control="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#FFFFFF",
    disabled="#A8A8A8",
    accent="#FFE14D",
    accent_hover="#FFF0A0",
    accent_press="#E6C200",
    on_accent="#000000",
    accent_soft="#000000",
    on_soft="#FFE14D",
    before="#FFB08A",
    danger="#FF9D94",
    danger_soft="#000000",
    warn="#FFE14D",
    warn_soft="#000000",
    info="#8FD0FF",
    info_soft="#000000",
    focus="#00E5FF",
    track="#9A9A9A",
    heat0="#6E6E6E",
    heat1="#B79F2A",
    heat2="#E6C93C",
    heat3="#FFF3B0",
    map0="#1C1C1C",
    map1="#4A4A4A",
    map_hover="#7A7A7A",
    tooltip="#FFFFFF",
    on_tooltip="#000000",
    soft_outlined=True,
)

_BY_WINDOW_COLOUR: Final = {QColor(each.bg).rgb(): each for each in (LIGHT, DARK, HIGH_CONTRAST)}


def tokens() -> Tokens:
    """The colours in force, told by the application's palette; light where that is not one of ours."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return _BY_WINDOW_COLOUR.get(window.rgb(), LIGHT)


def em() -> int:
    """The size of the system font in pixels."""
    return _em_of(QApplication.font())


@lru_cache(maxsize=4)  # asked for more than a thousand times before the first picture
def _em_of(font: QFont) -> int:
    return max(1, QFontInfo(font).pixelSize())


def u(px: float) -> int:
    """``px`` of the design in pixels of this screen."""
    return round(px * em() / DESIGN_FONT_PX)


class TextStyle(Enum):
    """The design's text styles: size as a factor of the system font, and weight."""

    CAPTION = (0.86, QFont.Weight.Normal)
    LABEL = (0.93, QFont.Weight.DemiBold)
    BODY = (1.0, QFont.Weight.Normal)
    STRONG = (1.0, QFont.Weight.DemiBold)
    GUIDE = (1.29, QFont.Weight.Normal)
    H3 = (1.14, QFont.Weight.DemiBold)
    H2 = (1.43, QFont.Weight.DemiBold)
    H1 = (1.86, QFont.Weight.DemiBold)
    TITLE = (2.43, QFont.Weight.DemiBold)
    FIGURE = (3.7, QFont.Weight.Medium)
    """A number to be read from afar."""

    def font(self) -> QFont:
        """The system font in this style."""
        return QFont(_font_of(self, QApplication.font()))  # a copy: whoever asks may change it


@lru_cache(maxsize=32)  # asked for 300 times before the first picture
def _font_of(style: TextStyle, system: QFont) -> QFont:
    factor, weight = style.value
    font = QFont(system)
    font.setPixelSize(max(1, round(_em_of(system) * factor)))
    font.setWeight(weight)
    return font


class Theme(QObject):
    """Keeps palette, size of text and style sheet of the application true to the choice, and to the system's.

    Until ``complete`` there is the palette alone. With a style sheet in force each widget that finds its
    parent walks through all below it; so whoever has many to make completes the theme after that.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice) -> None:
        """Dress ``app``, now and whenever the system changes its mind."""
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._preferences: Preferences | None = None
        self._system_font = QFont(app.font())
        self._text_percent = 100
        self._complete = False
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_hints_scheme_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_hints_contrast_changed)
        self._apply()

    def complete(self) -> None:
        """Put the style sheet on as well."""
        self._complete = True
        self._apply()

    def choose(self, choice: ThemeChoice) -> None:
        """Change the look at once."""
        if choice is not self._choice:
            self._choice = choice
            self._apply()

    def follow(self, preferences: Preferences) -> None:
        """Look as these say, now and whenever they change."""
        self._preferences = preferences
        preferences.changed.connect(self._on_preferences_changed)
        self._on_preferences_changed()

    @Slot()
    def _on_preferences_changed(self) -> None:
        assert self._preferences is not None
        settings = self._preferences.settings
        if settings.text_percent != self._text_percent:
            self._text_percent = settings.text_percent
            font = QFont(self._system_font)
            factor = settings.text_percent / 100
            if font.pointSizeF() > 0:
                font.setPointSizeF(font.pointSizeF() * factor)
            else:  # a system may give its font in pixels
                font.setPixelSize(round(font.pixelSize() * factor))
            self._app.setFont(font)
            if self._complete:
                self._apply()
        self.choose(ThemeChoice(settings.theme))

    def _wanted(self) -> Tokens:
        hints = self._app.styleHints()
        match self._choice:
            case ThemeChoice.LIGHT:
                return LIGHT
            case ThemeChoice.DARK:
                return DARK
            case ThemeChoice.HIGH_CONTRAST:
                return HIGH_CONTRAST
            case ThemeChoice.SYSTEM:
                if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
                    return HIGH_CONTRAST
                return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT

    def _apply(self) -> None:
        wanted = self._wanted()
        self._app.setPalette(palette(wanted))
        if self._complete:
            self._app.setStyleSheet(style_sheet(wanted, em() / DESIGN_FONT_PX))
        self.changed.emit()

    @Slot()
    def _on_hints_scheme_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    @Slot()
    def _on_hints_contrast_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()


def apply_theme(app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> Theme:
    """Dress the application. The Theme that is returned follows the system; ``app`` keeps it alive."""
    app.setStyle("Fusion")
    theme = Theme(app, choice)
    theme.complete()
    return theme


def palette(colours: Tokens) -> QPalette:
    """The design's palette, for whatever the style itself draws."""
    role = QPalette.ColorRole
    every = {
        role.Window: colours.bg,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.PlaceholderText: colours.text3,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.Light: colours.surface,
        role.Midlight: colours.hover,
        role.Mid: colours.border,
        role.Dark: colours.control,
        role.Shadow: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.tooltip,
        role.ToolTipText: colours.on_tooltip,
    }
    disabled = {
        role.Text: colours.disabled,
        role.WindowText: colours.disabled,
        role.ButtonText: colours.disabled,
        role.Base: colours.sunken,
        role.Button: colours.sunken,
        role.Highlight: colours.border,
        role.HighlightedText: colours.text2,
    }
    made = QPalette()
    for which, colour in every.items():
        made.setColor(which, QColor(colour))
    for which, colour in disabled.items():
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colour))
    return made
