"""The questions before a window is closed in the middle of a session, or before one could be saved."""

from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.ui.widgets.question import Question


class CloseUnsavedQuestion(Question):
    """Accepted: close all the same. Everything else stays, and goes on trying."""

    def __init__(self, why: str, *, parent: QWidget) -> None:
        """``why``: what keeps the sessions from being saved."""
        super().__init__(
            texts.tr("Close without saving?"),
            texts.tr("{why} What was done since then is lost when you close.").format(why=why),
            keep=texts.tr("Stay"),
            do=texts.tr("Close anyway"),
            parent=parent,
        )


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
