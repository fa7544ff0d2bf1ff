"""The strip of buttons below the preset that is open: it never scrolls away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.drawing import FOCUS_ROOM, Sign
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.sign_button import SignButton


class PresetFooter(QWidget):
    """An own one can be saved and deleted, a built-in one copied and hidden; all can be tried and shared."""

    save_wished = Signal()
    revert_wished = Signal()
    try_wished = Signal()
    copy_wished = Signal()
    share_wished = Signal()
    delete_wished = Signal()
    hide_wished = Signal()
    """A built-in one is to be hidden, or shown again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with the buttons of an own preset."""
        super().__init__(parent)
        self.setObjectName("Footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._save = Button(texts.tr("Save"), ButtonKind.PRIMARY)
        self._save.setToolTip(texts.tr("Save (Ctrl+S)"))
        self._copy_first = Button(texts.tr("Copy to edit"), ButtonKind.PRIMARY, Sign.COPY)
        self._revert = Button(texts.tr("Revert"), ButtonKind.QUIET)
        self._revert.setToolTip(texts.tr("As it was saved last"))
        self._try = Button(texts.tr("Try it"), ButtonKind.SECONDARY, Sign.PLAY)
        self._try.setToolTip(texts.tr("The whole session, 20 times as fast, with its sounds"))
        self._hide = Button(texts.tr("Hide"), ButtonKind.QUIET, texts_to_come=(texts.tr("Show again"),))
        self._share = SignButton(texts.tr("Share"), Sign.UP_TRAY, texts.tr("Write it into a file"))
        self._copy = SignButton(texts.tr("Copy"), Sign.COPY, texts.tr("Make a copy"))
        self._delete = SignButton(texts.tr("Delete"), Sign.BIN, texts.tr("Delete this preset"))
        for each in (self._share, self._copy, self._delete):
            each.show_words(False)
        self._told = Label(style=TextStyle.CAPTION, tone="text2")
        self._buttons = Flow(
            self._save,
            self._copy_first,
            self._revert,
            self._try,
            self._hide,
            self._share,
            self._copy,
            self._delete,
            gap_px=2,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(u(16), u(8), u(16), u(8))
        column.setSpacing(u(4))
        self._told.setContentsMargins(u(FOCUS_ROOM), 0, 0, 0)
        column.addWidget(self._told)
        column.addWidget(self._buttons)
        self._save.clicked.connect(self.save_wished)
        self._copy_first.clicked.connect(self.copy_wished)
        self._copy.clicked.connect(self.copy_wished)
        self._revert.clicked.connect(self.revert_wished)
        self._try.clicked.connect(self.try_wished)
        self._share.clicked.connect(self.share_wished)
        self._delete.clicked.connect(self.delete_wished)
        self._hide.clicked.connect(self.hide_wished)

    def show_state(
        self, told: str, *, built_in: bool, hidden: bool, new: bool, unsaved: bool, valid: bool, trying: bool
    ) -> None:
        """What can be done now, and what there is to know."""
        self._told.setText(told)
        self._told.setVisible(bool(told))
        for button, shown in (
            (self._save, not built_in),
            (self._revert, not built_in and not new),
            (self._delete, not built_in),
            (self._copy, not built_in and not new),
            (self._copy_first, built_in),
            (self._hide, built_in),
        ):
            button.setVisible(shown)
        self._save.setEnabled(valid and unsaved and not trying)
        self._revert.setEnabled(unsaved and not trying)
        self._try.setEnabled(valid and not trying)
        self._share.setEnabled(valid and not trying)
        words = texts.tr("Show again") if hidden else texts.tr("Hide")
        self._hide.show_text(words, None)
        self._hide.setToolTip("" if hidden else texts.tr("It is not offered any more; nothing is lost"))
        self._delete.setToolTip(
            texts.tr("Discard this new preset") if new else texts.tr("Delete this preset")
        )
        self._buttons.arrange()

    def focus_try(self) -> None:
        """Give the keys to the button that tries it."""
        self._try.setFocus(Qt.FocusReason.OtherFocusReason)
