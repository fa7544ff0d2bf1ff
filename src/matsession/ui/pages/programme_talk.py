"""What the programme says and what can be said to it: the buttons of its row, and what unfolds below."""

from enum import Enum, auto
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import programme_words as words
from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.programme_book import ProgrammeBook
from matsession.domain.errors import MatSessionError
from matsession.domain.programme import Kind, Suggestion, Trouble
from matsession.domain.programme_course import Answer, Course, Outlook, Status
from matsession.ui.drawing import Sign
from matsession.ui.pages.programme_details import ProgrammeDetails
from matsession.ui.theme import u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.programme_dots import Dot
from matsession.ui.widgets.visibility import show


class Act(Enum):
    """What a button of the row does."""

    START = auto()
    GO_ON = auto()
    AGAIN = auto()
    NOT_FOR_ME = auto()
    HIDE = auto()
    CHOOSE = auto()
    SKIP = auto()
    HEALED = auto()
    YES = auto()
    NO = auto()
    LATER = auto()


class Said(NamedTuple):
    """What the row shows."""

    title: str
    short: str
    """The title where it is narrow."""
    line: str
    acts: tuple[Act, ...] = ()
    session: str = ""
    """What the title has and the short one has not."""


_OFFERED: Final = (Status.NEW, Status.LEFT)


