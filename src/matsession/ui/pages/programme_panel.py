"""The programme on the session page: one quiet row, which unfolds.

The row is there from the first picture on, with the name of the programme alone. What it says follows right
after that picture, in the same room: nothing below it moves. All the rest is made with ``take``.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.visibility import show

if TYPE_CHECKING:
    from matsession.app.preferences import Preferences
    from matsession.app.programme_book import ProgrammeBook
    from matsession.ui.pages.programme_talk import ProgrammeTalk, Said

ROW_PX = 54
"""As high as a title and two lines, or a button with its focus ring: the row is so high from the first
picture on, whatever it will say."""

_WORDS_PX = 230
"""Words narrower than this would stand in too many lines: then the buttons unfold."""


class ProgrammePanel(Card):
    """Title, a line, and after ``take`` the buttons and what unfolds."""

    chosen = Signal(str, int)
    """The preset of this id, with this length in seconds, is to be chosen on the page."""
    notice_wished = Signal(object)
    """A ``toaster.Notice``: what was done, with a way to take it back."""

    def __init__(self, preferences: "Preferences", parent: QWidget | None = None) -> None:
        """Show the name; hidden where the person does not want it."""
        super().__init__(texts.tr("Two gentle weeks"), parent)
        self._preferences = preferences
        self._talk: ProgrammeTalk | None = None
        self._narrow = False
        name = texts.tr("Two gentle weeks")
        self._words = (name, name, "")
        self._title = Label(name, TextStyle.STRONG)
        self._line = Label(tone="text2")
        words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addStretch(1)
        self._row = QHBoxLayout()
        self._row.setSpacing(u(4))
        self._row.addLayout(words, 1)
        strut = QWidget()
        strut.setFixedSize(0, u(ROW_PX))
        self._row.addWidget(strut)
        self.column.setContentsMargins(u(20), u(6), u(12), u(6))
        self.column.setSpacing(u(4))
        self.column.addLayout(self._row)
        if not preferences.settings.programme_shown:
            self.hide()

    def take(self, book: "ProgrammeBook") -> None:
        """Say what ``book`` suggests, from now on."""
        if self._talk is not None:
            return
        from matsession.ui.pages.programme_talk import ProgrammeTalk  # after the first picture

        self._talk = talk = ProgrammeTalk(book, self._preferences)
        self._row.addWidget(talk.row_buttons)
        self._row.addWidget(talk.toggle)
        self.column.addWidget(talk)
        talk.said.connect(self._on_talk_said)
        talk.chosen.connect(self.chosen)
        talk.notice_wished.connect(self.notice_wished)
        talk.set_in_full(self._narrow)
        self._arrange()

    def look_again(self) -> None:
        """Somebody came back: the day may be another, and another program may have said something."""
        if self._talk is not None:
            self._talk.look_again()

    def show_choice(self, preset_id: str, length_s: int, *, open_ended: bool) -> None:
        """This is what Start would start."""
        if self._talk is not None:
            self._talk.show_choice(preset_id, length_s, open_ended=open_ended)

    def set_narrow(self, narrow: bool) -> None:
        """Where it is narrow the row has its title alone; all else unfolds."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self.column.setContentsMargins(u(12 if narrow else 20), u(6), u(12), u(6))
        self._show_words()
        if self._talk is not None:
            self._talk.set_in_full(narrow)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for the buttons in the row, or none any more."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """The window came to the front: somebody is there."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look_again()
        return super().event(event)

    def _arrange(self) -> None:
        if self._talk is None:
            return
        actions = self._talk.row_buttons
        needed = actions.sizeHint().width() + self._talk.toggle.sizeHint().width() + u(_WORDS_PX + 40)
        beside = not self._narrow and needed <= self.width()
        if beside is (self._row.indexOf(actions) >= 0):
            return
        if beside:
            self._row.insertWidget(self._row.indexOf(self._talk.toggle), actions)
        else:
            self._talk.take_row_buttons()

    def _show_words(self) -> None:
        title, short, line = self._words
        self._title.setText(short if self._narrow else title)
        self._line.setText(line)
        show(self._line, bool(line) and not self._narrow)

    @Slot(object)
    def _on_talk_said(self, said: "Said | None") -> None:
        show(self, said is not None)
        if said is not None:
            self._words = (said.title, said.short, said.line)
            self.setAccessibleDescription(" ".join((said.title, said.line)).strip())
            self._show_words()
            self._arrange()
