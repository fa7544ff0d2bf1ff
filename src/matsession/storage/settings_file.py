"""settings.toml: the domain's Settings, in a file that a person may edit.

A bad value is repaired and told, never fatal. A file that cannot be read at all is kept aside under
another name, so that nothing a person wrote is lost.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from matsession.domain.guidance import CautionLevel, Guidance
from matsession.domain.settings import AT_FIRST, SETTING_NAMES, TABLE_VALUES, SettingError, Settings
from matsession.domain.suitability import asked
from matsession.storage.atomic_file import write_whole
from matsession.storage.broken_file import free_name, keep_copy
from matsession.storage.errors import shown
from matsession.storage.toml_text import FieldError, read_toml, sentence, unknown

_ANSWERS: Final = "true_for_me"


class SettingsFile:
    """Reads and saves the settings. Keys it does not know (of a later version, say) are kept as they are."""

    def __init__(self, path: Path) -> None:
        """Use this file, which need not exist yet."""
        self._path = path
        self._unknown: dict[str, Any] = {}
        self._answers_as_written: dict[str, Any] = {}
        """Answers about safety that are neither true nor false: they stay, and are told each time."""
        self._keep_a_copy = False

    def read(self, guidance: Guidance | None = None) -> tuple[Settings, tuple[str, ...]]:
        """The settings, and a sentence on everything that was repaired. Never raises, whatever the file.

        With ``guidance`` an answer about safety that it does not know is told as well.
        """
        return self._read(self._set_aside, guidance)

    def look(self, guidance: Guidance | None = None) -> tuple[Settings, tuple[str, ...]]:
        """As ``read``, for one who only looks: what is not TOML stays where it is."""
        return self._read(lambda: "The next start keeps it aside and uses the defaults", guidance)

    def _read(
        self, deal_with_broken: Callable[[], str], guidance: Guidance | None
    ) -> tuple[Settings, tuple[str, ...]]:
        self._unknown = {}
        self._answers_as_written = {}
        try:
            raw = read_toml(self._path)
        except FileNotFoundError:
            return AT_FIRST, ()
        except FieldError as error:
            return Settings(), (self._told(error.field, f"{error.rule}. {deal_with_broken()}"),)
        self._unknown = {key: value for key, value in raw.items() if key not in SETTING_NAMES}
        settings = Settings()
        problems: list[str] = []
        self._keep_a_copy = False
        for name in SETTING_NAMES:
            if name in raw:
                settings, repaired = _with(settings, name, raw[name])
                problems += [self._told(field, rule) for field, rule in repaired]
                stays = name == _ANSWERS and isinstance(raw[name], dict)
                self._keep_a_copy = self._keep_a_copy or (bool(repaired) and not stays)
        written = raw.get(_ANSWERS)
        if isinstance(written, dict):
            known = settings.true_for_me
            self._answers_as_written = {each: said for each, said in written.items() if each not in known}
        if guidance is not None:
            problems += self._unknown_answers(settings, guidance)
        return settings, tuple(problems)

    def save(self, settings: Settings) -> None:
        """Write all settings. Raises StorageError; the old file then stays as it was."""
        if self._keep_a_copy:
            # What was repaired is about to be overwritten, and may have been meant for something.
            keep_copy(self._path)
            self._keep_a_copy = False
        import tomli_w  # late: 3 ms, and nothing is written before the first picture

        values = {name: getattr(settings, name) for name in SETTING_NAMES}
        plain = {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
        for answered in settings.true_for_me:
            self._answers_as_written.pop(answered, None)
        answers = {**self._answers_as_written, **settings.true_for_me}
        try:
            text = tomli_w.dumps({**plain, _ANSWERS: answers, **self._unknown})
        except RecursionError:  # lists in lists, hundreds deep: nothing that a later version wrote
            text = tomli_w.dumps(plain)
        write_whole(self._path, text.encode("utf-8", "replace"))

    def _unknown_answers(self, settings: Settings, guidance: Guidance) -> list[str]:
        """A slip in an id would hide nothing, and nobody would know."""
        known = {each.id for each in guidance.cautions if each.level is not CautionLevel.GROUP}
        allowed = [each.id for each in asked(guidance)]
        told = []
        for each in sorted(settings.answers - known):
            rule = unknown(_ANSWERS, each, allowed, "a known answer").rule
            told.append(self._told(_ANSWERS, f"{rule}. No preset is hidden because of it"))
        return told

    def _set_aside(self) -> str:
        """Rename the file; a sentence on where it is now."""
        aside = free_name(self._path)
        try:
            self._path.rename(aside)
        except OSError:
            return "The defaults are used"
        return f"It is kept as {shown(Path(aside.name))}, and the defaults are used"

    def _told(self, field: str, rule: str) -> str:
        name = shown(Path(self._path.name))
        return f"{name}: {sentence(field, rule)}." if field else f"{name} {sentence('', rule)}."


def _with(settings: Settings, name: str, value: object) -> tuple[Settings, list[tuple[str, str]]]:
    """The settings with this value, or with as much of it as is allowed, and (field, rule) for the rest."""
    default = getattr(Settings(), name)
    if isinstance(default, Mapping):
        if not isinstance(value, dict):
            return settings, [(name, "must be a table; the default is used")]
        problems = []
        for key, one in value.items():
            field = f"{name}, {key}"
            fitting = _fitting(one, TABLE_VALUES[name])
            if fitting is None:
                problems.append((field, f"must be {_WANTED[TABLE_VALUES[name]]}; it is left out"))
                continue
            try:
                settings = _replaced(settings, name, {**getattr(settings, name), key: fitting})
            except SettingError as error:
                problems.append((field, f"{error.rule}; it is left out"))
        return settings, problems
    fitting = _fitting(value, type(default))
    if fitting is None:
        kind = _WANTED[type(default)]
        return settings, [(name, f"must be {kind}; the default, {default}, is used")]
    try:
        return _replaced(settings, name, fitting), []
    except SettingError as error:
        return settings, [(name, f"{error.rule}; the default, {default}, is used")]


_WANTED: Final[Mapping[type, str]] = {
    int: "a whole number",
    float: "a number",
    str: "a text in quotes",
    bool: "true or false",
}


def _fitting(value: object, kind: type) -> object | None:
    """The value as this kind of setting, or None where it is of another kind or beyond all reckoning."""
    if type(value) is int and abs(value) >= 2**53:
        return None
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind or (type(value) is float and not math.isfinite(value)):
        return None
    return value


def _replaced(settings: Settings, name: str, value: Any) -> Settings:
    """These settings with another value, whose type has been looked at. Raises SettingError."""
    return replace(settings, **{name: value})
