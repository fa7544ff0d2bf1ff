"""What is chosen on the session page: the chips above, and the left card with the body map or all presets."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.domain.favourites import favourites, preset_for
from matsession.domain.preset import Preset
from matsession.ui.pages.session_care import PlacementStrip
from matsession.ui.theme import u
from matsession.ui.widgets.body_map import RECENT_DAYS, BodyMap
from matsession.ui.widgets.body_places import BodyPlace
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.preset_chips import PresetChips
from matsession.ui.widgets.rows import RowList
from matsession.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from matsession.app.journal import Journal
    from matsession.domain.evidence import Evidence
    from matsession.ui.models.preset_rows import PresetRows
    from matsession.ui.pages.hidden_presets import HiddenPresets
    from matsession.ui.widgets.choice import Choice
    from matsession.ui.widgets.recent_legend import RecentLegend


class ChoiceCard(Card):
    """Chips, body map and the list of all presets show one choice; below it what to know before one begins.

    The chips, or in a narrow window one list that drops down, are ``head``: the page puts it above its cards.
    """

    preset_chosen = Signal(object)
    """Another Preset is the chosen one; None where there is none to choose."""
    answers_requested = Signal()
    """The person wants to change what they said is true for them."""
    told = Signal(str)
    """What was done in passing, in a sentence."""

    def __init__(
        self,
        presets: PresetLibrary,
        preferences: Preferences,
        read_evidence: "Callable[[], Evidence]",
        parent: QWidget | None = None,
    ) -> None:
        """Begin with the preset chosen last, or the first; what was used comes with ``watch``.

        ``read_evidence`` is asked for the sources of a preset, when they are wanted.
        """
        super().__init__(texts.tr("Choose a session"), parent)
        self._presets = presets
        self._preferences = preferences
        self._read_evidence = read_evidence
        self._journal: Journal | None = None
        self._chosen: Preset | None = None
        self._used: tuple[str, ...] = self._favourites()
        self._looked = False
        self._all_shown = False
        self._narrow = False
        self._listed: tuple[Preset, ...] = ()
        self._rows: PresetRows | None = None
        self._list: RowList | None = None
        self._drop: Choice | None = None
        self._legend: RecentLegend | None = None
        self._hidden: HiddenPresets | None = None
        self._anyway = False
        self._build()
        self._connect()
        self._fill(preferences.settings.last_preset)

    def _build(self) -> None:
        self.head = QWidget()
        self._head = QVBoxLayout(self.head)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._chips = PresetChips()
        self._head.addWidget(self._chips)
        self._map = BodyMap()
        wish = texts.tr("Show the sessions of the last {days} days").format(days=RECENT_DAYS)
        self._recent = Switch(wish)
        self._recent.show_checked(self._preferences.settings.show_recent)
        self._recent_words = Label(wish, tone="text2")
        self._recent_words.setBuddy(self._recent)
        switch = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        switch.setSpacing(u(6))
        switch.addWidget(self._recent)
        switch.addWidget(self._recent_words, 1)
        self._recent_row = QWidget()
        self._recent_line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._recent_row)
        self._recent_line.setContentsMargins(0, 0, 0, 0)
        self._recent_line.setSpacing(u(12))
        self._recent_line.addLayout(switch, 1)
        self._strip = PlacementStrip(self._presets.guidance, self._read_evidence)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._upper = QVBoxLayout()
        self._upper.setContentsMargins(u(20), u(16), u(20), u(10))
        self._upper.setSpacing(u(8))
        self._upper.addWidget(self._map, 1)
        self._upper.addWidget(self._recent_row)
        self.column.addLayout(self._upper, 1)
        self.column.addWidget(self._strip)

    def _connect(self) -> None:
        self._chips.preset_chosen.connect(self._on_chips_preset_chosen)
        self._chips.all_requested.connect(self._on_chips_all_requested)
        self._map.place_chosen.connect(self._on_map_place_chosen)
        self._strip.told.connect(self.told)
        self._recent.toggled.connect(self._on_recent_toggled)
        self._presets.changed.connect(self._on_presets_changed)

    @property
    def preset(self) -> Preset | None:
        """The preset that is chosen."""
        return self._chosen

    def choose(self, preset_id: str) -> None:
        """Choose this preset."""
        preset = self._presets.find(preset_id)
        if preset is not None:
            if preset not in self._listed:
                self._anyway = self._anyway or self._presets.suitability(preset).hidden
                self._fill(preset_id)
            else:
                self._show(preset)

    def focus_first(self) -> None:
        """Go to what is chosen: its place on the map, or its row in the list of all presets."""
        if self._list is not None and self._all_shown:
            self._list.setFocus()
        else:
            self._map.focus_chosen()

    def set_narrow(self, narrow: bool) -> None:
        """One figure and one list that drops down, where there is no room for more."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._show_all(False)
            if self._drop is None:
                self._make_drop()
        self._chips.setVisible(not narrow)
        if self._drop is not None:
            self._drop.setVisible(narrow)
        self._map.set_narrow(narrow)
        side, top = u(12 if narrow else 20), u(12 if narrow else 16)
        self._upper.setContentsMargins(side, top, side, u(10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words on the shades stand beside the switch where there is room for both."""
        super().resizeEvent(event)
        self._fit_legend()

    def watch(self, journal: "Journal") -> None:
        """Look back into the history of this one from now on."""
        self._journal = journal
        journal.changed.connect(self._on_journal_changed)

    def look_back(self) -> None:
        """Ask the history which presets are used most, and where the mat was, if that is news.

        What is offered first is remembered for the next start, whose first picture has no time to ask.
        """
        if self._looked or self._journal is None:
            return
        self._looked = True
        used = tuple(self._journal.presets_by_use())
        if used:
            self._used = used
            places = {each: place for place, each in enumerate(self._offered(), start=1)}
            self._preferences.change(favourites=places)
        self._show_recent()

    def offer_favourites(self) -> None:
        """Let the chips be those used most. Not while somebody is about to press one of them."""
        presets = [preset for preset in map(self._presets.find, self._offered()) if preset is not None]
        ask_first = frozenset(each.id for each in presets if self._presets.suitability(each).ask)
        self._chips.show_presets(presets, self._chosen, ask_first)

    # -- inside ------------------------------------------------------------------------------------

    def _favourites(self) -> tuple[str, ...]:
        places = self._preferences.settings.favourites
        return tuple(sorted(places, key=lambda each: places[each]))

    def _offered(self) -> tuple[str, ...]:
        known = [preset.id for preset in self._presets.offered]
        return favourites(self._used, known, self._favourites())

    def _fill(self, preset_id: str) -> None:
        chosen = self._presets.find(preset_id)
        presets = self._listed = self._now_listed(chosen)
        self._map.set_available({preset.area for preset in self._presets.offered})
        if self._rows is not None:
            self._rows.show_presets(presets, self._presets.suitability)
        self._fill_drop()
        self.offer_favourites()
        self._tell_hidden()
        if chosen not in presets:
            chosen = None
        self._show(chosen if chosen is not None else presets[0] if presets else None)

    def _now_listed(self, chosen: Preset | None) -> tuple[Preset, ...]:
        """What the lists of all presets hold: those that are offered, and on request the hidden ones too.

        One that the person hid can be done again for as long as it is the chosen one.
        """
        if self._anyway:
            return self._presets.presets
        offered = self._presets.offered
        suits = chosen is not None and not self._presets.suitability(chosen).hidden
        return tuple(each for each in self._presets.presets if each in offered or (suits and each == chosen))

    def _tell_hidden(self) -> None:
        """Say that some are hidden, and offer to look at them; most people never see it."""
        if self._hidden is None and not self._presets.unsuitable:
            return
        from matsession.app import suitability_words  # for few

        words = suitability_words.hidden_ones(self._presets)
        if words and self._hidden is None:
            from matsession.ui.pages.hidden_presets import HiddenPresets

            self._hidden = HiddenPresets()
            self._hidden.answers_requested.connect(self.answers_requested)
            self._hidden.shown_changed.connect(self._on_hidden_shown_changed)
            self._upper.addWidget(self._hidden)
            self._hidden.follow(self._recent)
            self._hidden.show()
        if self._hidden is not None:
            self._hidden.setVisible(bool(words))
            self._hidden.tell(words, answered=bool(self._presets.answers), shown=self._anyway)

    def _show(self, preset: Preset | None) -> None:
        self._chosen = preset
        self._chips.show_chosen(preset)
        self._map.show_area(preset.area if preset is not None else None)
        self._strip.show_preset(preset)
        self._show_row()
        self.preset_chosen.emit(preset)

    def _show_row(self) -> None:
        """Mark the chosen preset in the lists of all presets."""
        row = self._listed.index(self._chosen) if self._chosen in self._listed else -1
        if self._list is not None and self._list.currentIndex().row() != row:
            self._list.setCurrentIndex(self._list.model().index(row, 0))
        if self._drop is not None and self._drop.currentIndex() != row:
            self._drop.blockSignals(True)
            self._drop.setCurrentIndex(row)
            self._drop.blockSignals(False)

    def _choose_row(self, row: int) -> None:
        """Take over what was chosen in one of these lists."""
        preset = self._listed[row] if row >= 0 else None
        if preset is not None and preset != self._chosen:
            self._show(preset)

    def _show_all(self, shown: bool) -> None:
        """The list of all presets in the place of the map, or the map again."""
        if shown is self._all_shown:
            return
        self._all_shown = shown
        if self._list is None:
            self._make_list()
        assert self._list is not None
        self._map.setVisible(not shown)
        self._recent_row.setVisible(not shown)
        self._list.setVisible(shown)
        self._chips.show_all(shown)

    def _make_list(self) -> None:
        """No sooner than wanted: nothing of it is in the first picture."""
        from matsession.ui.models.preset_rows import PresetRows
        from matsession.ui.widgets.one_chosen import OneChosen

        self._rows = PresetRows(self)
        self._rows.show_presets(self._listed, self._presets.suitability)
        self._list = RowList(texts.tr("All presets"), self._rows, 40)
        self._list.set_scrolling(True)
        OneChosen(self._list)
        self._upper.insertWidget(1, self._list, 1)
        self._map.tab_on_to(self._list)
        self._show_row()
        self._list.selectionModel().currentChanged.connect(self._on_list_current_changed)

    def _make_drop(self) -> None:
        from matsession.ui.widgets.choice import Choice  # only where it is narrow

        self._drop = Choice(texts.tr("Presets"))
        self._fill_drop()
        self._head.addWidget(self._drop)
        self._chips.tab_on_to(self._drop)
        self._show_row()
        self._drop.currentIndexChanged.connect(self._on_drop_index_changed)

    def _fill_drop(self) -> None:
        if self._drop is None:
            return
        self._drop.blockSignals(True)
        self._drop.clear()
        for preset in self._listed:
            time = texts.length(preset.suggested_s)
            self._drop.addItem(texts.tr("{preset}, {time}").format(preset=preset.name, time=time))
        self._drop.blockSignals(False)

    def _show_recent(self) -> None:
        if self._journal is None:
            return  # there is one right after the first picture, and then this is asked again
        shown = self._recent.isChecked()
        self._map.show_uses(self._journal.uses_by_area(RECENT_DAYS) if shown else None)
        if shown and self._legend is None:
            from matsession.ui.widgets.recent_legend import RecentLegend  # only on request

            self._legend = RecentLegend()
            self._recent_line.addWidget(self._legend)
        if self._legend is not None:
            self._legend.setVisible(shown)
        self._fit_legend()

    def _fit_legend(self) -> None:
        if self._legend is None:
            return
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        parts = (self._legend, self._recent, self._recent_words)
        beside = sum(each.sizeHint().width() for each in parts) + u(6 + 24) <= self.width() - u(40)
        self._recent_line.setDirection(right if beside else down)

    def _preset_for(self, place: BodyPlace) -> Preset | None:
        """The preset to begin with there: the present one if it fits, else the one used most."""
        candidates: Sequence[Preset] = [each for each in self._presets.offered if each.area in place.areas]
        return self._chosen if self._chosen in candidates else preset_for(candidates, self._used)

    @Slot(object)
    def _on_chips_preset_chosen(self, preset: Preset) -> None:
        self._show(preset)

    @Slot()
    def _on_chips_all_requested(self) -> None:
        self._show_all(not self._all_shown)
        self.focus_first()

    @Slot(object)
    def _on_map_place_chosen(self, place: BodyPlace) -> None:
        preset = self._preset_for(place)
        if preset is not None:
            self._show(preset)

    @Slot(QModelIndex)
    def _on_list_current_changed(self, current: QModelIndex) -> None:
        self._choose_row(current.row())

    @Slot(int)
    def _on_drop_index_changed(self, row: int) -> None:
        self._choose_row(row)

    @Slot(bool)
    def _on_recent_toggled(self, shown: bool) -> None:
        self._preferences.change(show_recent=shown)
        self._show_recent()

    @Slot()
    def _on_presets_changed(self) -> None:
        self._fill(self._chosen.id if self._chosen else "")

    @Slot(bool)
    def _on_hidden_shown_changed(self, shown: bool) -> None:
        self._anyway = shown
        if shown and not self._narrow:
            self._show_all(True)
            self.focus_first()
        self._fill(self._chosen.id if self._chosen else "")

    @Slot()
    def _on_journal_changed(self) -> None:
        self._looked = False
