"""The question of the next morning on the session page: one card, gone when it is answered or passed over."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.morning_question import Asked, MorningQuestion
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import RATING_MAX
from matsession.ui.announce import announce
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.theme import TextStyle, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.rating_scale import RatingButton, RatingScale

_WIDEST = 700
"""As wide as the scale is on the rating page."""


class MorningCard(Card):
    """A click answers at once; keys only choose, and Enter saves: for Enter on the page starts a session."""

    notice_wished = Signal(object)
    """A ``Notice``: what was done, with a way to take it back."""

    def __init__(self, question: MorningQuestion, parent: QWidget | None = None) -> None:
        """Ask what ``question`` has to ask; say nothing before ``look_again``."""
        super().__init__(texts.tr("The next morning"), parent)
        self._question = question
        self._asked: Asked | None = None
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self._title = Label(style=TextStyle.STRONG)
        self._line = Label(tone="text2")
        self._scale = RatingScale(large=True)
        self._scale.setMaximumWidth(u(_WIDEST))
        self._skip = Button(texts.tr("Skip"), ButtonKind.QUIET)
        self._skip.setAccessibleName(texts.tr("Skip this question"))
        words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addWidget(self._title)
        words.addWidget(self._line)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(u(FOCUS_ROOM), 0, 0, 0)
        self._head.addLayout(words, 1)
        self._head.addWidget(self._skip, 0, Qt.AlignmentFlag.AlignTop)
        self.column.setContentsMargins(u(20 - FOCUS_ROOM), u(10), u(12), u(10))
        self.column.setSpacing(u(4))
        self.column.addLayout(self._head)
        self.column.addWidget(self._scale)

    def _connect(self) -> None:
        self._scale.clicked.connect(self._on_scale_clicked)
        self._scale.rated.connect(self._on_scale_rated)
        self._skip.clicked.connect(self._on_skip_clicked)
        self._question.changed.connect(self._on_question_changed)
        self._question.failed.connect(self._on_question_failed)

    def stand_after(self, before: QWidget) -> None:
        """Let Tab come here where it passes ``before``: the card is made later than what stands below it."""
        words, policy = before, before.focusPolicy()
        words.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # else Qt takes no heed of its place
        for each in (*self._scale.findChildren(RatingButton), self._skip):
            QWidget.setTabOrder(before, each)
            before = each
        words.setFocusPolicy(policy)

    def set_narrow(self, narrow: bool) -> None:
        """Less room at the sides."""
        self.column.setContentsMargins(u(12 if narrow else 20) - u(FOCUS_ROOM), u(10), u(12), u(10))

    def look_again(self) -> None:
        """Somebody is here: ask what is to be asked by now."""
        before, self._asked = self._asked, self._question.asked()
        if self._asked is None:
            self.hide()
            return
        if before is None or before.record.id != self._asked.record.id or self.isHidden():
            self._scale.set_rating(None)
        self._title.setText(self._asked.scale.question)
        self.setAccessibleName(self._asked.scale.question)
        self._scale.set_question(self._asked.scale)
        hint = texts.tr("Number keys and arrows choose, Enter saves.")
        self._scale.setAccessibleDescription(hint)
        self._scale.setToolTip(hint)
        self._show_line()
        self.show()

    def _show_line(self) -> None:
        """About which session it is; while a number is chosen and not saved, what saves it."""
        if self._asked is None:
            return
        record, rating = self._asked.record, self._scale.rating()
        line = texts.tr("{day} {time}: {preset}. You need not answer.").format(
            day=texts.day(record.started_at, self._question.today()),
            time=texts.time_of_day(record.started_at),
            preset=record.preset_name,
        )
        self.setAccessibleDescription(line)
        if rating is not None:
            line = texts.tr("{rating} of {highest}. Enter saves it.").format(
                rating=rating, highest=RATING_MAX
            )
        self._line.setText(line)

    def _answer(self, rating: int) -> None:
        if self._asked is None:
            return
        record_id = self._asked.record.id
        if self._question.answer(record_id, rating):
            told = texts.tr("Saved: {rating} of {highest}.").format(rating=rating, highest=RATING_MAX)
            self.notice_wished.emit(Notice(told, partial(_take_answer_back, self._question, record_id)))

    # -- events ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves what is chosen; where nothing is, it is no key of the card's."""
        rating = self._scale.rating()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and rating is not None and not event.isAutoRepeat():
            self._answer(rating)
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _on_scale_clicked(self, rating: int) -> None:
        self._answer(rating)

    @Slot(object)
    def _on_scale_rated(self, rating: int | None) -> None:
        self._show_line()
        if rating is not None and self._asked is not None:
            announce(self, self._line.text())

    @Slot()
    def _on_skip_clicked(self) -> None:
        if self._asked is not None and self._question.skip(self._asked.record.id):
            told = texts.tr("Skipped. The answer can be added in the history.")
            self.notice_wished.emit(Notice(told, partial(_ask_again, self._question)))

    @Slot()
    def _on_question_changed(self) -> None:
        self.look_again()

    @Slot(object)
    def _on_question_failed(self, error: MatSessionError) -> None:
        self.notice_wished.emit(Notice(" ".join(texts.error(error)).strip()))


def _take_answer_back(question: MorningQuestion, record_id: str) -> None:
    """Undo of a notice; it holds no window."""
    question.answer(record_id, None)


def _ask_again(question: MorningQuestion) -> None:
    question.ask_again()
