"""Files of a Bot API server of one's own that runs with `--local`: it says a path on disk, not an address.

The server keeps the files of each bot in a folder called after its token. Only what lies in such a folder is
read, so that no answer makes the bot read anything else of this machine.
"""

import os
import stat
from ipaddress import ip_address
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from telegram.error import TelegramError

PIECE = 256 * 1024  # bytes


class NotReadable(TelegramError):
    """The server's file is not there, or not where its files may be."""


class LocalFiles:
    """`folder` is the server's working folder as this machine has it (TELEGRAM_FILES), where it is set.

    Without it, absolute paths are read if the server runs on this machine.
    """

    def __init__(self, token: str, root: str, folder: Path | None) -> None:
        self._token, self._folder = token, folder
        self._is_here = _is_loopback(urlsplit(root).hostname or "")

    def open(self, path: str) -> BinaryIO:
        """The file under an absolute path that getFile gave. Raises `NotReadable`."""
        wanted = self._place(PurePosixPath(path))
        try:
            place = wanted.resolve(strict=True)
            if not self._may_hold(place):
                raise NotReadable("the Bot API server names a file outside of its folder; see TELEGRAM_FILES")
            handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise NotReadable(f"a file of the Bot API server cannot be read: {error.strerror}") from None
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise NotReadable("the Bot API server names what is no plain file")
        return os.fdopen(handle, "rb")

    def _place(self, path: PurePosixPath) -> Path:
        """Where this machine has it: what follows the token's folder, in TELEGRAM_FILES."""
        if self._folder is None:
            if not self._is_here:
                raise NotReadable(
                    "the Bot API server runs with --local: set TELEGRAM_FILES to its folder on this machine"
                )
            return Path(path)
        for place, part in enumerate(path.parts):
            if part == self._token:
                return Path(self._folder, *path.parts[place:])
        return Path(path)

    def _may_hold(self, place: Path) -> bool:
        if self._folder is not None:
            return place.is_relative_to(self._folder.resolve())
        return self._token in place.parent.parts


def is_local(path: str) -> bool:
    """Whether getFile gave a path on disk."""
    return path.startswith("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
