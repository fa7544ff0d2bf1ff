"""A language that nobody speaks: all of our words with accents, in brackets, and about a third longer.

It shows before the first translation what cannot be translated, and what a longer language would cut off.
"""

import math
import re
from typing import Final

from PySide6.QtCore import QTranslator

LONGER: Final = 0.35
"""German and Finnish need about so much more room than English."""

_ACCENTED: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀɃÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_PIECES: Final = re.compile(r"(\{[^}]*\}|%n|[^\w%{]+)")
"""Placeholders, spaces and signs, which stay as they are."""


def pseudo(text: str) -> str:
    """``text`` in the language: "Session" becomes "[Šéššîöñ~~~]"."""
    made, owed = [], 0.0
    for piece in _PIECES.split(text):
        if not piece or _PIECES.fullmatch(piece):
            made.append(piece)
            continue
        owed += LONGER * sum(map(str.isalpha, piece))
        tail = max(0, math.ceil(owed))  # in each word: all of it at the end would be one very long word
        owed -= tail
        made.append(piece.translate(_ACCENTED) + tail * "~")
    return f"[{''.join(made)}]"


class PseudoLanguage(QTranslator):
    """Translates whatever is ours."""

    def isEmpty(self) -> bool:
        """It knows every text."""
        return False

    def translate(
        self,
        context: str,
        text: str,
        disambiguation: str | None = None,  # noqa: ARG002 - the signature of Qt
        n: int = -1,
    ) -> str:
        """Ours in this language; of Qt's own texts nothing is known."""
        return pseudo(text).replace("%n", str(n)) if context == "Texts" else ""
