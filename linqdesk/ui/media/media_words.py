"""Words for the states and sizes of files."""

from linqdesk.domain.message import MediaPart
from linqdesk.local.picture_decoder import PictureError
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.wording import fault_reason

PICTURE_TYPES = frozenset(
    f"image/{kind}" for kind in ("jpeg", "jpg", "png", "gif", "webp", "bmp", "tiff", "heic", "heif")
)
"""What the decoder reads; other images are files like any other."""

_STEP = 1000
_FEW = 10


def is_picture(part: MediaPart) -> bool:
    """Tell whether a part is to be shown as a picture, by what it is declared to be."""
    return part.mime_type.partition(";")[0].strip().lower() in PICTURE_TYPES


def size_words(size_bytes: int) -> str:
    """Return "640 bytes", "12 KB", "3.4 MB" or "25 MB"; a thousand of each make one of the next."""
    if size_bytes < _STEP:
        return "1 byte" if size_bytes == 1 else f"{size_bytes} bytes"
    size = float(size_bytes)
    for unit in ("KB", "MB", "GB"):
        size /= _STEP
        if round(size) < _STEP or unit == "GB":
            break
    is_round = size >= _FEW or unit == "KB" or round(size, 1).is_integer()
    return f"{size:.0f} {unit}" if is_round else f"{size:.1f} {unit}"


def state_words(file: MediaFile) -> str:
    """Return what has become of a file, in a few words; nothing where it is there or on its way."""
    match file.state:
        case MediaState.WAITING | MediaState.LOADING | MediaState.READY:
            return ""
        case MediaState.GONE:
            return "No longer available"
        case MediaState.TOO_LARGE:
            return f"Large file, {size_words(file.size_bytes)}" if file.size_bytes else "Large file"
        case MediaState.FAILED:
            return _sentence(fault_reason(file.fault)) if file.fault is not None else "Could not be loaded"


def picture_words(fault: PictureError) -> str:
    """Return why a picture that is here cannot be seen."""
    return fault.message.rstrip(".")


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}"
