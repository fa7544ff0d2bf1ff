"""The strip that is seen while a preset is tried."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import preset_edit_words as words
from matsession.app import texts
from matsession.domain.session import SessionView
from matsession.ui.announce import announce
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.time_bar import TimeBar, value_of


class TryStrip(Card):
    """Where the try stands, in words and as a bar, and the button that ends it."""

    end_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(texts.tr("Trying"), parent)
        self._title = Heading(style=TextStyle.H3)
        self._line = Label(tone="text2")
        self._words = Label(style=TextStyle.GUIDE)
        self._bar = TimeBar()
        self._bar.setFixedHeight(u(10))
        self._end = Button(texts.tr("End the try"), ButtonKind.SECONDARY)
        self._end.setToolTip(texts.tr("Esc"))
        self._end.clicked.connect(self.end_wished)
        text = QVBoxLayout()
        text.setSpacing(u(4))
        for each in (self._title, self._line, self._words, self._bar):
            text.addWidget(each)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(u(12))
        self._row.addLayout(text, 1)
        self._row.addWidget(self._end, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(self._row)
        self.hide()

    def begin(self, name: str) -> None:
        """A try of this preset begins."""
        self._title.setText(
            texts.tr("Trying {preset}: 20 times as fast, nothing is kept").format(preset=name)
        )
        self._line.setText("")
        self._words.setText("")
        self.show()
        self._end.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._title.text())

    def tell(self, view: SessionView) -> None:
        """How it stands."""
        self._line.setText(words.try_line(view))
        shown = "" if view.in_preparation else view.step.step.show
        self._words.setText(shown)
        self._words.setVisible(bool(shown))
        total_s, left_s = value_of(view)
        self._bar.setRange(0, total_s)
        self._bar.setValue(left_s)
        self._bar.setAccessibleDescription(self._line.text())

    def set_narrow(self, narrow: bool) -> None:
        """The button beside the words, or below."""
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else right)
