"""Finding things in a window as a person does: by what they say."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from matsession.ui.main_pages import Page

Kind = TypeVar("Kind", bound=QWidget)


def shown(window: QWidget, kind: type[Kind]) -> list[Kind]:
    """All of this kind that can be seen (perhaps after scrolling)."""
    return [each for each in window.findChildren(kind) if each.isVisible()]


def button(window: QWidget, text: str) -> QAbstractButton:
    """The button that says ``text``."""
    found = [each for each in shown(window, QAbstractButton) if each.text() == text]
    assert len(found) == 1, f"{len(found)} buttons say {text!r}"
    return found[0]


def named(window: QWidget, kind: type[Kind], name: str) -> Kind:
    """The control that a screen reader calls this."""
    [found] = [each for each in shown(window, kind) if each.accessibleName() == name]
    return found


def accessible_text(widget: QWidget, which: QAccessible.Text) -> str:
    """What a screen reader is told of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(which)


def key_of(page: Page) -> Qt.Key:
    """The digit that leads to this page, with Ctrl."""
    return Qt.Key(Qt.Key.Key_1.value + page)


def press(
    widget: QWidget | None,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key while ``widget`` has the focus."""
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def enter(widget: QWidget | None, text: str) -> None:
    """Type ``text`` while ``widget`` has the focus."""
    assert widget is not None
    QTest.keyClicks(widget, text)


def settle() -> None:
    """Let all that is posted happen: layouts are made anew in several rounds."""
    for _ in range(10):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def click(widget: QWidget) -> None:
    """Click into the middle, wherever that lies now."""
    settle()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