class ProgrammeTalk(QWidget):
    """The part that unfolds; ``row_buttons`` and ``toggle`` stand in the row above it while there is room."""

    said = Signal(object)
    """Another ``Said`` is to be shown; None where the person does not want the programme here."""
    chosen = Signal(str, int)
    """A preset, by its id, with a length in seconds."""
    notice_wished = Signal(object)
    """A ``Notice``."""

    def __init__(
        self,
        book: ProgrammeBook,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        """Speak for ``book``; say nothing before ``refresh``."""
        super().__init__(parent)
        self._book = book
        self._preferences = preferences
        self._choice = ("", 0, False)
        self._in_full = False
        self._build()
        self._connect()
        self._unfold(False)

    def _build(self) -> None:
        self._buttons = {act: Button(text, kind) for act, text, kind in _buttons()}
        self._buttons[Act.CHOOSE] = Button(
            texts.tr("Choose this"), ButtonKind.SECONDARY, texts_to_come=(texts.tr("Chosen"),)
        )
        self.row_buttons = Flow(*self._buttons.values(), gap_px=4)
        self.toggle = Button(texts.tr("Details"), ButtonKind.QUIET, texts_to_come=(texts.tr("Less"),))
        self._details = ProgrammeDetails()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, u(2), u(8), u(10))
        self._column.setSpacing(u(8))
        self._column.addWidget(self._details)

    def _connect(self) -> None:
        self._book.changed.connect(self._on_book_changed)
        self._book.failed.connect(self._on_book_failed)
        self._preferences.changed.connect(self._on_book_changed)
        self.toggle.clicked.connect(self._on_toggle_clicked)
        for act, slot in (
            (Act.START, self._on_start_clicked),
            (Act.AGAIN, self._on_start_clicked),
            (Act.GO_ON, self._on_go_on_clicked),
            (Act.NOT_FOR_ME, self._on_not_for_me_clicked),
            (Act.HIDE, self._on_not_for_me_clicked),
            (Act.CHOOSE, self._on_choose_clicked),
            (Act.SKIP, self._on_skip_clicked),
            (Act.HEALED, self._on_healed_clicked),
            (Act.YES, self._on_yes_clicked),
            (Act.NO, self._on_no_clicked),
            (Act.LATER, self._on_later_clicked),
        ):
            self._buttons[act].clicked.connect(slot)
        details = self._details
        details.trouble_told.connect(self._on_details_trouble_told)
        details.paused.connect(self._on_details_paused)
        details.moved.connect(self._on_details_moved)
        details.restarted.connect(self._on_start_clicked)
        details.left.connect(self._on_details_left)

    # -- showing ---------------------------------------------------------------------------------------------

    def take_row_buttons(self) -> None:
        """Have the buttons of the row in what unfolds, above all else."""
        self._column.insertWidget(0, self.row_buttons)

    def set_in_full(self, in_full: bool) -> None:
        """Whether what unfolds says what the row has no room for."""
        self._in_full = in_full
        self.refresh()

    @Slot()
    def look_again(self) -> None:
        """The day may have turned, and another program may have said something."""
        self._book.reload()
        self.refresh()

    def show_choice(self, preset_id: str, length_s: int, *, open_ended: bool) -> None:
        """Start would start this now."""
        self._choice = (preset_id, length_s, open_ended)
        self._show_whether_chosen()

    def refresh(self) -> None:
        """Say what there is to say now."""
        held = any(each.hasFocus() for each in self._buttons.values())
        said = self._say()
        if said is None:
            self.said.emit(None)
            return
        for act, button in self._buttons.items():
            show(button, act in said.acts)
        show(self.row_buttons, bool(said.acts))
        self.row_buttons.arrange()
        self._details.show_in_full(said.session if self._in_full else "", said.line if self._in_full else "")
        self.said.emit(said)
        self._show_whether_chosen()
        if held and not any(each.hasFocus() and not each.isHidden() for each in self._buttons.values()):
            shown = [self._buttons[act] for act in said.acts if self._buttons[act].isVisibleTo(self.window())]
            (shown[0] if shown else self.toggle).setFocus()

    def _show_whether_chosen(self) -> None:
        preset_id, length_s, open_ended = self._choice
        button = self._buttons[Act.CHOOSE]
        chosen = not button.isHidden() and self._book.is_suggested(preset_id, length_s, open_ended=open_ended)
        if chosen:
            button.show_text(texts.tr("Chosen"), Sign.TICK)
        else:
            button.show_text(texts.tr("Choose this"), None)
        button.setEnabled(not chosen)

    def _say(self) -> Said | None:
        book, status = self._book, self._book.status
        if not self._preferences.settings.programme_shown:
            return None
        if not book.known:
            self._details.show_nothing()
            told = texts.tr("Which day it is cannot be told at present: the history cannot be read.")
            return Said(texts.tr("Two gentle weeks"), texts.tr("Two gentle weeks"), told)
        outlook = book.outlook()
        position = self._position(outlook)
        self._details.show_outlook(outlook, self._dots(outlook, position), position)
        if status in _OFFERED:
            return self._offer(outlook)
        if status is Status.PAUSED:
            self._details.show_words((), "")
            told = texts.tr("It goes on at day {day} when you say so.").format(day=position)
            title = texts.tr("The programme is paused")
            return Said(title, title, told, (Act.GO_ON,))
        found = book.suggestion()
        assert found is not None
        note = found.day.note if found.kind is Kind.SESSION else ""
        if found.kind is Kind.SESSION and found.instead:
            note = words.wearing(found)  # what is noted is about another session
        self._details.show_words(words.reasons(found), note)
        self._details.show_waiting(found.kind is Kind.WAIT)
        if book.asks:
            question = words.marks_question()
            line = texts.tr("You need not answer. If something else was wrong, Details has a place for it.")
            return Said(question, question, line, (Act.YES, Act.NO, Act.LATER))
        return self._suggest(found)

    def _offer(self, outlook: Outlook) -> Said:
        title = texts.tr("New to the mat? Two gentle weeks")
        line = texts.tr("Fourteen days in small steps. It suggests, you decide.")
        self._details.show_words((), "")
        if self._book.problem:
            return Said(title, title, self._book.problem, (Act.START, Act.NOT_FOR_ME))
        if self._book.status is Status.LEFT and outlook.course.entries:
            if outlook.standing.waiting:  # from day 1 on nothing would be known of the broken skin
                return Said(title, title, line, (Act.GO_ON, Act.NOT_FOR_ME))
            return Said(title, title, line, (Act.GO_ON, Act.AGAIN, Act.NOT_FOR_ME))
        return Said(title, title, line, (Act.START, Act.NOT_FOR_ME))

    def _suggest(self, found: Suggestion) -> Said:
        programme = self._book.programme
        title = words.title(found, programme, self._name)
        line = words.line(found, self._name)
        short = words.day_of(found, programme) if found.kind is Kind.SESSION else title
        acts = {
            Kind.SESSION: (Act.CHOOSE, Act.SKIP) if found.instead else (Act.CHOOSE,),
            Kind.WAIT: (Act.HEALED,),
            Kind.BLOCKED: (Act.SKIP,),
            Kind.FINISHED: (Act.AGAIN, Act.HIDE),
        }.get(found.kind, ())
        session = ""
        if found.kind is Kind.SESSION:
            session = texts.tr("{preset}, {length}").format(
                preset=self._name(found.preset_id), length=texts.length(found.length_s)
            )
        return Said(title, short, line, acts, session)

    def _position(self, outlook: Outlook) -> int:
        """The day that is next, or now; one past the last where it is finished."""
        found = outlook.once_followed(self._book.today())
        return outlook.programme.last + 1 if found.kind is Kind.FINISHED else found.day.day

    def _dots(self, outlook: Outlook, position: int) -> tuple[Dot, ...]:
        begun = self._book.status is not Status.NEW
        return tuple(
            Dot.NOW
            if begun and each.day == position
            else (Dot.RESTED if each.day < position and begun else Dot.REST)
            if each.rest
            else Dot.DONE
            if each.day < position and begun
            else Dot.COMING
            for each in outlook.programme.days
        )

    def _name(self, preset_id: str) -> str:
        return self._book.preset_name(preset_id)

    # -- saying ----------------------------------------------------------------------------------------------

    def _tell(self, told: str, before: Course, *, shown: bool | None = None) -> None:
        """In passing, with a way to take it back; ``shown``: whether the row was there before."""
        undo = partial(_take_back, self._book, before, self._book.course, self._preferences, shown)
        self.notice_wished.emit(Notice(told, undo))

    @Slot()
    def _on_start_clicked(self) -> None:
        before = self._book.course
        if self._book.start():
            self._tell(texts.tr("The programme begins at day 1."), before)

    @Slot()
    def _on_go_on_clicked(self) -> None:
        self._book.go_on()

    @Slot()
    def _on_not_for_me_clicked(self) -> None:
        before = self._book.course
        if self._book.status is Status.ACTIVE:
            self._book.leave()  # it is finished, and need not be kept here
        self._preferences.change(programme_shown=False)
        self._tell(texts.tr("The programme can be shown again under Settings."), before, shown=True)

    @Slot()
    def _on_details_left(self) -> None:
        before = self._book.course
        if self._book.leave():
            self._preferences.change(programme_shown=False)
            told = texts.tr("You have left the programme. It can be shown again under Settings.")
            self._tell(told, before, shown=True)

    @Slot()
    def _on_choose_clicked(self) -> None:
        found = self._book.suggestion()
        if found is not None and found.kind is Kind.SESSION:
            self.chosen.emit(found.preset_id, found.length_s)

    @Slot()
    def _on_skip_clicked(self) -> None:
        self._move(1)

    @Slot(int)
    def _on_details_moved(self, by: int) -> None:
        self._move(by)

    def _move(self, by: int) -> None:
        before = self._book.course
        programme = self._book.programme
        day = programme.next_at_most(self._position(self._book.outlook()) + by)
        while day <= programme.last and programme.day(day).rest:
            day += by  # a day off is not what anybody goes back or forward for
        if self._book.move_to(day):
            told = texts.tr("Day {day} is next.").format(day=day)
            self._tell(told if day <= programme.last else texts.tr("That was the last day."), before)

    @Slot()
    def _on_details_paused(self) -> None:
        before = self._book.course
        if self._book.pause():
            self._tell(texts.tr("The programme is paused."), before)

    @Slot()
    def _on_healed_clicked(self) -> None:
        before = self._book.course
        if self._book.tell_healed():
            self._tell(texts.tr("The programme goes on, more gently."), before)

    @Slot()
    def _on_yes_clicked(self) -> None:
        before = self._book.course
        if self._book.tell_marks(Answer.YES):
            self._tell(texts.tr("The same day comes once more."), before)

    @Slot()
    def _on_no_clicked(self) -> None:
        before = self._book.course
        if self._book.tell_marks(Answer.NO):
            self._tell(texts.tr("No marks. The programme goes on as planned."), before)

    @Slot()
    def _on_later_clicked(self) -> None:
        if self._book.put_marks_off():
            told = texts.tr("The question comes again tomorrow, or at the next start of MatSession.")
            self.notice_wished.emit(Notice(told, self._book.ask_again))

    @Slot(object)
    def _on_details_trouble_told(self, trouble: Trouble) -> None:
        before = self._book.course
        if self._book.tell_trouble(trouble):
            self._tell(words.told_trouble(trouble), before)

    # -- events ----------------------------------------------------------------------------------------------

    def _unfold(self, unfolded: bool) -> None:
        self.setVisible(unfolded)
        self.toggle.show_text(texts.tr("Less") if unfolded else texts.tr("Details"), None)
        self.toggle.setAccessibleName(
            texts.tr("Hide the details of the programme")
            if unfolded
            else texts.tr("Details of the programme")
        )

    @Slot()
    def _on_toggle_clicked(self) -> None:
        self._unfold(self.isHidden())

    @Slot()
    def _on_book_changed(self) -> None:
        self.refresh()

    @Slot(object)
    def _on_book_failed(self, error: MatSessionError) -> None:
        self.notice_wished.emit(Notice(" ".join(texts.error(error)).strip()))


def _buttons() -> tuple[tuple[Act, str, ButtonKind], ...]:
    plain, quiet = ButtonKind.SECONDARY, ButtonKind.QUIET
    return (
        (Act.START, texts.tr("Start the programme"), plain),
        (Act.GO_ON, texts.tr("Go on"), plain),
        (Act.AGAIN, texts.tr("Start from day 1"), plain),
        (Act.CHOOSE, "", plain),
        (Act.HEALED, texts.tr("It has healed"), plain),
        (Act.YES, texts.tr("Yes"), plain),
        (Act.NO, texts.tr("No"), plain),
        (Act.LATER, texts.tr("Not now"), quiet),
        (Act.SKIP, texts.tr("Skip this day"), quiet),
        (Act.NOT_FOR_ME, texts.tr("Not for me"), quiet),
        (Act.HIDE, texts.tr("Hide this"), quiet),
    )


def _take_back(
    book: ProgrammeBook, before: Course, after: Course, preferences: Preferences, shown: bool | None
) -> None:
    """Undo of a notice; it holds no window."""
    if before != after:
        book.take_back(before, after)
    if shown is not None:
        preferences.change(programme_shown=shown)
