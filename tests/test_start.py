"""What a start of the window does not load before its first picture: that is what makes it quick.

The times themselves are measured by ``python3 dev.py bench start``; here is what they hang on.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from matsession.desktop.paths import find_folders
from matsession.domain.settings import Settings
from matsession.storage.settings_file import SettingsFile

PATIENCE_S: Final = 60

LATE: Final = {
    # Ours: what a session needs, and what is done on other pages.
    "matsession.main",
    "matsession.domain.events",
    "matsession.domain.evidence",
    "matsession.domain.session",
    "matsession.domain.programme",
    "matsession.domain.next_morning",
    "matsession.domain.record",
    "matsession.app.ports",
    "matsession.app.journal",
    "matsession.app.morning_question",
    "matsession.app.mat_shelf",
    "matsession.app.preset_facts",
    "matsession.app.suitability_words",
    "matsession.domain.mat",
    "matsession.storage.own_mats",
    "matsession.app.unheard_end",
    "matsession.app.session_runner",
    "matsession.app.programme_book",
    "matsession.app.programme_words",
    "matsession.app.voice",
    "matsession.desktop.sound.chime_output",
    "matsession.desktop.speech.workshop",
    "matsession.desktop.sleep",
    "matsession.storage.history",
    "matsession.storage.morning_state",
    "matsession.storage.preset_files",
    "matsession.storage.programme_course",
    "matsession.terminal.device",
    "matsession.storage.evidence_file",
    "matsession.ui.end_signal",
    "matsession.ui.models.preset_rows",
    "matsession.ui.one_button_filter",
    "matsession.ui.pages.evidence_page",
    "matsession.ui.pages.history_page",
    "matsession.ui.pages.programme_details",
    "matsession.ui.pages.programme_talk",
    "matsession.storage.mat_catalogue",
    "matsession.ui.pages.hidden_presets",
    "matsession.ui.pages.mat_line",
    "matsession.ui.pages.mats_page",
    "matsession.ui.pages.morning_question",
    "matsession.ui.pages.preset_details",
    "matsession.ui.pages.running_page",
    "matsession.ui.pages.settings_page",
    "matsession.ui.pages.welcome_page",
    "matsession.ui.out_of_sight",
    "matsession.ui.stop_signs",
    "matsession.ui.toaster",
    "matsession.ui.tray_notice",
    "matsession.ui.widgets.recent_legend",
    # Others', with the milliseconds that each takes.
    "msgspec",  # 7
    "tomli_w",  # 3
    "fractions",  # 3
    "socket",  # 3
    "sqlite3",  # 8
    "subprocess",  # 3
    "uuid",  # 2
    "jeepney",  # 6
    "rich",  # 30
    "PySide6.QtMultimedia",  # 30
}

UNTIL_PAINTED: Final = """
import os, sys
from matsession.ui.main_window import MainWindow

def painted(self):
    print(*sys.modules, flush=True)
    os._exit(0)

MainWindow._on_first_picture_shown = painted
from matsession.cli import run
run([])
"""


def loaded_until_painted(home: Path) -> set[str]:
    """Every module that one start has loaded when its first picture stands."""
    done = subprocess.run(
        [sys.executable, "-c", UNTIL_PAINTED],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "MATSESSION_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt and Python load others by themselves")
def test_a_start_loads_no_more_than_its_first_picture_needs(tmp_path: Path) -> None:
    """From the second one on: the first has the preset files to read, and the welcome to show."""
    first = loaded_until_painted(tmp_path)
    assert {"msgspec", "matsession.ui.pages.welcome_page"} <= first
    SettingsFile(find_folders(tmp_path).settings_file).save(Settings())  # the notes have been read
    loaded = loaded_until_painted(tmp_path)
    assert "matsession.ui.pages.session_page" in loaded
    assert loaded & LATE == set()
