"""What the text column of the evidence page is made of: studies, points and statements."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from matsession.app import evidence_words as words
from matsession.app import texts
from matsession.app.evidence_words import Told
from matsession.domain.evidence import About, Evidence, Section, Study
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.fold import Fold
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.point_list import PointList

_YEAR_PX = 52
_YEAR_BESIDE_EM = 26
"""Narrower than this the year stands above the study."""


class Rule(QFrame):
    """A thin line between two things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """As wide as there is room."""
        super().__init__(parent)
        self.setObjectName("Rule")


class SectionText(QWidget):
    """Title, text and points, one below the other."""

    def __init__(self, evidence: Evidence, section: Section, parent: QWidget | None = None) -> None:
        """Everything of ``section``."""
        super().__init__(parent)
        column = _column(self, 4)
        column.addWidget(Heading(section.title, TextStyle.H3))
        _add_section(column, evidence, section)


class StudyRow(QWidget):
    """Year, title and what came of it; on request all there is to know."""

    def __init__(self, evidence: Evidence, study: Study, parent: QWidget | None = None) -> None:
        """In short, to begin with."""
        super().__init__(parent)
        told = words.study(evidence, study)
        year = Label(str(study.year), TextStyle.STRONG, "text2")
        year.setMinimumWidth(u(_YEAR_PX))
        self._study = study
        self._details = QWidget()
        self._details.hide()
        told_column = QVBoxLayout()
        told_column.setSpacing(u(2))
        told_column.addWidget(Label(told.title, TextStyle.STRONG))
        told_column.addWidget(Label(told.text_with_references, tone="text2"))
        told_column.addWidget(self._details)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, u(4), 0, u(4))
        self._row.setSpacing(u(12))
        self._row.addWidget(year, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(told_column, 1)

    def show_details(self, shown: bool) -> None:
        """All there is to know, or in short."""
        if self._details.layout() is None:  # no sooner than wanted
            details = _column(self._details, 2)
            for word, text in words.study_details(self._study):
                details.addWidget(Label(texts.tr("{word}: {text}").format(word=word, text=text)))
        self._details.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The year stands beside, or above."""
        super().resizeEvent(event)
        beside = self.width() >= _YEAR_BESIDE_EM * em()
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(right if beside else down)
        self._row.setSpacing(u(12 if beside else 2))


class SectionFold(Fold):
    """A section of which at first only the title is seen."""

    def __init__(self, evidence: Evidence, section: Section, parent: QWidget | None = None) -> None:
        """What is in it is made when it is unfolded."""
        super().__init__(section.title, parent)
        self._evidence = evidence
        self._section = section
        self.first_opened.connect(self._on_first_opened)

    @Slot()
    def _on_first_opened(self) -> None:
        _add_section(self.body, self._evidence, self._section)


class StatementsFold(Fold):
    """What is said of mats, or of needles: each with its nature and the line that stands beside it."""

    def __init__(self, evidence: Evidence, about: About, parent: QWidget | None = None) -> None:
        """Those that are ``about`` this."""
        super().__init__(words.about_title(about), parent)
        self._evidence = evidence
        self._about = about
        self.first_opened.connect(self._on_first_opened)

    @Slot()
    def _on_first_opened(self) -> None:
        self.body.addWidget(Label(words.about_note(self._about), tone="text2"))
        for said in self._evidence.statements:
            if said.about is self._about:
                self.body.addWidget(Rule())
                self.body.addWidget(_Statement(words.statement(self._evidence, said)))


class _Statement(QWidget):
    """Nature above, what is said in the middle, and what stands beside it below."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        column = _column(self, 2)
        column.addWidget(Label(told.title, TextStyle.STRONG))
        column.addWidget(Label(told.nature, TextStyle.LABEL, "warn"))
        column.addWidget(Label(told.text_with_references, tone="text2"))
        column.addWidget(Label(told.beside))
        if told.remark:
            column.addWidget(Label(told.remark, TextStyle.CAPTION, "text3"))


class _TitledPoint(QWidget):
    """A title, and what there is to say."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        column = _column(self, 2)
        column.addWidget(Label(told.title, TextStyle.STRONG))
        column.addWidget(Label(told.text_with_references, tone="text2"))
        if told.remark:
            column.addWidget(Label(told.remark, TextStyle.CAPTION, "text3"))


def _add_section(column: QVBoxLayout, evidence: Evidence, section: Section) -> None:
    if section.text:
        column.addWidget(Label(section.text, tone="text2"))
    told = [words.point(evidence, point) for point in section.points]
    for each in told:
        if each.title:
            column.addWidget(_TitledPoint(each))
    _add_plain(column, [each for each in told if not each.title])


def _add_plain(column: QVBoxLayout, told: Sequence[Told]) -> None:
    if told:
        points = PointList()
        column.addWidget(points)  # first: told to show something by itself, it would be a window
        points.show_points([each.text_with_references for each in told], [each.remark for each in told])


def _column(widget: QWidget, spacing_px: int) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(u(spacing_px))
    return column
