"""The rules of the house fail the build."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_each_room_knows_only_those_below_it() -> None:
    """The import contracts in pyproject.toml hold."""
    # In a process of its own: the linter disables every logger that exists when it is called.
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_called_after_nothing() -> None:
    """Modules are nouns of the user's world."""
    banned = {"utils", "util", "helpers", "helper", "misc", "manager", "base", "common"}
    assert [path for path in (ROOT / "src").rglob("*.py") if path.stem in banned] == []
