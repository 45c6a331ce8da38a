from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.card_picture import check_card_picture


def _picture(folder: Path, width: int, height: int, kind: str) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    path = folder / f"Ana's holiday.{kind}"
    assert image.save(str(path))
    return path


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_square_picture_passes(tmp_path: Path, kind: str) -> None:
    check_card_picture(_picture(tmp_path, 200, 200, kind))


@pytest.mark.parametrize("kind", ["png", "jpg"])
@pytest.mark.parametrize(
    ("width", "height", "words"), [(300, 200, r"300 × 200"), (199, 199, "200 pixels at least, this one 199")]
)
def test_what_suits_no_card_is_refused(
    tmp_path: Path, kind: str, width: int, height: int, words: str
) -> None:
    with pytest.raises(LocalFaultError, match=words):
        check_card_picture(_picture(tmp_path, width, height, kind))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a" + b"\0" * 100, "PNG or a JPEG"),
        (b"", "PNG or a JPEG"),
        (b"\xff\xd8\xff", "200 pixels at least"),
        (b"\xff\xd8\xff\xe0\xff\xff" + b"\0" * 40, "200 pixels at least"),
        (b"\x89PNG\r\n\x1a\n", "200 pixels at least"),
        (b"\x89PNG" + b"\0" * 10_000_000, "10 MB"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(LocalFaultError, match=words):
        check_card_picture(path)


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(LocalFaultError, match="cannot be read"):
        check_card_picture(tmp_path / "nothing.png")
