"""``matsession mats``: the person's mats from the command line. A running program notices the change."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any, Final, TextIO

from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.domain.mat import (
    MM_PER_INCH,
    NO_MAT,
    CatalogueMat,
    LengthUnit,
    Mat,
    MatError,
    free_id,
    in_unit,
)
from matsession.storage.own_mats import MATS_MAX, MatsRead, OwnMatsFile
from matsession.terminal.command import AddAction, complain, print_json, typed
from matsession.terminal.notation import NotationError, shortened

EXAMPLES: Final = """\
The mat in use is kept with each session. What you do not say is not known. Your mat's leaflet comes first.
--like fills in what sources tell of a mat that is sold; 'mats --catalogue' lists those.

examples:
  matsession mats
  matsession mats add "Green mat" --size 76x43cm --points 8820 --soft --pillow
  matsession mats add "My Himalaya" --like himalaya
  matsession mats use "Green mat"
  matsession mats remove "Green mat"
"""

SIZE_RULE: Final = "two sides and a unit, such as 30x17in or 76x43cm"
_SIZE: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?[x×*] ?([0-9]+(?:[.,][0-9]+)?) ?(in|cm|mm)")
_ORIGINS: Final = {
    "source_text": "From the source text",
    "review": "From a review",
    "press": "From the press",
    "vendor": "From the vendor",
}
_MM: Final = {"in": MM_PER_INCH, "cm": 10.0, "mm": 1.0}


def add_options(mats: argparse.ArgumentParser, action: AddAction) -> None:
    """What can be said after ``matsession mats``; ``action`` makes the parser of one."""
    mats.add_argument("--catalogue", action="store_true", help="the mats that are sold, as sources tell")
    add = action("add", "add a mat")
    add.add_argument("name", metavar="NAME", help="what you call it")
    add.add_argument("--like", metavar="ID", help="fill in from the catalogue")
    add.add_argument("--maker", default="", help="who made it")
    add.add_argument("--size", type=typed(read_size), help=SIZE_RULE)
    add.add_argument("--points", type=int, help="how many there are")
    hard = add.add_mutually_exclusive_group()
    hard.add_argument("--soft", dest="rigid", action="store_false", default=None, help="of cloth")
    hard.add_argument("--rigid", dest="rigid", action="store_true", default=None, help="a hard plate")
    pillow = add.add_mutually_exclusive_group()
    pillow.add_argument("--pillow", dest="pillow", action="store_true", default=None, help="with a pillow")
    pillow.add_argument("--no-pillow", dest="pillow", action="store_false", default=None, help="without one")
    add.add_argument("--photo", metavar="FILE", type=Path, help="a picture; a small copy is kept")
    use = action("use", "let this mat be the one in use")
    use.add_argument("name", metavar="NAME", help="its name or id; 'none' for none")
    remove = action("remove", "remove a mat; sessions keep its name")
    remove.add_argument("name", metavar="NAME", help="its name or id")


def read_size(text: str) -> tuple[float, float]:
    """The longer and the shorter side in millimetres. Raises NotationError."""
    found = _SIZE.fullmatch(text.strip().lower())
    if found is None:
        raise NotationError(f"{shortened(text)} is no size; write {SIZE_RULE}.")
    sides = [round(float(each.replace(",", ".")) * _MM[found[3]], 1) for each in found.groups()[:2]]
    return max(sides), min(sides)


def obey(folders: Folders, options: argparse.Namespace) -> None:
    """Do what was said, and print. Raises MatSessionError."""
    if options.action is None and options.catalogue:
        _catalogue(folders, as_json=options.json)
        return
    file = OwnMatsFile(folders.mats_file)
    read = file.read()
    for problem in read.problems:
        complain(problem)
    if read.unreadable and options.action is not None:
        told = "The file of your mats cannot be read, so it is left as it is."
        raise MatSessionError(told, "Mend it, or put it elsewhere.")
    match options.action:
        case "add":
            _add(folders, file, read, options)
        case "use":
            nothing = options.name.strip().casefold() == NO_MAT
            wanted = None if nothing else _named(read, options.name)
            file.save(read.mats, wanted.id if wanted is not None else "")
            print(_in_use(wanted, read))
        case "remove":
            gone = _named(read, options.name)
            left = [mat for mat in read.mats if mat.id != gone.id]
            file.save(left, "" if read.in_use == gone.id else read.in_use)
            print(f"Removed: {gone.name}. Your sessions keep its name.")
        case _ if options.json:
            print_json([_values(mat, read) for mat in read.mats])
        case _:
            _print_list(read, _unit(folders), sys.stdout)


def _in_use(wanted: Mat | None, read: MatsRead) -> str:
    """What is in use from now on: who has one mat only lies on that, though none was chosen."""
    only = MatsRead(read.mats, "").mat_in_use
    if wanted is None and only is not None:
        return f"In use: {only.name}, the only one there is."
    return f"In use: {wanted.name if wanted is not None else 'none'}."


def _add(folders: Folders, file: OwnMatsFile, read: MatsRead, options: argparse.Namespace) -> None:
    if len(read.mats) >= MATS_MAX:
        told = f"There are {len(read.mats)} mats already, the most there can be."
        raise MatSessionError(told, "Remove one first.")
    like = _sold(folders, options.like) if options.like is not None else None
    values: dict[str, Any] = {
        name: getattr(like, name) if like is not None else None
        for name in ("length_mm", "width_mm", "points", "rigid", "pillow")
    }
    if options.size is not None:
        values["length_mm"], values["width_mm"] = options.size
    for name in ("points", "rigid", "pillow"):
        if getattr(options, name) is not None:
            values[name] = getattr(options, name)
    name = options.name.strip()
    try:
        key = free_id(name, frozenset(mat.id for mat in read.mats))
        mat = Mat(id=key, name=name, maker=options.maker.strip(), **values)
    except MatError as error:
        raise MatSessionError(f"This mat was not added: its {error.field} {error.rule}.") from error
    if options.photo is not None:
        mat = _with_photo(folders, mat, options.photo)
    in_use = read.in_use or (read.mats[0].id if len(read.mats) == 1 else "")
    file.save([*read.mats, mat], in_use)
    print(f"Added: {mat.name} ({_facts(mat, _unit(folders))}).")


def _with_photo(folders: Folders, mat: Mat, picture: Path) -> Mat:
    from dataclasses import replace

    from matsession.desktop.pictures import keep_picture

    name = f"{mat.id}-1.jpg"
    keep_picture(picture, folders.mat_photos / name)
    return replace(mat, photo=name)


def _named(read: MatsRead, name: str) -> Mat:
    wanted = name.strip()
    for mat in read.mats:
        if wanted == mat.id or wanted.casefold() == mat.name.casefold():
            return mat
    names = ", ".join(mat.name for mat in read.mats)
    advice = f"There are: {names}." if names else "There are no mats yet."
    raise MatSessionError(f"There is no mat {shortened(name)}.", advice)


def _sold(folders: Folders, mat_id: str) -> CatalogueMat:
    from matsession.storage.mat_catalogue import read_catalogue
    from matsession.storage.toml_text import nearest

    found = read_catalogue(folders.mat_catalogue)
    for mat in found:
        if mat.id == mat_id.strip().lower():
            return mat
    told = nearest(mat_id, [mat.id for mat in found]).removeprefix("; ").removeprefix(". ")
    raise MatSessionError(f"The catalogue has no {shortened(mat_id)}.", f"{told[:1].upper()}{told[1:]}.")


# -- telling -------------------------------------------------------------------------------------------


def _unit(folders: Folders) -> LengthUnit:
    """In what sizes are told: as in the window."""
    from matsession.storage.settings_file import SettingsFile

    wish = SettingsFile(folders.settings_file).look()[0].length_unit
    if wish:
        return LengthUnit(wish)
    from matsession.app.mat_words import system_unit  # it brings Qt along

    return system_unit()


def _catalogue(folders: Folders, *, as_json: bool) -> None:
    from matsession.storage.mat_catalogue import read_catalogue

    found = read_catalogue(folders.mat_catalogue)
    if as_json:
        print_json([{**mat._asdict(), "sources": list(mat.sources)} for mat in found])
        return
    from matsession.storage.evidence_file import read_evidence
    from matsession.terminal.prose import prose_for

    evidence, unit, prose = read_evidence(folders.evidence_file), _unit(folders), prose_for(sys.stdout)
    for mat in found:
        prose.paragraph(f"{mat.id}: {mat.name}", 0)
        prose.paragraph(f"{_ORIGINS.get(mat.origin, mat.origin)}: {_sold_facts(mat, unit)}.")
        if mat.quote:
            prose.paragraph(f"{mat.kind[:1].upper()}{mat.kind[1:]}: “{mat.quote}”")
        prose.paragraph(mat.note)
        for source in evidence.sources_of(mat.sources):
            prose.point(source.title)
            prose.line(source.url, 2)
        prose.gap()
    prose.paragraph("What stands nowhere here is not known. Your mat's leaflet comes first.", 0)
    print(prose.text(), end="")


def _print_list(read: MatsRead, unit: LengthUnit, out: TextIO) -> None:
    from matsession.terminal.tables import cells, make_table, print_table

    if not read.mats:
        print("There are no mats yet. 'matsession mats add NAME' adds one.", file=out)
        return
    table = make_table("ID", "Name", "Known", "In use")
    in_use = read.mat_in_use
    for mat in read.mats:
        table.add_row(*cells(mat.id, mat.name, _facts(mat, unit), "in use" if mat == in_use else ""))
    print_table(table, out)
    if read.rigid:
        print("The mat in use is rigid, so standing presets are hidden.", file=out)


def _facts(mat: Mat, unit: LengthUnit) -> str:
    told = [_size(unit, mat.length_mm, mat.width_mm)]
    if mat.points is not None:
        told.append(f"{mat.points} points")
    density = mat.points_per(unit)
    if density is not None:
        number = f"{density:.0f}" if density >= 10 else f"{density:.1f}"
        told.append(f"about {number} per {unit}² if they cover the top")
    if mat.rigid is not None:
        told.append("rigid" if mat.rigid else "soft")
    if mat.pillow:
        told.append("with a pillow")
    return ", ".join(filter(None, told)) or "size and points not known"


def _sold_facts(mat: CatalogueMat, unit: LengthUnit) -> str:
    """What the catalogue knows in numbers and words, on one line; what it does not know is left out."""
    told = [_size(unit, mat.length_mm, mat.width_mm, mat.height_mm)]
    if mat.points is not None:
        told.append(f"{mat.points} points")
    if mat.rigid is not None:
        told.append("rigid" if mat.rigid else "soft")
    if mat.pillow is not None:
        told.append("with a pillow" if mat.pillow else "without a pillow")
    if mat.includes and not (mat.pillow and mat.includes == "pillow"):
        told.append(f"{mat.includes} included")
    return ", ".join(filter(None, told)) or "size and points not known"


def _size(
    unit: LengthUnit, length_mm: float | None, width_mm: float | None, height_mm: float | None = None
) -> str:
    if length_mm is None or width_mm is None:
        return ""
    sides = (side for side in (length_mm, width_mm, height_mm) if side is not None)
    return f"{'x'.join(f'{in_unit(side, unit):g}' for side in sides)} {unit}"


def _values(mat: Mat, read: MatsRead) -> dict[str, Any]:
    """A mat for JSON; null is what is not known."""
    per_inch, per_cm = (mat.points_per(unit) for unit in (LengthUnit.INCHES, LengthUnit.CENTIMETRES))
    return {
        "id": mat.id,
        "name": mat.name,
        "maker": mat.maker,
        "length_mm": mat.length_mm,
        "width_mm": mat.width_mm,
        "points": mat.points,
        "points_per_square_inch": None if per_inch is None else round(per_inch, 2),
        "points_per_square_cm": None if per_cm is None else round(per_cm, 2),
        "rigid": mat.rigid,
        "pillow": mat.pillow,
        "photo": mat.photo or None,
        "in_use": mat == read.mat_in_use,
    }
