"""Where this program's files live; nobody else on this computer may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linqdesk.domain.errors import LocalFaultError

if TYPE_CHECKING:
    from pathlib import Path

OWNER_ONLY_FOLDER = 0o700
OWNER_ONLY_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of settings, data, customers' files and logs."""

    settings_file: Path
    data_dir: Path
    log_file: Path
    media_dir: Path

    @property
    def journal_file(self) -> Path:
        """Where unsent messages and drafts are kept."""
        return self.data_dir / "unsent" / "journal.sqlite3"

    @property
    def recordings_dir(self) -> Path:
        """Where voice memos are kept while they are recorded."""
        return self.data_dir / "recordings"

    @property
    def seen_file(self) -> Path:
        """Where it is noted how far chats were read: ids and times alone."""
        return self.data_dir / "read" / "seen.sqlite3"

    @property
    def outgoing_dir(self) -> Path:
        """Where copies of the files in unsent messages and drafts are kept."""
        return self.data_dir / "unsent" / "files"

    @property
    def contacts_file(self) -> Path:
        """Where names and notes are kept."""
        return self.data_dir / "contacts.json"


def find_paths(data_dir: Path | None) -> Paths:
    """Return the paths under `data_dir`, or the platform's own where it is None; nothing is made yet."""
    if data_dir is not None:
        return Paths(
            data_dir / "settings.toml", data_dir, data_dir / "logs" / "linqdesk.log", data_dir / "media"
        )
    import platformdirs

    own = platformdirs.PlatformDirs("linqdesk", appauthor=False)
    return Paths(
        own.user_config_path / "settings.toml",
        own.user_data_path,
        own.user_log_path / "linqdesk.log",
        own.user_cache_path / "media",
    )


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter.

    Raises:
        LocalFaultError: it cannot be made.
    """
    try:
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        folder.chmod(OWNER_ONLY_FOLDER)
    except OSError as failure:
        raise LocalFaultError(
            f"The folder {folder} cannot be made: {failure.strerror}. "
            "Set LINQDESK_DATA_DIR to a folder that you may write to."
        ) from failure
