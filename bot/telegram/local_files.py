"""Files of a self-hosted Bot API server run with `--local`, which gives a path instead of a URL.

The server keeps each bot's files in a folder named by its token. Only files in such a folder are read, so
that no response can make the bot read other files of this machine.
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
    """The file is missing, or not in the folder of the bot's files."""


class LocalFiles:
    """Opens files by the paths that getFile gives.

    `folder` is the server's working folder as mounted on this machine (TELEGRAM_FILES), if set. Without it,
    absolute paths are read if the server runs on this machine.
    """

    def __init__(self, token: str, root: str, folder: Path | None) -> None:
        self._token, self._folder = token, folder
        self._is_here = _is_loopback(urlsplit(root).hostname or "")

    def open(self, path: str) -> BinaryIO:
        """Open the file at an absolute path that getFile gave. Raises `NotReadable`."""
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
        """Return the path on this machine: what follows the token's folder, inside TELEGRAM_FILES."""
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
    """Return whether getFile gave a path on disk."""
    return path.startswith("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
