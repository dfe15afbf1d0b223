"""Tells systemd how the service is, for units of Type=notify; does nothing elsewhere.

The protocol is one datagram of NAME=VALUE lines to the socket that NOTIFY_SOCKET names; see sd_notify(3).
"""

import contextlib
import os
import socket
from collections.abc import Mapping


class Systemd:
    """The socket of the environment. `watchdog` is the seconds of WatchdogSec, None if it is not set."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        microseconds = environment.get("WATCHDOG_USEC", "")
        self.watchdog = int(microseconds) / 1e6 if meant and microseconds.isdigit() else None

    def say(self, *lines: str) -> None:
        """Send lines such as READY=1 and STATUS=…; a socket that is gone is no error."""
        if not self._address:
            return
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
            sending.setblocking(False)
            sending.sendto("\n".join(lines).encode(), self._address)
