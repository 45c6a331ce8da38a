"""Which files may be sent, by upload, by URL and as voice memos."""

from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.outgoing import OutgoingMedia
from linqdesk.domain.rules.addresses import HTTPS, has_scheme
from linqdesk.domain.rules.violation import Violation

_MIB = 1024 * 1024
MAX_UPLOAD_BYTES = 100 * _MIB
# The documents write 10MB beside 100MB, and the latter is 104,857,600 bytes.
MAX_URL_BYTES = 10 * _MIB
MAX_VOICE_MEMO_BYTES = 10 * _MIB
MAX_FILENAME = 255

_OFFICE = "application/vnd.openxmlformats-officedocument"
# The names of the vendor's SDK; those of its OpenAPI file of March 2026 stand in the last rows. Where
# the two disagree (WebP, SVG) the server decides.
_TYPES = frozenset(
    f"""
    image/jpeg image/png image/gif image/heic image/heif image/tiff image/bmp image/svg+xml image/webp
    image/x-icon
    video/mp4 video/quicktime video/mpeg video/mpeg2 video/x-m4v video/x-msvideo video/3gpp
    audio/mpeg audio/mp3 audio/x-m4a audio/mp4 audio/x-caf audio/x-wav audio/x-aiff audio/aiff audio/aac
    audio/midi audio/amr
    application/pdf application/vnd.apple.pkpass application/epub+zip application/json application/zip
    application/x-gzip
    text/plain text/markdown text/vcard text/rtf text/csv text/html text/calendar text/xml
    application/msword application/vnd.ms-excel application/vnd.ms-powerpoint
    {_OFFICE}.wordprocessingml.document {_OFFICE}.spreadsheetml.sheet
    {_OFFICE}.presentationml.presentation
    application/x-iwork-pages-sffpages application/x-iwork-numbers-sffnumbers
    application/x-iwork-keynote-sffkey
    image/jpg audio/wav audio/m4a application/rtf
    application/vnd.apple.pages application/vnd.apple.numbers application/vnd.apple.keynote
    """.split()
)
_VOICE_TYPES = frozenset(
    {"audio/mpeg", "audio/mp3", "audio/x-m4a", "audio/mp4", "audio/m4a", "audio/aac", "audio/x-caf"}
    | {"audio/wav", "audio/x-wav", "audio/aiff", "audio/x-aiff", "audio/amr"}
)


def check_attachment(filename: str, mime_type: str, size_bytes: int) -> tuple[Violation, ...]:
    """Check a file before its upload (linq-api.md 4): its name's length, its type, 1 to 104,857,600 bytes."""
    found: list[Violation] = []
    if not 1 <= utf16_length(filename) <= MAX_FILENAME:
        words = f"A file's name has 1 to {MAX_FILENAME} characters; this one has {utf16_length(filename)}."
        found.append(Violation("filename_length", words))
    if mime_type not in _TYPES:
        words = "Linq does not carry files of this type; FLAC, OGG and programs are among those it refuses."
        found.append(Violation("file_type", words))
    if size_bytes < 1:
        found.append(Violation("file_size", "An empty file cannot be sent."))
    elif size_bytes > MAX_UPLOAD_BYTES:
        words = f"A file has 100 MB at most; this one has {size_bytes / _MIB:,.1f} MB."
        found.append(Violation("file_size", words))
    return tuple(found)


def check_media_url(
    url: str, *, size_bytes: int | None = None, part_index: int | None = None
) -> tuple[Violation, ...]:
    """Check a file that Linq is to fetch: https, and 10 MB where its size is known (S4, MediaPart)."""
    found: list[Violation] = []
    if not has_scheme(url, HTTPS):
        words = "The web address of a file must begin with https:// and hold no blank."
        found.append(Violation("media_url_https", words, part_index))
    if size_bytes is not None and size_bytes > MAX_URL_BYTES:
        words = (
            f"A file that Linq fetches by its web address has 10 MB at most; this one has"
            f" {size_bytes / _MIB:,.1f} MB. Upload it instead."
        )
        found.append(Violation("media_url_size", words, part_index))
    return tuple(found)


def check_voice_memo(
    source: OutgoingMedia, *, mime_type: str | None = None, size_bytes: int | None = None
) -> tuple[Violation, ...]:
    """Check a voice memo (S4, Send a voice memo; 10 MB by linq-api.md 2.1).

    Args:
        source: exactly one of an uploaded attachment and an https URL.
        mime_type: of the recording, None where it is not known.
        size_bytes: of the recording, None where it is not known.
    """
    found: list[Violation] = []
    if bool(source.url) == bool(source.attachment_id):
        words = "A voice memo is either uploaded or named by its web address: exactly one of the two."
        found.append(Violation("voice_memo_source", words))
    elif source.url and not has_scheme(source.url, HTTPS):
        words = "The web address of a voice memo must begin with https:// and hold no blank."
        found.append(Violation("voice_memo_https", words))
    return (*found, *check_recording(mime_type=mime_type, size_bytes=size_bytes))


def check_recording(*, mime_type: str | None = None, size_bytes: int | None = None) -> tuple[Violation, ...]:
    """Check the bytes of a voice memo: the seven kinds of S4, 1 byte to 10 MB (linq-api.md 2.1).

    Args:
        mime_type: of the recording, None where it is not known.
        size_bytes: of the recording, None where it is not known.
    """
    found: list[Violation] = []
    if mime_type is not None and mime_type not in _VOICE_TYPES:
        words = "A voice memo is an MP3, M4A, AAC, CAF, WAV, AIFF or AMR recording."
        found.append(Violation("voice_memo_type", words))
    if size_bytes is not None and size_bytes < 1:
        found.append(Violation("voice_memo_size", "An empty recording cannot be sent."))
    elif size_bytes is not None and size_bytes > MAX_VOICE_MEMO_BYTES:
        words = f"A voice memo has 10 MB at most; this one has {size_bytes / _MIB:,.1f} MB."
        found.append(Violation("voice_memo_size", words))
    return tuple(found)
