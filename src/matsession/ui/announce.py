"""What a screen reader says by itself."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Let the screen reader say ``words``; nothing happens where none listens."""
    # Late, because Qt's classes take 4 ms here and nothing is said before the first picture.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
