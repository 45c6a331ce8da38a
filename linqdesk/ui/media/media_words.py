"""Words for the states of files."""

from linqdesk.domain.message import MediaPart
from linqdesk.local.picture_decoder import PictureError
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.models.media_words import MediaKind, media_kind
from linqdesk.ui.wording import fault_reason, size_words


def is_picture(part: MediaPart) -> bool:
    """Tell whether a part is to be shown as a picture, by what it is declared to be."""
    return media_kind(part.mime_type) is MediaKind.PICTURE


def is_video(part: MediaPart) -> bool:
    """Tell whether a part is to be played as a video, by what it is declared to be."""
    return media_kind(part.mime_type) is MediaKind.VIDEO


def is_seen_large(part: MediaPart) -> bool:
    """Tell whether a part can be looked at in a window of its own."""
    return is_picture(part) or is_video(part)


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
