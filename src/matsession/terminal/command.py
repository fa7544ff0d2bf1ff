"""What every command of the command line speaks with, and how it says that it was called wrongly."""

import contextlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from matsession.terminal.notation import NotationError

if TYPE_CHECKING:
    import argparse


class AddAction(Protocol):
    """Adds an action to a command: its name, what it does, and examples for its help."""

    def __call__(self, name: str, summary: str, epilog: str | None = None) -> "argparse.ArgumentParser":
        """The parser of the new action, for its arguments."""


class WrongUseError(Exception):
    """The command line makes no sense: the sentence to tell, and the command whose help explains it."""

    def __init__(self, sentence: str, command: str = "matsession") -> None:
        """``command`` is written as it would be typed."""
        super().__init__(sentence)
        self.command = command


def complain(sentence: str) -> None:
    """One line of standard error, if anybody is there to read it."""
    with contextlib.suppress(OSError, ValueError):
        print(sentence, file=sys.stderr, flush=True)


def print_json(values: object) -> None:
    """For other programs; in plain ASCII where the output is not in UTF-8."""
    import json

    utf_8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(values, indent=2, ensure_ascii=not utf_8))


def typed(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """``read`` for argparse, which takes the sentence only from an error of its own."""
    import argparse

    def read_or_refuse(text: str) -> Any:
        try:
            return read(text)
        except NotationError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return read_or_refuse
