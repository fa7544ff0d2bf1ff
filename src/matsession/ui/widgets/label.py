"""Text in the design's styles. Lines wrap; a word that is wider than the window makes its text smaller."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from matsession.ui.theme import TextStyle

_EASY_CHARACTERS = 60


class Label(QLabel):
    """A plain text that wraps."""

    def __init__(
        self,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        tone: str = "",
        parent: QWidget | None = None,
        *,
        wrap: bool = True,
    ) -> None:
        """``tone`` names the colour in the style sheet; empty is the main text colour."""
        super().__init__(text, parent)
        self._style = style
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(style.font())
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if tone:
            self.setProperty("tone", tone)

    def sizeHint(self) -> QSize:
        """One line, up to a width that is still easy to read."""
        if not self.wordWrap():
            return super().sizeHint()
        metrics = QFontMetrics(self.font())
        one_line = metrics.horizontalAdvance(self.text()) + metrics.averageCharWidth()
        width = min(one_line, _EASY_CHARACTERS * metrics.averageCharWidth())
        return QSize(width, self.heightForWidth(width))

    def height_of(self, text: str, width: int) -> int:
        """How high this text would be."""
        return self._height(text, width, self.font())

    def _height(self, text: str, width: int, font: QFont) -> int:
        margins = self.contentsMargins()
        room = max(1, width - margins.left() - margins.right())
        flags = int(Qt.TextFlag.TextWordWrap)
        height = QFontMetrics(font).boundingRect(0, 0, room, 100_000, flags, text).height()
        return height + margins.top() + margins.bottom()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's font."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(self._style.font())
        super().changeEvent(event)


class RoomyLabel(Label):
    """A text in a place that has room for others too."""

    _room: tuple[str, ...] = ()

    def keep_room_for(self, texts_to_come: Iterable[str]) -> None:
        """Be high enough for each of these, so that nothing below moves when one of them is shown."""
        self._room = tuple(dict.fromkeys(texts_to_come))
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """High enough for the text, and for those it keeps room for."""
        height = super().heightForWidth(width)
        return max([height, *(self.height_of(text, width) for text in self._room)])


class Heading(Label):
    """A title. It shrinks, down to a limit, until its longest word fits the width it is given."""

    _SMALLEST = 0.5

    def __init__(
        self, text: str = "", style: TextStyle = TextStyle.TITLE, parent: QWidget | None = None
    ) -> None:
        """Show ``text`` as large as ``style`` if there is room."""
        self._words: tuple[str, ...] = ()
        super().__init__(text, style, parent=parent)

    def set_style(self, style: TextStyle) -> None:
        """Be of another size."""
        self._style = style
        self._fit()

    def expect_words_of(self, texts_to_come: Iterable[str]) -> None:
        """Be small enough for the longest word of these as well, so that the size stays the same."""
        self._words = tuple(texts_to_come)
        self._fit()

    def setText(self, text: str) -> None:
        """Show another text, as large as it may be."""
        super().setText(text)
        self._fit()

    def heightForWidth(self, width: int) -> int:
        """At the size the text would have in this width."""
        return self.height_of(self.text(), width)

    def height_of(self, text: str, width: int) -> int:
        """How high this text would be, at the size it would have in this width."""
        return self._height(text, width, self._font_for(width))

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest word at the smallest size."""
        hint = super().minimumSizeHint()
        word = round(self._longest_word_px() * self._SMALLEST)
        return QSize(min(hint.width(), word), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the size: with a new style sheet Qt puts back the font of the very first one."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _longest_word_px(self) -> int:
        metrics = QFontMetrics(self._style.font())
        words = " ".join((self.text(), *self._words)).split()
        return max((metrics.horizontalAdvance(word) for word in words), default=0)

    def _font_for(self, width: int) -> QFont:
        font = self._style.font()
        word = self._longest_word_px() + 2
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        if word > room > 0:
            factor = max(self._SMALLEST, room / word)
            font.setPixelSize(max(1, int(font.pixelSize() * factor)))
        return font

    def _fit(self) -> None:
        font = self._font_for(self.width())
        if font != self.font():
            self.setFont(font)
