"""The history as a screen reader has it: tables whose rows and cells say what they are, read by AT-SPI."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from matsession.desktop.paths import find_folders
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from matsession.storage.history import History
from matsession.storage.settings_file import SettingsFile
from tests.stories.desktop_parts import press, program, virtual_display, wait_for_window, wait_until
from tests.stories.screen_reader import ScreenReader, Seen, screen_reader
from tests.stories.test_screen_reader_story import unnamed

pytestmark = pytest.mark.desktop

DAYS = 12


@pytest.fixture
def eyes(tmp_path: Path) -> Iterator[tuple[ScreenReader, dict[str, str]]]:
    """A display, a bus with accessibility awake, and a screen reader on it."""
    with virtual_display() as env, screen_reader(tmp_path, env) as both:
        yield both


def remember() -> None:
    """Twelve sessions, one a day up to yesterday, rated 6 and 4."""
    now = datetime.now().astimezone()
    folders = find_folders(Path(os.environ["MATSESSION_HOME"]))
    SettingsFile(folders.settings_file).save(Settings(last_preset="lower_back"))  # nobody is welcomed
    with History.open(folders.history_file) as history:
        for ago in range(1, DAYS + 1):
            history.save(
                SessionRecord(
                    id=f"{ago:08x}-0000-4000-8000-000000000000",
                    preset_id="lower_back",
                    preset_name="Lower back",
                    area="lower_back",
                    started_at=now - timedelta(days=ago),
                    planned_s=600,
                    done_s=600,
                    on_mat_s=600,
                    state=RowState.FINISHED,
                    rating_scale="pain_nrs",
                    rating_before=6,
                    rating_after=4,
                )
            )


def cells(all_seen: list[Seen], table: str) -> list[str]:
    """The names of the cells of the table of this name."""
    found: list[str] = []
    depth: int | None = None
    for seen in all_seen:
        if depth is not None and seen.depth <= depth:
            return found
        if depth is not None and seen.role.endswith("cell"):
            found.append(seen.name)
        if seen.role.endswith("table") and seen.name == table and "showing" in seen.states:
            depth = seen.depth
    return found


def test_the_history_without_eyes(eyes: tuple[ScreenReader, dict[str, str]]) -> None:
    """Each chart is a table with a summary, each of its cells has a name, and so has the list of sessions."""
    remember()
    reader, env = eyes
    with program(env):
        wait_for_window(env, "^MatSession$")
        press(env, "ctrl+2")
        reader.find("table", "Minutes a day")
        seen = reader.look()
        assert unnamed(seen) == []
        shown = [each for each in seen if each.role.endswith("table") and "showing" in each.states]
        tables = {each.name: each.description for each in shown}
        assert tables["Minutes a day"] == "24 weeks: 12 sessions on 12 days."
        assert tables["Minutes per week"].startswith("From 0 to ")
        assert tables["Pain change by area"] == "1 area with enough ratings to compare, 0 with too few."
        assert "weeks with ratings" in tables["Pain before a session"]
        assert tables["Time per area"] == "1 area: Lower back."
        days = cells(seen, "Minutes a day")
        assert sum("10 minutes, 1 session" in name for name in days) == DAYS
        assert len(cells(seen, "Minutes per week")) == 12
        assert cells(seen, "Pain change by area") == ["Lower back, 12 of 12 rated, before 6.0, after 4.0"]
        press(env, "Up")  # in the calendar, from today to yesterday

        def on_yesterday() -> bool:
            return any("focused" in each.states and "10 minutes" in each.name for each in reader.look())

        wait_until(on_yesterday, "the keys to be on yesterday")
        press(env, "Return")
        reader.find("table", "Sessions")
        seen = reader.look()
        assert unnamed(seen) == []
        row = cells(seen, "Sessions")
        assert "Before 6" in row
        assert "After 4" in row
        assert "no note" in row
