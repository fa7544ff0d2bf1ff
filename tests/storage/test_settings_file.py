"""The settings file: repaired and told, never fatal, and nothing a person wrote is lost."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.favourites import FAVOURITES
from matsession.domain.order import PREPARATION_MAX_S
from matsession.domain.preset import LONGEST_S
from matsession.domain.preset_settings import Brightness
from matsession.domain.settings import (
    AT_FIRST,
    SETTING_NAMES,
    SettingError,
    Settings,
)
from matsession.domain.week import Weekday
from matsession.storage.errors import StorageError, StorageProblem
from matsession.storage.settings_file import SettingsFile

WORD: Final = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)


def read(path: Path, text: str) -> tuple[Settings, tuple[str, ...]]:
    """What this text in the file gives."""
    path.write_text(text, "utf-8")
    return SettingsFile(path).read()


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """The first start needs no file and makes none."""
    assert SettingsFile(tmp_path / "config" / "settings.toml").read() == (AT_FIRST, ())
    assert list(tmp_path.glob("config/*")) == []


@given(
    st.builds(
        Settings,
        volume=st.floats(0, 1),
        preparation_s=st.integers(0, PREPARATION_MAX_S),
        lengths_s=st.dictionaries(WORD, st.integers(1, LONGEST_S), max_size=4),
        day_turn_min=st.integers(0, 720),
        show_streak=st.booleans(),
        rest_weekdays=st.dictionaries(st.sampled_from(list(map(str, Weekday))), st.booleans(), max_size=6),
        mat_turns=st.integers(0, 3),
        mat_brightness=st.sampled_from(Brightness).map(str),
        mat_screen=st.text(max_size=12),
        mini_width=st.integers(200, 20_000),
        open_ends=st.dictionaries(WORD, st.booleans(), max_size=4),
        favourites=st.dictionaries(WORD, st.integers(1, FAVOURITES), max_size=4),
        show_recent=st.booleans(),
        window_width=st.integers(200, 20_000),
    )
)
def test_round_trip(settings: Settings) -> None:
    """What is saved is read again, without a problem."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "settings.toml"
        SettingsFile(path).save(settings)
        assert SettingsFile(path).read() == (settings, ())
        assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    """What a later version wrote is still there after this one saved."""
    path = tmp_path / "settings.toml"
    path.write_text('volume = 0.5\nfuture = "x"\n[later]\ncolour = [1, 2]\n', "utf-8")
    file = SettingsFile(path)
    settings, problems = file.read()
    assert problems == ()
    file.save(replace(settings, volume=0.25))
    content = tomllib.loads(path.read_text("utf-8"))
    assert (content["volume"], content["future"], content["later"]) == (0.25, "x", {"colour": [1, 2]})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("volume = 2", "volume: 2 is not from 0 to 1; the default, 0.8, is used."),
        ("volume = nan", "volume: must be a number; the default, 0.8, is used."),
        ('volume = "loud"', "volume: must be a number; the default, 0.8, is used."),
        ("volume = true", "volume: must be a number; the default, 0.8, is used."),
        ("preparation_s = 301", "preparation_s: 301 is not from 0 to 300; the default, 30, is used."),
        (
            "preparation_s = 0x" + "f" * 9000,
            "preparation_s: must be a whole number; the default, 30, is used.",
        ),
        ("preparation_s = 1.5", "preparation_s: must be a whole number; the default, 30, is used."),
        ("last_preset = 4", "last_preset: must be a text in quotes; the default, first_session, is used."),
        ("mat_turns = 4", "mat_turns: 4 is not from 0 to 3; the default, 0, is used."),
        (
            'mat_brightness = "blinding"',
            "mat_brightness: 'blinding' is not one of dim, medium, bright; the default, medium, is used.",
        ),
        ("[favourites]\nneck = 5", "favourites, neck: 5 is not from 1 to 4; it is left out."),
        ("lengths_s = 4", "lengths_s: must be a table; the default is used."),
        ("day_turn_min = 721", "day_turn_min: 721 is not from 0 to 720; the default, 240, is used."),
        ("day_turn_min = 4.5", "day_turn_min: must be a whole number; the default, 240, is used."),
        ('show_streak = "no"', "show_streak: must be true or false; the default, True, is used."),
        ("rest_weekdays = 7", "rest_weekdays: must be a table; the default is used."),
    ],
)
def test_a_bad_value_is_repaired_and_told(text: str, sentence: str, tmp_path: Path) -> None:
    """The default stands in for it; the sentence names file, field and what is allowed; the rest holds."""
    settings, problems = read(tmp_path / "settings.toml", f"window_width = 700\n{text}\n")
    assert problems == (f"settings.toml: {sentence}",)
    assert settings == Settings(window_width=700)


