import pytest

from linqdesk.domain.web_picture import picture_key

ICON = "https://cdn.test/a/icon.png"


def test_the_signature_of_an_address_is_not_part_of_the_picture() -> None:
    assert (
        picture_key(f"{ICON}?Expires=1&Signature=x") == picture_key(f"{ICON}?Expires=2") == picture_key(ICON)
    )


def test_other_hosts_and_paths_are_other_pictures() -> None:
    others = {
        picture_key(each) for each in (ICON, "https://cdn.test/b/icon.png", "https://x.test/a/icon.png")
    }
    assert len(others) == 3


@pytest.mark.parametrize(
    "address", [None, "", "icon.png", "ftp://x.test/a", "https://x.test/", "https://[b/i"]
)
def test_what_is_no_address_of_a_file_is_no_picture(address: str | None) -> None:
    assert picture_key(address) is None
