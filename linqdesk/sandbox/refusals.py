"""The errors that the API documents: code, HTTP status and sentence (linq-api.md, section 3.1)."""

from typing import Any

DOCS = "https://docs.linqapp.com/error/codes"

_KNOWN: dict[int, tuple[int, str]] = {
    1001: (400, "A required field is missing"),
    1002: (400, "Phone number must be in E.164 format"),
    1003: (400, "The request body is malformed"),
    1004: (400, "The message content is not valid"),
    1005: (400, "A parameter has a value that is not allowed"),
    1006: (409, "Direct chats cannot be updated"),
    1007: (429, "Too many requests"),
    2001: (404, "Chat not found"),
    2002: (404, "Message not found"),
    2003: (404, "Attachment not found"),
    2004: (401, "Unauthorized - missing or invalid authentication token"),
    2005: (403, "Access denied"),
    2006: (403, "The from number does not belong to this account"),
    2007: (404, "The attachment is still being processed"),
    2008: (403, "The recipient must message this number first"),
    2009: (409, "The chat is still being created"),
    2012: (404, "Contact card not found"),
    2013: (409, "The chat is unavailable"),
    2014: (409, "A contact card already exists for this number"),
    2015: (409, "The request conflicts with the current state"),
    2016: (409, "This is not supported in group chats"),
    2017: (409, "This is not supported on the chat's service"),
    2018: (409, "This needs iMessage"),
    2019: (404, "Phone number not found"),
    2022: (500, "The contact card could not be set up"),
    2023: (409, "A mention is not possible in this chat"),
    2024: (403, "The recipient has opted out of messages"),
    2026: (403, "The handle is blocked"),
    2027: (403, "The line is temporarily ineligible to send"),
    3001: (500, "Internal server error"),
    3002: (500, "The service is unavailable"),
    3005: (504, "The request timed out"),
    4002: (500, "The line is offline"),
    4004: (503, "A downstream service is unavailable"),
    4009: (503, "The line has no RCS account"),
    4010: (503, "The check could not be run"),
    5001: (500, "The upload failed"),
    5002: (500, "The file could not be downloaded"),
    5003: (500, "The upload URL could not be made"),
    5004: (400, "The file type is not supported"),
    5005: (400, "The file is too large"),
    5006: (400, "The content does not match the declared type"),
    5007: (400, "The image URL cannot be fetched"),
}

_CODE_BY_STATUS = {400: 1005, 401: 2004, 403: 2005, 404: 2001, 409: 2015, 413: 5001, 422: 1003, 429: 1007}


class RefusalError(Exception):
    """A documented "no" of the API."""

    def __init__(
        self,
        code: int,
        message: str | None = None,
        *,
        status: int | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        """Refuse with a known `code`; `message` and `status` replace the documented ones."""
        known_status, known_message = _KNOWN.get(code, (500, "Internal server error"))
        self.code = code
        self.status = status or known_status
        self.message = message or known_message
        self.retry_after_s = retry_after_s
        super().__init__(self.message)


def code_for_status(status: int) -> int:
    """Return the code that most often goes with an HTTP status."""
    return _CODE_BY_STATUS.get(status, {503: 4004, 504: 3005}.get(status, 3001))


def envelope(refusal: RefusalError, trace_id: str) -> dict[str, Any]:
    """Return the body of an error answer."""
    family = f"{refusal.code // 1000}xxx"
    error: dict[str, Any] = {
        "status": refusal.status,
        "code": refusal.code,
        "message": refusal.message,
        "doc_url": f"{DOCS}/{family}/{refusal.code}/",
    }
    if refusal.retry_after_s is not None:
        error["retry_after"] = refusal.retry_after_s
    return {"error": error, "success": False, "trace_id": trace_id}
