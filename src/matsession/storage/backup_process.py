"""The daily backup, made by a process of its own: the window does not stand still for it.

python -m matsession.storage.backup_process HISTORY_FILE
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from matsession.domain.errors import MatSessionError


def main(arguments: Sequence[str]) -> int:
    """Make it where it is due; what fails is noted in the log beside the history, and tried again later."""
    from matsession.storage.backups import Backups

    file = Path(arguments[0])
    if hasattr(os, "nice"):
        os.nice(10)
    now = datetime.now().astimezone()
    try:
        Backups(file).make_daily(now.date())
    except MatSessionError as error:
        line = f"{now:%Y-%m-%d %H:%M:%S} WARNING backup: {error}\n"
        with (
            contextlib.suppress(OSError),
            file.with_name("matsession.log").open("a", encoding="utf-8") as log,
        ):
            log.write(line)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
