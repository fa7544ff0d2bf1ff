"""Somebody who follows the programme: so many days of it done, one each evening until yesterday."""

from datetime import timedelta

from matsession.domain.programme import Programme
from matsession.domain.programme_course import Begun, Course, Status
from matsession.domain.record import RowState, SessionRecord
from tools.shots.stand_ins import NOW


def followed(programme: Programme, through: int, *, ago: int = 1) -> tuple[Course, list[SessionRecord]]:
    """The days up to ``through`` are done, the last one ``ago`` days ago; with the lines of the history."""
    entries, lines = [], []
    for day in programme.days[:through]:
        if day.rest:
            continue
        key = f"programme-{day.day}"
        started_at = NOW - timedelta(days=through - day.day + ago)
        entries.append(Begun(session_id=key, day=day.day, layer=day.layer, surface=day.surface))
        lines.append(
            SessionRecord(
                id=key,
                preset_id=day.preset_id,
                preset_name=day.preset_id,
                area="full_back",
                started_at=started_at,
                ended_at=started_at + timedelta(minutes=day.minutes),
                planned_s=day.length_s,
                done_s=day.length_s,
                on_mat_s=day.length_s,
                state=RowState.FINISHED,
                strongest=4,
            )
        )
    begun_on = (NOW - timedelta(days=through)).date()
    return Course(status=Status.ACTIVE, started_on=begun_on, entries=tuple(entries)), lines
