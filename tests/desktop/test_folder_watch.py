"""Files that another hand writes are noticed, however that hand writes."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from matsession.desktop.folder_watch import FolderWatch


def test_a_file_that_is_written_where_it_lies(qtbot: QtBot, tmp_path: Path) -> None:
    """Some editors write into the file that is there, again and again."""
    file = tmp_path / "presets" / "mine.toml"
    file.parent.mkdir()
    file.write_text("1")
    watch = FolderWatch([file.parent], suffix=".toml")
    for text in ("2", "3"):
        with qtbot.waitSignal(watch.changed):
            file.write_text(text)


def test_a_file_that_is_new_and_one_that_is_replaced(qtbot: QtBot, tmp_path: Path) -> None:
    """A new file is watched from then on, and so is the one that takes its place."""
    folder = tmp_path / "presets"
    watch = FolderWatch([folder], suffix=".toml")
    assert folder.is_dir()
    file, beside = folder / "mine.toml", folder / ".new"
    with qtbot.waitSignal(watch.changed):
        file.write_text("1")
    with qtbot.waitSignal(watch.changed):
        file.write_text("2")
    beside.write_text("3")
    with qtbot.waitSignal(watch.changed):
        beside.replace(file)
    qtbot.waitUntil(lambda: str(file) in watch._watcher.files())
    with qtbot.waitSignal(watch.changed):
        file.write_text("4")
