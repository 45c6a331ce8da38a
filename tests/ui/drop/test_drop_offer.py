from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from linqdesk.domain.outgoing_files import LateFile, PastedFile
from linqdesk.ui.drop.drop_offer import DropOffer, brings_files, offer_of, sources_of
from tests.ui.drop.drags import files_data


def test_files_are_told_by_their_names_and_never_opened() -> None:
    data = files_data(["/nowhere/a.jpg", "/nowhere/Memo.M4A", "/nowhere/b.wav"])
    assert brings_files(data)
    assert offer_of(data) == DropOffer(3, 2)
    assert sources_of(data) == (Path("/nowhere/a.jpg"), Path("/nowhere/Memo.M4A"), Path("/nowhere/b.wav"))


def test_a_file_that_is_named_twice_is_taken_once() -> None:
    assert sources_of(files_data(["/nowhere/a.jpg", "/nowhere/a.jpg"])) == (Path("/nowhere/a.jpg"),)


def test_a_picture_goes_as_its_program_encoded_it() -> None:
    data = QMimeData()
    data.setData("image/jpeg", b"jpeg bytes")
    data.setUrls([QUrl("https://example.com/page")])
    assert brings_files(data)
    assert offer_of(data) == DropOffer(1)
    assert sources_of(data) == (PastedFile("Picture.jpg", b"jpeg bytes"),)


def test_a_picture_without_bytes_is_encoded_once_it_is_taken() -> None:
    data = QMimeData()
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(0xFF3366)
    data.setImageData(image)
    (picture,) = sources_of(data)
    assert isinstance(picture, LateFile)
    assert picture.name == "Picture.png"
    assert QImage.fromData(picture.encode()).pixel(1, 1) == 0xFFFF3366


def test_text_is_text_even_with_a_picture_of_itself() -> None:
    data = QMimeData()
    data.setText("a cell of a table")
    data.setData("image/png", b"its picture")
    assert not brings_files(data)
    assert sources_of(data) == ()
    assert not brings_files(QMimeData())


def test_addresses_of_the_web_are_no_files() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/a.png")])
    data.setText("https://example.com/a.png")
    assert not brings_files(data)
    assert offer_of(data) == DropOffer(0)
