"""The page a session begins on."""

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import preset_words, texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_parts import SessionParts
from matsession.domain.errors import MatSessionError
from matsession.domain.preset import Level, Preset
from matsession.domain.suitability import SUITS
from matsession.ui.announce import announce
from matsession.ui.drawing import FOCUS_ROOM, Sign
from matsession.ui.pages.programme_panel import ProgrammePanel
from matsession.ui.pages.session_choice import ChoiceCard
from matsession.ui.pages.session_plan import PlanCard
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.columns import Columns
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.widgets.sign_button import SignButton
from matsession.ui.widgets.visibility import show

if TYPE_CHECKING:
    from matsession.domain.evidence import Evidence
    from matsession.domain.record import SessionRecord
    from matsession.ui.pages.morning_question import MorningCard

STACK_EM = 46
"""Below this width of the page (the window is 60 ems then) the two cards stand below each other."""

_PIN_EM = 21
"""Below this height what scrolls needs all the room there is."""


class SessionPage(QWidget):
    """Choose, look at the plan, start."""

    start_requested = Signal()
    """Start was pressed, and a session begins."""

    answers_requested = Signal()
    """The person wants to change what they said is true for them."""

    mat_requested = Signal()
    """The session that has just begun is to be shown on the whole screen."""

    notice_wished = Signal(object)
    """A ``toaster.Notice``: what was done, in passing."""

    parts_wished = Signal()
    """What a session needs is wanted now: whoever hears it calls ``equip``."""

    def __init__(
        self, presets: PresetLibrary, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        """Show what there is to choose; what a session needs comes with ``equip``."""
        super().__init__(parent)
        self._presets = presets
        self._preferences = preferences
        self._parts: SessionParts | None = None
        self._leftovers: list[SessionRecord] = []
        self._leftovers_found = False
        self._morning: MorningCard | None = None
        self._fitted: tuple[bool, bool, int] | None = None
        self._build(presets)
        self._connect()
        self._show_preset(self._choice.preset)

    def _build(self, presets: PresetLibrary) -> None:
        self._leftover = Banner(
            BannerKind.CAREFUL, first=texts.tr("Keep what was done"), second=texts.tr("Discard")
        )
        self._trouble = Banner(BannerKind.CAREFUL)
        self._programme = ProgrammePanel(self._preferences)
        self._care = Banner(BannerKind.CAREFUL, first=texts.tr("Change answers"))
        self._choice = ChoiceCard(presets, self._preferences, _held_weakly(self._evidence))
        self._plan = PlanCard(presets, self._preferences)
        self._columns = Columns(self._choice, self._plan, 318)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(u(8))
        self._heading = Heading(texts.tr("Ready when you are"), TextStyle.H1)
        self._heading.setContentsMargins(u(FOCUS_ROOM), 0, 0, 0)
        self._subline = Label(texts.tr("Choose an area or a preset, then press Start."), tone="text2")
        self._subline.setContentsMargins(u(FOCUS_ROOM), 0, 0, 0)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._subline)
        self._column.addWidget(self._leftover)
        self._column.addWidget(self._programme)
        self._column.addWidget(self._choice.head)
        self._column.addWidget(self._care)
        self._column.addWidget(self._columns, 1)
        self._start = Button(texts.tr("Start"), ButtonKind.PRIMARY, Sign.PLAY, large=True)
        self._start.setToolTip(texts.tr("Start the session (Enter)"))
        tip = texts.tr("Start, and show the session on the whole screen")
        self._mat = SignButton(texts.tr("Start in the mat view"), Sign.FULL_SCREEN, tip, outlined=True)
        self._mat.show_words(False)
        self._fact = Label(tone="text2")
        footer = QWidget()
        footer.setObjectName("Footer")
        footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._footer_column = QVBoxLayout(footer)
        self._footer_column.setSpacing(u(4))
        self._footer_row = QHBoxLayout()
        self._footer_row.setSpacing(0)
        self._fact.setContentsMargins(u(FOCUS_ROOM), 0, 0, 0)
        self._footer_row.addWidget(self._fact, 1)
        self._footer_row.addSpacing(u(18))
        self._footer_row.addWidget(self._start)
        self._footer_row.addWidget(self._mat)
        self._footer_column.addWidget(self._trouble)
        self._footer_column.addLayout(self._footer_row)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        self._pinned = QVBoxLayout()  # what stays in sight in a narrow window, however far one has scrolled
        page.addLayout(self._pinned)
        self._scrolled = ScrollPage(content)
        page.addWidget(self._scrolled, 1)
        page.addWidget(footer)
        self._fit(narrow=False, small=False)

    def _connect(self) -> None:
        self._choice.preset_chosen.connect(self._on_choice_preset_chosen)
        self._choice.answers_requested.connect(self.answers_requested)
        self._choice.told.connect(self._on_choice_told)
        self._care.first_requested.connect(self.answers_requested)
        self._plan.changed.connect(self._on_plan_changed)
        self._programme.chosen.connect(self._on_programme_chosen)
        self._programme.notice_wished.connect(self.notice_wished)
        self._start.clicked.connect(self._on_start_clicked)
        self._mat.clicked.connect(self._on_mat_clicked)
        self._scrolled.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        self._leftover.first_requested.connect(self._on_leftover_keep_requested)
        self._leftover.second_requested.connect(self._on_leftover_discard_requested)

    # -- a session -----------------------------------------------------------------------------------

    def equip(self, parts: SessionParts) -> None:
        """Start sessions with the launcher of these; their journal tells what was done so far."""
        self._parts = parts
        self._choice.watch(parts.journal)
        self._plan.watch(parts.mats)

    def _equipped(self) -> SessionParts:
        if self._parts is None:
            self.parts_wished.emit()
            assert self._parts is not None, "nobody has equipped the page"
        return self._parts

    def _evidence(self) -> "Evidence":
        return self._equipped().evidence()

    def focus_first(self) -> None:
        """Begin where the person chooses."""
        self._choice.focus_first()

    def _show_preset(self, preset: Preset | None) -> None:
        self._trouble.tell("")
        self._plan.show_preset(preset)
        self._start.setEnabled(preset is not None)
        self._mat.setEnabled(preset is not None)
        self._tell_care(preset)
        self._tell_fact()

    def _tell_care(self, preset: Preset | None) -> None:
        """What the person's own answers say about it, and what then stands on Start."""
        found = self._presets.suitability(preset) if preset is not None else SUITS
        sentence = ""
        if found is not SUITS:
            from matsession.app import suitability_words  # for few

            sentence = suitability_words.hidden(found) or suitability_words.ask_first(found)
        reasons = found.against or found.ask
        # With several the sentence says enough: the words on each stand beside the answers.
        self._care.tell(sentence, reasons[0].text if len(reasons) == 1 else "")
        self._start.show_text(texts.tr("Start anyway") if found.hidden else texts.tr("Start"), Sign.PLAY)
        opt_in = preset is not None and preset.level is Level.OPT_IN
        level = preset_words.level(Level.OPT_IN) if opt_in else ""
        self._start.setAccessibleDescription(" ".join(each for each in (sentence, level) if each))

    def _tell_fact(self) -> None:
        preset = self._choice.preset
        if preset is None:
            self._fact.setText("")
            return
        pattern = texts.tr("{preset}, {time}, after {settle} to settle in")
        if self._plan.preparation_s() == 0:
            pattern = texts.tr("{preset}, {time}, begins at once")
        self._fact.setText(
            pattern.format(
                preset=preset.name,
                time=texts.tr("open end") if self._plan.open_end() else texts.length(self._plan.length_s()),
                settle=texts.length(self._plan.preparation_s()),
            )
        )

    def _begin(self) -> bool:
        """Start what is chosen; whether it has begun."""
        preset = self._choice.preset
        if preset is None:
            return False
        length_s, preparation_s = self._plan.length_s(), self._plan.preparation_s()
        open_end, settings = self._plan.open_end(), self._preferences.settings
        own = preset.session.preparation_s is not None  # then it is not what all others have
        self._preferences.change(
            last_preset=preset.id,
            preparation_s=settings.preparation_s if own else preparation_s,
            lengths_s={**settings.lengths_s, preset.id: length_s},
            open_ends={**settings.open_ends, preset.id: open_end},
        )
        rating = self._plan.rating()
        try:
            self._equipped().launcher.start(preset, length_s, preparation_s, rating, open_ended=open_end)
        except MatSessionError as error:
            self._trouble.tell(*texts.error(error))
            return False
        self._trouble.tell("")
        self._plan.forget_rating()
        self.start_requested.emit()
        return True

    # -- what a crash left -----------------------------------------------------------------------------

    def find_leftovers(self) -> None:
        """Offer what a crash left, and learn what is used most; the first call opens the history for it."""
        if self._leftovers_found:
            return
        self._leftovers_found = True
        parts = self._equipped()
        if parts.launcher.no_session_elsewhere():
            self._leftovers = list(parts.journal.left_open())
        self._offer_leftover()
        self._choice.look_back()
        self._programme.take(parts.programme)
        self._tell_programme()
        self._ask_of_morning()

    def _ask_of_morning(self) -> None:
        """What is asked the next morning, in a card that is made when there is something to ask."""
        if self._morning is not None:
            self._morning.look_again()
            return
        question = self._equipped().morning
        if question.asked() is None:
            return
        from matsession.ui.pages.morning_question import MorningCard  # for few, and after the first picture

        self._morning = MorningCard(question)
        self._morning.notice_wished.connect(self.notice_wished)
        self._morning.set_narrow(self.width() < MEDIUM_EM * em())
        self._column.insertWidget(self._column.indexOf(self._programme), self._morning)
        self._morning.stand_after(self._heading)
        self._morning.look_again()

    def _offer_leftover(self) -> None:
        if not self._leftovers:
            self._leftover.tell("")
            return
        row = self._leftovers[0]
        title = texts.tr("{day} {time}: {preset} was interrupted after {done}.")
        self._leftover.tell(
            title.format(
                day=texts.day(row.started_at, self._equipped().journal.today()),
                time=texts.time_of_day(row.started_at),
                preset=row.preset_name,
                done=texts.length(row.done_s),
            ),
            texts.tr("Keep it in the history, or discard it."),
        )

    # -- events ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts; a key that is still held from somewhere else does not."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and self._start.isEnabled():
            self._begin()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back finds what is used most by now."""
        super().showEvent(event)
        if self._leftovers_found:
            self._choice.look_back()
            self._choice.offer_favourites()
            self._programme.look_again()
            self._ask_of_morning()

    def event(self, event: QEvent) -> bool:
        """The window came to the front: the night may be over."""
        if event.type() == QEvent.Type.WindowActivate and self._leftovers_found:
            self._ask_of_morning()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two cards side by side, or below each other."""
        super().resizeEvent(event)
        small = self.width() < MEDIUM_EM * em()
        self._fit(narrow=self.width() < STACK_EM * em(), small=small)
        self._pin(small and self.height() >= _PIN_EM * em())

    def _fit(self, *, narrow: bool, small: bool) -> None:
        fitted = (narrow, small, em())
        if fitted == self._fitted:
            return  # else all would be laid out a second time before the first picture
        self._fitted = fitted
        side = u(16 if small else 32)
        self._column.setContentsMargins(side, u(4 if small else 24), side, u(8))
        room = u(FOCUS_ROOM)
        self._side = side
        self._fit_footer()
        self._columns.stack(narrow)
        self._choice.set_narrow(small)
        show(self._heading, not small)
        show(self._subline, not small)
        self._leftover.set_narrow(small)
        self._programme.set_narrow(small)
        if self._morning is not None:
            self._morning.set_narrow(small)
        self._care.set_narrow(small)
        self._fact.setVisible(not small)
        self._start.setMinimumWidth(
            0 if small else u(240) if narrow else self._plan.maximumWidth() + 2 * room - self._mat.width_px()
        )
        self._footer_row.setStretchFactor(self._start, 1 if small else 0)

    def _pin(self, pinned: bool) -> None:
        """Keep the list with the chosen preset above what scrolls; else it scrolls with the rest."""
        head = self._choice.head
        if pinned is (self._pinned.indexOf(head) >= 0):
            return
        if pinned:
            side = u(16)
            self._pinned.setContentsMargins(side, u(8), side, u(8))
            self._pinned.addWidget(head)
            head.show()  # the layout would show it, but later
        else:
            self._pinned.setContentsMargins(0, 0, 0, 0)
            self._column.insertWidget(self._column.indexOf(self._columns), head)
            head.show()

    def _fit_footer(self) -> None:
        """Its buttons end where the cards above them end, which depends on whether the page scrolls."""
        room, bar = u(FOCUS_ROOM), self._scrolled.verticalScrollBar()
        right = self._side - room + (bar.sizeHint().width() if bar.maximum() > 0 else 0)
        self._footer_column.setContentsMargins(self._side - room, u(8), right, u(8))

    @Slot()
    def _on_scroll_range_changed(self) -> None:
        self._fit_footer()

    @Slot(object)
    def _on_choice_preset_chosen(self, preset: Preset | None) -> None:
        self._show_preset(preset)

    @Slot(str)
    def _on_choice_told(self, words: str) -> None:
        from matsession.ui.toaster import Notice  # not before there is one

        self.notice_wished.emit(Notice(words))

    @Slot()
    def _on_plan_changed(self) -> None:
        self._tell_fact()
        self._tell_programme()

    def _tell_programme(self) -> None:
        """Whether what is chosen is what the programme suggests."""
        preset = self._choice.preset
        if preset is not None:
            length_s, open_end = self._plan.length_s(), self._plan.open_end()
            self._programme.show_choice(preset.id, length_s, open_ended=open_end)

    @Slot(str, int)
    def _on_programme_chosen(self, preset_id: str, length_s: int) -> None:
        self._choice.choose(preset_id)
        self._plan.choose_length(length_s)
        announce(self, self._fact.text())

    @Slot()
    def _on_start_clicked(self) -> None:
        self._begin()

    @Slot()
    def _on_mat_clicked(self) -> None:
        if self._begin():
            self.mat_requested.emit()

    @Slot()
    def _on_leftover_keep_requested(self) -> None:
        self._equipped().journal.keep(self._leftovers.pop(0))
        self._offer_leftover()

    @Slot()
    def _on_leftover_discard_requested(self) -> None:
        self._equipped().journal.discard(self._leftovers.pop(0))
        self._offer_leftover()


def _held_weakly(read: "Callable[[], Evidence]") -> "Callable[[], Evidence]":
    """A method of the page for what is in it, which does not keep the page by that."""
    found = weakref.WeakMethod(read)

    def reading() -> "Evidence":
        method = found()
        assert method is not None  # what asks is a part of the page
        return method()

    return reading
