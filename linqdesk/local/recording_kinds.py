"""Tells by a file's first bytes whether it is a sound or a video that decoders may be given. Pure."""

HEAD_BYTES = 16
# Lists of other files are none: decoders would follow them to wherever they lead.
_MAGIC = (
    b"ID3",
    b"caff",
    b"#!AMR",
    b"OggS",
    b"fLaC",
    b"\x1aE\xdf\xa3",
    b"\x00\x00\x01\xba",
    b"\x00\x00\x01\xb3",
)
_INSIDE = {b"RIFF": {b"WAVE", b"AVI "}, b"FORM": {b"AIFF", b"AIFC"}}
_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
_PICTURE_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}
_SYNC = 0xE0


def is_recording(head: bytes) -> bool:
    """Tell whether a file that begins with these 16 bytes is of a kind that is played here.

    That is: mp4, mov, m4a and 3gp, mp3 and aac, caf, amr, wav, aiff, ogg, flac, webm, avi and mpeg.
    """
    inside = _INSIDE.get(head[:4])
    if inside is not None:
        return head[8:12] in inside
    if head[4:8] in _BOXES:
        return head[8:12] not in _PICTURE_BRANDS
    # The frames of mp3 and aac begin with eleven set bits.
    is_frame = len(head) > 1 and head[:1] == b"\xff" and head[1] & _SYNC == _SYNC
    return head.startswith(_MAGIC) or is_frame
