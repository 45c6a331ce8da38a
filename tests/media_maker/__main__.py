"""Writes the gallery's files into `resources/sandbox/media`; Qt needs no screen for it."""

import os
import sys
from pathlib import Path

from tests.media_maker.documents import write_documents
from tests.media_maker.picture_files import write_pictures
from tests.media_maker.sound_files import write_sounds
from tests.media_maker.video import write_video

FOLDER = Path(__file__).parents[2] / "resources" / "sandbox" / "media"


def main() -> None:
    """Make everything anew."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_pictures(FOLDER)
    write_documents(FOLDER)
    write_sounds(FOLDER)
    write_video(FOLDER)
    for file in sorted(FOLDER.iterdir()):
        sys.stdout.write(f"{file.stat().st_size:8d} {file.name}\n")


if __name__ == "__main__":
    main()
