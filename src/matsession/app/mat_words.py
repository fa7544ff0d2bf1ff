"""A mat in words: its size, its points, and what they hint at."""

from PySide6.QtCore import QLocale

from matsession.app import history_words
from matsession.app.texts import tr
from matsession.domain.mat import CatalogueMat, LengthUnit, Mat, MatError, in_unit, points_per


def system_unit() -> LengthUnit:
    """In what the person's system tells lengths."""
    metric = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.MetricSystem
    return LengthUnit.CENTIMETRES if metric else LengthUnit.INCHES


def unit(of: LengthUnit) -> str:
    """The unit by its name."""
    return {LengthUnit.INCHES: tr("inches"), LengthUnit.CENTIMETRES: tr("centimetres")}[of]


def side(side_mm: float | None, of: LengthUnit) -> str:
    """A side as it stands in a field; empty where it is not known."""
    if side_mm is None:
        return ""
    value = in_unit(side_mm, of)
    return history_words.number(value, 0 if value == int(value) else 1)


def size(length_mm: float | None, width_mm: float | None, of: LengthUnit) -> str:
    """Both sides; empty where one is not known."""
    if length_mm is None or width_mm is None:
        return ""
    pattern = {
        LengthUnit.INCHES: tr("{length} × {width} in"),
        LengthUnit.CENTIMETRES: tr("{length} × {width} cm"),
    }[of]
    return pattern.format(length=side(length_mm, of), width=side(width_mm, of))


def facts(mat: Mat, of: LengthUnit) -> str:
    """All that is known of a mat, on one line; says so where nothing is."""
    told = [size(mat.length_mm, mat.width_mm, of)]
    if mat.points is not None:
        told.append(tr("{count} points").format(count=history_words.whole_number(mat.points)))
    if mat.rigid is not None:
        told.append(tr("rigid") if mat.rigid else tr("soft"))
    if mat.pillow:
        told.append(tr("with a pillow"))
    return ", ".join(filter(None, told)) or tr("Size and points not known")


def density(length_mm: float | None, width_mm: float | None, points: int | None, of: LengthUnit) -> str:
    """How close the points stand, where that can be told; else what it would take."""
    found = points_per(length_mm, width_mm, points, of)
    if found is None:
        return tr("With size and number of points you see here how close the points stand.")
    number = history_words.number(found, 0 if found >= 10 else 1)
    pattern = {
        LengthUnit.INCHES: tr("About {number} points per square inch if they cover the top."),
        LengthUnit.CENTIMETRES: tr("About {number} points per square centimetre if they cover the top."),
    }[of]
    hint = tr("Vendors say that fewer points feel stronger.")
    return f"{pattern.format(number=number)} {hint}"


def origin(mat: CatalogueMat) -> str:
    """From where what the catalogue knows of a mat comes."""
    return {
        "source_text": tr("from the source text"),
        "review": tr("from a review"),
        "press": tr("from the press"),
        "vendor": tr("from the vendor"),
    }.get(mat.origin, mat.origin)


def refused(error: MatError) -> tuple[str, str]:
    """Which field of the form is wrong, and what is allowed there."""
    sentences = {
        "name": tr("A name has 1 to 60 characters, on one line, and is not “none”, which stands for no mat."),
        "maker": tr("A maker has at most 60 characters, on one line."),
        "length_mm": tr("A side is from 1 cm to 3 m long, or left empty."),
        "width_mm": tr("A side is from 1 cm to 3 m long, or left empty."),
        "points": tr("The number of points is from 1 to 100,000, or left empty."),
    }
    return error.field, sentences.get(error.field, str(error))
