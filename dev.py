#!/usr/bin/env python3
"""The workshop of MatSession: start it, test it, check it, measure it, package it.

    python3 dev.py run [ARGS...]                      start the program; ARGS are the program's own
    python3 dev.py test [--desktop] [PYTEST ARGS...]  run the tests
    python3 dev.py check                              style, formatting, types and the dependency rule
    python3 dev.py bench [--list] [NAME...] [-- ARGS] run benchmarks; ARGS are the benchmark's own
    python3 dev.py shots DIR [--only PATTERN]         draw every page and state of the window into DIR;
                                                      --pseudo shows what is cut off or untranslated
    python3 dev.py package                            build the sdist and the wheel into dist/
    python3 dev.py lock [--upgrade]                   write locks/ anew from pyproject.toml

Nothing has to be installed by hand: a Python from 3.11 to 3.14 is enough, on Linux, macOS and Windows alike.

What happens before a command does its work:

1. *The system's libraries.* On Linux, Qt needs some that a bare system lacks. They are looked for by the file
   the loader would open. Root on Debian or Ubuntu gets them installed; everybody else is told the command.
2. *The environment.* `.venv` is made beside this file and filled with exactly what locks/ pins, checked by
   hash. A second Python line gets a folder of its own (`.venv-3.13`): two lines can be tried side by side.
3. *The project* is installed in place: an edit in src/ is seen at the next start.

A stamp file, written last, says what the environment holds. While it matches, steps 2 and 3 cost a few file
reads. An environment without a stamp was interrupted, and is made anew.

There are two sets of pins for each Python line: `py311.txt` is what the program needs, `py311-dev.txt` that
and the tools. `run` is content with either; all other commands want the second. `py312` serves every newer
Python.

Messages of this script go to standard error: the program's own output can be piped. The exit code is that of
the program, of pytest, or 1 with a sentence when something stood in the way.
"""

from __future__ import annotations

# Only what every start needs; the rest is imported where it is used, and `run` starts the sooner.
import argparse
import collections
import contextlib
import hashlib
import importlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Iterable, Iterator, Mapping, NamedTuple, Sequence

OLDEST = (3, 11)
TOO_NEW = (3, 15)

if not OLDEST <= sys.version_info[:2] < TOO_NEW:
    sys.exit(
        "MatSession needs Python 3.11, 3.12, 3.13 or 3.14, "
        f"and this is Python {sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})."
    )

ROOT = Path(__file__).resolve().parent
CODE = ("src", "tests", "dev.py", "benchmarks", "tools")


class DevError(Exception):
    """Something stands in the way; the message is what the person reads."""


def say(text: str) -> None:
    """Tell what is going on, without getting into the program's own output."""
    print(text, file=sys.stderr, flush=True)


# ----------------------------------------------------------------------------------------------------
# The system's libraries and programs


class Need(NamedTuple):
    """A library (by the file name the loader asks for) or a program, and the packages that bring it."""

    name: str
    apt: str
    dnf: str
    pacman: str


