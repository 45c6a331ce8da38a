"""Films that tell where they were recorded, in every way that is known."""

import struct
from pathlib import Path

PLACE = b"+37.3318-122.0312+010.000/"
_MEDIA = Path(__file__).parents[2] / "resources" / "sandbox" / "media"
_XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_XMP = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="' + PLACE + b'"/></x:xmpmeta>'


def box(kind: bytes, *contents: bytes) -> bytes:
    body = b"".join(contents)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def long_box(kind: bytes, *contents: bytes) -> bytes:
    """Return a box whose size is told in 64 bits."""
    body = b"".join(contents)
    return struct.pack(">I4sQ", 1, kind, len(body) + 16) + body


def said(kind: bytes, words: bytes) -> bytes:
    """Return a piece of QuickTime's user data: words in a language."""
    return box(kind, struct.pack(">HH", len(words), 0x15C7), words)


def value(words: bytes) -> bytes:
    return box(b"data", struct.pack(">II", 1, 0), words)


def handler(kind: bytes) -> bytes:
    return box(b"hdlr", bytes(8), kind, bytes(13))


def keys(*names: bytes) -> bytes:
    entries = (struct.pack(">I4s", len(name) + 8, b"mdta") + name for name in names)
    return box(b"keys", bytes(4), struct.pack(">I", len(names)), *entries)


def items(*values: bytes) -> bytes:
    numbered = (box(struct.pack(">I", number), value(each)) for number, each in enumerate(values, 1))
    return box(b"ilst", *numbered)


MAKER = b"com.apple.quicktime.make"
HERE = b"com.apple.quicktime.location.ISO6709"
_KEYED = (handler(b"mdta"), keys(MAKER, HERE), items(b"Apple", PLACE))
_FREEFORM = box(
    b"----", box(b"mean", bytes(4), b"com.linq"), box(b"name", bytes(4), b"GPS-Location"), value(PLACE)
)

# Each belongs into `moov`, and tells of the place once.
WAYS = {
    "user data": box(b"udta", said(b"\xa9nam", b"The lake"), said(b"\xa9xyz", PLACE)),
    "user data of a track": box(b"trak", box(b"udta", said(b"\xa9xyz", PLACE))),
    "3gpp": box(b"udta", box(b"loci", bytes(6), b"Here\0", bytes(13), PLACE)),
    "quicktime's keys": box(b"meta", *_KEYED),
    "quicktime's keys behind their values": box(b"meta", _KEYED[0], _KEYED[2], _KEYED[1]),
    "iso's keys": box(b"udta", box(b"meta", bytes(4), *_KEYED)),
    "tunes": box(
        b"udta", box(b"meta", bytes(4), handler(b"mdir"), box(b"ilst", box(b"\xa9xyz", value(PLACE))))
    ),
    "a name of its own": box(b"udta", box(b"meta", bytes(4), handler(b"mdir"), box(b"ilst", _FREEFORM))),
    "xmp in user data": box(b"udta", box(b"XMP_", _XMP)),
    "xmp": box(b"uuid", _XMP_ID, _XMP),
    "long boxes": long_box(b"udta", long_box(b"\xa9xyz", PLACE)),
}


def film(extra: bytes = b"") -> bytes:
    """Return a film that plays, with something more at the end of its `moov`."""
    data = (_MEDIA / "rolling.mp4").read_bytes()
    at = data.index(b"moov") - 4
    (size,) = struct.unpack_from(">I", data, at)
    moov = bytearray(data[at : at + size])
    place = moov.index(b"stco") + 12
    # What follows moves on, and the index with it.
    struct.pack_into(">I", moov, place, struct.unpack_from(">I", moov, place)[0] + len(extra))
    struct.pack_into(">I", moov, 0, size + len(extra))
    return data[:at] + bytes(moov) + extra + data[at + size :]
