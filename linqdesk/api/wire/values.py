"""The field types that every resource shares, each as tolerant as the API's revisions ask for."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

# Outside of these years a time is a mistake, and arithmetic with it would overflow.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999
_TIME = TypeAdapter(datetime)


class Wire(BaseModel):
    """A piece of the API's JSON."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


def read_time(value: Any) -> datetime | None:
    """Read an RFC 3339 time with 0 to 9 fractional digits; without a zone it is UTC, nonsense is None."""
    if not isinstance(value, str):
        return None
    try:
        time = _TIME.validate_python(value)
    except ValidationError:
        return None
    if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


Time = Annotated[datetime | None, BeforeValidator(read_time)]
Word = Annotated[str | None, BeforeValidator(_word)]
Number = Annotated[float | None, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(lambda value: value is True)]
Items = Annotated[list[Any], BeforeValidator(_list)]
Object = Annotated[dict[str, Any] | None, BeforeValidator(_object)]
