"""What unfolds below the row of the programme: the days as dots, why it is this one, what can be changed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import programme_words as words
from matsession.app import texts
from matsession.domain.programme import Trouble
from matsession.domain.programme_course import Outlook, Status
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.point_list import PointList
from matsession.ui.widgets.programme_dots import Dot, ProgrammeDots
from matsession.ui.widgets.visibility import show


class ProgrammeDetails(QWidget):
    """Shows what it is handed; wishes go out as signals."""

    paused = Signal()
    moved = Signal(int)
    """So many days forward, or back."""
    restarted = Signal()
    left = Signal()
    trouble_told = Signal(object)
    """A ``Trouble``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._session = Label(style=TextStyle.STRONG)
        self._line = Label()
        self._dots = ProgrammeDots()
        self._note = Label()
        self._reasons = Label(tone="text2")
        self._trouble_title = Label(texts.tr("Something was wrong after last time?"), TextStyle.LABEL)
        self._troubles = {
            each: Button(words.trouble(each), ButtonKind.SECONDARY, small=True) for each in Trouble
        }
        self._trouble_row = Flow(*self._troubles.values(), gap_px=4)
        self._rules_title = Label(texts.tr("How it moves"), TextStyle.LABEL)
        self._rules = PointList()
        self._basis = Label(words.basis(), TextStyle.CAPTION, "text3")
        self._pause = _quiet(texts.tr("Pause"))
        self._back = _quiet(texts.tr("Back one day"))
        self._skip = _quiet(texts.tr("Skip a day"))
        self._restart = _quiet(texts.tr("Start again"))
        self._leave = _quiet(texts.tr("Leave the programme"))
        self._changes = Flow(self._pause, self._back, self._skip, self._restart, self._leave, gap_px=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(6))
        self._all: tuple[QWidget, ...] = (
            self._session,
            self._line,
            self._dots,
            self._note,
            self._reasons,
            self._trouble_title,
            self._trouble_row,
            self._rules_title,
            self._rules,
            self._basis,
            self._changes,
        )
        for each in self._all:
            column.addWidget(each)

    def _connect(self) -> None:
        self._pause.clicked.connect(self._on_pause_clicked)
        self._back.clicked.connect(self._on_back_clicked)
        self._skip.clicked.connect(self._on_skip_clicked)
        self._restart.clicked.connect(self._on_restart_clicked)
        self._leave.clicked.connect(self._on_leave_clicked)
        self._troubles[Trouble.BRUISE].clicked.connect(self._on_bruise_clicked)
        self._troubles[Trouble.BROKEN_SKIN].clicked.connect(self._on_broken_skin_clicked)
        self._troubles[Trouble.BAD_NIGHT].clicked.connect(self._on_bad_night_clicked)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Nothing is known."""
        for each in self._all:
            show(each, False)

    def show_outlook(self, outlook: Outlook, dots: Sequence[Dot], position: int) -> None:
        """The days, and the rules by which they move."""
        show(self._dots, True)
        self._dots.show_days(dots, words.days_in_words(outlook, position))
        show(self._rules_title, True)
        self._rules.show_points(outlook.programme.rules)
        show(self._basis, True)
        active = outlook.course.status is Status.ACTIVE
        tellable = outlook.tellable
        show(self._trouble_title, bool(tellable))
        show(self._trouble_row, bool(tellable))
        for trouble, button in self._troubles.items():
            show(button, trouble in tellable)
        self._trouble_row.arrange()
        finished = position > outlook.programme.last
        show(self._changes, (active and not finished) or outlook.course.status is Status.PAUSED)
        show(self._pause, active)
        show(self._back, active and position > 1)
        show(self._skip, active and position <= outlook.programme.last)
        show(self._restart, active and bool(outlook.course.entries))
        self._changes.arrange()

    def show_words(self, reasons: Sequence[str], note: str) -> None:
        """Why it is this day, and what to know of it."""
        self._reasons.setText(" ".join(reasons))
        show(self._reasons, bool(reasons))
        self._note.setText(note)
        show(self._note, bool(note))

    def show_waiting(self, waiting: bool) -> None:
        """With broken skin no other day can be chosen."""
        if waiting:
            for each in (self._back, self._skip, self._restart):
                show(each, False)
            self._changes.arrange()

    def show_in_full(self, session: str, line: str) -> None:
        """What the row has no room for; empty where it has."""
        self._session.setText(session)
        show(self._session, bool(session))
        self._line.setText(line)
        show(self._line, bool(line))

    # -- events ----------------------------------------------------------------------------------------------

    @Slot()
    def _on_pause_clicked(self) -> None:
        self.paused.emit()

    @Slot()
    def _on_back_clicked(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _on_skip_clicked(self) -> None:
        self.moved.emit(1)

    @Slot()
    def _on_restart_clicked(self) -> None:
        self.restarted.emit()

    @Slot()
    def _on_leave_clicked(self) -> None:
        self.left.emit()

    @Slot()
    def _on_bruise_clicked(self) -> None:
        self.trouble_told.emit(Trouble.BRUISE)

    @Slot()
    def _on_broken_skin_clicked(self) -> None:
        self.trouble_told.emit(Trouble.BROKEN_SKIN)

    @Slot()
    def _on_bad_night_clicked(self) -> None:
        self.trouble_told.emit(Trouble.BAD_NIGHT)


def _quiet(text: str) -> Button:
    return Button(text, ButtonKind.QUIET, small=True)
