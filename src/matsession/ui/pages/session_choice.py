"""The left card of the session page: which session, and what to know before one lies down."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preset_library import PresetLibrary
from matsession.domain.body import BodyArea
from matsession.domain.guidance import Caution, CautionLevel
from matsession.domain.preset import Preset
from matsession.ui.models.preset_rows import PresetRows
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.one_chosen import OneChosen
from matsession.ui.widgets.rows import RowList


class ChoiceCard(Card):
    """Area, presets for it, and the chosen one's checklist and cautions."""

    preset_chosen = Signal(object)
    """Another Preset is the chosen one; None where there is none to choose."""

    def __init__(self, presets: PresetLibrary, preset_id: str, parent: QWidget | None = None) -> None:
        """Begin with the preset ``preset_id``, or the first."""
        super().__init__(texts.tr("Choose a session"), parent)
        self._presets = presets
        self._chosen: Preset | None = None
        self._build()
        self._connect()
        self._fill_areas()
        self._fill_presets(preset_id)

    def _build(self) -> None:
        title = Label(texts.tr("Where is the mat?"), TextStyle.H3)
        self._area = Choice(texts.tr("Where is the mat?"))
        title.setBuddy(self._area)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(u(8))
        self._top.addWidget(title, 1)
        self._top.addWidget(self._area)
        self._rows = PresetRows(self)
        self._list = RowList(texts.tr("Presets"), self._rows, 40)
        self._setup_title = Label(texts.tr("Before you begin"), TextStyle.LABEL)
        self._setup = _PointList()
        self._caution_title = Label(texts.tr("Take care"), TextStyle.LABEL)
        self._cautions = _PointList()
        self._avoid = Label(tone="warn")
        self._details_button = Button(
            texts.tr("Show details"),
            ButtonKind.QUIET,
            small=True,
            texts_to_come=(texts.tr("Hide details"),),
        )
        self._care_head = QWidget()
        self._care = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._care_head)
        self._care.setContentsMargins(0, 0, 0, 0)
        self._care.addWidget(self._caution_title, 1)
        self._care.addWidget(self._details_button)
        self._details = _PointList()
        self._details.hide()
        self._reasons: list[Caution] = []
        rule = QFrame()
        rule.setObjectName("Rule")
        self.column.addLayout(self._top)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(rule)
        for widget in (
            self._setup_title,
            self._setup,
            self._care_head,
            self._cautions,
            self._avoid,
            self._details,
        ):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self._area.currentIndexChanged.connect(self._on_area_changed)
        OneChosen(self._list)
        self._list.selectionModel().currentChanged.connect(self._on_list_current_changed)
        self._details_button.clicked.connect(self._on_details_clicked)
        self._presets.changed.connect(self._on_presets_changed)

    @property
    def preset(self) -> Preset | None:
        """The preset that is chosen."""
        return self._chosen

    def choose(self, preset_id: str) -> None:
        """Choose this preset, whatever area is shown."""
        if self._rows.preset(self._rows.row_of(preset_id)) != self._presets.find(preset_id):
            self._area.setCurrentIndex(0)
        self._list.setCurrentIndex(self._rows.index(self._rows.row_of(preset_id), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Title and button side by side where there is room for both."""
        super().resizeEvent(event)
        both = self._caution_title.sizeHint().width() + self._details_button.sizeHint().width() + u(8 + 40)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._care.setDirection(right if both <= self.width() else down)

    def set_narrow(self, narrow: bool) -> None:
        """Lay it out for a narrow window, where the page scrolls and not the list."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._top.setDirection(down if narrow else right)
        self._list.set_scrolling(not narrow)

    def focus_list(self) -> None:
        """Go to the presets."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ------------------------------------------------------------------------------------

    def _fill_areas(self) -> None:
        present = {preset.area for preset in self._presets.presets}
        now = self._area.currentData()
        self._area.blockSignals(True)
        self._area.clear()
        self._area.addItem(texts.tr("Anywhere"), None)
        for area in BodyArea:
            if area in present:
                self._area.addItem(texts.area(area), area)
        self._area.setCurrentIndex(max(0, self._area.findData(now)))
        self._area.blockSignals(False)

    def _fill_presets(self, preset_id: str) -> None:
        area = self._area.currentData()
        self._rows.show_presets(self._presets.presets, BodyArea(area) if area else None)
        self._list.updateGeometry()
        self._list.setCurrentIndex(self._rows.index(self._rows.row_of(preset_id), 0))
        if not self._rows.rowCount():
            self._show(None)

    def _show(self, preset: Preset | None) -> None:
        self._chosen = preset
        setup = preset.setup if preset else ()
        self._setup_title.setVisible(bool(setup))
        self._setup.show_points(setup)
        cautions = preset.cautions if preset else ()
        self._cautions.show_points(cautions)
        reasons = self._reasons_against(preset)
        self._care_head.setVisible(bool(cautions or reasons))
        self._avoid.setVisible(bool(reasons))
        self._avoid.setText(
            texts.tr("Not for everyone. Do not use the mat, or ask a doctor first, with: {reasons}.").format(
                reasons="; ".join(reason.title for reason in reasons)
            )
        )
        self._reasons = reasons
        self._details_button.setVisible(bool(reasons))
        self._show_details(False)
        self.preset_chosen.emit(preset)

    def _reasons_against(self, preset: Preset | None) -> list[Caution]:
        """The cautions a preset names, with those a group stands for."""
        known = {caution.id: caution for caution in self._presets.guidance.cautions}
        found: dict[str, Caution] = {}
        for caution_id in preset.avoid_if if preset else ():
            caution = known.get(caution_id)
            if caution is None:
                continue
            ids = caution.members if caution.level is CautionLevel.GROUP else (caution_id,)
            found.update({each: known[each] for each in ids if each in known})
        return list(found.values())

    def _show_details(self, shown: bool) -> None:
        # Filled no sooner than wanted: a line for each reason, and there are many.
        self._details.show_points([reason.text for reason in self._reasons] if shown else ())
        word = texts.tr("Hide details") if shown else texts.tr("Show details")
        self._details_button.show_text(word, None)

    @Slot()
    def _on_area_changed(self) -> None:
        self._fill_presets(self._chosen.id if self._chosen else "")

    @Slot(QModelIndex)
    def _on_list_current_changed(self, current: QModelIndex) -> None:
        preset = self._rows.preset(current.row())
        if preset is not None:
            self._show(preset)

    @Slot()
    def _on_presets_changed(self) -> None:
        self._fill_areas()
        self._fill_presets(self._chosen.id if self._chosen else "")

    @Slot()
    def _on_details_clicked(self) -> None:
        self._show_details(not self._details.isVisibleTo(self))


class _PointList(QWidget):
    """Lines, each with a bullet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[Label] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(u(2))

    def show_points(self, points: Sequence[str]) -> None:
        """Show these lines instead."""
        while len(self._labels) < len(points):
            label = Label()
            self._column.addWidget(label)
            self._labels.append(label)
        for number, label in enumerate(self._labels):
            label.setText(f"• {points[number]}" if number < len(points) else "")
            label.setVisible(number < len(points))
        self.setVisible(bool(points))
