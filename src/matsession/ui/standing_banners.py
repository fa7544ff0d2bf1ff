"""The banners above every page: what does not work at present, and what was put right at the start."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.ui.theme import u
from matsession.ui.widgets.banner import Banner, BannerKind

if TYPE_CHECKING:
    from matsession.app.journal import Journal
    from matsession.app.ports import ChimePlayer


class StandingBanners(QWidget):
    """One banner for each kind of trouble; no room is taken while there is none."""

    def __init__(
        self, presets: PresetLibrary, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        """Tell what these two found amiss; ``watch`` adds what can fail later on."""
        super().__init__(parent)
        self._presets = presets
        self._journal: Journal | None = None
        self._chimes: ChimePlayer | None = None
        self._build()
        self._presets.changed.connect(self._on_presets_changed)
        self._settings_trouble.first_requested.connect(self._on_settings_put_aside)
        self._preset_trouble.first_requested.connect(self._on_presets_put_aside)
        self._on_presets_changed()
        self._tell_once(
            self._settings_trouble, texts.tr("Some settings could not be used."), preferences.problems
        )

    def watch(self, journal: "Journal", chimes: "ChimePlayer") -> None:
        """Tell from now on what fails in these two."""
        self._journal, self._chimes = journal, chimes
        journal.trouble_changed.connect(self._on_journal_trouble_changed)
        chimes.on_problem_changed(self._on_sound_changed)
        self._on_journal_trouble_changed()
        self._on_sound_changed()

    def _build(self) -> None:
        understood = texts.tr("Understood")
        self._history_trouble = Banner(BannerKind.NOT_SAVED)
        self._sound_trouble = Banner(BannerKind.CAREFUL)
        self._settings_trouble = Banner(BannerKind.CAREFUL, first=understood)
        self._preset_trouble = Banner(BannerKind.CAREFUL, first=understood)
        self._all = (
            self._history_trouble,
            self._sound_trouble,
            self._settings_trouble,
            self._preset_trouble,
        )
        self._column = QVBoxLayout(self)
        self._column.setSpacing(u(8))
        for banner in self._all:
            self._column.addWidget(banner)
        self.set_narrow(False)

    def banners(self) -> tuple[Banner, ...]:
        """Those that say something now."""
        return tuple(banner for banner in self._all if not banner.isHidden())

    def set_narrow(self, narrow: bool) -> None:
        """Fit a narrow window."""
        side = u(16 if narrow else 32)
        self._column.setContentsMargins(side, u(12), side, 0)
        for banner in self._all:
            banner.set_narrow(narrow)

    def _tell_once(self, banner: Banner, title: str, sentences: Sequence[str]) -> None:
        banner.tell(title if sentences else "", "\n".join(sentences))
        self._show_if_needed()

    def _show_if_needed(self) -> None:
        self.setVisible(bool(self.banners()))

    @Slot()
    def _on_journal_trouble_changed(self) -> None:
        trouble = self._journal.trouble if self._journal else None
        self._history_trouble.tell(*texts.error(trouble) if trouble else ("", ""))
        self._show_if_needed()

    @Slot()
    def _on_sound_changed(self) -> None:
        problem = self._chimes.problem() if self._chimes else None
        self._sound_trouble.tell(texts.sound_problem(problem) if problem else "")
        self._show_if_needed()

    @Slot()
    def _on_presets_changed(self) -> None:
        title = texts.tr("Some presets of your own cannot be used.")
        self._tell_once(self._preset_trouble, title, self._presets.problems)

    @Slot()
    def _on_settings_put_aside(self) -> None:
        self._settings_trouble.tell("")
        self._show_if_needed()

    @Slot()
    def _on_presets_put_aside(self) -> None:
        self._preset_trouble.tell("")
        self._show_if_needed()
