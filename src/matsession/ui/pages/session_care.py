"""The foot of the left card of the session page: how to place oneself, and what speaks against it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import preset_words, texts
from matsession.app.preset_words import reasons_against
from matsession.domain.guidance import Caution, Guidance
from matsession.domain.preset import Level, Preset
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.point_list import PointList
from matsession.ui.widgets.pose_picture import PosePicture
from matsession.ui.widgets.visibility import show

if TYPE_CHECKING:
    from matsession.domain.evidence import Evidence
    from matsession.ui.pages.preset_details import PresetDetails

_PICTURE_BESIDE_PX = 440
"""Narrower than this there is no room for the picture beside the words."""


class PlacementStrip(QWidget):
    """Position and checklist of a preset, its cautions, and on request all else that is to know of it."""

    told = Signal(str)
    """What was done in the details, in a sentence."""

    def __init__(
        self, guidance: Guidance, read_evidence: "Callable[[], Evidence]", parent: QWidget | None = None
    ) -> None:
        """Cautions are looked up in ``guidance``; sources in what is read when the details are wanted."""
        super().__init__(parent)
        self._guidance = guidance
        self._read_evidence = read_evidence
        self._preset: Preset | None = None
        self._reasons: list[Caution] = []
        self._details: PresetDetails | None = None
        self._build()
        self._details_button.clicked.connect(self._on_details_clicked)

    def _build(self) -> None:
        self._picture = PosePicture()
        self._setup_title = Label(style=TextStyle.STRONG)
        self._setup = PointList()
        words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addWidget(self._setup_title)
        words.addWidget(self._setup)
        words.addStretch(1)
        self._placing = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._placing.setSpacing(u(20))
        self._placing.addWidget(self._picture)
        self._placing.addLayout(words, 1)
        self._caution_title = Label(texts.tr("Take care"), TextStyle.LABEL)
        self._cautions = PointList()
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
        self._level = Label(tone="warn")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(u(20), u(12), u(20), u(16))
        column.setSpacing(u(4))
        column.addWidget(self._level)
        column.addLayout(self._placing)
        for widget in (self._care_head, self._cautions, self._avoid):
            column.addWidget(widget)

    def show_preset(self, preset: Preset | None) -> None:
        """Tell what is to know of this one; nothing without one."""
        show(self, preset is not None)
        self._preset = preset
        self._show_details(False)
        if preset is None:
            return
        # Before the start, whether or not anybody opens the details: such a preset is to be chosen knowingly.
        opt_in = preset.level is Level.OPT_IN
        self._level.setText(preset_words.level(Level.OPT_IN) if opt_in else "")
        show(self._level, opt_in)
        self._picture.show_position(preset.position, preset.area)
        self._setup_title.setText(
            texts.position(preset.position) if preset.position else texts.tr("Before you begin")
        )
        show(self._setup_title, bool(preset.position or preset.setup))
        self._setup.show_points(preset.setup)
        self._cautions.show_points(preset.cautions)
        self._reasons = list(reasons_against(preset, self._guidance))
        more = bool(self._reasons) or _has_more(preset)
        show(self._caution_title, bool(preset.cautions or self._reasons))
        show(self._care_head, bool(preset.cautions or more))
        show(self._avoid, bool(self._reasons))
        self._avoid.setText(
            texts.tr("Not for everyone. Do not use the mat, or ask a doctor first, with: {reasons}.").format(
                reasons="; ".join(reason.title for reason in self._reasons)
            )
        )
        show(self._details_button, more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Picture and words, title and button stand side by side where there is room for both."""
        super().resizeEvent(event)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        both = self._caution_title.sizeHint().width() + self._details_button.sizeHint().width() + u(8 + 40)
        self._care.setDirection(right if both <= self.width() else down)
        self._placing.setDirection(right if self.width() >= u(_PICTURE_BESIDE_PX) else down)
        self._placing.setSpacing(u(20 if self.width() >= u(_PICTURE_BESIDE_PX) else 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sunken, with the round corners of the card it ends."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(1, u(1))
        half, radius = width / 2, u(14)
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        path = QPainterPath(area.topLeft())
        path.lineTo(area.topRight())
        path.lineTo(area.right(), area.bottom() - radius)
        path.quadTo(area.bottomRight(), area.bottomRight() - QPointF(radius, 0))
        path.lineTo(area.left() + radius, area.bottom())
        path.quadTo(area.bottomLeft(), area.bottomLeft() - QPointF(0, radius))
        path.closeSubpath()
        painter.setPen(QPen(QColor(colours.border), width))
        painter.setBrush(QColor(colours.sunken))
        painter.drawPath(path)

    def _show_details(self, shown: bool) -> None:
        if self._details is not None:
            self._column.removeWidget(self._details)
            self._details.hide()
            self._details.deleteLater()
            self._details = None
        if shown and self._preset is not None:
            self._make_details(self._preset)
        word = texts.tr("Hide details") if shown else texts.tr("Show details")
        self._details_button.show_text(word, None)

    def _make_details(self, preset: Preset) -> None:
        """No sooner than wanted: there are many lines, and the sources have to be read."""
        from matsession.ui.pages.preset_details import PresetDetails
        from matsession.ui.web_address import open_address

        self._details = PresetDetails(preset, self._reasons, self._read_evidence, open_address)
        self._details.told.connect(self.told)
        self._column.addWidget(self._details)
        self._details.show()  # the layout would show it, but later
        before: QWidget = self._details_button
        for each in self._details.tab_stops():
            QWidget.setTabOrder(before, each)
            before = each

    @Slot()
    def _on_details_clicked(self) -> None:
        self._show_details(self._details is None)


def _has_more(preset: Preset) -> bool:
    """Whether the details tell more than the reasons against it."""
    own = (preset.layer_beginner, preset.layer_regular, preset.surface, preset.best_time, preset.sources)
    level = preset.level is not None and preset.level is not Level.OPT_IN
    return level or any(own) or bool(preset.honest_note or preset.vendor_claim)
