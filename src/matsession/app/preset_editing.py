"""The preset that somebody works on: every edit can be taken back, and nothing is kept before Save.

It lives as long as the program, so that a window that is made anew finds the work where it was.
"""

import logging
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.preset_book import Deleted, PresetBook
from matsession.domain.errors import MatSessionError
from matsession.domain.preset import Preset
from matsession.domain.preset_edit import PresetDraft, Problem, changed, draft_of, preset_of, problems
from matsession.storage.own_presets import ChangedElsewhereError, OwnFile

log = logging.getLogger(__name__)

_KEPT = 200


class _Edit(NamedTuple):
    """What there was before an edit, and which edit it was."""

    before: PresetDraft
    what: str


class PresetEditing(QObject):
    """One preset at a time: a built-in one to look at, an own one, or a new one."""

    changed = Signal()
    """The draft, or anything that is told here, is another."""
    failed = Signal(object)
    """The error of something that could not be brought back."""

    def __init__(self, book: PresetBook, parent: QObject | None = None) -> None:
        """Keep presets in ``book``."""
        super().__init__(parent)
        self._book = book
        self._draft: PresetDraft | None = None
        self._file: OwnFile | None = None
        self._new = False
        self._theirs: OwnFile | None = None
        self._elsewhere = False
        self._edits: list[_Edit] = []
        self._going_on = False
        self._saved_at = 0
        book.library.changed.connect(self._on_library_changed)

    # -- what there is -----------------------------------------------------------------------------------

    @property
    def draft(self) -> PresetDraft | None:
        """The preset as it is edited; None where none is open."""
        return self._draft

    @property
    def preset_id(self) -> str:
        """The id of what is open; empty where nothing is, or what is open is kept nowhere yet."""
        return self._draft.base.id if self._draft is not None and not self._new else ""

    @property
    def new(self) -> bool:
        """Whether it is kept nowhere yet."""
        return self._new

    @property
    def read_only(self) -> bool:
        """Whether it came with the program and can only be looked at."""
        return self._draft is not None and self._draft.base.built_in

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost."""
        return self._draft is not None and (self._new or changed(self._draft))

    @property
    def unsaved_count(self) -> int:
        """How many edits are not saved; 0 where nothing would be lost by leaving."""
        if self._draft is None or not changed(self._draft):
            return 0
        return max(1, abs(len(self._edits) - self._saved_at))

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._edits)

    @property
    def changed_elsewhere(self) -> bool:
        """Whether another hand has written or deleted the file, and there is work here that is not saved."""
        return self._elsewhere

    @property
    def gone_elsewhere(self) -> bool:
        """Whether there is nothing left there to keep."""
        return self._elsewhere and self._theirs is None

    def problems(self) -> tuple[Problem, ...]:
        """Why it cannot be saved yet."""
        return problems(self._draft) if self._draft is not None else ()

    def preset(self) -> Preset | None:
        """What it would be now; None while it has problems."""
        return preset_of(self._draft) if self._draft is not None and not self.problems() else None

    # -- opening and leaving -----------------------------------------------------------------------------

    def open(self, preset: Preset) -> None:
        """Look at a built-in preset, or edit an own one. What was open before is left as it is."""
        found = None if preset.built_in else self._book.file_of(preset.id)
        self._begin(found.preset if found is not None else preset, found)

    def begin(self, preset: Preset) -> None:
        """Work on a preset that is kept nowhere yet."""
        self._begin(preset, None, new=True)

    def close(self) -> None:
        """Leave it; what is not saved is lost."""
        self._draft = None
        self._file = self._theirs = None
        self._new = self._elsewhere = False
        self._edits.clear()
        self.changed.emit()

    def _begin(self, preset: Preset, file: OwnFile | None, *, new: bool = False) -> None:
        self._draft = draft_of(preset)
        self._file, self._new = file, new
        self._theirs, self._elsewhere = None, False
        self._edits.clear()
        self._saved_at = 0
        self.changed.emit()

    # -- editing -----------------------------------------------------------------------------------------

    def change(self, draft: PresetDraft, what: str = "") -> None:
        """Take over an edit. The same ``what`` twice in a row, such as typing a name, is one edit."""
        if self._draft is None or self.read_only or draft == self._draft:
            return
        going_on = self._going_on and self._edits and len(self._edits) != self._saved_at
        last = self._edits[-1].what if going_on else ""
        if not what or what != last:
            self._edits.append(_Edit(self._draft, what))
            del self._edits[:-_KEPT]
        self._draft, self._going_on = draft, True
        self.changed.emit()

    @Slot()
    def undo(self) -> bool:
        """Take the last edit back; False where there is none."""
        if not self._edits:
            return False
        self._draft = self._edits.pop().before
        self._going_on = False  # what is typed next is no part of an edit before the one taken back
        self.changed.emit()
        return True

    @Slot()
    def revert(self) -> None:
        """As it was saved last; the edits can still be taken back, as one."""
        if self._draft is not None and changed(self._draft):
            self.change(draft_of(self._draft.base))

    # -- bringing back, for an Undo that may outlive the page that offers it ---------------------------

    def begin_again(self, draft: PresetDraft) -> None:
        """Work on this new preset again as it was left, unless there is other work by now."""
        if not self.unsaved:
            self.begin(draft.base)
            self.change(draft)

    def bring_back(self, deleted: Deleted, draft: PresetDraft) -> None:
        """Bring a deleted preset back; where nothing is open, open it with what was not saved of it."""
        try:
            self._book.restore(deleted)
        except MatSessionError as error:
            log.warning("a deleted preset was not brought back: %s", error)
            self.failed.emit(error)
            return
        preset = self._book.library.find(draft.base.id)
        if preset is not None and self._draft is None:
            self.open(preset)
            opened = self.draft
            if opened is not None and changed(draft):
                self.change(replace(draft, base=opened.base))

    def put_back(self, replaced: Deleted, taken_in: OwnFile) -> None:
        """Bring back a preset that was replaced by a file, of which ``taken_in`` was made.

        Only as long as that is as it was: an edit since is taken back first, and what was saved since stays.
        """
        preset_id = taken_in.preset.id
        if self.unsaved and self._draft is not None and self._draft.base.id == preset_id:
            self.undo()
            return
        now = self._book.file_of(preset_id)
        if now is not None and now.mark != taken_in.mark:
            self.failed.emit(
                MatSessionError(
                    "It was changed since it was imported.",
                    "What it took the place of lies in the folder of deleted presets.",
                )
            )
            return
        try:
            self._book.put_back(replaced)
        except MatSessionError as error:
            log.warning("a replaced preset was not brought back: %s", error)
            self.failed.emit(error)

    # -- keeping ---------------------------------------------------------------------------------------

    def save(self) -> Preset | None:
        """Keep it; None where another hand was at the file, which ``changed_elsewhere`` tells then.

        Raises PresetError, StorageError; nothing is lost then.
        """
        assert self._draft is not None
        preset = preset_of(self._draft)
        if self._new:
            preset = replace(preset, id=self._book.free_id(preset.name))
        try:
            self._keep(preset, self._file)
        except ChangedElsewhereError:
            self._book.library.reload()
            self._theirs, self._elsewhere = self._book.file_of(preset.id), True
            self.changed.emit()
            return None
        return preset

    def save_as_copy(self) -> Preset:
        """Keep it beside what another hand made of its file."""
        assert self._draft is not None
        preset = preset_of(self._draft)
        name = self._book.free_name(preset.name)
        preset = replace(preset, id=self._book.free_id(name), name=name)
        self._keep(preset, None)
        return preset

    def take_theirs(self) -> None:
        """Go on with what another hand made of it; where it is gone, there is nothing open any more."""
        theirs = self._theirs
        if theirs is None:
            self.close()
        else:
            self._begin(theirs.preset, theirs)

    def _keep(self, preset: Preset, before: OwnFile | None) -> None:
        library = self._book.library
        library.changed.disconnect(self._on_library_changed)
        try:
            self._file = self._book.save(preset, before)
        finally:
            library.changed.connect(self._on_library_changed)
        self._new = False
        self._theirs, self._elsewhere = None, False
        self._draft = draft_of(preset)
        # What came before can still be had back; it would now be a change of what was just saved.
        self._edits = [_Edit(replace(edit.before, base=preset), edit.what) for edit in self._edits]
        self._saved_at = len(self._edits)
        self.changed.emit()

    @Slot()
    def _on_library_changed(self) -> None:
        """Look whether another hand was at the file."""
        if self._draft is None or self._new:
            return
        if self.read_only:
            self.changed.emit()  # it may be hidden now
            return
        found = self._book.file_of(self._draft.base.id)
        if found is not None and self._file is not None and found.mark == self._file.mark:
            if self._elsewhere:  # it was only away for a moment
                self._theirs, self._elsewhere = None, False
                self.changed.emit()
            return
        if self.unsaved:
            self._theirs, self._elsewhere = found, True
            self.changed.emit()
        elif found is None:
            self.close()
        else:
            self._begin(found.preset, found)
