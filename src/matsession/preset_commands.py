"""``matsession presets`` and its actions, and presets as other commands name them. No window, no Qt."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from matsession import __version__
from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.domain.suitability import Suitability, Verdict, suitability
from matsession.terminal.command import AddAction, WrongUseError, complain, print_json

if TYPE_CHECKING:
    from matsession.app.preset_book import PresetBook
    from matsession.app.preset_library import LoadedPresets, PresetLibrary
    from matsession.domain.preset import Preset
    from matsession.storage.preset_store import PresetStore

PRESETS_EXAMPLES: Final = """\
Your own presets are small text files; 'matsession doctor' tells the folder, docs/presets.md the format.
A file with a mistake in it is named on standard error, with what is wrong; the others are listed. Those that
are hidden because of your answers about safety, or of your mat, are marked; 'start' needs --anyway for them.
An answer in settings.toml that is not understood is named too.

examples:
  matsession presets
  matsession presets --json
  matsession presets show lower_back
  matsession presets copy lower_back "Evenings"
  matsession presets import evenings.toml
"""

_IMPORT_EXAMPLES = """\
A preset whose id is taken comes in as a copy with another id; with --replace in the place of your own one
with this id, which is put into the folder presets/deleted. A file with a mistake in it is refused, with what
is wrong; nothing is changed then.

examples:
  matsession presets import evenings.toml
  matsession presets import evenings.toml --replace
"""

_EXPORT_EXAMPLES = """\
The file is a preset file as docs/presets.md tells. Paths of your own sound files are left out of it.

examples:
  matsession presets export evenings evenings.toml
"""

_REMOVE_EXAMPLES = """\
Only your own ones. The file is put into the folder presets/deleted; move it back to have it again.

examples:
  matsession presets remove evenings
"""

_COPY_EXAMPLES = """\
The copy is yours: a text file in the folder presets, which the window's page Presets can edit.

examples:
  matsession presets copy lower_back
  matsession presets copy lower_back "Evenings"
"""

_SHOW_EXAMPLES: Final = """\
Position, lengths, each step with its time at the suggested length, what it says, what speaks against it, the
honest note, what a seller says (marked as such), and the sources with their addresses.

examples:
  matsession presets show lower_back
  matsession presets show "Full back" --json
