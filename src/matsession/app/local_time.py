"""The moment that a person means by a day and a time."""

from datetime import datetime


def moment_of(wall: datetime, like: datetime | None = None) -> datetime:
    """The aware moment at which a clock here shows ``wall``, which is naive.

    ``like`` is a moment the person corrects: where it was told by a clock elsewhere, so is the new one.
    """
    here = wall.astimezone()
    if like is not None and like.replace(tzinfo=None).astimezone().utcoffset() != like.utcoffset():
        return wall.replace(tzinfo=like.tzinfo)
    return here
