"""The answer to what is accepted now and done later."""

from starlette.requests import Request
from starlette.responses import JSONResponse


def accepted(request: Request, message: str) -> JSONResponse:
    """Return 202 with the words and the trace id of the request."""
    answer = {"status": "accepted", "message": message, "trace_id": request.state.trace_id}
    return JSONResponse(answer, status_code=202)
