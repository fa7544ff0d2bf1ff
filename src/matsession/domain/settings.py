"""Every setting and its default, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from matsession.domain.favourites import FAVOURITES
from matsession.domain.guidance import ChimeName
from matsession.domain.preset import LONGEST_S, Preset
from matsession.domain.preset_settings import AS_IN_SETTINGS, SESSION_RANGES, Brightness, VoiceWish
from matsession.domain.week import DAY_TURN_MIN, LATEST_DAY_TURN_MIN, Weekday


class ThemeChoice(StrEnum):
    """What the window looks like."""

    SYSTEM = "system"
    """As the desktop wishes, now and whenever it changes."""
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class CloseWish(StrEnum):
    """What closing the window does where no icon in the tray could bring it back."""

    ASK = "ask"
    """Ask, if there are reminders that would end with it."""
    MINIMISE = "minimise"
    QUIT = "quit"


LENGTH_UNITS: Final = ("in", "cm")
"""As ``mat.LengthUnit``, which most starts of the program do not need."""

TEXT_PERCENT_MIN: Final = 100
TEXT_PERCENT_MAX: Final = 200
"""The pages are drawn and tested for up to twice the system's text."""


_RANGES: Final = (
    *SESSION_RANGES,
    ("day_turn_min", 0, LATEST_DAY_TURN_MIN),
    ("doze_ceiling", 0, 1),
    ("text_percent", TEXT_PERCENT_MIN, TEXT_PERCENT_MAX),
)


