"""``python -m matsession``."""

import sys

from matsession.cli import run

if __name__ == "__main__":
    sys.exit(run())
