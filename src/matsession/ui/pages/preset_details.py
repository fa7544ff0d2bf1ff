"""All that is to know of a preset before it is begun: reasons against it, layers, what is known, sources."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import evidence_words, preset_facts, preset_words, texts
from matsession.app.preset_facts import Fact
from matsession.domain.errors import MatSessionError
from matsession.domain.evidence import Evidence, Source
from matsession.domain.guidance import Caution
from matsession.domain.preset import Level, Preset
from matsession.ui.announce import announce
from matsession.ui.pages.evidence_sources import AddressField, OpenAddress
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.point_list import PointList
from matsession.ui.widgets.visibility import show

_BESIDE_PX = 360
"""Narrower than this a word stands above what is said under it."""
_OPEN_BESIDE_PX = 560
"""Narrower than this the button that opens an address stands below it."""


class PresetDetails(Group):
    """Made when it is wanted, for one preset."""

    told = Signal(str)
    """What was done, in a sentence."""

    def __init__(
        self,
        preset: Preset,
        reasons: Sequence[Caution],
        read_evidence: Callable[[], Evidence],
        open_address: OpenAddress,
        parent: QWidget | None = None,
    ) -> None:
        """Sources are looked up in what ``read_evidence`` finds; its loss is told in their place."""
        super().__init__(texts.tr("Details of {preset}").format(preset=preset.name), parent)
        self._rows: list[_FactRow] = []
        self._source_rows: list[_SourceRow] = []
        self._sources: tuple[Source, ...] = ()
        self._copy: Button | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, u(4), 0, 0)
        self._column.setSpacing(u(6))
        self._tell_reasons(reasons)
        self._tell_place(preset)
        for fact in preset_facts.said(preset):
            self._head(fact.word)
            self._column.addWidget(Label(fact.text, tone="text2"))
        if preset.sources:
            self._tell_sources(preset, read_evidence, open_address)

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        stops = [stop for row in self._source_rows for stop in row.tab_stops()]
        return [*stops, self._copy] if self._copy is not None else stops

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside what is said under them, or above it."""
        super().resizeEvent(event)
        beside = self.width() >= u(_BESIDE_PX)
        wide = max((row.word_width() for row in self._rows), default=0)
        for row in self._rows:
            row.set_beside(wide if beside else 0)
        for source_row in self._source_rows:
            source_row.set_beside(self.width() >= u(_OPEN_BESIDE_PX))

    def _head(self, words: str) -> None:
        self._column.addSpacing(u(4))
        self._column.addWidget(Label(words, TextStyle.STRONG))

    def _tell_reasons(self, reasons: Sequence[Caution]) -> None:
        if reasons:
            points = PointList()
            self._column.addWidget(points)  # first: told to show something by itself, it would be a window
            remarks = [texts.source_remark(reason) for reason in reasons]
            points.show_points([reason.text for reason in reasons], remarks)

    def _tell_place(self, preset: Preset) -> None:
        facts = preset_facts.place(preset)
        if preset.level is not None and preset.level is not Level.OPT_IN:  # that one is said without asking
            facts = (Fact(texts.tr("For whom"), preset_words.level(preset.level)), *facts)
        if facts:
            self._column.addSpacing(u(4))
        for fact in facts:
            row = _FactRow(fact)
            self._rows.append(row)
            self._column.addWidget(row)

    def _tell_sources(
        self, preset: Preset, read_evidence: Callable[[], Evidence], open_address: OpenAddress
    ) -> None:
        self._head(texts.tr("Sources"))
        evidence = None
        try:
            evidence = read_evidence()
        except MatSessionError as error:
            self._column.addWidget(Label(texts.error(error)[0], tone="warn"))
        self._sources = preset_facts.sources(preset, evidence)
        for source in self._sources:
            row = _SourceRow(source, open_address)
            self._source_rows.append(row)
            self._column.addWidget(row)
        self._copy = Button(texts.tr("Copy all references"), ButtonKind.QUIET, small=True)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._column.addWidget(Flow(self._copy))

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(evidence_words.source_lines(self._sources)))
        self.told.emit(texts.tr("All references copied."))


class _FactRow(QWidget):
    """A word that stands out, and what is said under it."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._word = Label(fact.word, TextStyle.STRONG)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(u(12))
        self._row.addWidget(self._word, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(Label(fact.text, tone="text2"), 1)

    def word_width(self) -> int:
        """What the word needs in one line."""
        return self._word.sizeHint().width()

    def set_beside(self, word_width: int) -> None:
        """Beside each other with a word so wide; 0: below each other."""
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(right if word_width else down)
        self._row.setSpacing(u(12 if word_width else 0))
        self._word.setMinimumWidth(word_width)


class _SourceRow(QWidget):
    """A source by its title, and where it has one its address: to select, to copy, or to open."""

    def __init__(self, source: Source, open_address: OpenAddress) -> None:
        super().__init__()
        self._source = source
        self._open_address = open_address
        self._address: AddressField | None = None
        self._open: Button | None = None
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(u(4))
        title = Label(source.title, tone="text2")
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._trouble = Label(tone="danger")
        self._trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, u(4))
        column.setSpacing(u(2))
        column.addWidget(title)
        column.addLayout(self._line)
        column.addWidget(self._trouble)
        if source.url:
            self._address = AddressField()
            self._address.setPlainText(source.url)
            name = texts.tr("Address: {source}").format(source=source.title)
            self._address.setAccessibleName(name)
            self._open = Button(texts.tr("Open in browser"), ButtonKind.SECONDARY, small=True)
            self._open.setAccessibleName(texts.tr("Open in browser: {source}").format(source=source.title))
            self._open.clicked.connect(self._on_open_clicked)
            self._line.addWidget(self._address, 1)
            self._line.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)

    def tab_stops(self) -> list[QWidget]:
        """The address, and the button that opens it."""
        return [each for each in (self._address, self._open) if each is not None]

    def set_beside(self, beside: bool) -> None:
        """The button beside the address, or below it."""
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(right if beside else down)

    @Slot()
    def _on_open_clicked(self) -> None:
        taken = self._open_address(self._source.url)
        words = "" if taken else texts.tr("No browser took the address. Copy it from here.")
        self._trouble.setText(words)
        show(self._trouble, bool(words))
        if words and self._address is not None:
            announce(self, words)
            self._address.setFocus(Qt.FocusReason.OtherFocusReason)
            self._address.selectAll()
