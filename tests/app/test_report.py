"""What a report holds: just the sessions of its days, added up as the history does it."""

from datetime import date, timedelta

from matsession.app.report import NOTES_MOST, Report, ReportWish, report_steps
from matsession.app.stepwise import Steps
from matsession.domain.record import RowState
from matsession.domain.statistics import Stage, counts, sums_of
from matsession.storage.history import History
from tests.storage.test_sums import make_record
from tests.ui.conftest import GUIDANCE

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 10)


def made(steps: Steps) -> Report:
    """To the end."""
    found: list[Report] = []

    def through() -> Steps:
        found.append((yield from steps))

    for _ in through():
        pass
    return found[0]


def report(history: History, *, notes: bool = False) -> Report:
    """From the first to the tenth of March."""
    wish = ReportWish(FIRST, LAST, "Ada", notes)
    return made(report_steps(history.find, GUIDANCE, wish, 240, LAST))


def test_only_these_days_and_nothing_twice() -> None:
    """However they are spread over pages; open and deleted sessions count nowhere."""
    with History.in_memory() as history:
        records = [
            make_record(
                make_record().started_at.replace(year=2026, month=2, day=20) + timedelta(hours=5 * number),
                id=f"{number:08x}-0000-4000-8000-000000000000",
                area=("neck", "lower_back", "none")[number % 3],
                rating_scale="pain_nrs",
                rating_before=5,
                rating_after=number % 6,
                state=RowState.OPEN if number % 50 == 0 else RowState.FINISHED,
            )
            for number in range(200)
        ]
        for record in records:
            history.save(record)
        found = report(history)
    wanted = [
        record
        for record in records
        if counts(record) and FIRST <= (record.started_at - timedelta(hours=4)).date() <= LAST
    ]
    assert found.total.sessions == len(wanted)
    assert sum(sums.sessions for sums in found.days.values()) == len(wanted)
    assert found.total.done_ms == sum(sums_of(record).done_ms for record in wanted)
    assert {each.area for each in found.areas} == {"neck", "lower_back", "none"}
    [scale] = found.scales
    assert scale.on_mat.rated == sum(1 for record in wanted if record.area != "none")
    assert scale.without_mat.rated == len(wanted) - scale.on_mat.rated
    assert {each.area for each in scale.areas} == {"neck", "lower_back"}


def test_notes_only_where_they_are_wished_for() -> None:
    """The newest, and how many more there are."""
    with History.in_memory() as history:
        begin = make_record().started_at.replace(year=2026, month=3, day=2)
        for number in range(NOTES_MOST + 5):
            history.save(
                make_record(
                    begin + timedelta(minutes=number),
                    id=f"{number:08x}-0000-4000-8000-000000000000",
                    note=f"note {number}",
                )
            )
        assert report(history).notes == ()
        found = report(history, notes=True)
    assert len(found.notes) == NOTES_MOST
    assert found.notes[0].text == f"note {NOTES_MOST + 4}"
    assert found.notes_left_out == 5


def test_a_time_without_sessions() -> None:
    """Is a report too."""
    with History.in_memory() as history:
        found = report(history)
    assert (found.total.sessions, found.areas, found.scales) == (0, (), ())


def test_few_ratings_have_no_average() -> None:
    """The same rule as everywhere."""
    with History.in_memory() as history:
        begin = make_record().started_at.replace(year=2026, month=3, day=2)
        for number in range(4):
            history.save(
                make_record(
                    begin + timedelta(days=number),
                    id=f"{number:08x}-0000-4000-8000-000000000000",
                    rating_scale="pain_nrs",
                    rating_before=6,
                    rating_after=2,
                )
            )
        [scale] = report(history).scales
    assert scale.on_mat.stage is Stage.TOO_FEW
    assert scale.on_mat.average is None