class SettingError(ValueError):
    """A value a setting cannot have: which setting, and what is allowed."""

    def __init__(self, field: str, rule: str) -> None:
        """Name the setting and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The person's choices. Raises SettingError for a value that is not allowed."""

    volume: float = 0.8
    """Master volume as heard, 0 (silent) to 1."""
    preparation_s: int = 30
    """Time to settle in before a session."""
    last_preset: str = "first_session"
    """Shown first at the next start."""
    lengths_s: Mapping[str, int] = field(default_factory=dict)
    """The length in seconds last chosen for each preset, by its id; cannot be changed from outside."""
    open_ends: Mapping[str, bool] = field(default_factory=dict)
    """Whether the person says when it ends, as last chosen for each preset, by its id."""
    favourites: Mapping[str, int] = field(default_factory=dict)
    """The presets offered first, each by its id with its place, from 1."""
    programme_shown: bool = True
    """The first two weeks are offered on the session page."""
    hidden_presets: Mapping[str, bool] = field(default_factory=dict)
    """The built-in presets that are not offered, by id; what names them still works."""
    true_for_me: Mapping[str, bool] = field(default_factory=dict)
    """Which cautions the person said are true for them, by id; those not named are not."""
    length_unit: str = ""
    """In what the size of a mat is told, as ``mat.LengthUnit``; empty: as the system does."""
    show_recent: bool = False
    """The body map tells where the mat was in the last days."""
    output: str = ""
    """Id of the sound output; empty: whichever the system prefers."""
    last_output: str = ""
    """Name of the output that played last, so that another one can be told before the person lies down."""
    volume_by_output: Mapping[str, float] = field(default_factory=dict)
    """Master volume as heard, 0 to 1, by the name of the output it was set for."""
    levels: Mapping[str, float] = field(default_factory=dict)
    """Level of each sound beside the others, 0 to 1, by the name of the chime; 1 where none is given."""
    own_sounds: Mapping[str, str] = field(default_factory=dict)
    """The person's own sound file for a chime, by the name of the chime."""
    background: str = ""
    """What plays all through: the name of a built-in loop, the path of an own file, or nothing."""
    background_level: float = 0.3
    """Level of the background beside the chimes, 0 to 1."""
    voice: str = VoiceWish.AS_FITS.value
    """Whether lines are spoken."""
    voice_id: str = ""
    """The voice chosen; empty: the best there is."""
    voice_speed: float = 1.0
    """Pace of the voice; 1 is its usual one, 0.5 to 2."""
    interval_min: int = 0
    """A chime every so many minutes between the steps' own; 0: none."""
    warning_s: int = 0
    """A chime so many seconds before the end; 0: none."""
    day_turn_min: int = DAY_TURN_MIN
    """When the day turns in the history, in minutes after midnight, 0 to 720."""
    show_streak: bool = True
    """Whether days in a row are counted for the person to see."""
    rest_weekdays: Mapping[str, bool] = field(default_factory=dict)
    """Which days of the week are days off, by their English names; those not named are none."""
    hearing_check: bool = True
    """The end chime plays once while the person settles in, as loud as it will be."""
    doze_guard: bool = True
    """The wake chime returns when nobody has touched anything after the end."""
    doze_ceiling: float = 1.0
    """The loudest that the returning chime may become, 0 to 1 as heard."""
    one_button: bool = False
    """Any key or click anywhere: one press tells the time left, two pause, a hold ends."""
    theme: str = ThemeChoice.SYSTEM.value
    """What the window looks like."""
    text_percent: int = 100
    """Size of the text, in hundredths of the system's, 100 to 200."""
    reduce_motion: bool = False
    """Nothing moves that can be told in words."""
    mat_at_start: bool = False
    """The mat view opens by itself when a session is started."""
    mat_screen: str = ""
    """Name of the screen for the mat view; empty, or one that is not there: the one the window is on."""
    mat_turns: int = 0
    """By how many quarter turns to the right the mat view is turned."""
    mat_brightness: str = Brightness.MEDIUM.value
    """How bright the digits of the mat view are."""
    dawn: bool = False
    """The mat view brightens slowly in the last minute."""
    welcome_due: bool = False
    """The notes before the first session have not been read; so it is where nothing was ever kept."""
    keep_screen_on: bool = False
    """The screen does not go dark while a session runs. The computer stays awake in any case."""
    tray: bool = True
    """An icon in the tray, where there is one; closing the window hides it there."""
    tray_told: bool = False
    """That closing the window hides it has been said."""
    close_without_tray: str = CloseWish.ASK.value
    """What closing the window does where there is no icon in the tray, as ``CloseWish``."""
    pause_players: bool = False
    """Other programs that play are paused at Start and go on after the end."""
    mini_on_top: bool = False
    """The mini window stays above all others."""
    mini_width: int = 420
    mini_height: int = 640
    report_name: str = ""
    """Who the person says they are, on the report."""
    history_sort: str = "started"
    """What the list of sessions is sorted by, as ``session_query.SortBy``; an unknown one is ``started``."""
    history_descending: bool = True
    """The list begins with the latest, or the most."""
    history_columns: Mapping[str, float] = field(default_factory=dict)
    """Width of the columns of that list, in ems of the font, by their names."""
    window_width: int = 1100
    window_height: int = 760

    def __post_init__(self) -> None:
        """Refuse what no setting may be."""
        if not 0 <= self.volume <= 1:
            raise SettingError("volume", f"{self.volume:g} is not from 0 to 1")
        for name, lowest, highest in _RANGES:
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise SettingError(name, f"{value:g} is not from {lowest:g} to {highest:g}")
        if self.voice not in list(VoiceWish):
            raise SettingError("voice", f"{self.voice!r} is not one of {', '.join(VoiceWish)}")
        if self.theme not in list(ThemeChoice):
            raise SettingError("theme", f"{self.theme!r} is not one of {', '.join(ThemeChoice)}")
        if self.close_without_tray not in list(CloseWish):
            rule = f"{self.close_without_tray!r} is not one of {', '.join(CloseWish)}"
            raise SettingError("close_without_tray", rule)
        if self.mat_brightness not in list(Brightness):
            rule = f"{self.mat_brightness!r} is not one of {', '.join(Brightness)}"
            raise SettingError("mat_brightness", rule)
        if self.length_unit and self.length_unit not in LENGTH_UNITS:
            rule = f"{self.length_unit!r} is not one of {', '.join(LENGTH_UNITS)}, or empty"
            raise SettingError("length_unit", rule)
        for name in ("volume_by_output", "levels"):
            for key, level in getattr(self, name).items():
                if not 0 <= level <= 1:
                    raise SettingError(f"{name}, {key}", f"{level:g} is not from 0 to 1")
        for name in ("levels", "own_sounds"):
            for key in getattr(self, name):
                if key not in list(ChimeName):
                    raise SettingError(f"{name}, {key}", f"no chime has this name: {', '.join(ChimeName)}")
        for name in self.rest_weekdays:
            if name not in list(Weekday):
                raise SettingError(f"rest_weekdays, {name}", f"no day has this name: {', '.join(Weekday)}")
        if len(self.rest_weekday_numbers) == len(Weekday):
            raise SettingError("rest_weekdays", "one day of the week has to be left")
        for preset_id, length_s in self.lengths_s.items():
            if not 1 <= length_s <= LONGEST_S:
                raise SettingError(f"lengths_s, {preset_id}", f"{length_s} is not from 1 to {LONGEST_S}")
        for preset_id, place in self.favourites.items():
            if not 1 <= place <= FAVOURITES:
                raise SettingError(f"favourites, {preset_id}", f"{place} is not from 1 to {FAVOURITES}")
        for name in TABLE_VALUES:
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        for name, width in self.history_columns.items():
            if not 1 <= width <= 200:
                raise SettingError(f"history_columns, {name}", f"{width:g} is not from 1 to 200")
        for name in ("window_width", "window_height", "mini_width", "mini_height"):
            if not 200 <= getattr(self, name) <= 20_000:
                raise SettingError(name, f"{getattr(self, name)} is not from 200 to 20000")

    @property
    def rest_weekday_numbers(self) -> frozenset[int]:
        """The days off of every week, 0 for Monday."""
        return frozenset(Weekday(name).number for name, rest in self.rest_weekdays.items() if rest)

    @property
    def answers(self) -> frozenset[str]:
        """Ids of the cautions that the person said are true for them."""
        return frozenset(each for each, true in self.true_for_me.items() if true)

    def length_s(self, preset_id: str, otherwise: int) -> int:
        """The length last chosen for this preset, or ``otherwise``."""
        return self.lengths_s.get(preset_id, otherwise)

    def open_end(self, preset_id: str) -> bool:
        """Whether the person says when a session of this preset ends, as last chosen."""
        return self.open_ends.get(preset_id, False)

    def volume_for(self, output_name: str) -> float:
        """The master volume for this output: the one set for it, or the general one."""
        return self.volume_by_output.get(output_name, self.volume)

    def heard_level(self, output_name: str, chime: ChimeName) -> float:
        """How loud this chime is on this output, as heard, 0 to 1."""
        return self.volume_for(output_name) * self.levels.get(chime, 1.0)

    def hides(self, preset_id: str) -> bool:
        """Whether this preset is not offered."""
        return self.hidden_presets.get(preset_id, False)

    def for_preset(self, preset: Preset | None) -> Self:
        """These settings as they hold in a session of ``preset``; None: as they are."""
        brought = preset.session if preset is not None else None
        if brought is None or brought == AS_IN_SETTINGS:
            return self
        values = brought._asdict()
        del values["pacer"]  # the plan knows about it
        levels, sounds = dict(values.pop("levels")), dict(values.pop("own_sounds"))
        files = {**self.own_sounds, **sounds}
        return replace(
            self,
            levels={**self.levels, **levels},
            own_sounds={chime: file for chime, file in files.items() if file},
            **{name: value for name, value in values.items() if value is not None},
        )

    def with_length(self, preset_id: str, length_s: int) -> Self:
        """These settings with another length for this preset. Raises SettingError outside 1 to LONGEST_S."""
        return replace(self, lengths_s={**self.lengths_s, preset_id: length_s})


TABLE_VALUES: Final[Mapping[str, type]] = {
    "lengths_s": int,
    "open_ends": bool,
    "favourites": int,
    "hidden_presets": bool,
    "true_for_me": bool,
    "volume_by_output": float,
    "levels": float,
    "own_sounds": str,
    "rest_weekdays": bool,
    "history_columns": float,
}
"""What the settings that are tables hold."""

SETTING_NAMES: Final = tuple(setting.name for setting in fields(Settings))

AT_FIRST: Final = Settings(welcome_due=True)
"""The settings of somebody who has never used the program."""
