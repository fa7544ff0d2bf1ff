"""``matsession evidence``: what is known of mats and needles, in a terminal. No window, no Qt."""

import sys
from typing import Final

from matsession.desktop.paths import Folders
from matsession.terminal.command import print_json

EVIDENCE_EXAMPLES: Final = """\
Stop signs and cautions, what studies on mats say, what sellers say and what stands beside it, and all sources
with their addresses. Numbers in brackets lead to the list of sources at the end.

examples:
  matsession evidence
  matsession evidence | less
  matsession evidence --json
"""


def tell_evidence(folders: Folders, *, as_json: bool) -> None:
    """Print all of it. Raises MatSessionError where the installation is damaged."""
    from matsession.storage.evidence_file import read_evidence
    from matsession.storage.guidance_file import read_guidance
    from matsession.terminal import evidence_sheet
    from matsession.terminal.prose import prose_for

    evidence, guidance = read_evidence(folders.evidence_file), read_guidance(folders.guidance_file)
    if as_json:
        print_json(evidence_sheet.evidence_values(evidence, guidance))
        return
    prose = prose_for(sys.stdout)
    evidence_sheet.tell_evidence(evidence, guidance, prose)
    print(prose.text(), end="")