def test_a_bad_length_is_left_out(tmp_path: Path) -> None:
    """One bad length does not take the others with it."""
    settings, problems = read(
        tmp_path / "settings.toml", '[lengths_s]\nneck = 300\nhips = 0\nfeet = "long"\ncalves = 600\n'
    )
    assert settings.lengths_s == {"neck": 300, "calves": 600}
    assert problems == (
        "settings.toml: lengths_s, hips: 0 is not from 1 to 2400; it is left out.",
        "settings.toml: lengths_s, feet: must be a whole number; it is left out.",
    )


def test_days_off_of_every_week(tmp_path: Path) -> None:
    """By name; a name that is none is told, and so is a week without a day left."""
    path = tmp_path / "settings.toml"
    settings, problems = read(path, "[rest_weekdays]\nsunday = true\nmonday = false\nsonntag = true\n")
    assert settings.rest_weekday_numbers == {6}
    (problem,) = problems
    assert problem.startswith("settings.toml: rest_weekdays, sonntag: no day has this name: monday, tuesday,")
    all_of_them = "".join(f"{day} = true\n" for day in Weekday)
    settings, (problem,) = read(path, f"[rest_weekdays]\n{all_of_them}")
    assert settings.rest_weekday_numbers == {0, 1, 2, 3, 4, 5}
    rule = "one day of the week has to be left; it is left out."
    assert problem == f"settings.toml: rest_weekdays, sunday: {rule}"
    SettingsFile(path).save(settings)
    assert SettingsFile(path).read() == (settings, ())


@pytest.mark.parametrize(
    "text", ["volume = 2\nday_turn_min = 60", "volume = ", "day_turn_min = 60", 'future = "x"']
)
def test_a_look_changes_nothing(text: str, tmp_path: Path) -> None:
    """It sees the same settings and moves no file."""
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text(text)
    settings, problems = SettingsFile(path).look()
    assert path.read_text() == text
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]
    read_settings, read_problems = SettingsFile(path).read()
    assert (settings, len(problems)) == (read_settings, len(read_problems))
    assert SettingsFile(tmp_path / "nowhere.toml").look() == (AT_FIRST, ())


def test_what_was_repaired_is_copied_before_it_is_overwritten(tmp_path: Path) -> None:
    """A value with a slip in it can still be looked up after the next save."""
    path = tmp_path / "settings.toml"
    path.write_text("preparation_s = 3000\n", "utf-8")
    file = SettingsFile(path)
    settings, _ = file.read()
    file.save(settings)
    file.save(settings)
    assert (tmp_path / "settings.toml.broken-1").read_text("utf-8") == "preparation_s = 3000\n"
    assert len(list(tmp_path.glob("settings*"))) == 2
    assert SettingsFile(path).read() == (settings, ())


