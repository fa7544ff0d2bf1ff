"""The log: put aside at the start when it has grown, and never a reason to stop."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from matsession.application import LOG_BYTES_MAX, start_logging


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take back what the logging of the program has put in place."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger("matsession")
    handlers, level = list(root.handlers), root.level
    yield
    for handler in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.mark.parametrize(("size", "rotated"), [(LOG_BYTES_MAX, False), (LOG_BYTES_MAX + 1, True)])
def test_a_log_that_has_grown_is_put_aside(tmp_path: Path, size: int, rotated: bool) -> None:
    """One older log is kept, the one before it is not."""
    path = tmp_path / "data" / "matsession.log"
    path.parent.mkdir()
    older = path.with_name("matsession.log.1")
    older.write_text("oldest")
    path.write_bytes(b"x" * size)
    start_logging(path)
    logging.getLogger("matsession.test").info("a new line")
    assert (older.stat().st_size == size) is rotated
    assert path.stat().st_size < 100 if rotated else path.stat().st_size > size
    assert path.read_text("utf-8").endswith(" INFO matsession.test: a new line\n")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder has its name."""
    monkeypatch.setattr(logging, "raiseExceptions", False)
    path = tmp_path / "matsession.log"
    path.mkdir()
    start_logging(path)
    logging.getLogger("matsession.test").info("a line that goes nowhere")
    assert path.is_dir()
