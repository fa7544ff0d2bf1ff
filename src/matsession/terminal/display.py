"""Whether a window can be opened here; where it cannot, the terminal is the front.

Qt ends the whole program when it finds no display, so it has to be known before Qt is asked.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_NEED_A_DISPLAY: Final = ("xcb", "wayland")
"""Platforms of Qt that talk to a display server; others, such as offscreen or vnc, bring their own."""

_CONNECT_WITHIN_S: Final = 2.0


def display_trouble(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened, as a sentence; None where one can."""
    if sys.platform in ("darwin", "win32"):
        # macOS and Windows have no variable that tells; a login there has a desktop. Not tried.
        return None
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if platform and not platform.startswith(_NEED_A_DISPLAY):
        return None
    x11, wayland = environment.get("DISPLAY"), environment.get("WAYLAND_DISPLAY")
    if not x11 and not wayland:
        return "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."
    if wayland and not platform.startswith("xcb") and _wayland_answers(wayland, environment):
        return None
    if x11 and not platform.startswith("wayland") and _x11_answers(x11):
        return None
    return f"The display {(x11 or wayland or '')!a} cannot be opened."


def _wayland_answers(name: str, environment: Mapping[str, str]) -> bool:
    path = Path(environment.get("XDG_RUNTIME_DIR", ""), name)
    if not path.is_absolute():
        return False
    import socket  # late: 3 ms, and nothing of it is needed with X11

    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(_CONNECT_WITHIN_S)
            probe.connect(str(path))
    except OSError:
        return False
    return True


def _x11_answers(name: str) -> bool:
    """Ask the library that Qt itself uses: only it knows sockets, hosts and cookies alike."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False  # then Qt cannot talk to X11 either
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(name), None)
    refused = xcb.xcb_connection_has_error(connection) != 0
    xcb.xcb_disconnect(connection)
    return not refused
