"""Hands an address to the person's own browser. The program itself opens no network."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_address(address: str) -> bool:
    """Whether the desktop has taken it."""
    return QDesktopServices.openUrl(QUrl(address))
