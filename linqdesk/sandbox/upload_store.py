"""Where uploaded bytes lie while a sandbox runs."""

import shutil
import tempfile
from pathlib import Path


class UploadStore:
    """A folder of this computer's temporary files, made at the first upload."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def path_for(self, attachment_id: str) -> Path:
        """Return where the bytes of an attachment belong."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="linqdesk-sandbox-"))
        return self._folder / attachment_id

    def close(self) -> None:
        """Remove the folder with everything in it."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
