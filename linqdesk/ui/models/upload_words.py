"""How far a file of ours has come on its way to Linq, in words. Pure."""

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.outgoing_files import own_key
from linqdesk.store.uploads import Upload, UploadState
from linqdesk.store.view import CacheView


def upload_words(attachment_id: AttachmentId, cache: CacheView) -> str:
    """Return "41% uploaded" and the like; nothing for a file that does not wait for an upload."""
    key = own_key(attachment_id)
    upload = cache.uploads.of(key) if key is not None else None
    return _words(upload) if upload is not None else ""


def _words(upload: Upload) -> str:
    match upload.state:
        case UploadState.WAITING:
            return "waits for its upload"
        case UploadState.RUNNING:
            return f"{upload.progress:.0%} uploaded"
        case UploadState.DONE:
            return "uploaded"
        case UploadState.FAILED | UploadState.HELD:
            return "not uploaded"
