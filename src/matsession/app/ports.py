"""What the app layer asks of the outside world. The desktop layer implements these; tests fake them."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from matsession.domain.days import Span
from matsession.domain.guidance import ChimeName
from matsession.domain.moment import Moment
from matsession.domain.proof import CueReport
from matsession.domain.record import SessionRecord
from matsession.domain.session_query import SessionQuery
from matsession.domain.statistics import PeriodSums
from matsession.domain.streak import DayRun

if TYPE_CHECKING:
    from matsession.domain.errors import MatSessionError
    from matsession.storage.backups import BackupKind
    from matsession.storage.exchange.export import ExportWish
    from matsession.storage.exchange.other_programs import ImportWish
    from matsession.storage.exchange.report import ImportReport


class Clock(Protocol):
    """Reads the computer's clocks."""

    def now(self) -> Moment:
        """One reading of all of them."""
        ...


class SoundProblem(StrEnum):
    """Why nothing can be heard."""

    NO_OUTPUT = "no_output"
    """The computer has no sound output."""
    PLAYER_FAILED = "player_failed"
    """There is an output, and no player could use it."""
    MUTED = "muted"
    """Our own volume is 0."""
    NO_PLAYER = "no_player"
    """No sound player is installed."""


@dataclass(frozen=True, slots=True)
class SoundOutput:
    """Where sound can go: loudspeakers, a screen, a headset."""

    id: str
    name: str
    """What the system calls it; shown to people."""


