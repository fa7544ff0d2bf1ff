"""dev.py: what it decides, without doing it."""

from collections.abc import Callable
from pathlib import Path

import pytest

import dev

HELD = dev.Stamp(kind="run", root="/checkout", pins="p1", project="q1")


def make_checkout(root: Path) -> Path:
    """Write the few files a stamp is computed from."""
    (root / "locks").mkdir()
    (root / "src" / "matsession").mkdir(parents=True)
    for name in ("py311.txt", "py311-dev.txt", "py312.txt", "py312-dev.txt"):
        (root / "locks" / name).write_text(f"content of {name}\n", encoding="utf-8")
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (root / "src" / "matsession" / "__init__.py").write_text(
        '"""Doc."""\n\n__version__ = "1"\n', encoding="utf-8"
    )
    return root


def nothing(_name: str) -> bool:
    """Stand for a system that lacks everything."""
    return False


def only(*names: str) -> Callable[[str], bool]:
    """Stand for a system that has just these."""
    return lambda name: name in names


# --- system libraries


def test_without_a_window_system_only_the_offscreen_libraries_are_needed() -> None:
    """Neither xcb nor Wayland is asked for where there is no window system."""
    assert dev.window_needs({}) == dev.OFFSCREEN


def test_each_window_system_in_reach_adds_its_libraries() -> None:
    """DISPLAY asks for xcb, WAYLAND_DISPLAY for Wayland, an empty one for nothing."""
    assert dev.window_needs({"DISPLAY": ":0"}) == dev.OFFSCREEN + dev.XCB
    assert dev.window_needs({"WAYLAND_DISPLAY": "wayland-0"}) == dev.OFFSCREEN + dev.WAYLAND
    assert dev.window_needs({"DISPLAY": "", "WAYLAND_DISPLAY": ""}) == dev.OFFSCREEN


def test_a_platform_chosen_by_the_person_overrides_what_is_in_reach() -> None:
    """QT_QPA_PLATFORM decides alone which libraries Qt will load."""
    assert dev.window_needs({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}) == dev.OFFSCREEN
    assert dev.window_needs({"QT_QPA_PLATFORM": "xcb"}) == dev.OFFSCREEN + dev.XCB


def test_apt_packages_of_the_offscreen_set_are_those_tried_on_a_bare_debian() -> None:
    """The table names exactly the packages that were found to be enough."""
    assert dev.package_names(dev.OFFSCREEN, "apt") == [
        "libglib2.0-0",
        "libdbus-1-3",
        "libegl1",
        "libgl1",
        "libfontconfig1",
        "libxkbcommon0",
        "libgssapi-krb5-2",
    ]


def test_a_package_that_brings_two_things_is_named_once() -> None:
    """On Arch, libglvnd brings both libEGL and libGL."""
    names = dev.package_names(dev.OFFSCREEN + dev.WAYLAND, "pacman")
    assert len(names) == len(set(names))
    assert "libglvnd" in names


def test_newer_debian_gets_the_renamed_glib_package() -> None:
    """Where apt knows the t64 name, that is the one to install."""
    assert dev.package_names(dev.OFFSCREEN[:1], "apt", known=["libglib2.0-0t64"]) == ["libglib2.0-0t64"]
    assert dev.package_names(dev.OFFSCREEN[:1], "apt", known=["libglib2.0-0"]) == ["libglib2.0-0"]


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt", "sudo apt-get update && sudo apt-get install --no-install-recommends libpulse0"),
        ("dnf", "sudo dnf install pulseaudio-libs"),
        ("pacman", "sudo pacman -S --needed libpulse"),
    ],
)
def test_every_package_manager_gets_its_own_command(manager: str, line: str) -> None:
    """The command can be pasted as it stands."""
    assert dev.install_command(manager, dev.package_names(dev.SOUND, manager), as_root=False) == line


def test_root_is_not_told_to_use_sudo() -> None:
    """A bare system has no sudo."""
    assert dev.install_command("dnf", ["openbox"], as_root=True) == "dnf install openbox"


def test_the_package_manager_is_found_by_its_program() -> None:
    """The first known program wins; an unknown system has none."""
    assert dev.package_manager(only("apt-get", "dnf")) == "apt"
    assert dev.package_manager(only("pacman")) == "pacman"
    assert dev.package_manager(nothing) is None


def test_an_unknown_system_is_told_the_names_of_what_is_missing() -> None:
    """Without a known package manager the sentence still says what to look for."""
    sentence = dev.missing_sentence(dev.SOUND, "The chimes need", None, as_root=False)
    assert sentence.startswith("The chimes need libpulse.so.0, missing on this system; please install")


