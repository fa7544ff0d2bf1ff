"""The rules of the house fail the build."""

from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]


def test_each_room_knows_only_those_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The import contracts in pyproject.toml hold."""
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_module_is_called_after_nothing() -> None:
    """Modules are nouns of the user's world."""
    banned = {"utils", "util", "helpers", "helper", "misc", "manager", "base", "common"}
    assert [path for path in (ROOT / "src").rglob("*.py") if path.stem in banned] == []
