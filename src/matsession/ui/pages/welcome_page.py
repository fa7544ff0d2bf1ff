"""The welcome: at the first start, in three steps; its notes can be read again from the settings."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_parts import SessionParts
from matsession.ui.announce import announce
from matsession.ui.pages.welcome_answers import WelcomeAnswers
from matsession.ui.pages.welcome_choices import WelcomeChoices
from matsession.ui.pages.welcome_notes import WelcomeNotes
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, tokens, u
from matsession.ui.widgets.dot_figure import DotFigure
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.navigation import Mark
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.widgets.visibility import show

_FIGURE_EM = 54
"""Below this width the words need all the room."""
_PANEL_PX = 440
_WORDS_PX = 516


class WelcomePage(QWidget):
    """The figure on the left, the step on the right."""

    notes_read = Signal()
    """The notes are read; whoever hears it calls ``offer_steps``."""
    finished = Signal()
    """On to the first session, or back to where it was opened from."""

    def __init__(self, presets: PresetLibrary, *, again: bool, parent: QWidget | None = None) -> None:
        """``again``: only the notes, for somebody who knows them."""
        super().__init__(parent)
        self._presets = presets
        self._answers: WelcomeAnswers | None = None
        self._choices: WelcomeChoices | None = None
        self._frames: list[QHBoxLayout] = []
        self._notes = WelcomeNotes(presets.guidance, again=again)
        self._build()
        self._notes.agreed.connect(self.notes_read)
        self._notes.left.connect(self.finished)

    def _build(self) -> None:
        self._panel = _Panel(self)
        self._steps = QStackedWidget()
        self._add_step(self._notes)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._panel)
        row.addWidget(self._steps, 1)

    def _add_step(self, step: QWidget) -> None:
        content = QWidget()
        frame = QHBoxLayout(content)
        step.setMaximumWidth(u(_WORDS_PX))
        frame.addWidget(step, 1)
        self._steps.addWidget(ScrollPage(content))
        self._frames.append(frame)
        self._fit()

    def focus_first(self) -> None:
        """Begin where the step begins."""
        step = (self._notes, self._answers, self._choices)[self._steps.currentIndex()]
        if step is not None:
            step.focus_first()

    def offer_steps(self, parts: SessionParts) -> None:
        """The second step, and after it the third, on these."""
        if self._answers is None:
            self._answers = WelcomeAnswers(self._presets, parts.changes)
            self._answers.finished.connect(self._on_answers_finished)
            self._answers.back_requested.connect(self._on_back_requested)
            self._add_step(self._answers)
            self._choices = WelcomeChoices(parts.changes, parts.voice, parts.chimes, parts.autostart)
            self._choices.finished.connect(self.finished)
            self._choices.back_requested.connect(self._on_back_requested)
            self._add_step(self._choices)
        self._go_to(1)
        announce(self, texts.tr("Step 2 of 3. Is any of this true for you? Tick what fits, or nothing."))

    def _go_to(self, number: int) -> None:
        self._steps.setCurrentIndex(number)
        scrolled = self._steps.currentWidget()
        if isinstance(scrolled, ScrollPage):
            scrolled.verticalScrollBar().setValue(0)
        self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The figure goes where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        with_figure = width >= _FIGURE_EM * em()
        show(self._panel, with_figure)
        self._panel.setFixedWidth(min(u(_PANEL_PX), round(width * 0.4)))
        small = width < MEDIUM_EM * em()
        side = u(16 if small else 32) if not with_figure else u(72) if width >= u(1040) else u(40)
        for frame in self._frames:
            frame.setContentsMargins(side, u(20 if small else 48), u(16 if small else 32), u(20))

    @Slot()
    def _on_answers_finished(self) -> None:
        self._go_to(2)
        announce(self, texts.tr("Step 3 of 3. A few choices; leave out whatever you like."))

    @Slot()
    def _on_back_requested(self) -> None:
        self._go_to(self._steps.currentIndex() - 1)


class _Panel(QWidget):
    """Mark, figure, one line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        head = QHBoxLayout()
        head.setSpacing(u(14))
        head.addWidget(Mark())
        head.addWidget(Label("MatSession", TextStyle.H2, wrap=False), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(u(40), u(32), u(40), u(32))
        column.setSpacing(u(24))
        column.addLayout(head)
        column.addWidget(DotFigure(), 1)
        column.addWidget(Heading(texts.tr("Ten quiet minutes on the mat."), TextStyle.H2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the navigation, and a thin edge."""
        colours = tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.nav))
        width = max(1, u(1))
        painter.setPen(QPen(QColor(colours.border), width))
        x = 0 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - width
        painter.drawLine(x, 0, x, self.height())
