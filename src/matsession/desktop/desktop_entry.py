"""Desktop entries, as the specification of freedesktop.org writes them.

https://specifications.freedesktop.org/desktop-entry-spec/latest/
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
"""An argument with one of these has to stand in quotes."""


def exec_line(command: Sequence[str]) -> str:
    """The value of an Exec key: quoted for the reader of the command, then for the reader of the file."""
    return " ".join(_argument(each) for each in command).replace("\\", "\\\\").replace("\n", "\\n")


def _argument(text: str) -> str:
    text = text.replace("%", "%%")
    if text and not _RESERVED & set(text):
        return text
    for sign in '\\"`$':
        text = text.replace(sign, f"\\{sign}")
    return f'"{text}"'


def read_keys(path: Path) -> Mapping[str, str]:
    """The keys of the group Desktop Entry, as they are written; none where there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    keys: dict[str, str] = {}
    inside = False
    for line in map(str.strip, lines):
        if line.startswith("["):
            inside = line == "[Desktop Entry]"
        elif inside and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            keys.setdefault(key.strip(), value.strip())
    return keys
