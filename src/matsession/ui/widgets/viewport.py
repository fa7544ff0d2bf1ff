"""A viewport for scrolling widgets that Python knows from the beginning."""

from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def make_viewport(area: QAbstractScrollArea) -> None:
    """Replace the viewport that Qt has made by one of our own.

    Handed a widget that Qt has made, PySide loads every class of widget there is, to find out which one it
    is. So the first ``viewport()`` would take 20 ms, and the first picture comes so much later.
    """
    area.setViewport(QWidget())
