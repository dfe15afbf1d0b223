"""Pictures that are small until unpacked, written row by row so that the test needs little memory."""

import struct
import zlib
from functools import cache
from itertools import repeat

_COLOUR = {1: 0, 3: 2, 4: 6}  # channels → PNG's colour type


@cache
def bomb(side: int, channels: int = 1, depth: int = 1) -> bytes:
    """Return a black PNG of `side` × `side` pixels with `depth` bits per channel."""
    row = bytes(1 + -(-side * channels * depth // 8))
    packing = zlib.compressobj(9 if depth == 1 else 1)
    packed = b"".join([*map(packing.compress, repeat(row, side)), packing.flush()])
    header = struct.pack(">IIBBBBB", side, side, depth, _COLOUR[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
