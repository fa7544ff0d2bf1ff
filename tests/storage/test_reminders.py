"""The files of the reminders: a round trip, every mistake told, nothing lost."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.reminder import QuietSpan, Reminder, SnoozeWish, name_in_one_line
from matsession.domain.reminder_times import Progress, ReminderState, Snooze, Told
from matsession.domain.week import Weekday
from matsession.storage.errors import StorageError
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile, RemindersRead, free_id, in_order

GOOD = """
[quiet]
sunday = "22:00-7:00"

[[reminder]]
time = "21:00"
days = ["monday", "friday"]
preset = "lower_back"
length_s = 600
"""

minutes = st.integers(0, 1439)
presets = st.sampled_from([("", None), ("neck", None), ("neck", 600)])
reminders = st.builds(
    lambda preset, **values: Reminder(preset_id=preset[0], length_s=preset[1], **values),
    presets,
    id=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True),
    time_min=minutes,
    weekdays=st.frozensets(st.sampled_from(Weekday), min_size=1),
    name=st.text(st.characters(codec="utf-8"), max_size=20).map(name_in_one_line),
    on=st.booleans(),
    skip_done=st.booleans(),
    snooze=st.sampled_from(SnoozeWish),
    chime=st.booleans(),
)
spans = st.tuples(minutes, minutes).filter(lambda span: span[0] != span[1]).map(lambda span: QuietSpan(*span))


def read(path: Path, text: str) -> RemindersRead:
    """What this text in the file gives."""
    path.write_text(text, "utf-8")
    return RemindersFile(path).read()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is."""
    return tmp_path / "reminders.toml"


@given(
    st.lists(reminders, max_size=5, unique_by=lambda each: each.id),
    st.dictionaries(st.sampled_from(Weekday), spans),
)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, found: list[Reminder], quiet: dict) -> None:  # type: ignore[type-arg]
    """What was saved is read."""
    file = RemindersFile(tmp_path_factory.mktemp("a") / "config" / "reminders.toml")
    file.save(found, quiet)
    assert file.read() == RemindersRead(in_order(found), quiet)


def test_without_a_file_there_are_none(path: Path) -> None:
    """And looking makes none."""
    assert RemindersFile(path).read() == RemindersRead()
    assert not path.exists()


def test_a_file_that_a_person_wrote(path: Path) -> None:
    """Without an id, and with no more than is needed."""
    assert read(path, GOOD) == RemindersRead(
        (
            Reminder(
                id="1",
                time_min=1260,
                weekdays=frozenset({Weekday.MONDAY, Weekday.FRIDAY}),
                preset_id="lower_back",
                length_s=600,
            ),
        ),
        {Weekday.SUNDAY: QuietSpan(1320, 420)},
    )


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('"21:00"', '"25:00"', "reminder 1, time: '25:00' is not a time of day; write it as 21:00."),
        ('"21:00"', "2100", "reminder 1, time: must be a text in quotes, and is a whole number."),
        ('"monday", ', '"mon", ', "reminder 1, days: 'mon' is not a day; the nearest is 'monday'."),
        ('["monday", "friday"]', "[]", "reminder 1, days: choose at least one day."),
        ("length_s = 600", "length_s = 0", "reminder 1, length: must be from 1 to"),
        ('preset = "lower_back"', "", "reminder 1, length: needs a preset that it is the length of."),
        (
            "length_s = 600",
            "lenght_s = 1",
            "reminder 1, key 'lenght_s': can not stand here; the nearest is 'len",
        ),
        (
            "length_s = 600",
            'snooze = "1h"',
            "reminder 1, snooze: '1h' is not known. Allowed: 10m, 30m, tonight.",
        ),
        ("length_s = 600", 'id = "a b"', "reminder 1, id: must be 1 to 40 letters, digits, - or _."),
        ('"22:00-7:00"', '"22:00"', "quiet, sunday: '22:00' are no hours; write them as 22:00-07:00."),
        ('"22:00-7:00"', '"7:00-7:00"', "quiet, sunday: the end must be another time than the begin."),
        ("sunday", "sun", "quiet: 'sun' is not a day; the nearest is 'sunday'."),
        ("[quiet]", "[silent]", "key 'silent': 'silent' is not known"),
        ("[quiet]", "format = 2\n[quiet]", "format: '2' is not 1, the only one this version reads."),
        ("[[reminder]]", "[reminder]", "reminder: must be tables, each under a line [[reminder]]."),
        ("[quiet]", "[quiet", " is not valid TOML"),
    ],
)
def test_a_mistake_is_told(path: Path, was: str, now: str, told: str) -> None:
    """With the file, the field, and what is allowed."""
    (problem,) = read(path, GOOD.replace(was, now)).problems
    assert problem.startswith("reminders.toml")
    assert told.rstrip(".") in problem