@pytest.mark.parametrize("content", [b"volume = ", b"\xff\xfe", b"\x00" * 10, b"a = " + b"[" * 100_000])
def test_a_broken_file_is_kept_aside_and_told_once(content: bytes, tmp_path: Path) -> None:
    """Not TOML: the defaults, the file under another name, a sentence that tells where; then it is over."""
    path = tmp_path / "settings.toml"
    (tmp_path / "settings.toml.broken-1").write_text("an older one")
    path.write_bytes(content)
    settings, (sentence,) = SettingsFile(path).read()
    assert settings == Settings()
    assert sentence.startswith("settings.toml ")
    assert sentence.endswith("It is kept as settings.toml.broken-2, and the defaults are used.")
    assert (tmp_path / "settings.toml.broken-2").read_bytes() == content
    assert (tmp_path / "settings.toml.broken-1").read_text() == "an older one"
    assert SettingsFile(path).read() == (AT_FIRST, ())


def test_a_folder_of_that_name_is_kept_aside(tmp_path: Path) -> None:
    """Whatever has the name of the settings, the program starts and can save."""
    path = tmp_path / "settings.toml"
    path.mkdir()
    file = SettingsFile(path)
    settings, problems = file.read()
    assert len(problems) == 1
    file.save(settings)
    assert path.is_file()


def test_a_file_that_may_not_be_read_is_no_crash(as_nobody: Path) -> None:
    """No permission, and none to rename it: the defaults, and a sentence."""
    path = as_nobody / "settings.toml"
    path.write_text("volume = 0.5")
    path.chmod(0)
    as_nobody.chmod(0o500)
    settings, (sentence,) = SettingsFile(path).read()
    assert settings == Settings()
    assert sentence == "settings.toml may not be read; change its permissions. The defaults are used."


def test_saving_where_nothing_can_be_written_is_told(as_nobody: Path) -> None:
    """The app goes on with the choice and says that it is not kept; the old file stays."""
    path = as_nobody / "settings.toml"
    SettingsFile(path).save(Settings(volume=0.5))
    as_nobody.chmod(0o500)
    with pytest.raises(StorageError) as caught:
        SettingsFile(path).save(Settings(volume=0.1))
    assert caught.value.problem is StorageProblem.NO_PERMISSION
    assert SettingsFile(path).read() == (Settings(volume=0.5), ())


def test_a_link_is_followed(tmp_path: Path) -> None:
    """Who keeps settings elsewhere and links to them finds the link still there."""
    real = tmp_path / "elsewhere.toml"
    real.write_text("volume = 0.5")
    path = tmp_path / "settings.toml"
    path.symlink_to(real)
    SettingsFile(path).save(Settings(volume=0.1))
    assert path.is_symlink()
    assert tomllib.loads(real.read_text())["volume"] == 0.1


def test_settings_cannot_be_changed_from_outside() -> None:
    """The lengths are a copy that takes no changes; another length is another Settings."""
    lengths = {"neck": 300}
    settings = Settings(lengths_s=lengths)
    lengths["neck"] = 600
    assert settings.length_s("neck", 60) == 300
    assert settings.length_s("hips", 60) == 60
    longer = settings.with_length("neck", 900)
    assert (settings.length_s("neck", 0), longer.length_s("neck", 0)) == (300, 900)
    with pytest.raises(SettingError, match="lengths_s, neck: 0 is not from 1 to 2400"):
        settings.with_length("neck", 0)


VALUES: Final = st.recursive(
    st.integers() | st.floats() | st.booleans() | st.text("ab", max_size=5) | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORD, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*SETTING_NAMES, "other"]), VALUES))
def test_values_of_any_kind_never_end_in_a_traceback(content: dict[str, Any]) -> None:
    """Whatever stands in the file, there are settings, and they can be saved and read again."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_text(tomli_w.dumps(content), "utf-8")
        file = SettingsFile(path)
        settings, problems = file.read()
        assert all(problem.startswith("settings.toml: ") for problem in problems)
        file.save(settings)
        # An answer about safety is the person's: it stays as it was written, and is told again.
        told = tuple(each for each in problems if each.startswith("settings.toml: true_for_me, "))
        assert SettingsFile(path).read() == (settings, told)
