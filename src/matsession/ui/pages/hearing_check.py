"""The hearing check while a person settles in: where the end chime plays, how loud, and what to mend."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.hearing import Doubt, Hearing, hearing, hearing_words, turned_up
from matsession.app.mute import Mute
from matsession.app.ports import ChimePlayer
from matsession.app.preferences import Preferences
from matsession.domain.guidance import ChimeName
from matsession.ui.announce import announce
from matsession.ui.drawing import FOCUS_ROOM, Sign, draw_sign
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.label import Label

_SIDE = 12


class HearingCheck(Group):
    """One line and a test chime; with a doubt, a sign, a sentence and one action besides."""

    changed = Signal()
    """It says something else, and may need other room."""

    def __init__(
        self, preferences: Preferences, sound: ChimePlayer, mute: Mute, parent: QWidget | None = None
    ) -> None:
        """Tell of ``sound`` as ``preferences`` and ``mute`` set it."""
        super().__init__(texts.tr("Hearing check"), parent)
        self._preferences = preferences
        self._sound = sound
        self._mute = mute
        self._now: Hearing | None = None
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._line = Label()
        self._test = Button(texts.tr("Play the end chime"), ButtonKind.QUIET, Sign.PLAY, small=True)
        self._mend = Button(
            "",
            ButtonKind.SECONDARY,
            small=True,
            texts_to_come=(texts.tr("Turn up"), texts.tr("Use it anyway"), texts.tr("Look again")),
        )
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(u(4))
        self._buttons.addWidget(self._mend)
        self._buttons.addWidget(self._test)
        self._buttons.addStretch(1)
        for button in self.buttons():
            # As with the controls: a click leaves the keys with the page.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        column.setSpacing(u(2))
        column.addWidget(self._line)
        column.addLayout(self._buttons)
        self._column = column
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        self._test.clicked.connect(self._on_test_clicked)
        self._mend.clicked.connect(self._on_mend_clicked)
        self._preferences.changed.connect(self._on_something_changed)
        self._sound.on_problem_changed(self._on_something_changed)
        self._sound.on_outputs_changed(self._on_something_changed)

    def buttons(self) -> tuple[Button, Button]:
        """What mends, and what tests; for the order of tabs."""
        return self._mend, self._test

    def words(self) -> str:
        """What it says."""
        return self._line.text()

    def in_doubt(self) -> bool:
        """Whether there is something to mend."""
        return self._now is not None and self._now.doubt is not None

    def refresh(self) -> None:
        """Look again."""
        now = hearing(self._preferences.in_session, self._sound.output_name(), self._sound.problem())
        if now == self._now:
            return
        news = self._now is not None or now.doubt is not None
        self._now = now
        self._line.setText(hearing_words(now))
        if now.doubt is None and self._mend.hasFocus():
            self._test.setFocus()  # what is mended takes its button away
        self._mend.setVisible(now.doubt is not None)
        if now.doubt is not None:
            self._mend.show_text(_action(now.doubt), None)
        self._arrange()
        if news and self.isVisible():
            announce(self, self._line.text())
        self.update()
        self.changed.emit()

    def tell(self) -> None:
        """Let a screen reader say how it stands."""
        announce(self, self._line.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside each other, or below."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The words stand above the face of the first button, or in line with the page without a sign."""
        doubt, side, room = self.in_doubt(), u(_SIDE), u(FOCUS_ROOM)
        over = side if doubt else 0
        indent = u(_SIDE + 30) if doubt else side
        self._column.setContentsMargins(0, over, room, over)
        self._line.setContentsMargins(indent, 0, side - room, 0)
        widths = [button.sizeHint().width() for button in self.buttons() if doubt or button is self._test]
        # Where there is hardly room, the buttons use that below the sign as well.
        free = self.width() - indent
        self._buttons.setContentsMargins(indent - room if doubt and max(widths) <= free else 0, 0, 0, 0)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(right if sum(widths) + u(4) <= free else down)
        if self.width() > 0:
            # Where the page is too high for its window it scrolls; nothing of this is pressed together.
            self.setMinimumHeight(self._column.totalHeightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A doubt has a soft ground and a sign; without one there is nothing to draw."""
        if self._now is None or self._now.doubt is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        ink = QColor(colours.warn)
        width = u(2) if colours.soft_outlined else 0
        painter.setPen(QPen(ink, width))
        if not width:
            painter.setPen(QColor(colours.warn_soft))
        painter.setBrush(QColor(colours.warn_soft))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), u(12), u(12))
        draw_sign(painter, Sign.CAREFUL, QRectF(u(_SIDE), u(_SIDE), u(18), u(18)), ink)

    @Slot()
    def _on_something_changed(self) -> None:
        self.refresh()

    @Slot()
    def _on_test_clicked(self) -> None:
        self._sound.prepare()
        self._sound.play(ChimeName.CLOSE)

    @Slot()
    def _on_mend_clicked(self) -> None:
        assert self._now is not None
        match self._now.doubt:
            case Doubt.SILENT:
                self._mute.lift()
                changes = turned_up(self._preferences.in_session, self._sound.output_name())
                self._preferences.change(**changes)
                self._sound.play(ChimeName.CLOSE)
            case Doubt.OTHER_OUTPUT:
                self._preferences.change(last_output=self._now.output)
            case _:
                self._sound.prepare()
                self.refresh()


def _action(doubt: Doubt) -> str:
    return {
        Doubt.SILENT: texts.tr("Turn up"),
        Doubt.NO_SOUND: texts.tr("Look again"),
        Doubt.OTHER_OUTPUT: texts.tr("Use it anyway"),
    }[doubt]
