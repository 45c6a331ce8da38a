import pytest

from linqdesk.domain.rules import Violation, check_contact_card, check_line, check_recipients


def names(found: tuple[Violation, ...]) -> list[str]:
    return [each.rule for each in found]


@pytest.mark.parametrize(("count", "is_allowed"), [(0, False), (1, True), (31, True), (32, False)])
def test_a_chat_has_1_to_31_recipients(count: int, is_allowed: bool) -> None:
    found = check_recipients([f"+1415555{number:04d}" for number in range(count)])
    assert names(found) == ([] if is_allowed else ["recipient_count"])


@pytest.mark.parametrize(
    "handle", ["+12", "+123456789012345", "+442071234567", "ana@shop.test", "a.b+c@mail.shop.co.uk"]
)
def test_recipients_are_phone_numbers_and_email_addresses(handle: str) -> None:
    assert check_recipients([handle]) == ()


@pytest.mark.parametrize(
    "handle",
    [
        *(
            "+1",
            "+1234567890123456",
            "+0123456",
            "14155550110",
            "+1 415 555",
            "+1(415)555",
            "+1415\n",
            "+١٢٣٤",
        ),
        *(
            "",
            "ana",
            "ana@shop",
            "ana@@shop.test",
            "an a@shop.test",
            "@shop.test",
            "ana@.test",
            "ana@shop.test.",
        ),
    ],
)
def test_anything_else_is_no_recipient(handle: str) -> None:
    found = check_recipients(["+14155550110", handle])
    assert names(found) == ["recipient_handle"]
    assert found[0].words.startswith("Recipient 2 ")


def test_a_line_is_a_phone_number() -> None:
    assert check_line("+14155550110") == ()
    assert names(check_line("ana@shop.test")) == ["line"]


def test_a_new_contact_card_needs_a_first_name_and_a_changed_one_keeps_its_own() -> None:
    assert check_contact_card("+14155550110", first_name="Ana", is_new=True) == ()
    assert names(check_contact_card("+14155550110", first_name=None, is_new=True)) == ["first_name"]
    assert check_contact_card("+14155550110", first_name=None) == ()
    assert names(check_contact_card("+14155550110", first_name="")) == ["first_name"]


def test_a_contact_card_is_of_a_line_and_its_picture_comes_by_https() -> None:
    assert names(check_contact_card("ana@shop.test", first_name="Ana")) == ["line"]
    assert check_contact_card("+14155550110", first_name="A", image_url="https://x.test/a.png") == ()
    found = check_contact_card("+14155550110", first_name="A", image_url="http://x.test/a.png")
    assert names(found) == ["contact_image_https"]
