"""The secret key of this installation, with which invitation codes and PINs are hashed.

It lies outside the database, so that nobody can try codes or PINs against a copy of the database alone. The
bot and the command line read it from its file (`bot.storage.key_file`) and bind it to their engine.
"""

import hashlib
import hmac
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

LENGTH = 32  # bytes
_bound: WeakKeyDictionary[Engine, bytes] = WeakKeyDictionary()


def bind(engine: Engine, key: bytes) -> None:
    """Use this key for codes and PINs in that database. Raises ValueError if it is too short."""
    if len(key) < LENGTH:
        raise ValueError(f"a key has {LENGTH} bytes or more")
    _bound[engine] = key


def keyed(session: Session, purpose: str, *parts: str | bytes) -> str:
    """Return the HMAC-SHA256 of the parts, as hex. Each purpose has a key derived from the bound one."""
    own = hmac.digest(_key(session), purpose.encode(), "sha256")
    told = b"".join(
        len(raw).to_bytes(4, "big") + raw
        for raw in (part.encode() if isinstance(part, str) else part for part in parts)
    )
    return hmac.new(own, told, hashlib.sha256).hexdigest()


def key_id(session: Session) -> str:
    """Return an identifier of the key that does not reveal it."""
    return keyed(session, "id")[:16]


def same(one: str, other: str) -> bool:
    """Compare two hashes in constant time."""
    return hmac.compare_digest(one, other)


def _key(session: Session) -> bytes:
    """Return the bound key. Raises RuntimeError if none is bound."""
    try:
        return _bound[session.get_bind().engine]
    except KeyError:
        raise RuntimeError("no key is bound to this database; see bot.storage.key_file") from None
