"""The line that tells that some presets are not offered, and leads to why and to them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Label


class HiddenPresets(QWidget):
    """How many there are, and two ways on."""

    answers_requested = Signal()
    """The person wants to look at their answers again."""
    shown_changed = Signal(bool)
    """The hidden ones are to be listed with the others, or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with none."""
        super().__init__(parent)
        self._shown = False
        self._words = Label(style=TextStyle.CAPTION, tone="text2")
        self._answers = Button(texts.tr("Change answers"), ButtonKind.QUIET, small=True)
        self._show = Button(
            texts.tr("Show them anyway"),
            ButtonKind.QUIET,
            small=True,
            texts_to_come=(texts.tr("Hide them again"),),
        )
        self._buttons = Flow(self._answers, self._show, gap_px=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(2))
        column.addWidget(self._words)
        column.addWidget(self._buttons)
        self._answers.clicked.connect(self.answers_requested)
        self._show.clicked.connect(self._on_show_clicked)

    def follow(self, before: QWidget) -> None:
        """Come after this one by the Tab key."""
        QWidget.setTabOrder(before, self._answers)
        QWidget.setTabOrder(self._answers, self._show)

    def tell(self, words: str, *, answered: bool, shown: bool) -> None:
        """How many are hidden and why; ``answered``: because of answers. ``shown``: they are listed now."""
        self._shown = shown
        self._words.setText(words)
        self._answers.setVisible(answered)
        self._buttons.arrange()
        to_come = texts.tr("Hide them again") if shown else texts.tr("Show them anyway")
        self._show.show_text(to_come, None)

    @Slot()
    def _on_show_clicked(self) -> None:
        self.shown_changed.emit(not self._shown)