# What Qt's modules and an offscreen window need beyond a bare Debian 12 or 13; none comes with the others.
OFFSCREEN = (
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    # QtNetwork, and through it QtMultimedia; in Debian 12's smallest system, no longer in Debian 13's.
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5"),
)
XCB = (
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
WAYLAND = (
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Need("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland"),
)
SOUND = (Need("libpulse.so.0", "libpulse0", "pulseaudio-libs", "libpulse"),)

# What the desktop stories play on: a window system, a window manager, a session bus and a sound server.
STORY_PROGRAMS = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    Need("xauth", "xauth", "xorg-x11-xauth", "xorg-xauth"),
    Need("dbus-daemon", "dbus-daemon", "dbus-daemon", "dbus"),
    Need("dbus-run-session", "dbus-daemon", "dbus-daemon", "dbus"),
    Need("openbox", "openbox", "openbox", "openbox"),
    Need("pulseaudio", "pulseaudio", "pulseaudio", "pulseaudio"),
    Need("pactl", "pulseaudio-utils", "pulseaudio-utils", "libpulse"),
    Need(
        "/usr/lib/python3/dist-packages/dbusmock", "python3-dbusmock", "python3-dbusmock", "python-dbusmock"
    ),
    Need("aplay", "alsa-utils", "alsa-utils", "alsa-utils"),
    Need("mpg123", "mpg123", "mpg123", "mpg123"),
    Need("flac", "flac", "flac", "flac"),
    Need("oggenc", "vorbis-tools", "vorbis-tools", "vorbis-tools"),
    Need("lame", "lame", "lame", "lame"),
    Need("espeak-ng", "espeak-ng", "espeak-ng", "espeak-ng"),
    Need("flite", "flite", "flite", "flite"),
    Need("/usr/share/dbus-1/services/org.a11y.Bus.service", "at-spi2-core", "at-spi2-core", "at-spi2-core"),
    Need("dunst", "dunst", "dunst", "dunst"),
    Need("xdotool", "xdotool", "xdotool", "xdotool"),
    Need("xprop", "x11-utils", "xprop", "xorg-xprop"),
    Need("import", "imagemagick", "ImageMagick", "imagemagick"),
    Need("setpriv", "util-linux", "util-linux", "util-linux"),
    Need("playerctl", "playerctl", "playerctl", "playerctl"),
    Need("strace", "strace", "strace", "strace"),
    Need("pkill", "procps", "procps-ng", "procps-ng"),
    Need("trayer", "trayer", "trayer", "trayer"),
    Need("desktop-file-validate", "desktop-file-utils", "desktop-file-utils", "desktop-file-utils"),
    Need("appstreamcli", "appstream", "appstream", "appstream"),
    Need("/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator", "systemd", "systemd", "systemd"),
)

# Debian 13 and Ubuntu 24.04 renamed some packages when time_t grew to 64 bits.
T64_NAMES = {"libglib2.0-0": "libglib2.0-0t64"}

# In the order of preference; the command that installs.
MANAGERS: dict[str, tuple[str, ...]] = {
    "apt": ("apt-get", "install", "--no-install-recommends"),
    "dnf": ("dnf", "install"),
    "pacman": ("pacman", "-S", "--needed"),
}


def window_needs(environ: Mapping[str, str]) -> tuple[Need, ...]:
    """Return the libraries Qt needs for the window system it will find."""
    platform = environ.get("QT_QPA_PLATFORM", "")
    if platform:
        xcb, wayland = platform.startswith("xcb"), platform.startswith("wayland")
    else:
        xcb, wayland = bool(environ.get("DISPLAY")), bool(environ.get("WAYLAND_DISPLAY"))
    return OFFSCREEN + (XCB if xcb else ()) + (WAYLAND if wayland else ())


def library_folders(environ: Mapping[str, str]) -> list[str]:
    """Return the folders where libraries commonly are, cheap to look into at every start."""
    own = [folder for folder in environ.get("LD_LIBRARY_PATH", "").split(":") if folder]
    triplet = ""
    if sys.platform != "win32":
        triplet = f"{os.uname().machine}-linux-gnu"
    return [*own, f"/usr/lib/{triplet}", f"/lib/{triplet}", "/usr/lib64", "/lib64", "/usr/lib", "/lib"]


def has_library(soname: str) -> bool:
    """Tell whether the loader would find this library."""
    if any(Path(folder, soname).exists() for folder in library_folders(os.environ)):
        return True
    # An unusual layout (NixOS, Guix, another processor): ask the loader itself.
    import ctypes

    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    """Tell whether this program can be called; system folders count even where PATH leaves them out.

    A path names something that need not be a program, such as a module of the system's own Python.
    """
    if name.startswith("/"):
        return Path(name).exists()
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    return shutil.which(name, path=path) is not None


