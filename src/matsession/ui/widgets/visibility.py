"""Showing and hiding without needless work."""

from PySide6.QtWidgets import QWidget


def show(widget: QWidget, shown: bool) -> None:
    """Show or hide ``widget`` unless it is so already.

    Told to show what no window shows yet, Qt dresses it at once, and again with its window.
    """
    if widget.isHidden() is shown:
        widget.setVisible(shown)