"""


def add_preset_actions(action: AddAction) -> None:
    """What ``matsession presets`` can do besides listing them."""
    show = action("show", "tell everything of one preset", _SHOW_EXAMPLES)
    show.add_argument("name", metavar="NAME", help="its id, such as lower_back, or its name")
    # Without a default of its own: else it would overwrite what stood before "show".
    show.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="as JSON, for other programs"
    )

    bring_in = action("import", "bring in the preset of a file", _IMPORT_EXAMPLES)
    bring_in.add_argument("file", metavar="FILE", type=Path, help="a preset file")
    bring_in.add_argument("--replace", action="store_true", help="put it in the place of your own one")
    export = action("export", "write a preset into a file for somebody else", _EXPORT_EXAMPLES)
    export.add_argument("name", metavar="NAME", help="its id or its name")
    export.add_argument("file", metavar="FILE", type=Path, help="where to write it")
    export.add_argument("--replace", action="store_true", help="even where there is such a file already")
    copy = action("copy", "make a preset of your own that is the same", _COPY_EXAMPLES)
    copy.add_argument("name", metavar="NAME", help="its id or its name")
    copy.add_argument("new_name", metavar="NEW_NAME", nargs="?", default="", help="what it is to be called")
    remove = action("remove", "put a preset of your own aside", _REMOVE_EXAMPLES)
    remove.add_argument("name", metavar="NAME", help="its id or its name")


def obey_presets(folders: Folders, options: argparse.Namespace) -> None:
    """Do what was asked, and print. Raises WrongUseError and MatSessionError."""
    match options.action:
        case "show":
            _show(folders, options.name, as_json=options.json)
        case "import":
            _import(folders, options.file, replacing=options.replace)
        case "export":
            _export(folders, options.name, options.file, replacing=options.replace)
        case "copy":
            _copy(folders, options.name, options.new_name)
        case "remove":
            _remove(folders, options.name)
        case _:
            _list(folders, as_json=options.json)


def _list(folders: Folders, *, as_json: bool) -> None:
    from matsession.terminal import tables

    found = preset_store(folders).read()
    judge = judge_for(folders)
    if as_json:
        print_json([tables.preset_values(preset, judge(preset)) for preset in found.presets])
    else:
        tables.print_presets(found.presets, judge, sys.stdout)
    complain_of_settings(folders)
    for problem in found.problems:
        complain(problem.sentence)


def _show(folders: Folders, name: str, *, as_json: bool) -> None:
    from matsession.storage.evidence_file import read_evidence
    from matsession.terminal.preset_sheet import sheet_values, tell_preset
    from matsession.terminal.prose import prose_for

    library = _library(folders)
    preset = _named(library, name, "matsession presets show")
    evidence = read_evidence(folders.evidence_file)
    found = judge_for(folders)(preset)
    complain_of_settings(folders)
    if as_json:
        print_json(sheet_values(preset, library.guidance, evidence, found))
        return
    prose = prose_for(sys.stdout)
    tell_preset(preset, library.guidance, evidence, found, prose)
    print(prose.text(), end="")


def _import(folders: Folders, file: Path, *, replacing: bool) -> None:
    book = _book(folders)
    arrival = book.look_into(file)
    if replacing and arrival.taken and not arrival.own:
        told = f"{arrival.preset.id!r} is a built-in preset; no file takes its place. Leave out --replace."
        raise WrongUseError(told, "matsession presets import")
    preset, replaced = book.take_in(arrival, replacing=replacing)
    print(f"Imported: {preset.name} ({preset.id}).")
    if replaced is not None:
        print(f"Yours from before lies in {replaced.now}.")
        print(f"Move it to {replaced.was} to have it again in place of the new one.")
    if arrival.lacks_check:
        from matsession.app import preset_edit_words

        print(preset_edit_words.no_check())
    if arrival.taken and not (replacing and arrival.own):
        print(f"{arrival.preset.id!r} was taken, so it is a copy with an id of its own.")


def _export(folders: Folders, name: str, file: Path, *, replacing: bool) -> None:
    book = _book(folders)
    preset = _named(book.library, name, "matsession presets export")
    book.export(preset, file, replace_it=replacing)
    print(f"Written: {preset.name} ({file}).")
    if book.leaves_files_behind(preset):
        print("Your own sound files are not part of it.")


def _copy(folders: Folders, name: str, new_name: str) -> None:
    from matsession.domain.preset import PresetError

    book = _book(folders)
    preset = _named(book.library, name, "matsession presets copy")
    try:
        copy = book.copy(preset, new_name)
    except PresetError as error:
        raise WrongUseError(f"The {error.field} {error.rule}.", "matsession presets copy") from error
    saved = book.save(copy, None)
    print(f"Copied: {copy.name} ({copy.id}), in {saved.path}.")


def _remove(folders: Folders, name: str) -> None:
    book = _book(folders)
    preset = _named(book.library, name, "matsession presets remove")
    deleted = book.delete(preset.id)
    if deleted is None:
        told = f"{preset.name} came with the program and stays; the page Presets can hide it."
        raise WrongUseError(told, "matsession presets remove")
    print(f"Removed: {preset.name}. It lies in {deleted.now}.")


# -- presets by name, for other commands ---------------------------------------------------------------


def preset_store(folders: Folders) -> "PresetStore":
    """The presets; what a start of the program kept is used, and nothing is kept by a mere look."""
    from matsession.storage.preset_store import PresetStore

    return PresetStore(
        folders.guidance_file,
        folders.built_in_presets,
        folders.own_presets,
        folders.preset_cache,
        __version__,
    )


def wanted_preset(folders: Folders, preset_id: str | None, command: str) -> "Preset":
    """The preset that was named, or else the last one; asked before anything is made or opened."""
    return _found(_library(folders), _last_preset(folders) if preset_id is None else preset_id, command)


def check_suitable(folders: Folders, preset: "Preset", *, anyway: bool) -> None:
    """Refuse a hidden preset, and tell what is to be asked first. Raises MatSessionError."""
    found = judge_for(folders)(preset)
    if found.verdict is Verdict.ALLOWED:
        return
    from matsession.app import suitability_words

    if found.hidden and not anyway:
        error = suitability_words.refused(preset, found)
        raise MatSessionError(error.title, error.advice.replace("start it anyway", "start it with --anyway"))
    if found.ask:
        complain(suitability_words.ask_first(found))


def judge_for(folders: Folders) -> "Callable[[Preset], Suitability]":
    """What tells whether a preset suits the person and the mat in use; a mere look at their files."""
    from matsession.storage.own_mats import OwnMatsFile
    from matsession.storage.settings_file import SettingsFile

    guidance = preset_store(folders).guidance
    answers = SettingsFile(folders.settings_file).look()[0].answers
    rigid_mat = OwnMatsFile(folders.mats_file).read().rigid
    return lambda preset: suitability(preset, guidance, answers, rigid_mat=rigid_mat)


def complain_of_settings(folders: Folders) -> None:
    """Tell what in the settings could not be used: among it may be an answer about safety."""
    from matsession.storage.settings_file import SettingsFile

    for problem in SettingsFile(folders.settings_file).look(preset_store(folders).guidance)[1]:
        complain(problem)


def check_length(preset: "Preset", length_s: int, command: str) -> None:
    """Refuse a length that the preset does not allow."""
    if not preset.allows(length_s):
        from matsession.app import texts
        from matsession.domain.plan import LengthError

        raise WrongUseError(texts.length_refused(LengthError(preset, length_s)), command)


def _library(folders: Folders) -> "PresetLibrary":
    from matsession.app.preset_library import LoadedPresets, PresetLibrary

    store = preset_store(folders)

    def load() -> "LoadedPresets":
        found = store.read()
        return LoadedPresets(found.presets, tuple(problem.sentence for problem in found.problems))

    return PresetLibrary(load, store.guidance)


def _book(folders: Folders) -> "PresetBook":
    """What changes own presets; a program that runs notices it by itself."""
    from matsession.app.preferences import Preferences
    from matsession.app.preset_book import PresetBook
    from matsession.storage.settings_file import SettingsFile

    settings_file = SettingsFile(folders.settings_file)
    settings, problems = settings_file.look()
    preferences = Preferences(settings, settings_file.save, problems)
    return PresetBook(_library(folders), preferences, folders.own_presets)


def _named(library: "PresetLibrary", name: str, command: str) -> "Preset":
    """The preset with this id, or with this name as it is read on the screen."""
    named = [each.id for each in library.presets if each.name.casefold() == name.strip().casefold()]
    known = library.find(name) is not None
    return _found(library, named[0] if named and not known else name, command)


def _found(library: "PresetLibrary", preset_id: str, command: str) -> "Preset":
    from matsession.app.preset_library import UnknownPresetError

    try:
        return library.get(preset_id)
    except UnknownPresetError as error:
        # The file that should have held it may be the one that cannot be read.
        for problem in library.problems:
            complain(problem)
        raise WrongUseError(str(error), command) from error


def _last_preset(folders: Folders) -> str:
    """The preset started last; a mere look, because the program itself repairs and tells what is wrong."""
    from matsession.domain.settings import Settings
    from matsession.storage.toml_text import FieldError, read_toml

    try:
        preset_id = read_toml(folders.settings_file).get("last_preset")
    except (FileNotFoundError, FieldError):
        preset_id = None
    return preset_id if isinstance(preset_id, str) else Settings().last_preset