def has_module(name: str) -> bool:
    """Tell whether this Python brings the module."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def package_manager(present: Callable[[str], bool] = has_program) -> str | None:
    """Return the package manager of this system, or None where it is one we do not know."""
    return next((name for name, command in MANAGERS.items() if present(command[0])), None)


def package_names(needs: Iterable[Need], manager: str, known: Sequence[str] = ()) -> list[str]:
    """Return the packages that bring `needs`, each once; `known` are the names apt says it has."""
    names: list[str] = []
    for need in needs:
        name = str(getattr(need, manager))
        if manager == "apt" and T64_NAMES.get(name) in known:
            name = T64_NAMES[name]
        if name not in names:
            names.append(name)
    return names


def install_command(manager: str, packages: Sequence[str], as_root: bool) -> str:
    """Return the line a person can paste into a terminal."""
    sudo = [] if as_root else ["sudo"]
    line = shlex.join([*sudo, *MANAGERS[manager], *packages])
    return f"{shlex.join([*sudo, 'apt-get', 'update'])} && {line}" if manager == "apt" else line


def is_root() -> bool:
    """Tell whether packages can be installed without asking."""
    return sys.platform != "win32" and os.geteuid() == 0


def apt_names() -> list[str]:
    """Return those of the renamed packages that this system's lists know."""
    answer = subprocess.run(
        ["apt-cache", "pkgnames", "libglib2.0-0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return answer.stdout.split()


def apt_install(needs: Sequence[Need]) -> str:
    """Install as root; return apt's last lines if it failed, else nothing."""
    quiet = ["-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def apt_get(*arguments: str) -> tuple[bool, str]:
        done = subprocess.run(
            ["apt-get", *quiet, *arguments],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        return done.returncode == 0, last_lines(done.stdout.splitlines())

    # Container images come with empty lists, or with such old ones that the files they name are gone.
    lists = Path("/var/lib/apt/lists")
    fresh = False
    if not any(lists.glob("*_Packages*")):
        apt_get("update")
        fresh = True
    say(f"Installing with apt-get: {' '.join(package_names(needs, 'apt', apt_names()))} ...")
    while True:
        done, words = apt_get("install", "--no-install-recommends", *package_names(needs, "apt", apt_names()))
        if done or fresh:
            return "" if done else words
        apt_get("update")
        fresh = True


def ensure_system(
    needs: Sequence[Need], purpose: str, present: Callable[[str], bool], required: bool = True
) -> None:
    """See to it that the system has `needs`; `purpose` begins the sentence that says what for.

    Raise DevError if something required is missing and cannot be installed from here.
    """
    absent = [need for need in needs if not present(need.name)]
    if not absent:
        return
    manager = package_manager()
    failure = ""
    if manager == "apt" and is_root():
        failure = apt_install(absent)
        absent = [need for need in absent if not present(need.name)]
        if not absent:
            return
    known = apt_names() if manager == "apt" else []
    sentence = missing_sentence(absent, purpose, manager, is_root(), known)
    if failure:
        sentence = f"{sentence}\napt-get's last words:\n{failure}"
    if required:
        raise DevError(sentence)
    say(sentence)


def missing_sentence(
    absent: Sequence[Need], purpose: str, manager: str | None, as_root: bool, known: Sequence[str] = ()
) -> str:
    """Return what is missing, and the command that brings it."""
    sentence = f"{purpose} {', '.join(need.name for need in absent)}, missing on this system"
    if manager is None:
        return f"{sentence}; please install that with the system's package manager."
    command = install_command(manager, package_names(absent, manager, known), as_root)
    return f"{sentence}; this installs it:\n    {command}"


def ensure_window_libraries(environ: Mapping[str, str]) -> None:
    """See to Qt's libraries for this environment; a missing sound library is told, but stops nobody."""
    if sys.platform.startswith("linux"):
        ensure_system(window_needs(environ), "Qt needs", has_library)
        ensure_system(SOUND, "To be heard through Qt, the chimes need", has_library, required=False)


# ----------------------------------------------------------------------------------------------------
# The environment

STAMP = "matsession.stamp"


class Stamp(NamedTuple):
    """What an environment holds; written when all of it is in place."""

    kind: str
    """"run" or "dev"."""
    root: str
    """The checkout it was made in: an environment does not survive being moved."""
    pins: str
    """Digest of the lock file."""
    project: str
    """Digest of what the installation of the project itself depends on."""


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp, or None where there is none that makes sense."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return Stamp(*lines) if len(lines) == len(Stamp._fields) else None


def write_stamp(path: Path, stamp: Stamp) -> None:
    """Write the stamp in one piece."""
    unfinished = path.with_suffix(".new")
    unfinished.write_text("\n".join(stamp) + "\n", encoding="utf-8")
    unfinished.replace(path)


def lock_file(kind: str, version: tuple[int, int]) -> str:
    """Return the lock file for a set ("run" or "dev") and a Python version, relative to the checkout."""
    line = "py311" if version == (3, 11) else "py312"
    return f"locks/{line}.txt" if kind == "run" else f"locks/{line}-{kind}.txt"


def wanted_stamp(root: Path, kind: str, held: Stamp | None, version: tuple[int, int]) -> Stamp:
    """Return the stamp of a complete environment; the tools, once there, stay and are kept at their pins."""
    if held is not None and held.kind == "dev":
        kind = "dev"
    pins = hashlib.sha256((root / lock_file(kind, version)).read_bytes())
    project = hashlib.sha256((root / "pyproject.toml").read_bytes())
    # The installed metadata carry the version; the rest of the code is read in place.
    package = (root / "src" / "matsession" / "__init__.py").read_bytes()
    project.update(b"".join(line for line in package.splitlines() if line.startswith(b"__version__")))
    return Stamp(kind, str(root), pins.hexdigest(), project.hexdigest())


def work_due(held: Stamp | None, wanted: Stamp) -> tuple[str, ...]:
    """Return what is to be done to the environment: any of "venv", "pins" and "project", in this order."""
    if held is None or held.root != wanted.root:
        return ("venv", "pins", "project")
    pins = () if (held.kind, held.pins) == (wanted.kind, wanted.pins) else ("pins",)
    project = () if held.project == wanted.project else ("project",)
    return pins + project


def made_by(folder: Path) -> tuple[int, int] | None:
    """Return the Python version that made this environment, or None where it is none (any more)."""
    try:
        text = (folder / "pyvenv.cfg").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    for line in text.splitlines():
        key, _, value = line.partition("=")
        numbers = value.strip().split(".")
        if key.strip() in ("version", "version_info") and len(numbers) > 1 and numbers[1].isdigit():
            return int(numbers[0]), int(numbers[1])
    return None


def venv_folder(root: Path, version: tuple[int, int]) -> Path:
    """Return the environment's folder: `.venv`, unless that belongs to another Python line."""
    usual = root / ".venv"
    return usual if made_by(usual) in (None, version) else root / f".venv-{version[0]}.{version[1]}"


def venv_python(folder: Path) -> Path:
    """Return the environment's Python."""
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def ensure_environment(kind: str) -> Path:
    """See to it that the environment holds the set `kind` and the project; return its Python."""
    version = sys.version_info[:2]
    folder = venv_folder(ROOT, version)
    if not environment_work(folder, kind, version)[0]:
        return venv_python(folder)
    with only_one(ROOT / ".venv.lock"):
        # Whoever held the lock may have done it all.
        due, wanted = environment_work(folder, kind, version)
        if due:
            make_environment(folder, due, wanted, version)
    return venv_python(folder)


def environment_work(folder: Path, kind: str, version: tuple[int, int]) -> tuple[tuple[str, ...], Stamp]:
    """Return what is due in this folder, and the stamp it will carry then."""
    held = read_stamp(folder / STAMP) if venv_python(folder).exists() else None
    wanted = wanted_stamp(ROOT, kind, held, version)
    return work_due(held, wanted), wanted


def make_environment(folder: Path, due: Sequence[str], wanted: Stamp, version: tuple[int, int]) -> None:
    """Do what is due; the stamp goes first and comes back last, so that an interruption shows."""
    with contextlib.suppress(FileNotFoundError):
        (folder / STAMP).unlink()
    if "venv" in due:
        make_venv(folder, version)
    python = str(venv_python(folder))
    install = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    if "pins" in due:
        lock = lock_file(wanted.kind, version)
        size = " (the first time takes a few minutes)" if "venv" in due else ""
        say(f"Installing what {lock} pins{size} ...")
        # Wheels only: building from source would fetch build tools that nobody pinned.
        pinned = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock)]
        run_pip([*install, *pinned], f"Installing what {lock} pins failed")
    if "project" in due:
        say("Installing the project in place ...")
        in_place = ["--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT)]
        run_pip([*install, *in_place], "Installing the project in place failed")
    write_stamp(folder / STAMP, wanted)


def make_venv(folder: Path, version: tuple[int, int]) -> None:
    """Make an empty environment with pip; what an interrupted start left behind is cleared away."""
    # Debian and Ubuntu keep the part that puts pip into an environment in a package of its own.
    package = f"python{version[0]}.{version[1]}-venv"
    ensurepip = (Need("ensurepip", package, "python3", "python"),)
    ensure_system(ensurepip, "To make an environment, this Python needs its module", has_module)
    anew = " anew" if folder.exists() else ""
    say(f"Making {folder.name}{anew} with Python {version[0]}.{version[1]} ...")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        raise DevError(
            f"Making {folder.name} failed; the last words:\n{last_lines(done.stdout.splitlines())}"
        )


def run_pip(command: Sequence[str], failure: str) -> None:
    """Run pip, telling of each large download; raise DevError with pip's last lines if it fails."""
    # These would install past the environment.
    astray = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
    environ = {key: value for key, value in os.environ.items() if key not in astray}
    lines: collections.deque[str] = collections.deque(maxlen=200)
    with subprocess.Popen(
        [*command, "--progress-bar", "off"],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line.rstrip())
            news = pip_news(line)
            if news:
                say(f"  {news}")
    if pip.returncode != 0:
        raise DevError(f"{failure}; pip's last words:\n{last_lines(lines)}")


def pip_news(line: str) -> str:
    """Return what is worth telling of a line from pip: large downloads and the unpacking take time."""
    words = line.split()
    if words[:1] == ["Downloading"] and "MB)" in words:
        return f"Downloading {words[1].rsplit('/', 1)[-1]} {' '.join(words[2:4])}"
    # pip names all it unpacks; one name alone is our own project, and quick.
    return "Unpacking ..." if line.startswith("Installing collected packages") and "," in line else ""


def last_lines(lines: Iterable[str], count: int = 8) -> str:
    """Return the last lines that say something, indented."""
    # pip's remarks on the places it looked in and on what was there already do not tell why it failed.
    remarks = ("WARNING: Location", "Requirement already satisfied")
    telling = [line for line in map(str.strip, lines) if line and not line.startswith(remarks)]
    return "\n".join(f"    {line}" for line in telling[-count:])


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Keep a second dev.py waiting: two must not fill one environment. The system lets go if we die."""
    with path.open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            while True:
                # It gives up after ten seconds; an installation takes longer.
                with contextlib.suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Waiting for another dev.py that is installing ...")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# ----------------------------------------------------------------------------------------------------
# The commands


def run(arguments: Sequence[str]) -> int:  # noqa: RET503 - execv does not return
    """Start the program; on POSIX it takes this process over, so signals and the exit code are its own."""
    ensure_window_libraries(os.environ)
    command = [str(ensure_environment("run")), "-m", "matsession", *program_arguments(arguments)]
    if sys.platform == "win32":
        with subprocess.Popen(command) as program:
            while True:
                # Ctrl+C reaches the program too; it decides what that means.
                with contextlib.suppress(KeyboardInterrupt):
                    return program.wait()
    else:
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], command)


def program_arguments(arguments: Sequence[str]) -> list[str]:
    """Return what stands after `run`, without the `--` that may set it off."""
    return list(arguments[1:] if arguments[:1] == ["--"] else arguments)


def test(arguments: Sequence[str]) -> int:
    """Run pytest offscreen in a home of its own."""
    ensure_window_libraries({"QT_QPA_PLATFORM": "offscreen"})
    desktop, for_pytest = pytest_arguments(arguments)
    if desktop and sys.platform.startswith("linux"):
        ensure_system(XCB, "The desktop stories need", has_library)
        ensure_system(STORY_PROGRAMS, "The desktop stories need", has_program)
    python = ensure_environment("dev")
    with private_home() as environ:
        return subprocess.call([str(python), "-m", "pytest", *for_pytest], cwd=ROOT, env=environ)


def pytest_arguments(arguments: Sequence[str]) -> tuple[bool, list[str]]:
    """Return whether the desktop stories are wanted, and the arguments for pytest."""
    given = program_arguments(arguments)
    return "--desktop" in given, given


@contextlib.contextmanager
def private_home() -> Iterator[dict[str, str]]:
    """Yield an environment whose home is empty and vanishes afterwards: no window, no bus, no sound."""
    import tempfile

    # Short names: the path of a socket below it must stay under 108 bytes.
    with tempfile.TemporaryDirectory(prefix="ms-", ignore_cleanup_errors=True) as folder:
        environ = private_environment(os.environ, Path(folder))
        for name in HOME_FOLDERS:
            Path(environ[name]).mkdir(mode=0o700, parents=True, exist_ok=True)
        yield environ


# Where programs keep their files on Linux, Windows and macOS, and what each is called below the private home.
HOME_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_RUNTIME_DIR": "run",
}
# Ways out to the person's own desktop.
DESKTOP_WAYS = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER", "XAUTHORITY")


def private_environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment for tests and benchmarks: offscreen, nothing of the person's own in reach."""
    private = {key: value for key, value in environ.items() if key not in DESKTOP_WAYS}
    private.update({name: str(folder / place) for name, place in HOME_FOLDERS.items()})
    private["QT_QPA_PLATFORM"] = "offscreen"
    return private


def check_commands(python: str, code: Sequence[str]) -> dict[str, list[str]]:
    """Return the checks by the name they are told under."""
    imports = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"
    return {
        "ruff check": [python, "-m", "ruff", "check", "--quiet", *code],
        "ruff format": [python, "-m", "ruff", "format", "--quiet", "--check", "--diff", *code],
        "mypy": [python, "-m", "mypy", *code],
        "import-linter": [python, "-c", imports],
    }


def check() -> int:
    """Run all checks at the same time; a line for each, then what the failed ones had to say."""
    from concurrent.futures import ThreadPoolExecutor

    python = str(ensure_environment("dev"))
    commands = check_commands(python, [name for name in CODE if (ROOT / name).exists()])

    def timed(command: Sequence[str]) -> tuple[subprocess.CompletedProcess[str], float]:
        start = time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        return done, time.perf_counter() - start

    failures = []
    with ThreadPoolExecutor(len(commands)) as pool:
        for name, (done, took) in zip(commands, pool.map(timed, commands.values())):
            print(f"{name:<14} {'passed' if done.returncode == 0 else 'FAILED'}  {took:.1f} s", flush=True)
            if done.returncode != 0:
                failures.append(f"\n--- {name}\n{done.stdout.rstrip()}")
    print("\n".join(failures), end="\n" if failures else "")
    return 1 if failures else 0


def benchmark_names(folder: Path) -> list[str]:
    """Return the benchmarks; a leading underscore marks what they share."""
    return sorted(path.stem for path in folder.glob("*.py") if not path.name.startswith("_"))


def bench(names: Sequence[str], only_list: bool, own: Sequence[str] = ()) -> int:
    """Run the named benchmarks, or all; ``own`` are the arguments for them."""
    folder = ROOT / "benchmarks"
    known = benchmark_names(folder)
    if only_list:
        print("\n".join(known))
        return 0
    unknown = [name for name in names if name not in known]
    if unknown:
        raise DevError(
            f"No benchmark is called {', '.join(unknown)}; there are: {', '.join(known) or 'none'}."
        )
    ensure_window_libraries({"QT_QPA_PLATFORM": "offscreen"})
    if sys.platform.startswith("linux"):
        ensure_system(STORY_PROGRAMS, "To measure real sound, benchmarks need", has_program, required=False)
    python = str(ensure_environment("dev"))
    failed = []
    for name in names or known:
        print(f"--- {name}", flush=True)
        with private_home() as environ:
            if subprocess.call([python, str(folder / f"{name}.py"), *own], cwd=ROOT, env=environ) != 0:
                failed.append(name)
    if failed:
        raise DevError(f"Failed: {', '.join(failed)}.")
    return 0


def shots(arguments: Sequence[str]) -> int:
    """Draw pictures of the window; the arguments are the tool's own."""
    ensure_window_libraries({"QT_QPA_PLATFORM": "offscreen"})
    python = str(ensure_environment("dev"))
    with private_home() as environ:
        environ["PYTHONPATH"] = str(ROOT)  # not by going there: DIR is meant from where the person stands
        return subprocess.call([python, "-m", "tools.shots", *arguments], env=environ)


def package() -> int:
    """Build the sdist, and out of it the wheel: a file missing from the sdist shows at once."""
    python = str(ensure_environment("dev"))
    return subprocess.call([python, "-m", "build", "--no-isolation", "--outdir", "dist"], cwd=ROOT)


# ----------------------------------------------------------------------------------------------------
# Lock files

LOCK_TOOL = "locks/lock-tool.txt"
LOCK_HEAD = "# Written by `python3 dev.py lock`; edit pyproject.toml instead.\n"


def lock_plans() -> list[tuple[str, list[str]]]:
    """Return each lock file with its arguments, in an order in which each may rest on the ones before."""
    plans = [(LOCK_TOOL, ["--group", "lock", "--python-version", "3.11"])]
    for version in ((3, 11), (3, 12)):
        python = ["--python-version", f"{version[0]}.{version[1]}"]
        needed, tools = lock_file("run", version), lock_file("dev", version)
        plans.append((needed, ["pyproject.toml", "--group", "build", *python]))
        # The same versions of what the program needs, whether the tools are there or not.
        plans.append((tools, ["pyproject.toml", "--group", "dev", "--constraint", needed, *python]))
    return plans


def only_line(lock: str) -> str:
    """Return what limits a resolution to the systems the program is for, and to Python 3.11 if need be.

    Without it there would have to be wheels for systems that nobody asked for, and newer pins in that file.
    """
    python = "python_version < '3.12' and " if "py311" in lock else ""
    systems = ", ".join(f"\"{python}sys_platform == '{name}'\"" for name in ("linux", "darwin", "win32"))
    return f"\n[tool.uv]\nenvironments = [{systems}]\n"


def lock(upgrade: bool) -> int:
    """Resolve anew for all platforms; pins that still fit stay, unless an upgrade is wanted."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="ms-lock-") as name:
        folder = Path(name)
        make_venv(folder / "venv", sys.version_info[:2])
        python = str(venv_python(folder / "venv"))
        install = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        say(f"Installing what {LOCK_TOOL} pins ...")
        run_pip(
            [*install, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / LOCK_TOOL)],
            "That failed",
        )
        (folder / "locks").mkdir()
        for target, arguments in lock_plans():
            # A copy, so that a failure half-way leaves the pins of the checkout as they were.
            if (ROOT / target).exists():
                shutil.copy(ROOT / target, folder / target)
            project = (ROOT / "pyproject.toml").read_text(encoding="utf-8") + only_line(target)
            (folder / "pyproject.toml").write_text(project, encoding="utf-8")
            resolve(python, folder, target, [*arguments, *(["--upgrade"] if upgrade else [])])
        for target, _ in lock_plans():
            text = (folder / target).read_text(encoding="utf-8")
            if "://" in text:
                raise DevError(f"{target} would carry an address; nothing was written.")
        for target, _ in lock_plans():
            text = (folder / target).read_text(encoding="utf-8")
            (ROOT / target).write_bytes((LOCK_HEAD + text).encode())
            say(f"{target}: {sum('==' in line.split(';')[0] for line in text.splitlines())} pins")
    return 0


def resolve(python: str, folder: Path, target: str, arguments: Sequence[str]) -> None:
    """Let uv write one lock file in `folder`; raise DevError if it finds no solution."""
    form = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    done = subprocess.run(
        [
            python,
            "-m",
            "uv",
            "pip",
            "compile",
            *arguments,
            *form,
            "--only-binary",
            ":all:",
            "-q",
            "-o",
            target,
        ],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        raise DevError(f"No pins for {target}; uv's last words:\n{last_lines(done.stdout.splitlines())}")


# ----------------------------------------------------------------------------------------------------


def build_parser() -> argparse.ArgumentParser:
    """Return the command line; `run`, `test` and `shots` are for the help, their arguments are not ours."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser("run", help="start the program")
    commands.add_parser("test", help="run the tests")
    commands.add_parser("check", help="style, formatting, types and the dependency rule")
    benchmarks = commands.add_parser("bench", help="run benchmarks")
    benchmarks.add_argument("--list", action="store_true", help="only tell their names")
    benchmarks.add_argument("names", nargs="*", metavar="NAME", help="which ones; without a name all")
    commands.add_parser("shots", help="draw every page and state of the window")
    commands.add_parser("package", help="build the sdist and the wheel into dist/")
    locks = commands.add_parser("lock", help="write locks/ anew from pyproject.toml")
    locks.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    return parser


def split_own(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return our arguments, and those behind ``--``."""
    place = arguments.index("--") if "--" in arguments else len(arguments)
    return list(arguments[:place]), list(arguments[place + 1 :])


def perform(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    if arguments[:1] == ["run"]:
        return run(arguments[1:])
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    if arguments[:1] == ["shots"]:
        return shots(program_arguments(arguments[1:]))
    ours, own = split_own(arguments)
    given = build_parser().parse_args(ours)
    if own and given.command != "bench":
        raise DevError(f"{given.command} takes nothing after --.")
    if given.command == "check":
        return check()
    if given.command == "bench":
        return bench(given.names, given.list, own)
    if given.command == "package":
        return package()
    return lock(given.upgrade)


def main() -> int:
    """Run the command; tell in a sentence what stood in the way."""
    try:
        return perform(sys.argv[1:])
    except DevError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next start takes it up again.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
