"""Real parts for the stories about notices: dunst on a display and a bus of our own, and hands that press."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import DBusAddress, new_method_call

from tests.stories.bus_parts import PrivateBus
from tests.stories.desktop_parts import PATIENCE_S, needed, run, wait_until

NOTIFICATIONS = "org.freedesktop.Notifications"

# dunst hands its menu to a program, which answers with the line that was chosen: here with the one that ends
# in what the file says.
_HANDS = """#!/bin/sh
wanted=$(cat "{wanted}")
grep -F -- "$wanted" | head -n 1
"""

_CONFIGURATION = """[global]
    dmenu = {hands}
    idle_threshold = 0
    monitor = 0
    follow = none
"""


class Dunst:
    """The notification service, and what a person does to it."""

    def __init__(self, env: dict[str, str], wanted: Path) -> None:
        self._env = env
        self._wanted = wanted

    def control(self, *command: str) -> str:
        """Dunstctl."""
        return run([needed("dunstctl"), *command], self._env).stdout.strip()

    def shown(self) -> int:
        """How many notices are on the screen."""
        counted = self.control("count", "displayed")
        return int(counted) if counted.isdigit() else -1

    def press(self, words: str) -> None:
        """Open the menu, and choose the line with these words."""
        self._wanted.write_text(words, encoding="utf-8")
        self.control("context")


@contextmanager
def dunst(env: dict[str, str], bus: PrivateBus, folder: Path) -> Iterator[Dunst]:
    """dunst, once it has its name on the bus."""
    wanted, hands, configuration = folder / "wanted", folder / "hands", folder / "dunstrc"
    wanted.write_text("", encoding="utf-8")
    hands.write_text(_HANDS.format(wanted=wanted), encoding="utf-8")
    hands.chmod(0o755)
    configuration.write_text(_CONFIGURATION.format(hands=hands), encoding="utf-8")
    env = {**env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        [needed("dunst"), "-config", str(configuration)], env=env, stderr=subprocess.DEVNULL
    ) as service:
        try:
            with bus.visitor() as visitor:
                daemon = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")

                def there() -> bool:
                    call = new_method_call(daemon, "NameHasOwner", "s", (NOTIFICATIONS,))
                    answer = visitor.send_and_get_reply(call, timeout=PATIENCE_S)
                    return bool(answer.body[0])

                wait_until(there, "dunst to take its name")
            yield Dunst(env, wanted)
        finally:
            service.kill()
