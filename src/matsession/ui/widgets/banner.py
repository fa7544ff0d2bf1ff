"""A banner: something to know that stays until it is solved or put aside."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.announce import announce
from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, Tokens, tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.label import Label

_BESIDE_SIGN = 46
"""Where the words begin, in design pixels."""


class BannerKind(Enum):
    """What a banner is about."""

    INFORMATION = "information"
    DONE = "done"
    CAREFUL = "careful"
    NOT_SAVED = "not_saved"


class Banner(Group):
    """Sign, title, sentence and at most two buttons."""

    first_requested = Signal()
    """The first button was pressed."""
    second_requested = Signal()
    """The second button was pressed."""

    def __init__(
        self,
        kind: BannerKind,
        parent: QWidget | None = None,
        *,
        first: str = "",
        second: str = "",
    ) -> None:
        """``first`` and ``second`` are the words on the buttons; empty: no such button."""
        super().__init__(_kind_name(kind), parent)
        self._kind = kind
        self._first, self._second = first, second
        self._told = ("", "")
        self._narrow = False
        self._row: QBoxLayout | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def _build(self) -> None:
        """Not before there is something to say: the first picture has six banners, and needs none."""
        self._title = Label(style=TextStyle.STRONG)
        self._text = Label()
        self._words = words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(u(_BESIDE_SIGN), u(12), u(12), u(12))
        row.setSpacing(u(8))
        row.addLayout(words, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(u(4))
        for word, wish in ((self._first, self._on_first_clicked), (self._second, self._on_second_clicked)):
            if word:
                button = Button(word, ButtonKind.QUIET)
                button.clicked.connect(wish)
                self._buttons.addWidget(button)
        row.addLayout(self._buttons)
        self._row = row
        self.set_narrow(self._narrow)

    def tell(self, title: str, text: str = "") -> None:
        """Show this, and let a screen reader say it; an empty ``title`` hides the banner."""
        news = self.isHidden() or (title, text) != self._told
        self._told = (title, text)
        if not title and self._row is None:
            return
        if self._row is None:
            self._build()
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(
            texts.tr("{kind}: {title} {text}").format(kind=_kind_name(self._kind), title=title, text=text)
        )
        self.setVisible(bool(title))
        if title and news:
            announce(self, self.accessibleName())

    def words(self) -> str:
        """What it says, title and text."""
        return " ".join(self._told).strip()

    def set_narrow(self, narrow: bool) -> None:
        """Put the buttons under the words, or beside them where there is room for both."""
        self._narrow = narrow
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more, or for less."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._row is None:
            return
        items = [self._buttons.itemAt(index) for index in range(self._buttons.count())]
        needed = sum(item.sizeHint().width() + u(4) for item in items if item)
        room = self.width() - u(_BESIDE_SIGN + 12)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        # Without buttons beside each other always: else Qt reckons with the narrowest words, and too high.
        below = bool(items) and (self._narrow or needed > room // 2)
        self._row.setDirection(down if below else right)
        self._buttons.setDirection(right if needed <= room else down)
        widest = max((item.minimumSize().width() for item in items if item), default=0)
        # A button with long words has the room below the sign as well; the words stay beside it.
        left = 12 if below and widest > room else _BESIDE_SIGN
        self._row.setContentsMargins(u(left), u(12), u(12), u(12))
        self._words.setContentsMargins(u(_BESIDE_SIGN - left), 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Room for the sign at the least."""
        return super().sizeHint().expandedTo(QSize(0, u(44)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground, sign = _look(self._kind, tokens())
        painter.setPen(QPen(QColor(ink), u(2)) if tokens().soft_outlined else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), u(12), u(12))
        draw_sign(painter, sign, QRectF(u(16), u(13), u(18), u(18)), QColor(ink))

    @Slot()
    def _on_first_clicked(self) -> None:
        self.first_requested.emit()

    @Slot()
    def _on_second_clicked(self) -> None:
        self.second_requested.emit()


def _kind_name(kind: BannerKind) -> str:
    return {
        BannerKind.INFORMATION: texts.tr("Information"),
        BannerKind.DONE: texts.tr("Done"),
        BannerKind.CAREFUL: texts.tr("Careful"),
        BannerKind.NOT_SAVED: texts.tr("Not saved"),
    }[kind]


def _look(kind: BannerKind, colours: Tokens) -> tuple[str, str, Sign]:
    return {
        BannerKind.INFORMATION: (colours.info, colours.info_soft, Sign.INFORMATION),
        BannerKind.DONE: (colours.accent, colours.accent_soft, Sign.TICK),
        BannerKind.CAREFUL: (colours.warn, colours.warn_soft, Sign.CAREFUL),
        BannerKind.NOT_SAVED: (colours.danger, colours.danger_soft, Sign.CAREFUL),
    }[kind]
