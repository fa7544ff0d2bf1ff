"""What a session and the settings need, in one hand: the window takes it into use after its first picture."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # whoever makes them has imported them; the first picture of the window needs none
    from pathlib import Path

    from matsession.app.exchange import HistoryFiles
    from matsession.app.journal import Journal
    from matsession.app.mat_shelf import MatShelf
    from matsession.app.media_control import MediaControl
    from matsession.app.morning_question import MorningQuestion
    from matsession.app.mute import Mute
    from matsession.app.one_button_control import OneButtonControl
    from matsession.app.ports import Autostart, ChimePlayer
    from matsession.app.preset_book import PresetBook
    from matsession.app.programme_book import ProgrammeBook
    from matsession.app.reminder_parts import ReminderParts
    from matsession.app.safekeeping import Safekeeping
    from matsession.app.session_book import SessionBook
    from matsession.app.session_launcher import SessionLauncher
    from matsession.app.session_runner import SessionRunner
    from matsession.app.setting_changes import SettingChanges
    from matsession.app.speaker import Speaker
    from matsession.app.time_teller import TimeTeller
    from matsession.app.tray_presence import TrayPresence
    from matsession.app.try_out import TryOut
    from matsession.app.unheard_end import UnheardEnd
    from matsession.app.voice import Voice
    from matsession.domain.evidence import Evidence
    from matsession.domain.preset import Step


class SessionParts(NamedTuple):
    """The live objects that lead a session and remember it, and what the page of settings shows."""

    launcher: "SessionLauncher"
    runner: "SessionRunner"
    journal: "Journal"
    book: "SessionBook"
    programme: "ProgrammeBook"
    morning: "MorningQuestion"
    files: "Callable[[], HistoryFiles]"
    """Writes files of the history and brings them in; made when it is first asked for."""
    keeping: "Callable[[], Safekeeping]"
    """Makes backups and puts them back; likewise."""
    chimes: "ChimePlayer"
    voice: "Voice"
    speaker: "Speaker"
    teller: "TimeTeller"
    control: "OneButtonControl"
    media: "MediaControl"
    unheard_end: "UnheardEnd"
    mute: "Mute"
    background_file: "Callable[[], Path | None]"
    """The file of the background that is wished for, if any."""
    rest: "Step"
    """What follows when somebody goes on after the end of a whole session."""
    changes: "SettingChanges"
    """What was changed on the page of settings outlives a window that is made anew."""
    mats: "MatShelf"
    data_folder: "Path"
    config_folder: "Path"
    presets: "Callable[[], PresetBook]"
    """Keeps own presets; made when it is first asked for."""
    try_out: "Callable[[], TryOut]"
    """Lets a preset be tried; likewise."""
    reminders: "ReminderParts"
    autostart: "Autostart"
    tray: "TrayPresence"
    evidence: "Callable[[], Evidence]"
    """Reads what is known of mats and needles; raises MatSessionError where the installation is damaged."""


MakeSessionParts = Callable[[], SessionParts]
"""Makes them at the first call, and gives the same ones at each later one."""
