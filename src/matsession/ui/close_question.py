"""The question before a window is closed in the middle of a session."""

from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.ui.widgets.question import Question


class CloseQuestion(Question):
    """Accepted: end and close. Everything else keeps the session."""

    def __init__(self, *, begun: bool, parent: QWidget) -> None:
        """``begun``: whether there is something to keep already."""
        kept = (
            texts.tr("What was done so far is kept in the history.")
            if begun
            else texts.tr("It has not begun yet, so nothing is kept.")
        )
        super().__init__(
            texts.tr("End the session and close?"),
            kept,
            keep=texts.tr("Keep going"),
            do=texts.tr("End and close"),
            parent=parent,
        )
