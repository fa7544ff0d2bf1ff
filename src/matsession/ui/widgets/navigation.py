"""The side navigation: a list of pages.

In a narrow window it lies across the top, in a medium one it shows signs only.
"""

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from matsession.app import texts
from matsession.ui.drawing import Sign, draw_mark, draw_sign
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.one_chosen import OneChosen
from matsession.ui.widgets.rows import under_mouse
from matsession.ui.widgets.viewport import make_viewport

if TYPE_CHECKING:
    from matsession.ui.widgets.next_reminder import NextReminder

_WORD_ROOM = 12 + 20 + 8 + 24
"""Sign and spaces beside the word of a page."""
_SIDE = 212
"""The width beside the page, where no word needs more."""
_BEFORE_WORD = 12 + 20 + 10
"""The sign and the spaces before the word, where the pages stand below each other."""
_AFTER_WORD = 8
_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


_TIP = Qt.ItemDataRole.UserRole + 1
"""The tooltip of a page without what is told of it besides."""


class Shape(Enum):
    """How the navigation lies in the window."""

    SIDE = auto()
    RAIL = auto()
    ACROSS = auto()


class Mark(QWidget):
    """The app's mark, drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """As large as in the design."""
        super().__init__(parent)
        self.setFixedSize(u(28), u(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rings of dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QRectF(self.rect()), QColor(tokens().accent))


class PageList(QListWidget):
    """The pages. Arrows move and open at once."""

    entered_page = Signal()
    """Enter: go on into the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        make_viewport(self)
        self.shape_now = Shape.SIDE
        self.with_words = True
        """False where only the signs have room."""
        self.by_key = False
        self.setAccessibleName(texts.tr("Pages"))
        self.setItemDelegate(_PageDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key."""
        self.by_key = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words go where they have no room."""
        super().resizeEvent(event)
        self._mind_words()
        self.scheduleDelayedItemsLayout()

    def _mind_words(self) -> None:
        words = QFontMetrics(TextStyle.STRONG.font())
        needed = sum(
            words.horizontalAdvance(self.item(row).text()) + u(_WORD_ROOM) for row in range(self.count())
        )
        fits = needed <= self.viewport().width()
        with_words = self.shape_now is Shape.SIDE or (self.shape_now is Shape.ACROSS and fits)
        if with_words != self.with_words:
            self.with_words = with_words
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on into the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_page.emit()
        else:
            self.by_key = True
            super().keyPressEvent(event)

    def needed_px(self) -> int:
        """The width in which no word of a page runs into the edge, where they stand below each other."""
        words = QFontMetrics(TextStyle.BODY.font())
        widest = max(
            (words.horizontalAdvance(self.item(row).text()) for row in range(self.count())), default=0
        )
        return u(_BEFORE_WORD) + widest + u(_AFTER_WORD) + 2 + 2 * self.frameWidth()

    def tell_more(self, row: int, words: str) -> None:
        """What its tooltip, and a screen reader, say of this page besides its name; perhaps nothing."""
        item = self.item(row)
        tip = str(item.data(_TIP))
        item.setToolTip(f"{tip}\n{words}" if words else tip)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words)

    def lie(self, shape: Shape) -> None:
        """Lay the rows below or beside each other."""
        self.shape_now = shape
        across = shape is Shape.ACROSS
        self.setFlow(QListView.Flow.LeftToRight if across else QListView.Flow.TopToBottom)
        vertical = QSizePolicy.Policy.Fixed if across else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        if across:
            self.setFixedHeight(u(44) + 2)
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(16_777_215)
        self._mind_words()
        self.scheduleDelayedItemsLayout()


