"""The card of what this program is: version, licence, and what it runs on."""

import platform

import PySide6
from PySide6.QtCore import QSize, Signal, Slot, qVersion
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matsession import __version__
from matsession.app import texts
from matsession.ui.drawing import draw_mark
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.settings_card import SettingsCard


class AboutSettings(SettingsCard):
    """Mark, name, facts; the notes of the first start, and the facts to be copied."""

    notes_requested = Signal()
    """The notes of the welcome are to be read again."""
    notice_wished = Signal(object)
    """A Notice is to be shown: the facts were copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing of this can be changed."""
        super().__init__(texts.tr("About MatSession"), parent)
        facts = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        facts.setSizePolicy(policy)
        head = QHBoxLayout(facts)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(u(14))
        words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addWidget(Label(texts.tr("MatSession {version}").format(version=__version__), TextStyle.STRONG))
        words.addWidget(Label(_runs_on(), TextStyle.CAPTION, "text2"))
        head.addWidget(_LargeMark())
        head.addLayout(words, 1)
        self.column.addWidget(facts)
        self.column.addSpacing(u(4))
        for sentence in (
            texts.tr("MatSession gives no medical advice. It keeps time and records your own ratings."),
            texts.tr("Everything stays on this computer; where, the card above tells."),
            texts.tr("Free software under the MIT licence. It uses Qt for Python, under the LGPL."),
        ):
            self.column.addWidget(Label(sentence, tone="text2"))
        self._notes = Button(texts.tr("Read again"), ButtonKind.SECONDARY, small=True)
        self._notes.setAccessibleName(texts.tr("Read again what to know before the first session"))
        self.add_row(
            texts.tr("Before your first session"),
            self._notes,
            texts.tr("As at the first start; also under Evidence & safety."),
        )
        self._copy = Button(texts.tr("Copy"), ButtonKind.SECONDARY, small=True)
        self._copy.setAccessibleName(texts.tr("Copy versions and system"))
        self.add_row(
            texts.tr("Versions and system"),
            self._copy,
            texts.tr("For whoever helps you. Nothing of your own is in it."),
        )
        self._notes.clicked.connect(self.notes_requested)
        self._copy.clicked.connect(self._on_copy_clicked)

    def refresh(self) -> None:
        """Nothing here depends on the settings."""

    def focus_notes(self) -> None:
        """Where the notes are asked for."""
        self._notes.setFocus()

    @Slot()
    def _on_copy_clicked(self) -> None:
        facts = f"MatSession {__version__}; {_runs_on()}; {platform.platform()}"
        QGuiApplication.clipboard().setText(facts)
        self.notice_wished.emit(Notice(texts.tr("Copied.")))


def _runs_on() -> str:
    return texts.tr("Python {python}, Qt {qt}, PySide {pyside}, {platform}").format(
        python=platform.python_version(),
        qt=qVersion(),
        pyside=PySide6.__version__,
        platform=QGuiApplication.platformName(),
    )


class _LargeMark(QWidget):
    """The app's mark, as on its icon."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(u(56), u(56)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, self.rect().toRectF(), QColor(tokens().accent))
