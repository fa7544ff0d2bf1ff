"""A file of the person's that was not understood: what is told of it, and what is kept of it."""

import contextlib
import itertools
from pathlib import Path

from matsession.storage.atomic_file import write_whole
from matsession.storage.errors import shown
from matsession.storage.toml_text import FieldError, sentence


def told(path: Path, error: FieldError) -> str:
    """A sentence with the name of the file, the field and what is allowed there."""
    name, what = shown(Path(path.name)), sentence(error.field, error.rule).rstrip(".")
    return f"{name}: {what}." if error.field else f"{name} {what}."


def keep_copy(path: Path) -> None:
    """Keep it under a name of its own, if that can be done: it is about to be written anew."""
    with contextlib.suppress(OSError):
        write_whole(free_name(path), path.read_bytes())


def free_name(path: Path) -> Path:
    """The first free ``<name>.broken-<n>`` beside it: no copy takes the place of an earlier one."""
    for number in itertools.count(1):
        aside = path.with_name(f"{path.name}.broken-{number}")
        if not aside.exists() and not aside.is_symlink():
            return aside
    raise AssertionError  # the count has no end