class Navigation(QWidget):
    """Mark, name of the app, and the pages."""

    page_requested = Signal(int)
    """The person went to the page with this number."""
    focus_requested = Signal()
    """The person wants to go on into the page."""
    looked_at = Signal()
    """It is shown, or its window has come to the front."""
    left = Signal()
    """It is not shown any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without pages."""
        super().__init__(parent)
        self._next: NextReminder | None = None
        self._next_page = 0
        self.setObjectName("Navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("across", False)
        self._build()
        OneChosen(self._pages)
        self._pages.currentRowChanged.connect(self._on_pages_row_changed)
        self._pages.entered_page.connect(self._on_pages_entered)

    def _build(self) -> None:
        self._mark = Mark()
        self._name = Label("MatSession", TextStyle.H3, wrap=False)
        self._head = QWidget()
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._head)
        head.setContentsMargins(u(8), 0, 0, 0)
        head.setSpacing(u(10))
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        self._pages = PageList()
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.addWidget(self._head)
        self._row.addWidget(self._pages, 1)
        self.lie(Shape.SIDE)

    def add_page(self, name: str, sign: Sign, key: QKeySequence) -> None:
        """One more, at the end, that this key leads to."""
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, sign)
        shortcut = key.toString(QKeySequence.SequenceFormat.NativeText)
        tip = texts.tr("{page} ({shortcut})").format(page=name, shortcut=shortcut)
        item.setToolTip(tip)
        item.setData(_TIP, tip)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        self._pages.addItem(item)
        if self._pages.shape_now is Shape.SIDE:
            self._fit_side()

    def tell_next_reminder(self, page: int, when: str, spoken: str) -> None:
        """What stands at the foot where there is room, and leads to ``page``; nothing if ``when`` is empty.

        It has room of its own below the pages, so nothing moves when it comes or goes.
        """
        self._pages.tell_more(page, spoken)
        if self._next is None and not when:
            return
        if self._next is None:
            from matsession.ui.widgets.next_reminder import NextReminder

            self._next = NextReminder(self)
            self._next.hide()
            self._next.clicked.connect(self._on_next_clicked)
            self._row.addWidget(self._next)
            QWidget.setTabOrder(self._pages, self._next)
        self._next_page = page
        self._next.tell(when, spoken)
        self._put_next()

    def _put_next(self) -> None:
        """Beside the page, where it does not take room from the pages above it."""
        if self._next is None:
            return
        taken = self._head.sizeHint().height() + self._pages.count() * u(44)
        margins = self._row.contentsMargins()
        room = self.height() - taken - margins.top() - margins.bottom() - 2 * self._row.spacing()
        fits = room >= self._next.heightForWidth(self.width() - margins.left() - margins.right())
        self._next.setVisible(self._pages.shape_now is Shape.SIDE and bool(self._next.when) and fits)

    def showEvent(self, event: QShowEvent) -> None:
        """It can be read."""
        super().showEvent(event)
        self.looked_at.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """It cannot."""
        super().hideEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Somebody came."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.looked_at.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what has room."""
        super().resizeEvent(event)
        self._put_next()

    def show_page(self, number: int) -> None:
        """Mark this page as the one that is shown."""
        self._pages.setCurrentRow(number)

    def lie(self, shape: Shape) -> None:
        """Beside the page, as a rail of signs, or across the top."""
        across = shape is Shape.ACROSS
        if across:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
        else:
            self.setFixedWidth(u(64))
        self._head.setVisible(not across)
        self._name.setVisible(shape is Shape.SIDE)
        self._row.setContentsMargins(u(12), u(8) if across else u(20), u(12), u(8) if across else u(20))
        self._row.setSpacing(u(20))
        if across != self.property("across"):
            self.setProperty("across", across)
            self.style().polish(self)
        vertical = QSizePolicy.Policy.Fixed if across else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self._pages.lie(shape)
        if shape is Shape.SIDE:
            self._fit_side()
        self._put_next()

    def _fit_side(self) -> None:
        """As wide as the design, or as the longest word: another language may have longer ones."""
        margins = self._row.contentsMargins()
        words = self._pages.needed_px() + margins.left() + margins.right()
        self.setFixedWidth(max(u(_SIDE), words))

    @Slot()
    def _on_next_clicked(self) -> None:
        self.page_requested.emit(self._next_page)
        self.focus_requested.emit()

    @Slot(int)
    def _on_pages_row_changed(self, row: int) -> None:
        self.page_requested.emit(row)

    @Slot()
    def _on_pages_entered(self) -> None:
        self.focus_requested.emit()


class _PageDelegate(QStyledItemDelegate):
    """Sign, name, and a dot at the page that is shown."""

    def __init__(self, pages: PageList) -> None:
        super().__init__(pages)
        self._pages = pages

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        words = QFontMetrics(TextStyle.STRONG.font()).horizontalAdvance(str(index.data()))
        if self._pages.shape_now is Shape.ACROSS:
            if self._pages.with_words:
                return QSize(u(_WORD_ROOM) + words, u(44))
            share = self._pages.viewport().width() // max(1, self._pages.count())
            return QSize(max(u(24), min(u(64), share)), u(44))  # all of them in sight, however narrow
        return QSize(u(40), u(44))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        rect: QRect = option.rect
        chosen = self._pages.selectionModel().isSelected(index)
        face = QRectF(rect).adjusted(1, u(2), -1, -u(2))
        if chosen or under_mouse(self._pages, index):
            edge = QPen(QColor(colours.border), max(1, u(1)))
            painter.setPen(edge if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.surface if chosen else colours.hover))
            painter.drawRoundedRect(face, u(10), u(10))
        if self._pages.by_key and self._pages.hasFocus() and chosen:
            painter.setPen(QPen(QColor(colours.focus), u(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(face.adjusted(1, 1, -1, -1), u(9), u(9))
        ink = QColor(colours.on_soft if chosen else colours.text2)
        size = u(20)
        rail = not self._pages.with_words
        left = face.center().x() - size / 2 if rail else face.left() + u(12)
        sign = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(sign, Sign):
            draw_sign(painter, sign, QRectF(left, face.center().y() - size / 2, size, size), ink)
        if not rail:
            painter.setPen(ink)
            font = (TextStyle.STRONG if chosen else TextStyle.BODY).font()
            room = face.width() - u(_BEFORE_WORD + _AFTER_WORD)
            if QFontMetrics(font).horizontalAdvance(str(index.data())) > room:
                font = TextStyle.BODY.font()  # a long name in a wide font would run into the edge
            painter.setFont(font)
            text = face.adjusted(u(_BEFORE_WORD), 0, 0, 0)
            middle_left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(text, middle_left, str(index.data()))
        words = painter.fontMetrics().horizontalAdvance(str(index.data()))
        free = face.width() - u(_BEFORE_WORD) - words  # a long name in a wide font leaves none for the dot
        if chosen and self._pages.shape_now is Shape.SIDE and free >= u(16 + 6):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(QRectF(face.right() - u(16), face.center().y() - u(3.5), u(7), u(7)))
        painter.restore()
