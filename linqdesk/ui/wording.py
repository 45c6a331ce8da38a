"""Sentences for times, waits, sizes, faults and the connection."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linqdesk.domain.errors import (
    LocalFaultError,
    NotAllowedError,
    NotFoundError,
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestRejectedError,
    ServerFaultError,
    SignInRejectedError,
    UnexpectedReplyError,
)
from linqdesk.domain.send_gate import HeldBackError, LockReason
from linqdesk.domain.service import Service
from linqdesk.store.view import ConnectionState
from linqdesk.ui.names import format_handle

if TYPE_CHECKING:
    from datetime import datetime

    from linqdesk.domain.errors import (
        LinqDeskError,
    )
    from linqdesk.domain.send_gate import Lock
    from linqdesk.store.view import Connection

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK_DAYS = 7
_FRESH_S = 15
_SIZE_STEP, _FEW_UNITS = 1000, 10

SERVICE_NAMES = {
    Service.IMESSAGE: "iMessage",
    Service.RCS: "RCS",
    Service.SMS: "SMS",
    Service.UNKNOWN: "Unknown service",
}

# What the API's codes mean to the person at the desk (linq-api.md 3.1). 2020 and 2025 are not
# documented, nor are 4006 to 4008: they are told by their range.
CODE_WORDS = {
    1001: "Linq misses something in what was asked",
    1002: "this is no phone number that Linq knows: it begins with + and the country code",
    1003: "Linq could not read what was asked",
    1004: "Linq did not accept what the message says",
    1005: "Linq did not accept a detail of this; a first message must not hold a link",
    1006: "only groups have a name and an icon",
    1007: "too many requests in a short time",
    1008: "Linq did not accept the app card",
    2001: "Linq no longer has this chat",
    2002: "Linq no longer has this message",
    2003: "Linq no longer has this file",
    2004: "Linq refused the token",
    2005: "this account may not do this",
    2006: "this line is not yours",
    2007: "Linq still prepares the file",
    2008: "the recipient must write first",
    2009: "Linq still sets the chat up",
    2010: "Linq no longer has this subscription",
    2011: "this feature is not switched on for your account",
    2012: "this line has no contact card",
    2013: "this chat was left or deleted",
    2014: "this line has a contact card already",
    2015: "this is no longer as you see it: the message or chat has changed",
    2016: "this does not work in groups",
    2017: "this does not work over the chat's service",
    2018: "an app card needs iMessage",
    2019: "Linq does not know this line",
    2021: "Linq does not know this payment request",
    2022: "the contact card could not be set up",
    2023: "nobody can be mentioned here",
    2024: "the recipient has opted out of messages",
    2026: "the recipient is blocked",
    2027: "this line may not send at the moment",
    2028: "an app clip needs iMessage",
    3001: "Linq has a problem of its own",
    3002: "Linq has a problem of its own",
    3003: "Linq has a problem of its own",
    3004: "Linq has a problem of its own",
    3005: "Linq took too long",
    3006: "Linq has a problem of its own",
    3007: "it could not be delivered in all attempts",
    4001: "it could not be delivered",
    4002: "this line is offline",
    4003: "Linq could not report what happened",
    4004: "the service behind Linq is not available",
    4005: "the recipient cannot receive this kind of message",
    4009: "this line cannot check RCS: it has no RCS account",
    4010: "RCS could not be checked",
    5001: "the file could not be uploaded; a voice memo has 10 MB at most",
    5002: "Linq could not fetch the file from its address",
    5003: "Linq could not prepare the upload",
    5004: "Linq does not take files of this type",
    5005: "the file is too large",
    5006: "the file is not of the type that it says",
    5007: "Linq could not fetch the picture from its address",
}
# What the codes of a thousand have in common, for those that are not known yet.
_RANGE_WORDS = {
    3: "Linq has a problem of its own",
    4: "it could not be delivered",
    5: "Linq could not handle the file",
}

_KIND_WORDS: dict[type[LinqDeskError], str] = {
    OfflineError: "Linq cannot be reached",
    OutcomeUnknownError: "the connection broke before Linq answered",
    RateLimitedError: "too many requests in a short time",
    ServerFaultError: "Linq has a problem of its own",
    SignInRejectedError: "Linq refused the token",
    NotAllowedError: "Linq does not allow this",
    NotFoundError: "Linq no longer has this",
    RequestRejectedError: "Linq did not accept this",
    UnexpectedReplyError: "something else than Linq answered, perhaps this network's sign-in page",
}


def clock_time(when: datetime) -> str:
    """Return "14:02" in local time."""
    return when.astimezone().strftime("%H:%M")


def _date(when: datetime, now: datetime) -> str:
    text = f"{when.day} {_MONTHS[when.month - 1]}"
    return text if when.year == now.year else f"{text} {when.year}"


def day_words(when: datetime, now: datetime) -> str:
    """Return "Today", "Yesterday" or "Mon 3 Mar", with the year if it is another one."""
    local, today = when.astimezone(), now.astimezone()
    days = (today.date() - local.date()).days
    if days == 0:
        return "Today"
    if days == 1:
        return "Yesterday"
    return f"{_WEEKDAYS[local.weekday()]} {_date(local, today)}"


def time_heading(when: datetime, now: datetime) -> str:
    """Return "Today 14:02", "Yesterday 09:10" or "Mon 3 Mar 09:10"."""
    return f"{day_words(when, now)} {clock_time(when)}"


def list_time(when: datetime, now: datetime) -> str:
    """Return "14:02" for today, "Tue" within a week, else "3 Mar"."""
    local, today = when.astimezone(), now.astimezone()
    days = (today.date() - local.date()).days
    if days <= 0:
        return clock_time(when)
    return _WEEKDAYS[local.weekday()] if days < _WEEK_DAYS else _date(local, today)


def waiting_words(since: datetime, now: datetime, *, is_spoken: bool = False) -> str:
    """Return "now", "12 min", "3 h" or "2 d"; written out where it is to be spoken."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return "less than a minute" if is_spoken else "now"
    for count, short, long in ((minutes // 1440, "d", "day"), (minutes // 60, "h", "hour")):
        if count:
            return _counted(count, long) if is_spoken else f"{count} {short}"
    return _counted(minutes, "minute") if is_spoken else f"{minutes} min"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def fault_reason(error: LinqDeskError) -> str:
    """Return what is wrong, in plain words that can follow "Not delivered – "."""
    if isinstance(error, HeldBackError):
        return held_back_words(error)
    is_ours = isinstance(error, RequestRejectedError) and error.details.status is None
    if isinstance(error, LocalFaultError) or (is_ours and error.message):
        return error.message.rstrip(".")
    code = error.details.code or 0
    known = CODE_WORDS.get(code)
    if known is not None:
        return known
    kind_words = next((words for kind, words in _KIND_WORDS.items() if isinstance(error, kind)), "it failed")
    words = _RANGE_WORDS.get(code // 1_000, kind_words)
    said = error.message.strip().rstrip(".")
    if said and isinstance(error, RequestRejectedError | NotAllowedError):
        return f"{words}: {said}"
    return words


def lock_sentence(lock: Lock) -> str:
    """Return why nothing may be sent into a chat and what would change that."""
    if lock.reason is LockReason.BLOCKED:
        return f"{lock.words} Nothing can be sent here until they are unblocked at Linq."
    if lock.reason is LockReason.REFUSED:
        return f"{lock.words} Nothing can be sent here until they write again; Retry asks Linq anew."
    until = "" if lock.reason is LockReason.LEFT else " until they write again"
    return f"{lock.words} Nothing can be sent here{until}."


def held_back_words(error: HeldBackError) -> str:
    """Return why a message was held back."""
    if error.lock is not None:
        return error.lock.words[:1].lower() + error.lock.words[1:].rstrip(".")
    if error.answer is not None:
        return "somebody else answered from this line meanwhile"
    if error.other_line is not None:
        other = format_handle(error.other_line)
        return (
            f"this customer waits for your answer on another line, {other}; this goes out over the chat's own"
        )
    if error.is_line_critical:
        return "this line is critical: a new chat that is not answered may cost it its reputation"
    return "this chat is critical: more messages without answers may cost the line its reputation"


def fault_sentence(error: LinqDeskError) -> str:
    """Return what is wrong as a sentence of its own."""
    reason = fault_reason(error)
    return f"{reason[:1].upper()}{reason[1:]}."


def fault_reasons(error: LinqDeskError) -> tuple[str, ...]:
    """Return what is wrong in a sentence, and Linq's own words where it said any."""
    said = error.message.strip()
    is_linqs = error.details.status is not None and said
    return (fault_sentence(error), f"Linq says: {said}") if is_linqs else (fault_sentence(error),)


def fault_details(error: LinqDeskError) -> str:
    """Return what Linq's support asks for: code and status, trace id, page, a line each; empty for none."""
    details = error.details
    numbers = (("Code", details.code), ("HTTP", details.status))
    first = " · ".join(f"{name} {number}" for name, number in numbers if number is not None)
    trace = f"Trace {details.trace_id}" if details.trace_id else ""
    return "\n".join(line for line in (first, trace, details.doc_url or "") if line)


def connection_words(connection: Connection, now: datetime) -> str:
    """Return the status bar's few words."""
    match connection.state:
        case ConnectionState.CONNECTING:
            return "Connecting…"
        case ConnectionState.OFFLINE:
            return "Offline"
        case ConnectionState.RATE_LIMITED:
            return "Slowed down by Linq"
        case ConnectionState.SERVER_TROUBLE:
            return "Linq has trouble"
        case ConnectionState.SIGNED_OUT:
            return "Signed out"
        case ConnectionState.ONLINE:
            return f"Up to date{_age(connection.synced_at, now)}"


def _age(synced_at: datetime | None, now: datetime) -> str:
    """Return how old the data is, nothing while it is fresh."""
    if synced_at is None or now - synced_at < timedelta(seconds=_FRESH_S):
        return ""
    return (
        f" {waiting_words(synced_at, now)} ago"
        if now - synced_at >= timedelta(minutes=1)
        else " a moment ago"
    )


def banner_words(connection: Connection, now: datetime) -> str | None:
    """Return what is wrong with the connection and what happens next, None where nothing is wrong."""
    if connection.fault is None and connection.state is ConnectionState.SIGNED_OUT:
        return "You are not signed in."
    if connection.fault is None or connection.state is ConnectionState.ONLINE:
        return None
    what = fault_sentence(connection.fault)
    kept = "What you write is kept and sent then."
    if connection.state is ConnectionState.SIGNED_OUT:
        return f"{what} Sign in again to go on. What you write is kept and sent then."
    if connection.retry_at is None:
        return f"{what} {kept}"
    seconds = max(1, round((connection.retry_at - now).total_seconds()))
    return f"{what} Trying again {_soon(seconds)}. {kept}"


def _soon(seconds: int) -> str:
    for limit, words in ((5, "in a moment"), (20, "in some seconds"), (60, "within a minute")):
        if seconds <= limit:
            return words
    return f"in {round(seconds / 60)} min"


def size_words(size_bytes: int) -> str:
    """Return "640 bytes", "12 KB", "3.4 MB" or "25 MB"; a thousand of each make one of the next."""
    if size_bytes < _SIZE_STEP:
        return "1 byte" if size_bytes == 1 else f"{size_bytes} bytes"
    size = float(size_bytes)
    for unit in ("KB", "MB", "GB"):
        size /= _SIZE_STEP
        if round(size) < _SIZE_STEP or unit == "GB":
            break
    is_round = size >= _FEW_UNITS or unit == "KB" or round(size, 1).is_integer()
    return f"{size:.0f} {unit}" if is_round else f"{size:.1f} {unit}"
