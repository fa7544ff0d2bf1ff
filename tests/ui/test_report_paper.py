"""The report on paper: two pages at the most, and what had no room is told."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from matsession.app.report import NOTES_MOST, Report, ReportWish, report_steps
from matsession.domain.body import BodyArea
from matsession.storage.history import History
from matsession.ui.paper.report_paper import write_pdf
from matsession.ui.paper.sheet import MOST_PAGES, Sheet
from tests.app.test_report import made
from tests.storage.test_sums import make_record
from tests.ui.conftest import GUIDANCE

DAYS = 1000
NOTE = "It was prickly for a while, then warm; the shoulder blade on the left took longest. " * 5
SCALES = ("pain_nrs", "tension", "sleep_quality", "stress", "energy")


def long_report(*, notes: bool, note: str = NOTE) -> Report:
    """Every area on every scale, over three years."""
    last = date(2026, 3, 19)
    begin = make_record().started_at.replace(year=2026, month=3, day=19) - timedelta(days=DAYS)
    areas = [area for area in BodyArea if area is not BodyArea.NONE]
    with History.in_memory() as history:
        for number in range(DAYS):
            history.save(
                make_record(
                    begin + timedelta(days=number),
                    id=f"{number:08x}-0000-4000-8000-000000000000",
                    area=areas[number % len(areas)],
                    rating_scale=SCALES[number // len(areas) % len(SCALES)],
                    rating_before=6,
                    rating_after=number % 6,
                    note=note,
                )
            )
        wish = ReportWish(last - timedelta(days=DAYS), last, "Ada", notes)
        return made(report_steps(history.find, GUIDANCE, wish, 240, last))


@pytest.fixture
def written(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every paragraph that comes on paper."""
    words: list[str] = []
    write = Sheet.write

    def noting(sheet: Sheet, text: str, *rest: object, **more: object) -> None:
        words.append(text)
        write(sheet, text, *rest, **more)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Sheet, "write", noting)
    return words


@pytest.mark.parametrize("notes", [False, True])
def test_a_long_time_has_room_on_two_pages(written: list[str], tmp_path: Path, notes: bool) -> None:
    """What has none is said: ratings of more areas than fit, and notes."""
    assert write_pdf(long_report(notes=notes), tmp_path / "report.pdf") == MOST_PAGES
    assert "Two pages have no room for more; the history has it." in written
    assert "Notes" not in written
    assert (f"{DAYS} notes are left out." in written) is notes


def test_notes_end_where_the_paper_ends(written: list[str], tmp_path: Path) -> None:
    """The newest stand there, all others are counted."""
    report = long_report(notes=True)
    assert len(report.notes) == NOTES_MOST
    report = replace(report, scales=())
    assert write_pdf(report, tmp_path / "report.pdf") == MOST_PAGES
    shown = written.count(NOTE.strip())
    assert 0 < shown < NOTES_MOST
    assert f"{DAYS - shown} notes are left out." in written


def test_short_notes_all_stand_there(written: list[str], tmp_path: Path) -> None:
    """Nothing is left out as long as there is room."""
    report = long_report(notes=True, note="Warm.")
    few = replace(
        report, areas=report.areas[:2], scales=report.scales[:1], notes=report.notes[:8], notes_left_out=0
    )
    assert write_pdf(few, tmp_path / "report.pdf") <= MOST_PAGES
    assert written.count("Warm.") == 8
    assert not any("left out" in each for each in written)
