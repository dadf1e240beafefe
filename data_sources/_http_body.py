"""The body of an answer as it comes: unpacked where it was packed for the journey, whole or an error."""

import zlib
from collections.abc import Iterator
from http import HTTPStatus

import requests

_PIECE = 1 << 13


def packing_of(response: requests.Response) -> str:
    """How the body was packed: `gzip`, or something not asked for; '' if it was not."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    return "" if packing == "identity" else packing


def unpacked(response: requests.Response) -> Iterator[bytes]:
    """The body in pieces. Raises EOFError, zlib.error or the library's HTTPError if it is not whole.

    The library would take packed bytes that end early for all there is.
    """
    pieces = response.raw.stream(_PIECE, decode_content=False)
    if not packing_of(response):
        yield from pieces
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in pieces:
        yield unpacker.decompress(piece)
    if not unpacker.eof and response.status_code == HTTPStatus.OK:
        raise EOFError
