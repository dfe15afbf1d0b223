"""Whether a target in a document is in it or on the reader's disk, or on another machine."""

import re
from urllib.parse import unquote

_DISK = re.compile(r"[a-z]:|(?:users|home)/")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:")
OWN_ROOT = 3  # slashes in file:///


def is_elsewhere(target: str) -> bool:
    """Return whether the target is on another machine: on the web, or a share («\\\\server\\folder»)."""
    said = unquote(target).strip().lower().replace("\\", "/")
    if said.startswith("file:"):
        path = said.removeprefix("file:")
        inside = path.lstrip("/")
        slashes = len(path) - len(inside)
        return slashes > 1 and slashes != OWN_ROOT and _DISK.match(inside) is None
    return said.startswith("//") or _SCHEME.match(said) is not None
