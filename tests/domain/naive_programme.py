"""The rules of the programme once more, as a person with a pencil would follow them: day after day.

Slow and plain on purpose, and written from the rules alone. It keeps a sheet of paper (``Sheet``) and goes
through the calendar one day at a time; ``domain.programme`` computes with differences of dates instead.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from matsession.domain.programme import Programme

LAYERS = {"towel": 1, "tshirt": 2, "socks": 2, "thin": 3, "bare_optional": 4}
THICKER = {"bare_optional": "thin", "thin": "tshirt", "tshirt": "towel", "socks": "towel", "towel": "towel"}
SURFACES = {"soft": 1, "medium": 2, "firm": 3}


@dataclass
class Sheet:
    """What is written on the paper."""

    programme: Programme
    next: int = 1
    event_on: date = date.min
    """When the last thing was written."""
    session_was_last: bool = False
    last: tuple[str, str] | None = None
    """Layer and surface of the last session."""
    extra: int = 0
    extra_for: int = 0
    stopped: bool = False
    waiting: bool = False
    eased: bool = False
    """The last session took an extra layer off."""

    def row(self, number: int) -> tuple[bool, str, str]:
        """Whether it is a day off; its layer and surface."""
        for day in self.programme.days:
            if day.day == number:
                return day.rest, str(day.layer), str(day.surface)
        raise AssertionError(number)

    @property
    def count(self) -> int:
        """How many days there are."""
        return len(self.programme.days)

    # -- writing -------------------------------------------------------------------------------------------

    def session(
        self, day: int, on: date, worn: tuple[str, str], *, whole: bool, strongest: int | None
    ) -> None:
        """A session of the programme was done."""
        self.event_on, self.session_was_last, self.last, self.stopped = on, True, worn, False
        self.eased = False
        if strongest is not None and strongest >= 7:
            self.next = day
        elif not whole:
            self.next, self.stopped = day, True
        else:
            self.next = day + 1
            if self.extra and day >= self.extra_for:
                self.extra -= 1
                self.eased = True

    def marks(self, day: int) -> None:
        """They are still there."""
        self.next, self.stopped = day, False
        if self.eased:
            self.extra, self.eased = self.extra + 1, False

    def choose(self, day: int, on: date) -> None:
        """The person chose a day."""
        self.next, self.event_on, self.session_was_last, self.stopped = day, on, False, False

    # -- reading -------------------------------------------------------------------------------------------

    def today(self, today: date) -> tuple[str, int, str, str]:
        """What is suggested: kind, day, layer, surface."""
        if self.next > self.count:
            return "finished", self.count, *self._wear(self.count)
        if self.waiting:
            return "wait", self.next, *self._wear(self.next)
        ahead = (self.event_on - today).days
        if self.session_was_last and not self.stopped and ahead in (0, 1):
            return "done", self.next, *self._wear(self.next)
        number = self.next
        free = self._days_without(today)
        rest, _, _ = self.row(number)
        if rest and (ahead > 1 or (free >= (1 if self.session_was_last else 0) and today > self.event_on)):
            passed = free >= 1 if self.session_was_last else today > self.event_on
            if ahead > 1 or passed:
                while self.row(number)[0]:
                    number += 1
        if free >= 7 and self.last is not None:
            back = number
            for _ in range(3):
                back = max(1, back - 1)
            while self.row(back)[0]:
                back += 1
            number = min(number, back)
        return ("rest" if self.row(number)[0] else "session"), number, *self._wear(number)

    def _days_without(self, today: date) -> int:
        """Whole days between the last thing written and today, counted one by one."""
        count, day = 0, self.event_on + timedelta(days=1)
        while day < today:
            count += 1
            day += timedelta(days=1)
        return count

    def _wear(self, number: int) -> tuple[str, str]:
        rest, layer, surface = self.row(number)
        if rest:
            return layer, surface
        for _ in range(self.extra):
            layer = THICKER[layer]
        if self.last is not None and SURFACES[surface] > SURFACES[self.last[1]]:
            while LAYERS[layer] > LAYERS[self.last[0]]:
                layer = THICKER[layer]
        return layer, surface
