"""The list on the page of presets: one's own, the built-in ones, and those that are hidden."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import preset_edit_words as words
from matsession.app import texts
from matsession.app.preset_editing import PresetEditing
from matsession.app.preset_library import PresetLibrary
from matsession.domain.preset import Preset
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.preset_list import PresetEntry, PresetList
from matsession.ui.widgets.scroll_page import ScrollPage


class PresetShelf(ScrollPage):
    """Three lists below each other; arrows lead from one into the next."""

    chosen = Signal(str)
    """The preset with this id is to be opened."""

    def __init__(self, library: PresetLibrary, editing: PresetEditing, parent: QWidget | None = None) -> None:
        """Show what is in ``library``, and mark what is open in ``editing``."""
        self._library = library
        self._editing = editing
        self._own_title = Label(texts.tr("Yours"), TextStyle.LABEL)
        self._own = PresetList(texts.tr("Your presets"))
        none = texts.tr("None yet. Open a built-in one and copy it, or make a new one.")
        self._none = Label(none, TextStyle.CAPTION, "text2")
        self._built_in = PresetList(texts.tr("Built-in presets"))
        self._hidden_title = Label(texts.tr("Hidden"), TextStyle.LABEL)
        self._hidden = PresetList(texts.tr("Hidden presets"))
        self._lists = (self._own, self._built_in, self._hidden)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, u(4), u(12))
        column.setSpacing(u(4))
        column.addWidget(self._own_title)
        column.addWidget(self._none)
        column.addWidget(self._own)
        column.addSpacing(u(8))
        column.addWidget(Label(texts.tr("Built-in"), TextStyle.LABEL))
        column.addWidget(self._built_in)
        column.addSpacing(u(8))
        column.addWidget(self._hidden_title)
        column.addWidget(self._hidden)
        column.addStretch(1)
        super().__init__(listed, parent)
        for each in self._lists:
            each.chosen.connect(self.chosen)
            each.left.connect(self._on_list_left)

    def refresh(self) -> None:
        """Show what there is now."""
        presets = self._library.presets
        opened = self._editing.preset_id
        own = [_entry(each) for each in presets if not each.built_in]
        draft = self._editing.draft
        if draft is not None and self._editing.new:
            opened = draft.base.id
            own.insert(0, PresetEntry(opened, draft.name, texts.tr("not saved yet")))
        hidden = [_entry(each)._replace(hidden=True) for each in presets if self._library.hides(each)]
        built_in = [_entry(each) for each in presets if each.built_in and not self._library.hides(each)]
        for part, entries in zip(self._lists, (own, built_in, hidden), strict=True):
            part.show_entries(entries, opened)
        self._own.setVisible(bool(own))
        self._none.setVisible(not own)
        self._hidden.setVisible(bool(hidden))
        self._hidden_title.setVisible(bool(hidden))

    def focus_entry(self, preset_id: str) -> bool:
        """Give the keys to this preset, or to the first there is; False where there is none."""
        return any(
            not each.isHidden() and each.focus_entry(wanted)
            for wanted in dict.fromkeys((preset_id, ""))
            for each in self._lists
        )

    @Slot(int)
    def _on_list_left(self, way: int) -> None:
        shown = [each for each in self._lists if not each.isHidden()]
        left = self.sender()
        place = next((n for n, each in enumerate(shown) if each is left), 0) + (1 if way > 0 else -1)
        if 0 <= place < len(shown):
            shown[place].focus_entry("", last=way < 0)


def _entry(preset: Preset) -> PresetEntry:
    return PresetEntry(preset.id, preset.name, words.in_short(preset))
