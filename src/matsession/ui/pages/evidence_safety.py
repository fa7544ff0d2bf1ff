"""The right column of the evidence page: stop signs, urgent signs, and who should not use a mat."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import evidence_words as words
from matsession.app import texts
from matsession.app.evidence_words import Told
from matsession.domain.evidence import Evidence
from matsession.domain.guidance import Caution, CautionLevel, Guidance
from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card, inset_column
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.sign_list import SignLine, SignList

_SIGN = 18


class SafetyColumn(QWidget):
    """Cards, the most urgent first; so also for a screen reader."""

    def __init__(self, guidance: Guidance, evidence: Evidence | None, parent: QWidget | None = None) -> None:
        """Stop signs and cautions are those of ``guidance``; without ``evidence`` the rest is left out."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(u(14))
        self._add_danger(words.stop_title(), "", (Told("", sign) for sign in guidance.stop_signs))
        if evidence is not None:
            for section in evidence.urgent:
                points = (words.point(evidence, point) for point in section.points)
                self._add_danger(section.title, section.text, points)
        for level, sign, tone in (
            (CautionLevel.ASK_FIRST, Sign.INFORMATION, "warn"),
            (CautionLevel.DO_NOT_USE, Sign.CROSS, "danger"),
            (CautionLevel.NOTE, Sign.INFORMATION, "info"),
        ):
            cautions = words.cautions(guidance, level)
            if cautions:
                title = words.caution_title(level)
                self._column.addWidget(_CautionCard(title, sign, tone, cautions, evidence))
        if evidence is not None:
            never = Card(texts.tr("Never"))
            never.column.addWidget(Heading(texts.tr("Never"), TextStyle.H3))
            never.column.addWidget(Label(evidence.never, tone="text2"))
            self._column.addWidget(never)
        self._column.addStretch(1)

    def _add_danger(self, title: str, text: str, points: Iterable[Told]) -> None:
        card = _DangerCard(title)
        if text:
            card.column.addWidget(Label(text, tone="text2"))
        signs = SignList(Sign.CROSS, "danger", [SignLine(each.text, remark=each.remark) for each in points])
        signs.show_more(True)
        card.column.addWidget(signs)
        self._column.addWidget(card)


class _DangerCard(Card):
    """Its edge and its sign say that this comes first."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        head = Heading(title, TextStyle.H3)
        beside = u(_SIGN + 10)
        head.setContentsMargins(*(0, 0, beside, 0) if self.isRightToLeft() else (beside, 0, 0, 0))
        self.column.addWidget(head)
        self._head = head

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface, edge in the colour of danger, and sign."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        danger, width = QColor(tokens().danger), max(1.5, u(1.5))
        painter.setPen(QPen(danger, width))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), u(14), u(14))
        line = self._head.fontMetrics().height()
        top = self._head.y() + (line - u(_SIGN)) / 2
        left = self._head.geometry().right() - u(_SIGN) if self.isRightToLeft() else self._head.x()
        draw_sign(painter, Sign.CAREFUL, QRectF(left, top, u(_SIGN), u(_SIGN)), danger)


class _CautionCard(Card):
    """The titles of some cautions; on request what there is to read on each."""

    def __init__(
        self, title: str, sign: Sign, tone: str, cautions: Sequence[Caution], evidence: Evidence | None
    ) -> None:
        super().__init__(title)
        told = [words.caution(evidence, each) for each in cautions]
        self._list = SignList(
            sign, tone, [SignLine(each.title, each.text_with_references, each.remark) for each in told]
        )
        self._more = False
        self._button = Button(
            texts.tr("Show details"),
            ButtonKind.QUIET,
            small=True,
            texts_to_come=(texts.tr("Hide details"),),
        )
        self._title = title
        self._name_button()
        rest = inset_column(self)
        rest.addWidget(Heading(title, TextStyle.H3))
        rest.addWidget(self._list)
        self.column.addWidget(Flow(self._button))
        self._button.clicked.connect(self._on_button_clicked)

    def _name_button(self) -> None:
        """There are several that say the same: a screen reader hears what each is about."""
        pattern = texts.tr("Hide details: {title}") if self._more else texts.tr("Show details: {title}")
        self._button.setAccessibleName(pattern.format(title=self._title))

    @Slot()
    def _on_button_clicked(self) -> None:
        self._more = not self._more
        self._list.show_more(self._more)
        self._button.show_text(texts.tr("Hide details") if self._more else texts.tr("Show details"), None)
        self._name_button()
