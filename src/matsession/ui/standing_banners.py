"""The banners above every page: what does not work at present, and what was put right at the start."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.ui.theme import u
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from pathlib import Path

    from matsession.app.journal import Journal
    from matsession.app.mute import Mute
    from matsession.app.ports import ChimePlayer


_SHARE = 0.45
"""They take no more of the window's height, or there would be no room for what they stand above."""


class StandingBanners(QWidget):
    """One banner for each kind of trouble; no room is taken while there is none.

    With large text in a low window they scroll.
    """

    def __init__(
        self, presets: PresetLibrary, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        """Tell what these two found amiss; ``watch`` adds what can fail later on."""
        super().__init__(parent)
        self._presets = presets
        self._journal: Journal | None = None
        self._chimes: ChimePlayer | None = None
        self._scrolled: ScrollPage | None = None
        self._room = 760
        self._mute: Mute | None = None
        self._data_folder: Path | None = None
        self._height = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._build()
        self._presets.changed.connect(self._on_presets_changed)
        self._settings_trouble.first_requested.connect(self._on_settings_put_aside)
        self._preset_trouble.first_requested.connect(self._on_presets_put_aside)
        self._on_presets_changed()
        self._tell_once(
            self._settings_trouble, texts.tr("Some settings could not be used."), preferences.problems
        )

    def watch(self, journal: "Journal", chimes: "ChimePlayer", mute: "Mute", data_folder: "Path") -> None:
        """Tell from now on what fails in the first two, and that all is silent by ``mute``.

        ``data_folder`` is where the history is: a file that makes trouble can be looked at there.
        """
        self._journal, self._chimes, self._mute = journal, chimes, mute
        self._data_folder = data_folder
        self._history_trouble.first_requested.connect(self._on_history_folder_requested)
        mute.changed.connect(self._on_sound_changed)
        self._muted.first_requested.connect(mute.lift)
        journal.trouble_changed.connect(self._on_journal_trouble_changed)
        chimes.on_problem_changed(self._on_sound_changed)
        self._on_journal_trouble_changed()
        self._on_sound_changed()

    def _build(self) -> None:
        understood = texts.tr("Understood")
        self._history_trouble = Banner(BannerKind.NOT_SAVED, first=texts.tr("Open folder"))
        self._sound_trouble = Banner(BannerKind.CAREFUL)
        self._muted = Banner(BannerKind.CAREFUL, first=texts.tr("Sound on"))
        self._settings_trouble = Banner(BannerKind.CAREFUL, first=understood)
        self._preset_trouble = Banner(BannerKind.CAREFUL, first=understood)
        self._all = (
            self._history_trouble,
            self._sound_trouble,
            self._muted,
            self._settings_trouble,
            self._preset_trouble,
        )
        self._content = _Content(self)
        self._content.changed.connect(self._fit)
        self._column = QVBoxLayout(self._content)
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
        shown = bool(self.banners())
        if shown and self._scrolled is None:  # no sooner: the first picture has none as a rule
            self._scrolled = ScrollPage(self._content, self)
            self._scrolled.setGeometry(self.rect())
            self._scrolled.show()
        self.setVisible(shown)
        self._fit()

    def set_room(self, height: int) -> None:
        """The window is so high."""
        self._room = height
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the words take another height."""
        super().resizeEvent(event)
        if self._scrolled is not None:
            self._scrolled.setGeometry(self.rect())
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as what it says, up to its share of the window."""
        return QSize(u(240), self._height)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(u(120), self._height)

    @Slot()
    def _fit(self) -> None:
        wanted = max(self._column.totalHeightForWidth(self.width()), self._column.totalMinimumSize().height())
        height = min(wanted, round(_SHARE * self._room))
        if height != self._height:
            self._height = height
            self.updateGeometry()

    @Slot()
    def _on_journal_trouble_changed(self) -> None:
        trouble = self._journal.trouble if self._journal else None
        self._history_trouble.tell(*texts.error(trouble) if trouble else ("", ""))
        self._show_if_needed()

    @Slot()
    def _on_history_folder_requested(self) -> None:
        from matsession.ui.folder import show_folder

        if self._data_folder is not None:
            show_folder(self._data_folder)

    @Slot()
    def _on_sound_changed(self) -> None:
        problem = self._chimes.problem() if self._chimes else None
        muted = self._mute is not None and self._mute.muted
        told = problem is not None and not muted
        self._sound_trouble.tell(texts.sound_problem(problem) if problem and told else "")
        self._muted.tell(texts.tr("Muted. Chimes are silent; the screen still guides you.") if muted else "")
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


class _Content(QWidget):
    """Tells when something in it wants another size."""

    changed = Signal()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.changed.emit()
        return done
