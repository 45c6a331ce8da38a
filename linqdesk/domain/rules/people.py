"""Whom a message may go to, from which line, and what a contact card may say."""

from collections.abc import Sequence

from linqdesk.domain.rules.addresses import is_fetchable, is_handle, is_phone_number
from linqdesk.domain.rules.violation import Violation

MAX_RECIPIENTS = 31
HANDLE_WORDS = (
    "Write a phone number with its country code, such as +12223334444, without blanks, dashes or"
    " parentheses, or an e-mail address."
)


def check_recipients(handles: Sequence[str]) -> tuple[Violation, ...]:
    """Check the recipients of a new chat: 1 to 31, each an E.164 number or an e-mail address.

    Sources: linq-api.md 2.1 (`to`), S2 (Handle Format).
    """
    found: list[Violation] = []
    if not 1 <= len(handles) <= MAX_RECIPIENTS:
        words = f"A chat has 1 to {MAX_RECIPIENTS} recipients; this one would have {len(handles)}."
        found.append(Violation("recipient_count", words))
    for number, handle in enumerate(handles, 1):
        if not is_handle(handle):
            words = f"Recipient {number} is no handle. {HANDLE_WORDS}"
            found.append(Violation("recipient_handle", words))
    return tuple(found)


def check_line(handle: str) -> tuple[Violation, ...]:
    """Check that the number to send from is in E.164 form (linq-api.md 2.1, `from`; code 1002)."""
    if is_phone_number(handle):
        return ()
    words = "The line to send from is a phone number with its country code, such as +12223334444."
    return (Violation("line", words),)


def check_contact_card(
    phone_number: str, *, first_name: str | None, image_url: str | None = None, is_new: bool = False
) -> tuple[Violation, ...]:
    """Check a contact card (linq-api.md 2.4).

    Args:
        phone_number: the line whose card it is, in E.164 form.
        first_name: a card must have one; None leaves it as it is where the card is not new.
        image_url: an https address, None for no picture or the one that the card has.
        is_new: whether the card is made rather than changed.
    """
    found = list(check_line(phone_number))
    if first_name == "" or (first_name is None and is_new):
        found.append(Violation("first_name", "A contact card needs a first name."))
    if image_url is not None and not is_fetchable(image_url):
        words = "The picture of a contact card is a web address that begins with https://."
        found.append(Violation("contact_image_https", words))
    return tuple(found)
