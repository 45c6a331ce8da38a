"""Which file types the API takes and what it calls them (linq-api.md, section 4)."""

_ACCEPTED = frozenset(
    f"image/{name}"
    for name in ("jpeg", "png", "gif", "heic", "heif", "tiff", "bmp", "svg+xml", "webp", "x-icon")
) | frozenset(f"video/{name}" for name in ("mp4", "quicktime", "mpeg", "mpeg2", "x-m4v", "x-msvideo", "3gpp"))
_ACCEPTED_AUDIO = frozenset(
    f"audio/{name}"
    for name in ("mpeg", "mp3", "x-m4a", "mp4", "x-caf", "x-wav", "x-aiff", "aiff", "aac", "midi", "amr")
)
_ACCEPTED_FILES = frozenset(
    f"text/{name}" for name in ("plain", "markdown", "vcard", "rtf", "csv", "html", "calendar", "xml")
) | frozenset(
    f"application/{name}"
    for name in (
        "pdf",
        "vnd.apple.pkpass",
        "msword",
        "vnd.openxmlformats-officedocument.wordprocessingml.document",
        "vnd.ms-excel",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "vnd.ms-powerpoint",
        "vnd.openxmlformats-officedocument.presentationml.presentation",
        "x-iwork-pages-sffpages",
        "x-iwork-numbers-sffnumbers",
        "x-iwork-keynote-sffkey",
        "epub+zip",
        "json",
        "zip",
        "x-gzip",
    )
)
ACCEPTED = _ACCEPTED | _ACCEPTED_AUDIO | _ACCEPTED_FILES
"""The types of linq-python 0.65.0, and audio/aac, which only its prose names."""

_OLD_NAMES = {
    "image/jpg": "image/jpeg",
    "audio/wav": "audio/x-wav",
    "audio/m4a": "audio/x-m4a",
    "application/rtf": "text/rtf",
    "application/vnd.apple.pages": "application/x-iwork-pages-sffpages",
    "application/vnd.apple.numbers": "application/x-iwork-numbers-sffnumbers",
    "application/vnd.apple.keynote": "application/x-iwork-keynote-sffkey",
}
_DELIVERED_AS = {"audio/mp3": "audio/mpeg", "audio/mp4": "audio/x-m4a", "audio/aiff": "audio/x-aiff"}
VOICE_MEMO_TYPES = frozenset(
    {"audio/mpeg", "audio/x-m4a", "audio/aac", "audio/x-caf", "audio/x-wav", "audio/x-aiff", "audio/amr"}
)
_BY_SUFFIX = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "heic": "image/heic",
    "heif": "image/heif",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "m4v": "video/x-m4v",
    "mpeg": "video/mpeg",
    "mpg": "video/mpeg",
    "3gp": "video/3gpp",
    "m4a": "audio/x-m4a",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "caf": "audio/x-caf",
    "wav": "audio/x-wav",
    "aiff": "audio/x-aiff",
    "amr": "audio/amr",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "rtf": "text/rtf",
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pages": "application/x-iwork-pages-sffpages",
    "numbers": "application/x-iwork-numbers-sffnumbers",
    "key": "application/x-iwork-keynote-sffkey",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "html": "text/html",
    "htm": "text/html",
    "vcf": "text/vcard",
    "ics": "text/calendar",
}


def accepted_name(content_type: str) -> str | None:
    """Return today's name of a declared type, None where the API does not take it."""
    plain = content_type.partition(";")[0].strip().lower()
    known = _OLD_NAMES.get(plain, plain)
    return known if known in ACCEPTED else None


def delivered_name(content_type: str) -> str:
    """Return the type under which a recipient sees a file; deprecated names give way to today's."""
    return _DELIVERED_AS.get(content_type, content_type)


def type_of(filename: str) -> str | None:
    """Return the type that a file name's suffix stands for, None for one that the API does not list."""
    return _BY_SUFFIX.get(filename.rpartition(".")[2].lower())
