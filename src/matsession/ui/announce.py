"""What a screen reader says by itself."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Let the screen reader say ``words``, at once where it is ``urgent``; nothing where none listens."""
    # Late, because Qt's classes take 4 ms here and nothing is said before the first picture.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
