"""What a failed request means for what it was to do: pure."""

from linqdesk.domain.errors import (
    LinqDeskError,
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    ServerFaultError,
    SignInRejectedError,
    UnexpectedReplyError,
)

# What Linq itself advises to repeat after seconds: the attachment or the chat is still being made.
FILE_NOT_READY_CODE, ATTACHMENT_GONE_CODE = 2007, 2003
NOT_READY_CODES = frozenset({FILE_NOT_READY_CODE, 2009})


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
