"""The proof of ring: what was heard of what there was to hear."""

from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport, prove


def heard(at_s: float, late_s: float | None) -> CueReport:
    """A report of one chime."""
    return CueReport(
        at_s, ChimeName.STEP, late_s, "" if late_s is None else "Qt", "" if late_s else "no_output"
    )


def test_the_last_report_of_a_chime_counts() -> None:
    """Missed at first, made up for later: it sounded, late."""
    proof = prove([heard(10, 0.01), heard(0, None), heard(0, 1.5)])
    assert [report.at_s for report in proof.reports] == [0, 10]
    assert (proof.sounded, proof.total, proof.most_late_s) == (2, 2, 1.5)


def test_what_did_not_sound_is_counted_as_such() -> None:
    """Two of three; being early counts like being late."""
    proof = prove([heard(0, -0.04), heard(10, None), heard(20, 0.02)])
    assert (proof.sounded, proof.total, proof.most_late_s) == (2, 3, 0.04)


def test_nothing_to_hear_is_no_failure() -> None:
    """No reports: 0 of 0."""
    proof = prove([])
    assert (proof.sounded, proof.total, proof.most_late_s) == (0, 0, 0.0)
