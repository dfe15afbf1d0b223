"""The file with the installation's secret key, in the data folder and in no backup."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.failure import Failure
from models.storage.keys import LENGTH

NAME = "secret.key"


def read_or_make(folder: Path) -> bytes:
    """Return the key, created at the first start and readable by its owner only. Raises `Failure`.

    Two programs that start at once get the same key.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        return _parsed(path)
    except OSError as error:
        raise Failure(
            f"{path} cannot be read or made: {error.strerror}; look at the folder's rights"
        ) from None


def _make(path: Path) -> None:
    """Write the key under another name first, so that nobody reads a part of it or replaces another key."""
    draft = path.with_name(f".{NAME}-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _parsed(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != LENGTH:
        raise Failure(
            f"{path} holds no key; put your copy of it back, or delete it: then PINs and "
            "invitations are made anew"
        )
    return key
