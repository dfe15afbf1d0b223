"""Opens a backup file: its manifest and its members by path, decrypted where it is encrypted."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from bot.failure import Failure
from bot.storage import encryption
from bot.storage.backup import MANIFEST, Manifest


class BackupArchive:
    """The files in a backup, by path."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._members = {member.name: member for member in tar if member.isfile()}

    def open(self, path: str) -> IO[bytes]:
        member = self._members.get(path)
        content = self._tar.extractfile(member) if member else None
        if content is None:
            raise Failure(f"the backup has no {path}: it is none of Avance, or it is cut off")
        return content


@contextmanager
def opened(file: Path, identity: Path | None, beside: Path) -> Iterator[BackupArchive]:
    """Open a backup, also an encrypted one; turn errors in it inside the block into a `Failure`.

    `identity` is the file with the private key, `beside` the folder for the decrypted content meanwhile.
    """
    try:
        with _plain(file, identity, beside) as plain, tarfile.open(fileobj=plain, mode="r:") as tar:
            yield BackupArchive(tar)
    except tarfile.TarError:
        raise Failure(f"{file} is no backup of Avance, or it is cut off") from None
    except IntegrityError as error:
        raise Failure(f"{file} is damaged: {str(error.orig).splitlines()[0]}") from None
    except ValueError as error:
        raise Failure(f"{file} is damaged: {error}") from None


def manifest_of(archive: BackupArchive) -> Manifest:
    try:
        return Manifest.model_validate_json(archive.open(MANIFEST).read())
    except ValidationError:
        raise Failure(
            f"the backup's {MANIFEST} is of no form that this Avance knows; update it first"
        ) from None


@contextmanager
def _plain(file: Path, identity: Path | None, beside: Path) -> Iterator[IO[bytes]]:
    if not encryption.is_encrypted(file):
        with file.open("rb") as opened:
            yield opened
        return
    if identity is None:
        raise Failure(f"{file} is encrypted; give the file with its key: --identity KEY")
    with encryption.decrypted(file, identity, beside) as decrypted:
        yield decrypted