def test_a_complete_system_is_left_alone() -> None:
    """Nothing is asked of the package manager when nothing is missing."""
    dev.ensure_system(dev.OFFSCREEN, "Qt needs", lambda _name: True)


def test_what_is_required_and_missing_stops_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary person is told what to do; nothing is installed."""
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev, "package_manager", lambda: "dnf")
    with pytest.raises(dev.DevError, match="sudo dnf install glib2"):
        dev.ensure_system(dev.OFFSCREEN, "Qt needs", nothing)


def test_what_is_missing_but_optional_is_only_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A silent computer is no reason not to start, and the program's own output stays clean."""
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev, "package_manager", lambda: "pacman")
    dev.ensure_system(dev.SOUND, "The chimes need", nothing, required=False)
    told = capsys.readouterr()
    assert "sudo pacman -S --needed libpulse" in told.err
    assert told.out == ""


# --- the environment


def test_an_environment_without_a_stamp_is_made_from_scratch() -> None:
    """No stamp means that an installation was interrupted, or never begun."""
    assert dev.work_due(None, HELD) == ("venv", "pins", "project")


def test_a_matching_stamp_leaves_nothing_to_do() -> None:
    """The second start only compares."""
    assert dev.work_due(HELD, HELD) == ()


def test_new_pins_are_installed_into_the_environment_that_is_there() -> None:
    """A changed lock file costs its difference, no more."""
    assert dev.work_due(HELD._replace(pins="p0"), HELD) == ("pins",)


def test_changed_metadata_install_only_the_project() -> None:
    """A changed pyproject.toml with the same pins downloads nothing."""
    assert dev.work_due(HELD._replace(project="q0"), HELD) == ("project",)


def test_the_tools_are_added_to_what_the_program_needs() -> None:
    """The first `test` after a `run` adds to the environment."""
    assert dev.work_due(HELD, HELD._replace(kind="dev", pins="p2")) == ("pins",)


def test_a_checkout_that_was_moved_gets_a_new_environment() -> None:
    """The paths inside an environment do not survive a move."""
    assert dev.work_due(HELD._replace(root="/elsewhere"), HELD) == ("venv", "pins", "project")


def test_an_environment_with_tools_keeps_them_when_the_program_is_run(tmp_path: Path) -> None:
    """`run` after `test` must not lead to another installation."""
    root = make_checkout(tmp_path)
    complete = dev.wanted_stamp(root, "dev", None, (3, 11))
    assert dev.wanted_stamp(root, "run", complete, (3, 11)) == complete


def test_a_new_version_reinstalls_the_project_and_other_edits_do_not(tmp_path: Path) -> None:
    """Only the version of the code is copied into the environment; the code is read in place."""
    root = make_checkout(tmp_path)
    before = dev.wanted_stamp(root, "run", None, (3, 11))
    package = root / "src" / "matsession" / "__init__.py"
    package.write_text('"""Other words."""\n\n__version__ = "1"\n', encoding="utf-8")
    assert dev.wanted_stamp(root, "run", None, (3, 11)) == before
    package.write_text('"""Other words."""\n\n__version__ = "2"\n', encoding="utf-8")
    assert dev.work_due(before, dev.wanted_stamp(root, "run", None, (3, 11))) == ("project",)


def test_a_stamp_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Writing and reading are each other's mirror."""
    dev.write_stamp(tmp_path / "stamp", HELD)
    assert dev.read_stamp(tmp_path / "stamp") == HELD


@pytest.mark.parametrize("content", [b"", b"run\n", b"\xff\xfe\n\n\n\n"])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, content: bytes) -> None:
    """Half a stamp, or no text at all, vouches for nothing."""
    (tmp_path / "stamp").write_bytes(content)
    assert dev.read_stamp(tmp_path / "stamp") is None


@pytest.mark.parametrize(
    ("kind", "version", "name"),
    [
        ("run", (3, 11), "locks/py311.txt"),
        ("dev", (3, 11), "locks/py311-dev.txt"),
        ("run", (3, 12), "locks/py312.txt"),
        ("dev", (3, 14), "locks/py312-dev.txt"),
    ],
)
def test_python_3_11_has_pins_of_its_own_and_the_newer_ones_share(
    kind: str, version: tuple[int, int], name: str
) -> None:
    """PySide6 6.12.0 aborts on 3.11, so the two lines cannot share their pins."""
    assert dev.lock_file(kind, version) == name


@pytest.mark.parametrize("key", ["version", "version_info"])
def test_an_environment_of_another_python_line_is_left_alone(tmp_path: Path, key: str) -> None:
    """Two Python lines live side by side in one checkout."""
    assert dev.venv_folder(tmp_path, (3, 13)) == tmp_path / ".venv"
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"home = /usr/bin\n{key} = 3.11.7\n", encoding="utf-8")
    assert dev.venv_folder(tmp_path, (3, 11)) == tmp_path / ".venv"
    assert dev.venv_folder(tmp_path, (3, 13)) == tmp_path / ".venv-3.13"


