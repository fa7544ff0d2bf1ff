"""The page after a session: how it is now, a note, and a word of care."""

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.journal import Journal
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_runner import SessionRunner
from matsession.domain.guidance import RATING_MAX, STRONGEST_SCALE, Better
from matsession.domain.guidance import RatingScale as Scale
from matsession.domain.preset import Step
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session import SessionView
from matsession.ui.drawing import FOCUS_ROOM, Sign
from matsession.ui.pages.proof_section import ProofSection
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.before_now import BeforeNow
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.rating_scale import TEN_WITHIN_MS, RatingScale
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.window_filter import Touches


def _none(_record_id: str) -> bool:
    return False


class RatingPage(QWidget):
    """Asks once; nothing is chosen beforehand, nothing has to be answered.

    Keys: a number rates wherever the focus is (but in the note), Enter saves, + goes on with the session
    while that is still offered.
    """

    finished = Signal()
    """Saved, or passed over."""
    read_back = Signal(str)
    """What was chosen, to be said aloud."""
    touched = Signal()
    """A key or a click: somebody is there."""

    def __init__(
        self,
        presets: PresetLibrary,
        journal: Journal,
        runner: SessionRunner,
        rest: Step,
        of_programme: Callable[[str], bool] = _none,
        parent: QWidget | None = None,
    ) -> None:
        """Write into the line of ``journal`` that was completed last.

        ``of_programme`` tells of a line, by its id, whether the strongest moment is to be asked for too.
        ``rest`` is the step with which a session of ``runner`` goes on after its end.
        """
        super().__init__(parent)
        self._presets = presets
        self._journal = journal
        self._runner = runner
        self._rest = rest
        self._of_programme = of_programme
        self._proof = ProofSection(journal.cue_reports)
        self._touches = Touches(self)
        self._asking = False
        self._small = False
        self._scale_now: Scale | None = None
        self._before: int | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = Heading(style=TextStyle.TITLE)
        self._sub = Label(tone="text2")
        self._go_on = Button(texts.tr("Go on, 10 s"), ButtonKind.SECONDARY, Sign.PLAY)
        self._go_on.setAccessibleName(texts.tr("Go on with the session"))
        self._go_on.setToolTip(texts.tr("It was not the end: go on (+)"))
        kept = self._go_on.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # when the time is over nothing moves below the hand
        self._go_on.setSizePolicy(kept)
        # On a small page it stands where the sentence below the title does afterwards: no gap is left.
        self._for_now = QWidget()
        self._for_now_row = QHBoxLayout(self._for_now)
        self._for_now_row.setContentsMargins(0, 0, 0, 0)
        self._for_now_row.addStretch(1)
        self._below = QStackedWidget()
        self._below.addWidget(self._sub)
        self._below.addWidget(self._for_now)
        self._question = Label(style=TextStyle.H2)
        self._scale = RatingScale(large=True)
        self._line = BeforeNow(self._scale)
        self._result = Label(tone="text2")
        self._strongest_question = Label(style=TextStyle.H3)
        self._strongest = RatingScale(large=True)
        note_title = Label(texts.tr("Note"), TextStyle.LABEL)
        hint = Label(texts.tr("optional, stays on this computer"), TextStyle.CAPTION, "text3")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._note = QPlainTextEdit()
        self._note.setAccessibleName(texts.tr("Note"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(u(76))
        note_title.setBuddy(self._note)
        note_head = QHBoxLayout()
        note_head.addWidget(note_title)
        note_head.addWidget(hint, 1)
        self._care = Banner(BannerKind.INFORMATION)
        self._error = Banner(BannerKind.NOT_SAVED)
        self._save = Button(texts.tr("Save"), ButtonKind.PRIMARY, large=True)
        self._skip = Button(texts.tr("Skip rating"), ButtonKind.QUIET, large=True)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(u(8))
        self._buttons.addWidget(self._save)
        self._buttons.addWidget(self._skip)
        self._buttons.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(u(700 + 2 * FOCUS_ROOM))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(8))
        head = QVBoxLayout()
        head.setSpacing(u(8))
        head.addWidget(self._title)
        head.addWidget(self._below)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addLayout(head, 1)
        self._top.addWidget(self._go_on, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addSpacing(u(8))
        column.addWidget(self._question)
        column.addWidget(self._scale)
        column.addWidget(self._line)
        column.addWidget(self._result)
        column.addWidget(self._strongest_question)
        column.addWidget(self._strongest)
        column.addSpacing(u(8))
        boxes = QVBoxLayout()
        boxes.setSpacing(u(8))
        boxes.addLayout(note_head)
        for box in (self._note, self._care, self._error, self._proof):
            boxes.addWidget(box)
        room = u(FOCUS_ROOM)  # numbers and buttons keep it for their focus ring; all else lines up with them
        boxes.setContentsMargins(room, 0, room, 0)
        for label in (self._title, self._sub, self._question, self._result, self._strongest_question):
            label.setContentsMargins(room, 0, room, 0)
        column.addLayout(boxes)
        column.addSpacing(u(8))
        column.addLayout(self._buttons)
        column.addStretch(1)
        content = QWidget()
        self._across = QHBoxLayout(content)
        self._across.addStretch(1)
        self._across.addWidget(inner, 1000)
        self._across.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(ScrollPage(content))

    def _connect(self) -> None:
        self._scale.rated.connect(self._on_scale_rated)
        self._strongest.rated.connect(self._on_strongest_rated)
        self._save.clicked.connect(self._on_save_clicked)
        self._skip.clicked.connect(self._on_skip_clicked)
        self._go_on.clicked.connect(self._on_go_on_clicked)
        self._runner.ticked.connect(self._on_runner_ticked)
        self._journal.proof_changed.connect(self._on_journal_proof_changed)
        self._touches.touched.connect(self.touched)
        self.touched.connect(self._runner.acknowledge)
        self._ten_passed = QTimer(self)
        self._ten_passed.setSingleShot(True)
        self._ten_passed.setInterval(TEN_WITHIN_MS)
        self._ten_passed.timeout.connect(self._on_ten_passed)

    # -- one session -------------------------------------------------------------------------------

    def ask_about(self, record: SessionRecord) -> None:
        """Ask about the session that has just ended."""
        self._asking = True
        self._before = record.rating_before
        preset = self._presets.find(record.preset_id)
        self._scale_now = self._presets.guidance.scale(record.rating_scale)
        done = texts.length(record.done_s)
        if record.state is RowState.STOPPED:
            self._title.setText(texts.tr("Session ended early"))
            pattern = texts.tr("{done} are in the history.")
            if self._journal.unsaved_count:  # the banner tells why
                pattern = texts.tr("{done} are done.")
            self._sub.setText(pattern.format(done=done))
        else:
            self._title.setText(texts.tr("Session complete"))
            self._sub.setText(texts.tr("Take a moment, then pick what fits."))
        asked = self._scale_now is not None
        self._question.setVisible(asked)
        self._scale.setVisible(asked)
        self._line.setVisible(asked and self._before is not None)
        self._result.setVisible(asked and self._before is not None)
        if self._scale_now is not None:
            self._question.setText(self._scale_now.question)
            self._scale.set_question(self._scale_now)
        self._scale.set_rating(None)
        self._scale.set_earlier(self._before)
        self._ask_strongest(record)
        self._note.setPlainText(record.note)
        any_asked = asked or not self._strongest.isHidden()
        self._skip.setText(texts.tr("Skip rating") if any_asked else texts.tr("Skip"))
        after = preset.after if preset else ""
        standard = texts.tr(
            "Redness is common and usually fades. If the skin is broken or numbness stays, "
            "stop using the mat and ask a doctor."
        )
        self._care.tell(texts.tr("Get up slowly."), f"{after} {standard}".strip())
        self._error.tell("")
        self._show_ratings(None)
        self._proof.close_table()
        self._proof.refresh()
        view = self._runner.view()
        self._offer_go_on(view.go_on_left_s if view is not None else 0.0)
        self._asking = False

    def _ask_strongest(self, record: SessionRecord) -> None:
        """After a session of the programme, which goes by it."""
        scale = self._presets.guidance.scale(STRONGEST_SCALE) if self._of_programme(record.id) else None
        self._strongest_question.setVisible(scale is not None)
        self._strongest.setVisible(scale is not None)
        if scale is not None:
            self._strongest_question.setText(scale.question)
            self._strongest.set_question(scale)
        self._strongest.set_rating(None)

    def _offer_go_on(self, left_s: float) -> None:
        """While it is still possible, with the seconds that are left for it."""
        if left_s > 0:
            words = texts.tr("Go on, {seconds} s").format(seconds=math.ceil(left_s - 1e-6))
            self._go_on.show_text(words, Sign.PLAY)
        elif self._go_on.hasFocus():
            self.focus_first()
        self._go_on.setVisible(left_s > 0)
        self._below.setCurrentWidget(self._for_now if self._small and left_s > 0 else self._sub)

    def _begin_again(self) -> None:
        note = self._note.toPlainText().strip()
        if note:  # what was written is kept; the rating is asked for again
            self._journal.rate(after=None, note=note)
        self._runner.go_on(self._rest)

    def focus_first(self) -> None:
        """Begin at the scale."""
        for scale in (self._scale, self._strongest):
            if scale.isVisibleTo(self):
                scale.focus_scale()
                return
        self._note.setFocus()

    def keep_answers(self) -> None:
        """Save what was answered so far; for a window that is closed meanwhile."""
        rating, note = self._scale.rating(), self._note.toPlainText().strip()
        strongest = self._strongest.rating()
        if rating is not None or note or strongest is not None:
            self._journal.rate(after=rating, note=note, strongest=strongest)

    def _show_ratings(self, now: int | None) -> None:
        self._line.show_ratings(self._before, now)
        self._result.setText(_result(self._before, now, self._scale_now))

    def _finish(self, rating: int | None) -> None:
        note, strongest = self._note.toPlainText().strip(), self._strongest.rating()
        if self._journal.rate(after=rating, note=note, strongest=strongest):
            self._error.tell("")
            self.finished.emit()
            return
        trouble = self._journal.trouble
        unknown = (texts.tr("The history cannot be written at present."), "")
        self._error.tell(*texts.error(trouble) if trouble else unknown)

    # -- events ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves once a number is chosen; a number and + mean the same wherever they are typed."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        digit = len(event.text()) == 1 and event.text() in "0123456789"
        if event.isAutoRepeat():
            super().keyPressEvent(event)
        elif enter and (self._scale.rating() is not None or self._strongest.rating() is not None):
            self._finish(self._scale.rating())
        elif event.text() == "+" and self._go_on.isVisible():
            self._begin_again()
        elif digit and self._scale.isVisible():  # typed at a button; those typed at the scale end there
            self._scale.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on each touch counts."""
        super().showEvent(event)
        self._touches.watch(self.window())

    def hideEvent(self, event: QHideEvent) -> None:
        """No more."""
        super().hideEvent(event)
        self._touches.stop()
        self._ten_passed.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A column in the middle, or the whole width."""
        super().resizeEvent(event)
        small = self.width() < MEDIUM_EM * em()
        side = u(16 if small else 32)
        self._across.setContentsMargins(side, u(8 if small else 28), side, u(16))
        self._title.set_style(TextStyle.H1 if small else TextStyle.TITLE)
        self._be_small(small)
        both = self._save.sizeHint().width() + self._skip.sizeHint().width() + u(8)
        fits = both <= self.width() - 3 * side
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(right if fits else down)
        self._care.set_narrow(small)
        self._error.set_narrow(small)

    def _be_small(self, small: bool) -> None:
        """Go on stands below the title, or beside it."""
        if small == self._small:
            return
        self._small = small
        offered = not self._go_on.isHidden()  # a widget that changes its parent hides
        if small:
            self._for_now_row.insertWidget(0, self._go_on)
        else:
            self._top.addWidget(self._go_on, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._go_on.setVisible(offered)
        self._below.setCurrentWidget(self._for_now if small and offered else self._sub)

    @Slot(object)
    def _on_scale_rated(self, rating: int | None) -> None:
        self._show_ratings(rating)
        if self._asking:
            return
        if rating == 1:
            self._ten_passed.start()  # it may become a 10
        else:
            self._ten_passed.stop()
            self._read_back(rating)

    @Slot(object)
    def _on_strongest_rated(self, rating: int | None) -> None:
        if not self._asking and rating is not None:
            words = texts.tr("The strongest moment: {rating} of {highest}.")
            self.read_back.emit(words.format(rating=rating, highest=RATING_MAX))

    @Slot()
    def _on_ten_passed(self) -> None:
        self._read_back(self._scale.rating())

    def _read_back(self, rating: int | None) -> None:
        if rating is None:
            self.read_back.emit(texts.tr("No rating."))
        else:
            words = texts.tr("{rating} of {highest}. Enter saves it.")
            self.read_back.emit(words.format(rating=rating, highest=RATING_MAX))

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if self.isVisible():
            self._offer_go_on(view.go_on_left_s)

    @Slot()
    def _on_journal_proof_changed(self) -> None:
        if self.isVisible():
            self._proof.refresh()

    @Slot()
    def _on_go_on_clicked(self) -> None:
        self._begin_again()

    @Slot()
    def _on_save_clicked(self) -> None:
        self._finish(self._scale.rating())

    @Slot()
    def _on_skip_clicked(self) -> None:
        self._finish(None)


def _result(before: int | None, now: int | None, scale: Scale | None) -> str:
    """The change in words; calm, whichever way it goes."""
    if before is None:
        return ""
    if now is None:
        return texts.tr("Before the session you chose {rating}.").format(rating=before)
    points = abs(now - before)
    if points == 0:
        return texts.tr("The same as before.")
    if now < before:
        words = texts.tr("1 point lower than before.") if points == 1 else ""
        words = words or texts.tr("{points} points lower than before.").format(points=points)
        worse = scale is not None and scale.better is Better.HIGHER
    else:
        words = texts.tr("1 point higher than before.") if points == 1 else ""
        words = words or texts.tr("{points} points higher than before.").format(points=points)
        worse = scale is not None and scale.better is Better.LOWER
    return texts.tr("{change} That happens.").format(change=words) if worse else words
