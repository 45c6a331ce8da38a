"""Checks by its header alone whether a picture suits a contact card."""

from pathlib import Path

from linqdesk.domain.errors import LocalFaultError

# linq-api.md 2.4: square, 200 pixels or more; what Linq fetches by URL has 10 MB at most (2.2).
MIN_SIDE_PX, MAX_BYTES = 200, 10_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_MARKER = 0xFF
# Markers of JPEG that carry the size of the picture: all SOF but DHT, JPG and DAC.
_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_card_picture(path: Path) -> None:
    """Read a picture and pass it; blocks on the disk.

    Raises:
        LocalFaultError: it cannot be read, or no card may have it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as failure:
        raise LocalFaultError(f"The picture cannot be read: {failure.strerror}.") from failure
    if len(content) > MAX_BYTES:
        raise LocalFaultError("A contact card's picture has 10 MB at most.")
    if content.startswith(_PNG):
        width, height = _number(content[16:20]), _number(content[20:24])
    elif content.startswith(_JPEG):
        width, height = _jpeg_size(content)
    else:
        raise LocalFaultError("A contact card's picture is a PNG or a JPEG.")
    if width != height:
        raise LocalFaultError(f"A contact card's picture is square; this one has {width} × {height} pixels.")
    if width < MIN_SIDE_PX:
        raise LocalFaultError(
            f"A contact card's picture has {MIN_SIDE_PX} pixels at least, this one {width}."
        )


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKER:
        if content[at + 1] in _SIZE_MARKERS:
            return _number(content[at + 7 : at + 9]), _number(content[at + 5 : at + 7])
        at += 2 + _number(content[at + 2 : at + 4])
    return 0, 0


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")