class ChimePlayer(Protocol):
    """Plays chimes, lines and a background; never raises, and never blocks longer than a frame.

    Moments (``due_s``) are those of ``Moment.awake_s``.
    """

    def prepare(self) -> None:
        """Get ready and stay so until ``release``. Call it at Start: a chime before that is late by 0.4 s."""
        ...

    def release(self) -> None:
        """Let go once it is known how sound fares and what was asked for has rung out.

        Right after ``prepare`` it only looks. What is played afterwards gets ready for as long as it takes.
        """
        ...

    def keep_ready(self, *, ready: bool) -> None:
        """Whether ``release`` leaves sound ready, where there is any: for who starts without settling in."""
        ...

    def schedule(self, chime: ChimeName, at_s: float | None, due_s: float) -> None:
        """Wake the output, and sound the cue planned for session time ``at_s`` at the moment ``due_s``.

        Without ``at_s`` it is no cue of the session.
        """
        ...

    def play(
        self,
        chime: ChimeName,
        at_s: float | None = None,
        late_s: float = 0.0,
        *,
        level: float | None = None,
    ) -> bool:
        """Sound it now; False when nothing could take it.

        With ``at_s`` it is the cue of that session time, ``late_s`` after its moment: one that was scheduled
        for now sounds by itself, and is not played again; one that was scheduled for later is called off.
        With ``level`` it is as loud as that, as heard, 0.0 to 1.0, whatever the master volume and its own
        level.
        """
        ...

    def cancel(self) -> None:
        """Call off what is scheduled and has not been ``play``-ed: the session stands still or changes."""
        ...

    def hush(self) -> None:
        """Let fade out, or call off, what is no cue of the session: the rest of ``play`` and ``preview``."""
        ...

    def say(self, path: Path, after: ChimeName | None = None) -> None:
        """Sound a WAV file of speech; after this chime, where it was asked for last and may still ring."""
        ...

    def preview(self, sound: ChimeName | Path, level: float) -> None:
        """Sound it now at this level below the master volume, and ``hush`` what came before it."""
        ...

    def set_background(self, path: Path | None, level: float = 1.0, fade_s: float = 3.0) -> None:
        """Let a WAV loop fade in behind everything, or the present one fade out."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the master volume as heard, 0.0 to 1.0."""
        ...

    def set_levels(self, levels: Mapping[ChimeName, float]) -> None:
        """Set how loud each chime is below the master volume, as heard; those not named are at 1.0."""
        ...

    def set_sounds(self, files: Mapping[ChimeName, Path]) -> None:
        """Use own files (WAV, FLAC, OGG, MP3) for these chimes, the built-in sounds for all others."""
        ...

    def set_output(self, output_id: str | None) -> None:
        """Use this output whenever it is there; None: the default one."""
        ...

    def outputs(self) -> Sequence[SoundOutput]:
        """The outputs there were when last looked; empty before ``prepare``."""
        ...

    def output_name(self) -> str:
        """The output in use, or used last; empty where that is not known."""
        ...

    def problem(self) -> SoundProblem | None:
        """Why nothing can be heard, or None."""
        ...

    def on_problem_changed(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever ``problem()`` changes. A bound method is held weakly by Qt."""
        ...

    def on_outputs_changed(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever ``outputs()`` or ``output_name()`` may have changed."""
        ...

    def on_sounded(self, listener: Callable[[CueReport], None]) -> None:
        """Call ``listener`` with the report of each cue, some 0.1 s after it began, or when it is lost."""
        ...

    def on_unreadable(self, listener: Callable[[str, str], None]) -> None:
        """Call ``listener`` with a chime or path, and why its file cannot be played."""
        ...

    def close(self) -> None:
        """Let go at once; what has begun rings out by itself, even when the program ends."""
        ...


class SumStore(Protocol):
    """What the sessions of a store add up to; kept up to date by the store itself. Raises StorageError.

    Reading raises it (SUMS_UNFINISHED) while ``follow_day_turn`` has something left to do.
    """

    def follow_day_turn(self, turn_min: int) -> Generator[float, None, None]:
        """Add up all sessions by days that turn at ``turn_min``: a piece for each iteration.

        Tells which part is done, 0 to 1; iterates not once where nothing is to be done. Who stops half-way
        goes on from there the next time.
        """
        ...

    def rebuild(self) -> Generator[float, None, None]:
        """Forget the sums and build them anew in the same manner."""
        ...

    def check(self) -> int:
        """How many sums are wrong; takes as long as building them."""
        ...

    def read(self, span: Span, from_day: date | None = None) -> Sequence[PeriodSums]:
        """The sums of each span with sessions in it, oldest first, from the one of ``from_day`` on."""
        ...

    def runs(self) -> Sequence[DayRun]:
        """The runs of days with a session in them, oldest first."""
        ...


class FoundSessions(Protocol):
    """Sessions that were wanted, in the order that was wanted, as they were when they were looked for."""

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    def page(self, first: int, limit: int) -> Sequence[SessionRecord]:
        """Up to ``limit`` of them from position ``first`` on, which counts from 0."""
        ...


class HistoryStore(Protocol):
    """Where sessions are kept. Raises StorageError of ``matsession.storage.database``."""

    @property
    def sums(self) -> SumStore:
        """What the sessions add up to."""
        ...

    def save(self, record: SessionRecord) -> None:
        """Write the row with this id, new or changed."""
        ...

    def mark(self, record_id: str, done_s: float, on_mat_s: float, planned_s: float) -> None:
        """Note how far an open row has come."""
        ...

    def get(self, record_id: str) -> SessionRecord | None:
        """The row with this id, or None."""
        ...

    def records(
        self,
        *,
        from_day: date | None = None,
        to_day: date | None = None,
        area: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        turn_min: int = 0,
    ) -> Sequence[SessionRecord]:
        """Rows newest first, both days included; the day is the local one where the session was.

        It turns ``turn_min`` minutes after midnight, as in ``domain.days``.
        """
        ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def uses_by_area(self, *, from_day: date | None = None, to_day: date | None = None) -> Mapping[str, int]:
        """How many rows each area has, of those that have any; both days included, as in ``records``."""
        ...

    def presets_by_use(self) -> Sequence[str]:
        """Ids of the presets that have rows, the one with the most first; of equals the latest."""
        ...

    def save_cues(self, record_id: str, reports: Sequence[CueReport]) -> None:
        """Keep what became of the chimes of a row, in place of what was kept before."""
        ...

    def cues(self, record_id: str) -> Sequence[CueReport]:
        """What became of the chimes of a row; empty where nothing is known."""
        ...

    def delete(self, record_id: str) -> None:
        """Mark the row as deleted; it stays in the file until it is purged."""
        ...

    def find(self, query: SessionQuery) -> FoundSessions:
        """The rows that are wanted, to be read page by page; open ones too, deleted ones not."""
        ...

    def delete_all_of(self, record_ids: Sequence[str]) -> Sequence[str]:
        """Mark rows as deleted, all or none; the ids of those that were not deleted already."""
        ...

    def restore(self, record_ids: Sequence[str]) -> int:
        """Bring deleted rows back, all or none; how many there were."""
        ...

    def presets_used(self) -> Mapping[str, str]:
        """Every preset that has rows of sessions that are over, by id, with its latest name."""
        ...

    def export_steps(self, path: Path, wish: "ExportWish | None" = None) -> Generator[float, None, int]:
        """Write a CSV or JSON file, step by step; returns how many sessions."""
        ...

    def import_steps(
        self,
        path: Path,
        *,
        dry_run: bool = False,
        skip_refused: bool = False,
        wish: "ImportWish | None" = None,
        before: Callable[[], None] | None = None,
        wanted_elsewhere: Callable[[], bool] | None = None,
    ) -> "Generator[float, None, ImportReport]":
        """Bring a file in, step by step, all of it or nothing; ``before`` is called first.

        It ends with nothing changed as soon as ``wanted_elsewhere`` tells that another program has a session.
        """
        ...

    def back_up(self, kind: "BackupKind", now: datetime) -> Path | None:
        """Make a backup now; None for a store in memory. ``now`` is the clock on the wall."""
        ...

    def put_back(self, backup: Path, now: datetime) -> Path:
        """Let all be what it was in this backup; where the backup is of what it was until now."""
        ...

    def delete_everything(self) -> None:
        """Delete all for good."""
        ...

    def rated(self, rating_scale: str, limit: int) -> Sequence[SessionRecord]:
        """Rows of sessions on a mat that are over and have both ratings, newest first."""
        ...

    def rest_days(self) -> frozenset[date]:
        """The days off that were marked by hand."""
        ...

    def set_rest_day(self, day: date, rest: bool) -> None:
        """Mark a day as a day off, or take the mark away."""
        ...

    def left_open(self) -> Sequence[SessionRecord]:
        """Rows begun and never completed, oldest first."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class SessionLock(Protocol):
    """Lets one session run at a time, across all programs that share the same folders."""

    def acquire(self) -> bool:
        """Take it; False when another program has it."""
        ...

    def release(self) -> None:
        """Let it go."""
        ...


class SystemSignals(Protocol):
    """What the system asks of the whole program; told from the event loop, between ``open`` and ``close``."""

    def open(self) -> None:
        """Begin to listen, in place of what the system would do by itself."""
        ...

    def close(self) -> None:
        """All as it was before."""
        ...

    def stand_still(self) -> None:
        """Stop the program, as the shell wished; returns when the shell has woken it."""
        ...

    def on_end_wished(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` at Ctrl-C, a hang-up, a shutdown: there is a moment to save, and no more."""
        ...

    def on_stop_wished(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` at Ctrl-Z; whoever hears it calls ``stand_still``."""
        ...

    def on_continued(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when somebody wakes the program, in the foreground or the background."""
        ...

    def on_resized(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when the terminal has another size."""
        ...


class SleepWatch(Protocol):
    """Tells of the computer's sleep as it happens; where it stays silent, the clocks tell a little later."""

    def begin(self) -> None:
        """A session runs: the computer is to wait, a few seconds at most, until it has been saved."""
        ...

    def end(self) -> None:
        """The session is over."""
        ...

    def on_about_to_sleep(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` before each sleep. A bound method is held weakly by Qt."""
        ...

    def on_woke(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each sleep. A bound method is held weakly by Qt."""
        ...


class KeepAwake(Protocol):
    """Keeps the computer from going to sleep by itself; never raises, and silent where nobody can."""

    def keep(self, *, awake: bool, screen: bool) -> None:
        """From now on; ``screen``: it stays on as well. Both False lets go of all."""
        ...


class Autostart(Protocol):
    """Whether the system starts the program at login, in the background."""

    @property
    def possible(self) -> bool:
        """Whether we can change it."""
        ...

    def is_on(self) -> bool:
        """As the system has it now; the person may have changed it there."""
        ...

    def set_on(self, on: bool) -> None:
        """Change it, or ask for it. Raises MatSessionError where that fails."""
        ...

    def on_answered(self, listener: "Callable[[MatSessionError | None], None]") -> None:
        """Call ``listener`` where the answer comes later: with what is the matter, or None if all is well."""
        ...


class MediaKey(StrEnum):
    """What a headset, a keyboard or the desktop's player can press."""

    PLAY_PAUSE = "play_pause"
    PLAY = "play"
    PAUSE = "pause"
    STOP = "stop"
    NEXT = "next"
    RAISE = "raise"
    """The player's picture was clicked."""


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What the desktop's player shows."""

    title: str
    line: str
    """Below the title."""
    length_s: float | None
    """None where the end is open."""
    paused: bool


class MediaKeys(Protocol):
    """Gets presses of media keys while something is shown; never raises, silent where there are none."""

    def show(self, playing: NowPlaying | None) -> None:
        """Show this, and get the keys; with None they belong to others. The position may have jumped."""
        ...

    def on_pressed(self, listener: Callable[[MediaKey], None]) -> None:
        """Call ``listener`` with each key. A bound method is held weakly by Qt."""
        ...


class OtherPlayers(Protocol):
    """Programs of others that play music or films; never raises."""

    def pause(self) -> None:
        """Pause each that plays now, and remember it."""
        ...

    def play_again(self) -> None:
        """Let those play that were paused and have stayed so."""
        ...


@dataclass(frozen=True, slots=True)
class SpeechVoice:
    """A voice that can be chosen."""

    id: str
    """Engine and voice in one word, as settings keep it."""
    name: str
    """As the engine calls it."""
    language: str
    """A tag in small letters: "en-gb"."""
    natural: bool
    """Pleasant enough to speak without being asked to."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A text as one voice speaks it."""

    text: str
    voice_id: str
    speed: float = 1.0
    """1.0 is the voice's usual pace, 2.0 twice as fast; from SLOWEST to FASTEST."""


SLOWEST: Final = 0.5
FASTEST: Final = 2.0


class SpeechProblem(StrEnum):
    """Why nothing is spoken."""

    NO_ENGINE = "no_engine"
    """No program that can speak is installed, or none has a voice for the language."""
    GIVEN_UP = "given_up"
    """The voice's program failed so often in a row that it is left alone."""
    NO_ROOM = "no_room"
    """The spoken lines could not be written: a full disk, a folder that may not be used."""


class SpeechMaker(Protocol):
    """Turns lines into WAV files ahead of time, one by one; never raises, and never waits for one."""

    def look(self) -> None:
        """Begin to find out which voices there are; told by ``on_changed``."""
        ...

    def voices(self, language: str) -> Sequence[SpeechVoice] | None:
        """Voices for a language ("en"), the best engine's first; None until looked."""
        ...

    def problem(self, voice_id: str | None) -> SpeechProblem | None:
        """Why this voice, or with None any voice, does not speak."""
        ...

    def path_for(self, line: SpokenLine) -> Path | None:
        """The finished file, or None while there is none."""
        ...

    def order(self, lines: Sequence[SpokenLine]) -> None:
        """Make these in this order; what was ordered before and has not begun is dropped."""
        ...

    def hurry(self, line: SpokenLine) -> None:
        """Make this one before all others."""
        ...

    def forgive(self) -> None:
        """Try programs again that were given up."""
        ...

    def on_changed(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when voices or a problem changed. A bound method is held weakly by Qt."""
        ...

    def on_line(self, listener: Callable[[SpokenLine, Path | None], None]) -> None:
        """Call ``listener`` with each line that is finished, or with None where it could not be made."""
        ...

    def close(self) -> None:
        """End the child that works now."""
        ...


class Alarm(Protocol):
    """Rings at a time on the wall. Costs nothing while it waits."""

    def set(self, at: datetime | None) -> None:
        """Ring then (aware; at once where it has passed) instead of at any other time; None: not at all."""
        ...

    def on_rung(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` then, and too early whenever the clock was set. A bound method is held weakly."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class NoticeAnswer(StrEnum):
    """What a person can say to a notice."""

    START = "start"
    LATER = "later"
    NOT_TODAY = "not_today"
    LEAVE = "leave"
    """It is all right."""
    OPEN = "open"
    """The notice itself was clicked: show the program."""
    CLOSED = "closed"
    """It was put away without an answer."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a person who is elsewhere; its words are finished."""

    id: str
    """One that is shown again under the same id takes the place of the former."""
    title: str
    body: str
    buttons: tuple[tuple[NoticeAnswer, str], ...]
    """In this order, the most wanted first."""
    gentle: bool = False
    """It does not push: no sound, and it may vanish by itself."""
    quiet: bool = False
    """The person does not wish to be disturbed now: no sound, and nothing comes to the front."""


class NoticePlace(StrEnum):
    """Who shows a notice."""

    DESKTOP = "desktop"
    OWN_WINDOW = "own_window"
    NOWHERE = "nowhere"


class Notifier(Protocol):
    """Shows notices with buttons. Never raises, and never waits."""

    def show(self, notice: Notice) -> None:
        """Show it; told by ``on_shown``, or by ``on_refused`` where that cannot be."""
        ...

    def withdraw(self, notice_id: str) -> None:
        """It has become needless."""
        ...

    def on_shown(self, listener: Callable[[str, NoticePlace, bool], None]) -> None:
        """Call ``listener`` with each id, who shows it, and whether a sound may disturb the person."""
        ...

    def on_refused(self, listener: Callable[[str, bool], None]) -> None:
        """Call ``listener`` with the id of each notice that cannot be shown, or not with its buttons.

        And whether the person does not wish to be disturbed: who shows it instead keeps to that.
        """
        ...

    def on_answered(self, listener: Callable[[str, NoticeAnswer], None]) -> None:
        """Call ``listener`` with the id and the answer; the notice is gone by then."""
        ...

    def close(self) -> None:
        """Withdraw all, and let go."""
        ...
