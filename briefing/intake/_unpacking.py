"""Bytes that came packed although nobody said so."""

import zlib

from msgspec.structs import replace

from briefing.errors import InputError
from briefing.models import Blob

_GZIP = b"\x1f\x8b"


def unpacked(blob: Blob, limit: int) -> Blob:
    """Return a blob whose bytes are no longer packed: some servers send a file `.gz` and do not say so."""
    if not blob.data.startswith(_GZIP):
        return blob
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(blob.data, limit + 1)
    except zlib.error:
        data = b""
    if not unpacker.eof and len(data) <= limit:
        raise InputError("damaged or cut off: it does not decompress to its end")
    if len(data) > limit:
        raise InputError(f"larger than {limit:,} bytes (the configuration can raise it)")
    return replace(blob, data=data, kind=None)
