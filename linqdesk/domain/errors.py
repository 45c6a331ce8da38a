"""What can go wrong, as a tree.

LinqDeskError
  OfflineError           no name, refused, TLS, connect timeout    provably unsent
  OutcomeUnknownError    the request left, no answer came          repeat only with the same key
  RateLimitedError       429, carries the wait                     wait exactly that
  ServerFaultError       5xx                                       back off
  SignInRejectedError    401                                       ask for the token
  NotAllowedError        403                                       say why
  NotFoundError          404                                       drop where that means gone
  RequestRejectedError   400, 409, 413, 422                        mark that message failed
  UnexpectedReplyError   the body is not what the API documents    skip it
  LocalFaultError        this computer: keyring, disk, file        say what to do
  HeldBackError          our own gate (domain/send_gate.py)        ask the agent
  ChangeNotSeenError     accepted, not done (group_changes.py)     say so, show the group as it is
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ApiDetails:
    """What the API's error envelope and headers said beside the message; None where they said nothing.

    `is_final` where the server itself says that repeating is of no use (`x-should-retry: false`).
    """

    status: int | None = None
    code: int | None = None
    doc_url: str | None = None
    trace_id: str | None = None
    is_final: bool = False


class LinqDeskError(Exception):
    """Anything that a person may have to be told; `api` and `local` let nothing else out.

    The message is the API's own words or ours and never holds a token or what a customer wrote.
    """

    is_retryable: ClassVar[bool] = False

    def __init__(self, message: str = "", details: ApiDetails | None = None) -> None:
        """Keep what was said."""
        super().__init__(message)
        self.message = message
        self.details = details or ApiDetails()


class OfflineError(LinqDeskError):
    """The API could not be reached; the request provably never left."""

    is_retryable: ClassVar[bool] = True


class OutcomeUnknownError(LinqDeskError):
    """The request left and no usable answer came: it may have been carried out."""

    is_retryable: ClassVar[bool] = True


class RateLimitedError(LinqDeskError):
    """Too many requests (429); nothing may be asked for `retry_after_s` seconds."""

    is_retryable: ClassVar[bool] = True

    def __init__(self, message: str = "", details: ApiDetails | None = None, *, retry_after_s: float) -> None:
        """Keep what was said and how long to wait."""
        super().__init__(message, details)
        self.retry_after_s = retry_after_s


class ServerFaultError(LinqDeskError):
    """The server failed (5xx)."""

    is_retryable: ClassVar[bool] = True


class SignInRejectedError(LinqDeskError):
    """The token was refused (401)."""


class NotAllowedError(LinqDeskError):
    """The act is not allowed (403), for instance because the recipient opted out (2024)."""


class NotFoundError(LinqDeskError):
    """The thing is not there (404)."""


class RequestRejectedError(LinqDeskError):
    """The request itself was refused (400, 409, 413, 422) and would be refused again."""


class UnexpectedReplyError(LinqDeskError):
    """The answer is not what the API documents."""

    is_retryable: ClassVar[bool] = True


class LocalFaultError(LinqDeskError):
    """Something on this computer failed: the keyring, the disk, a file."""