def test_a_half_made_environment_is_taken_over(tmp_path: Path) -> None:
    """A folder that no Python claims is the usual place."""
    (tmp_path / ".venv").mkdir()
    assert dev.venv_folder(tmp_path, (3, 13)) == tmp_path / ".venv"


def test_pip_is_quoted_where_it_takes_time_or_fails() -> None:
    """Large downloads are told, small ones not; a failure shows the last lines that say something."""
    assert dev.pip_news("  Downloading pyside6_addons-6.12.0.whl (175.3 MB)\n").startswith(
        "Downloading pyside6"
    )
    assert dev.pip_news("  Downloading mdurl-0.1.2.whl (10 kB)\n") == ""
    assert dev.last_lines(["one", "two", "", "WARNING: Location 'x' is ignored", "three"], count=2) == (
        "    two\n    three"
    )


def test_the_pins_of_the_program_are_the_same_with_and_without_tools() -> None:
    """What is tested is what runs; and 3.11 never gets the PySide6 that aborts there."""
    for version in ((3, 11), (3, 12)):
        needed, tools = (
            {
                line.split(" ;")[0]  # with the tools it may be needed on more systems
                for line in (dev.ROOT / dev.lock_file(kind, version)).read_text().splitlines()
                if "==" in line
            }
            for kind in ("run", "dev")
        )
        assert needed
        assert needed <= tools
        assert version != (3, 11) or not any("==6.12.0" in line for line in tools)


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    """Where the packages come from is the affair of whoever installs them."""
    for path in (dev.ROOT / "locks").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text, path
        assert "://" not in text, path
        assert "index" not in text, path


# --- arguments


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ([], []),
        (["--version"], ["--version"]),
        (["--", "--version"], ["--version"]),
        (["start", "--", "--help"], ["start", "--", "--help"]),
    ],
)
def test_all_that_stands_after_run_is_the_programs_own(given: list[str], passed: list[str]) -> None:
    """Only a leading `--` is swallowed."""
    assert dev.program_arguments(given) == passed


def test_run_and_test_do_not_interpret_their_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even --help belongs to the program, and -k to pytest."""
    seen: list[list[str]] = []

    def take(arguments: list[str]) -> int:
        seen.append(arguments)
        return 5

    monkeypatch.setattr(dev, "run", take)
    monkeypatch.setattr(dev, "test", take)
    assert dev.perform(["run", "--help"]) == 5
    assert dev.perform(["test", "-k", "chime", "--desktop"]) == 5
    assert seen == [["--help"], ["-k", "chime", "--desktop"]]


def test_the_desktop_option_is_read_and_handed_on() -> None:
    """Both dev.py and pytest act on it."""
    assert dev.pytest_arguments(["-x", "--desktop"]) == (True, ["-x", "--desktop"])
    assert dev.pytest_arguments(["--", "-x"]) == (False, ["-x"])


def test_tests_reach_neither_the_home_nor_the_desktop_of_the_person(tmp_path: Path) -> None:
    """No window, no bus, no sound server; every folder lies in the private home."""
    own = {"HOME": "/home/ann", "DISPLAY": ":0", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "LANG": "C"}
    private = dev.private_environment(own, tmp_path)
    assert private["QT_QPA_PLATFORM"] == "offscreen"
    assert private["LANG"] == "C"
    assert not {"DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} & private.keys()
    assert all(private[name].startswith(str(tmp_path)) for name in dev.HOME_FOLDERS)


def test_benchmarks_are_named_by_their_files(tmp_path: Path) -> None:
    """A leading underscore marks what several of them share."""
    for name in ("tick.py", "startup.py", "_yardstick.py", "notes.md"):
        (tmp_path / name).touch()
    assert dev.benchmark_names(tmp_path) == ["startup", "tick"]


def test_what_stands_behind_two_dashes_is_for_the_benchmark() -> None:
    """And no other command takes any."""
    assert dev.split_own(["bench", "cues", "--", "full", "--"]) == (["bench", "cues"], ["full", "--"])
    assert dev.split_own(["bench", "cues"]) == (["bench", "cues"], [])
    with pytest.raises(dev.DevError, match="check takes nothing after --"):
        dev.perform(["check", "--", "src"])


def test_an_unknown_benchmark_is_refused_with_the_known_ones() -> None:
    """A typing error is answered before anything is installed."""
    with pytest.raises(dev.DevError, match="No benchmark is called no-such-thing; there are:"):
        dev.bench(["no-such-thing"], only_list=False)
