"""Encrypts a backup for whoever has the key: the format of age (age-encryption.org), by pyrage.

Anybody with `age` and the identity can decrypt it without Avance:

    age -d -i KEY avance.tar.age > avance.tar
"""

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import pyrage

from bot.failure import Failure

HEADER = b"age-encryption.org/"
_PRIVATE_SSH = b"-----BEGIN "


def recipients(words: Sequence[str]) -> list[Any]:
    """Return the recipients: each word is a public key, or a file with one a line. Raises `Failure`."""
    found: list[Any] = []
    for word in words:
        path = Path(word)
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else [word]
        found += [_recipient(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise Failure("the file of recipients is empty; it has a public key on each line, like age1…")
    return found


def _recipient(key: str) -> Any:
    try:
        if key.startswith("ssh-"):
            return pyrage.ssh.Recipient.from_str(key)
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise Failure(
            f"{key[:20]} is no recipient; write a public key, like age1… or ssh-ed25519 …, or a file of them"
        ) from None


def identities(file: Path) -> list[Any]:
    """Return the private keys in a file that `age-keygen` or `ssh-keygen` wrote. Raises `Failure`."""
    content = file.read_bytes()
    try:
        if content.startswith(_PRIVATE_SSH):
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = (line.strip() for line in content.decode().splitlines())
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (pyrage.IdentityError, UnicodeDecodeError, ValueError):
        found = []
    if not found:
        raise Failure(f"{file} has no identity, like AGE-SECRET-KEY-1… or an SSH key without a passphrase")
    return found


@contextmanager
def encrypting(file: BinaryIO, to: Sequence[Any]) -> Iterator[BinaryIO]:
    """Yield a file to write to; what is written goes to `file` encrypted, and nowhere else.

    The encrypting is done by a thread that reads the other end of a pipe.
    """
    end, begin = os.pipe()
    failures: list[BaseException] = []

    def encrypt() -> None:
        with os.fdopen(end, "rb") as plain:
            try:
                pyrage.encrypt_io(plain, file, to)
            except BaseException as error:
                failures.append(error)

    thread = threading.Thread(target=encrypt, name="encryption")
    thread.start()
    try:
        with os.fdopen(begin, "wb") as writer:
            yield writer
    except BrokenPipeError:
        if not failures:
            raise
    finally:
        thread.join()
    if failures:
        raise OSError(f"the backup could not be encrypted: {failures[0]}")


def is_encrypted(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(HEADER)) == HEADER


@contextmanager
def decrypted(file: Path, identity: Path, beside: Path) -> Iterator[IO[bytes]]:
    """Yield the plain content as an unnamed file in the folder `beside`. Raises `Failure` and OSError."""
    keys = identities(identity)
    with tempfile.TemporaryFile(dir=beside) as plain:
        with file.open("rb") as opened:
            try:
                pyrage.decrypt_io(opened, plain, keys)
            except (pyrage.DecryptError, OSError) as error:
                raise Failure(f"{file} cannot be decrypted with {identity}: {error}") from None
        plain.seek(0)
        yield plain
