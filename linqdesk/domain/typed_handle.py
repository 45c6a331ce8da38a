"""Reads a recipient as the agent types it: a phone number in any usual form, or an e-mail address."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from linqdesk.domain.ids import Handle
from linqdesk.domain.rules.addresses import is_handle, is_phone_number

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_SEPARATORS = re.compile(r"[,;\n]+")
_NOBODY = "Write a phone number, an e-mail address, or the name of somebody who is known here."


@dataclass(frozen=True, slots=True)
class TypedHandle:
    """What was typed: a handle, or what is wrong; a handle with words is possible and yet odd."""

    handle: Handle | None
    words: str = ""


def split_handles(text: str) -> list[str]:
    """Return what stands between commas, semicolons and line breaks, without blanks around it."""
    return [each.strip() for each in _SEPARATORS.split(text) if each.strip()]


@lru_cache(maxsize=256)
def read_handle(text: str, line: Handle | None) -> TypedHandle:
    """Read a recipient.

    Args:
        text: one recipient, as typed.
        line: our number, in whose country numbers without a country code are; None asks for the code.
    """
    typed = text.strip()
    if "@" in typed:
        if is_handle(typed):
            return TypedHandle(Handle(typed.lower()))
        return TypedHandle(None, "An e-mail address looks like name@example.com.")
    if not any(each.isdigit() for each in typed) or any(each.isalpha() for each in typed):
        return TypedHandle(None, _NOBODY)
    return _number(typed, line)


def _number(typed: str, line: Handle | None) -> TypedHandle:
    # Its tables take a while to load, which the first picture of the window does without.
    import phonenumbers

    region = _region(line) if line is not None else None
    if region is None and not typed.startswith("+"):
        return TypedHandle(None, "Begin the number with + and its country code.")
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException as fault:
        is_code = fault.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        words = "No country has this code after the +." if is_code else "This is no phone number."
        return TypedHandle(None, words)
    handle = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    complaint = _complaint(number)
    if complaint or not is_phone_number(handle):
        return TypedHandle(None, complaint or "This is no phone number.")
    is_usual = phonenumbers.is_valid_number(number)
    doubt = "" if is_usual else f"No such number is given out under +{number.country_code}: check it."
    return TypedHandle(Handle(handle), doubt)


def _complaint(number: "PhoneNumber") -> str:
    """Return why nobody can have a number, empty where somebody may."""
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    code = f"+{number.country_code}"
    if number.extension:
        return "A number with an extension cannot receive messages."
    match is_possible_number_with_reason(number):
        case ValidationResult.IS_POSSIBLE:
            return ""
        case ValidationResult.TOO_SHORT:
            return f"Too short for a number under {code}."
        case ValidationResult.TOO_LONG:
            return f"Too long for a number under {code}."
        case ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return "The area code is missing."
        case _:
            return f"Numbers under {code} have another length."


@lru_cache(maxsize=32)
def _region(line: Handle) -> str | None:
    """Return the country of a line as two letters, None where its number tells none."""
    import phonenumbers

    try:
        number = phonenumbers.parse(line)
    except phonenumbers.NumberParseException:
        return None
    region: str | None = phonenumbers.region_code_for_number(number)
    return region or phonenumbers.region_code_for_country_code(number.country_code or 0)
