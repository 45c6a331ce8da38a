"""What a failed request means for what it was to do: pure."""

from linqdesk.domain.errors import (
    LinqDeskError,
    NotFoundError,
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestRejectedError,
    ServerFaultError,
    SignInRejectedError,
    UnexpectedReplyError,
)

# What Linq itself advises to repeat after seconds: the attachment or the chat is still being made.
FILE_NOT_READY_CODE, ATTACHMENT_GONE_CODE = 2007, 2003
NOT_READY_CODES = frozenset({FILE_NOT_READY_CODE, 2009})

# What else a request with an attachment may name as missing: the chat, or the message that it answers.
_REFUSED = frozenset({400, 404, 422})
_OTHERS_GONE = frozenset({2001, 2002})


def may_lack_attachment(error: LinqDeskError) -> bool:
    """Tell whether a message may have been refused because Linq does not know an attachment any more.

    Linq documents 404/2003 for that (linq-api.md 3). Where it says something else of an old attachment, a
    new one costs little: if the reason is another one, it is refused as well.
    """
    is_refused = isinstance(error, NotFoundError | RequestRejectedError)
    return is_refused and error.details.status in _REFUSED and error.details.code not in _OTHERS_GONE


def is_worth_repeating(error: LinqDeskError) -> bool:
    """Tell whether the same request may succeed later."""
    if isinstance(error, SignInRejectedError | RateLimitedError):
        return True
    if error.details.is_final:
        return False
    is_unreadable = isinstance(error, UnexpectedReplyError)
    return error.is_retryable or is_unreadable or error.details.code in NOT_READY_CODES


def is_outcome_unknown(error: LinqDeskError) -> bool:
    """Tell whether a request may have been carried out although it failed."""
    return isinstance(error, OutcomeUnknownError | ServerFaultError | UnexpectedReplyError)


def is_certainly_undone(error: LinqDeskError) -> bool:
    """Tell whether a request that is worth repeating certainly did nothing."""
    is_refused = isinstance(error, OfflineError | RateLimitedError | SignInRejectedError)
    return is_refused or error.details.code in NOT_READY_CODES
