"""Sentences for times, waits, faults and the connection."""

from datetime import datetime, timedelta

from linqdesk.domain.errors import (
    LinqDeskError,
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
from linqdesk.domain.service import Service
from linqdesk.store.view import Connection, ConnectionState

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK_DAYS = 7
_FRESH_S = 15

SERVICE_NAMES = {
    Service.IMESSAGE: "iMessage",
    Service.RCS: "RCS",
    Service.SMS: "SMS",
    Service.UNKNOWN: "Unknown service",
}

# What the API's codes mean to the person at the desk (linq-api.md 3.1).
_CODE_WORDS = {
    1004: "Linq did not accept what the message says",
    2001: "Linq no longer has this chat",
    2002: "Linq no longer has this message",
    2006: "this line is not yours",
    2008: "the recipient must write first",
    2013: "this chat was left or deleted",
    2024: "the recipient has opted out of messages",
    2026: "the recipient is blocked",
    2027: "this line may not send at the moment",
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
    if isinstance(error, LocalFaultError):
        return error.message.rstrip(".")
    known = _CODE_WORDS.get(error.details.code or 0)
    if known is not None:
        return known
    words = next((words for kind, words in _KIND_WORDS.items() if isinstance(error, kind)), "it failed")
    said = error.message.strip().rstrip(".")
    if said and isinstance(error, RequestRejectedError | NotAllowedError):
        return f"{words}: {said}"
    return words


def fault_sentence(error: LinqDeskError) -> str:
    """Return what is wrong as a sentence of its own."""
    reason = fault_reason(error)
    return f"{reason[:1].upper()}{reason[1:]}."


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
