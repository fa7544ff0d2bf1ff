"""Which services are on a bus, for ``matsession doctor``: the one place that waits for a bus."""

from collections.abc import Collection
from typing import Final

_WITHIN_S: Final = 2.0


def names_there(kind: str, names: Collection[str]) -> set[str] | None:
    """Those of ``names`` that somebody has on the "SESSION" or "SYSTEM" bus; None without such a bus."""
    from jeepney import message_bus
    from jeepney.io.blocking import open_dbus_connection

    try:
        with open_dbus_connection(kind, auth_timeout=_WITHIN_S) as connection:
            reply = connection.send_and_get_reply(message_bus.ListNames(), timeout=_WITHIN_S)
    except Exception:  # noqa: BLE001  a missing address, a dead socket, a bus that hangs: there is none for us
        return None
    match reply.body:
        case (list(found),):
            return {name for name in names if name in found}
        case _:
            return set()
