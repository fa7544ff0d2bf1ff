"""How one button steers the session, told where it is needed, with the switch for it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.ui.theme import u
from matsession.ui.widgets.setting_row import SettingRow
from matsession.ui.widgets.switch import Switch


class OneButtonHint(QWidget):
    """One row. It stays where it is all through a session."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        """Follow and change ``preferences``."""
        super().__init__(parent)
        self._preferences = preferences
        self._switch = Switch(texts.tr("One button for everything"))
        # As with the controls: a click leaves the keys with the page.
        self._switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row = SettingRow(texts.tr("One button for everything"), self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(u(12), 0, 0, 0)  # as the words of the page
        column.addWidget(self._row)
        policy = self._row.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Minimum)
        self.setSizePolicy(policy)
        self._switch.toggled.connect(self._on_switch_toggled)
        preferences.changed.connect(self._refresh)
        self._refresh()

    @property
    def switch(self) -> Switch:
        """For the order of tabs."""
        return self._switch

    @Slot()
    def _refresh(self) -> None:
        on = self._preferences.settings.one_button
        self._switch.show_checked(on)
        how = texts.tr(
            "Space, Enter, a presenter or a click anywhere: once tells the time left, twice pauses or "
            "goes on, held for a second ends."
        )
        # Every click is the button then, one on the switch as well.
        off = texts.tr("After the session, Settings switch it off.")
        self._row.show_hint(f"{how} {off}" if on else how)

    @Slot(bool)
    def _on_switch_toggled(self, checked: bool) -> None:
        self._preferences.change(one_button=checked)
