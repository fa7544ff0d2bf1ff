"""Evidence and safety: stop signs and cautions, what is known of mats, what is not, and who says so."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import evidence_words as words
from matsession.app import texts
from matsession.domain.errors import MatSessionError
from matsession.domain.evidence import About, Evidence
from matsession.domain.guidance import Guidance
from matsession.ui.pages.evidence_safety import SafetyColumn
from matsession.ui.pages.evidence_sources import OpenAddress, SourcesFold
from matsession.ui.pages.evidence_text import Rule, SectionFold, SectionText, StatementsFold, StudyRow
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card, inset_column
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.scroll_page import ScrollPage

_SIDE_PX = 316
_STACK_EM = 52
"""Below this width of the page the two columns stand below each other, the one on safety first."""
_WIDEST = 960
_STUDIES_SECTIONS = ("shown", "not_shown")
_PLAIN_SECTIONS = ("sensible_start", "this_program")


class EvidencePage(QWidget):
    """Two columns. The one on safety comes first for keys and screen readers, and stands on the right."""

    notice_wished = Signal(object)
    """A ``Notice``: what was copied."""
    notes_requested = Signal()
    answers_requested = Signal()
    """Read again what to know before the first session."""

    def __init__(
        self,
        guidance: Guidance,
        read: Callable[[], Evidence],
        open_address: OpenAddress,
        parent: QWidget | None = None,
    ) -> None:
        """Cautions are those of ``guidance``; all else is ``read`` now, and its loss is told here."""
        super().__init__(parent)
        self._open_address = open_address
        self._studies: list[StudyRow] = []
        self._in_full = False
        self._trouble: MatSessionError | None = None
        self._evidence: Evidence | None = None
        try:
            self._evidence = read()
        except MatSessionError as error:
            self._trouble = error
        self._build(guidance)

    def _build(self, guidance: Guidance) -> None:
        self._title = Heading(texts.tr("Evidence & safety"), TextStyle.H1)
        self._safety = SafetyColumn(guidance, self._evidence)
        self._text = QWidget()
        self._text_column = QVBoxLayout(self._text)
        self._text_column.setContentsMargins(0, 0, 0, 0)
        self._text_column.setSpacing(u(14))
        if self._evidence is not None:
            self._text_column.addWidget(self._studies_card(self._evidence))
            self._text_column.addWidget(self._plain_card(self._evidence))
            self._text_column.addWidget(self._folds_card(self._evidence, guidance))
        elif self._trouble is not None:
            banner = Banner(BannerKind.CAREFUL)
            banner.tell(*texts.error(self._trouble))
            self._text_column.addWidget(banner)
        self._text_column.addWidget(self._notes_card())
        self._text_column.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.RightToLeft)
        self._columns.setSpacing(u(18))
        self._columns.addWidget(self._safety)
        self._columns.addWidget(self._text, 1)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(u(16))
        self._column.addWidget(self._title)
        self._column.addLayout(self._columns, 1)
        self._scrolled = ScrollPage(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._scrolled)

    def _studies_card(self, evidence: Evidence) -> Card:
        card = Card(texts.tr("What studies say"))
        column = inset_column(card)
        column.addWidget(Heading(texts.tr("What studies say"), TextStyle.H3))
        column.addWidget(Label(evidence.introduction, tone="text2"))
        for study in evidence.studies:
            column.addWidget(Rule())
            row = StudyRow(evidence, study)
            self._studies.append(row)
            column.addWidget(row)
        column.addWidget(Rule())
        self._full = Button(
            texts.tr("Studies in full"),
            ButtonKind.QUIET,
            small=True,
            texts_to_come=(texts.tr("Studies in short"),),
        )
        self._to_sources = Button(texts.tr("Full references"), ButtonKind.QUIET, small=True)
        self._full.clicked.connect(self._on_full_clicked)
        self._to_sources.clicked.connect(self._on_to_sources_clicked)
        card.column.addWidget(Flow(self._full, self._to_sources, gap_px=4))
        sections = inset_column(card)
        for section_id in _STUDIES_SECTIONS:
            sections.addWidget(SectionText(evidence, evidence.section(section_id)))
            sections.addSpacing(u(4))
        return card

    def _plain_card(self, evidence: Evidence) -> Card:
        card = Card(texts.tr("What to do with it"))
        for section_id in _PLAIN_SECTIONS:
            card.column.addWidget(SectionText(evidence, evidence.section(section_id)))
        return card

    def _notes_card(self) -> Card:
        card = Card(texts.tr("Before your first session"))
        card.column.addWidget(Heading(texts.tr("Before your first session"), TextStyle.H3))
        card.column.addWidget(Label(texts.tr("The note that you read at the first start."), tone="text2"))
        self._notes = Button(texts.tr("Read again"), ButtonKind.SECONDARY, small=True)
        self._notes.setAccessibleName(texts.tr("Read again what to know before the first session"))
        self._notes.clicked.connect(self.notes_requested)
        answers = Button(texts.tr("What is true for you"), ButtonKind.SECONDARY, small=True)
        answers.clicked.connect(self.answers_requested)
        card.column.addWidget(Flow(self._notes, answers))
        return card

    def focus_notes(self) -> None:
        """Where the note was asked for."""
        self._notes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _folds_card(self, evidence: Evidence, guidance: Guidance) -> Card:
        card = Card(texts.tr("Read more"))
        card.column.setContentsMargins(u(12), u(16), u(12), u(12))
        card.column.setSpacing(0)
        head = Heading(texts.tr("Read more"), TextStyle.H3)
        head.setContentsMargins(u(8), 0, 0, u(4))
        card.column.addWidget(head)
        shown_above = (*_STUDIES_SECTIONS, *_PLAIN_SECTIONS)
        folds: list[QWidget] = [StatementsFold(evidence, about) for about in (About.MATS, About.NEEDLES)]
        folds += [
            SectionFold(evidence, section) for section in evidence.sections if section.id not in shown_above
        ]
        folds.append(SectionFold(evidence, words.questions(guidance)))
        self._sources = SourcesFold(evidence, self._open_address)
        self._sources.told.connect(self._on_sources_told)
        self._sources.laid_out.connect(self._on_sources_laid_out)
        for fold in (*folds, self._sources):
            card.column.addWidget(Rule())
            card.column.addWidget(fold)
        return card

    def focus_first(self) -> None:
        """Begin at the top; the first that takes keys is on safety, and the page scrolls from there."""
        self._scrolled.verticalScrollBar().setValue(0)
        first = self._safety.findChild(Button)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scrolled.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one."""
        super().resizeEvent(event)
        stacked = self.width() < _STACK_EM * em()
        small = self.width() < MEDIUM_EM * em()
        side = u(16 if small else 32)
        side = max(side, (self.width() - u(_WIDEST)) // 2) if self.width() > u(_WIDEST + 128) else side
        self._column.setContentsMargins(side, u(16 if small else 28), side, u(20))
        right, down = QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if stacked else right)
        if stacked:
            self._safety.setMinimumWidth(0)
            self._safety.setMaximumWidth(16_777_215)
        else:
            self._safety.setFixedWidth(u(_SIDE_PX))

    @Slot()
    def _on_full_clicked(self) -> None:
        self._in_full = not self._in_full
        for row in self._studies:
            row.show_details(self._in_full)
        text = texts.tr("Studies in short") if self._in_full else texts.tr("Studies in full")
        self._full.show_text(text, None)

    @Slot()
    def _on_to_sources_clicked(self) -> None:
        self._sources.focus_list()

    @Slot()
    def _on_sources_laid_out(self) -> None:
        """What one does with the chosen source is in sight too."""
        self._scrolled.ensureWidgetVisible(self._sources, 0, u(16))

    @Slot(str)
    def _on_sources_told(self, told: str) -> None:
        self.notice_wished.emit(Notice(told))
