"""The foot of the left card of the session page: how to place oneself, and what speaks against it."""

from PySide6.QtCore import QPointF, QRectF, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preset_words import reasons_against
from matsession.domain.guidance import Caution, Guidance
from matsession.domain.preset import Preset
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.point_list import PointList
from matsession.ui.widgets.pose_picture import PosePicture
from matsession.ui.widgets.visibility import show

_PICTURE_BESIDE_PX = 440
"""Narrower than this there is no room for the picture beside the words."""


class PlacementStrip(QWidget):
    """Position and checklist of a preset, its cautions, and on request the reasons against it in full."""

    def __init__(self, guidance: Guidance, parent: QWidget | None = None) -> None:
        """Cautions are looked up in ``guidance``."""
        super().__init__(parent)
        self._guidance = guidance
        self._reasons: list[Caution] = []
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
        self._details = PointList()
        self._details.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(u(20), u(12), u(20), u(16))
        column.setSpacing(u(4))
        column.addLayout(self._placing)
        for widget in (self._care_head, self._cautions, self._avoid, self._details):
            column.addWidget(widget)

    def show_preset(self, preset: Preset | None) -> None:
        """Tell what is to know of this one; nothing without one."""
        show(self, preset is not None)
        if preset is None:
            return
        self._picture.show_position(preset.position, preset.area)
        self._setup_title.setText(
            texts.position(preset.position) if preset.position else texts.tr("Before you begin")
        )
        show(self._setup_title, bool(preset.position or preset.setup))
        self._setup.show_points(preset.setup)
        self._cautions.show_points(preset.cautions)
        self._reasons = list(reasons_against(preset, self._guidance))
        show(self._care_head, bool(preset.cautions or self._reasons))
        show(self._avoid, bool(self._reasons))
        self._avoid.setText(
            texts.tr("Not for everyone. Do not use the mat, or ask a doctor first, with: {reasons}.").format(
                reasons="; ".join(reason.title for reason in self._reasons)
            )
        )
        show(self._details_button, bool(self._reasons))
        self._show_details(False)

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
        # Filled no sooner than wanted: a line for each reason, and there are many.
        reasons = self._reasons if shown else []
        self._details.show_points(
            [reason.text for reason in reasons], [texts.source_remark(reason) for reason in reasons]
        )
        word = texts.tr("Hide details") if shown else texts.tr("Show details")
        self._details_button.show_text(word, None)

    @Slot()
    def _on_details_clicked(self) -> None:
        self._show_details(not self._details.isVisibleTo(self))