@pytest.mark.parametrize("written", ["Evening\\nrest", "Evening\\trest", "\\u001bEvening\\u2028rest\\n"])
def test_a_name_of_an_earlier_version_is_read_in_one_line(path: Path, written: str) -> None:
    """It was allowed once: the reminder still comes, and nothing is a mistake."""
    found = read(path, GOOD + f'name = "{written}"\n')
    assert [each.name for each in found.reminders] == ["Evening rest"]
    assert found.problems == ()


def test_one_without_an_id_takes_none_away(path: Path) -> None:
    """Another one below it has the first number."""
    text = '[[reminder]]\ntime="{}"\ndays=["monday"]\n{}\n'
    found = read(path, text.format("8:00", "") + text.format("9:00", 'id="1"') + text.format("10:00", ""))
    assert [each.id for each in found.reminders] == ["2", "1", "3"]
    assert found.problems == ()


def test_one_mistake_leaves_the_others(path: Path) -> None:
    """The second of three is left out; two with one id too."""
    text = '[[reminder]]\ntime="{}"\ndays=["monday"]\nid="{}"\n'
    found = read(
        path,
        "".join(text.format(*each) for each in (("9:00", "a"), ("x", "b"), ("8:00", "c"), ("7:00", "a"))),
    )
    assert [each.id for each in found.reminders] == ["c", "a"]
    assert len(found.problems) == 2


def test_what_was_not_understood_is_kept_aside_before_it_is_overwritten(path: Path) -> None:
    """Once; the new file is whole."""
    broken = GOOD.replace("21:00", "half past")
    path.write_text(broken)
    file = RemindersFile(path)
    found = file.read()
    file.save(found.reminders, found.quiet)
    file.save(found.reminders, found.quiet)
    assert (path.parent / "reminders.toml.broken-1").read_text() == broken
    assert len(list(path.parent.glob("reminders*"))) == 2
    assert tomllib.loads(path.read_text())["reminder"] == []


@given(st.binary(max_size=200))
def test_whatever_the_bytes_reading_tells(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Never a traceback."""
    path = tmp_path_factory.mktemp("b") / "reminders.toml"
    path.write_bytes(content)
    RemindersFile(path).read()


def test_a_folder_in_the_way_is_told_and_refused(path: Path) -> None:
    """Reading tells, saving raises what a person can understand."""
    path.mkdir()
    file = RemindersFile(path)
    assert file.read().problems == ("reminders.toml is a folder, not a file.",)
    with pytest.raises(StorageError):
        file.save((), {})


def test_ids_are_not_used_again() -> None:
    """One more than the highest."""
    assert free_id([]) == "1"
    assert free_id(["1", "7", "evening"]) == "8"


# -- the state ---------------------------------------------------------------------------------------------

AT = datetime(2026, 11, 26, 20, tzinfo=UTC)
DAY = date(2026, 11, 26)
STATE = ReminderState(
    {
        "1": Progress("21:00 monday", AT, (Told(DAY, AT),), Snooze(AT, DAY, AT)),
        "2": Progress("9:30 friday", AT),
    },
    DAY,
)


def test_the_state_survives(tmp_path: Path) -> None:
    """All of it."""
    file = ReminderStateFile(tmp_path / "reminders" / "state.json")
    assert file.read() == ReminderState()
    assert file.save(STATE)
    assert file.read() == STATE


@given(
    st.one_of(
        st.binary(max_size=80), st.just(b'{"progress": {"1": {"rule": "", "since": "2026-01-01T00:00:00"}}}')
    )
)
def test_a_damaged_state_is_forgotten(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever the bytes."""
    path = tmp_path_factory.mktemp("c") / "state.json"
    path.write_bytes(content)
    assert ReminderStateFile(path).read() == ReminderState()


@pytest.mark.expects_log("what was told of reminders is not kept")
def test_a_state_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    """A folder has its name."""
    (tmp_path / "state.json").mkdir()
    file = ReminderStateFile(tmp_path / "state.json")
    assert file.read() == ReminderState()
    assert not file.save(STATE)
