"""The readings to choose between where the API's sources disagree (linq-api.md, sections 2, 4 and 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

CHOICES: dict[str, tuple[str, ...]] = {
    "health": ("status", "score"),
    "typing_groups": ("204", "403"),
    "updated_at_moves": ("no", "yes"),
    "create_status": ("201", "200"),
    "media_urls": ("short", "long"),
    "group_changes": ("apply", "fail"),
    "voice_memo": ("attachment", "url"),
    "order": ("newest", "oldest"),
    "blocked_handles": ("listed", "absent"),
}
"""Name and readings of each variant, the default first."""


@dataclass(frozen=True, slots=True)
class Variants:
    """Which reading of each disputed point the sandbox follows."""

    is_health_scored: bool = False
    has_typing_in_groups: bool = True
    moves_updated_at: bool = False
    create_status: int = 201
    has_short_media_urls: bool = True
    applies_group_changes: bool = True
    takes_memo_attachments: bool = True
    is_newest_first: bool = True
    tells_blocked_handles: bool = True

    @classmethod
    def of(cls, chosen: Mapping[str, str]) -> Self:
        """Read names and values as given on the command line.

        Raises:
            ValueError: a name or a value is not among `CHOICES`; the text says which are.
        """
        for name, value in chosen.items():
            if name not in CHOICES:
                raise ValueError(f"unknown variant {name!r}; there are {', '.join(CHOICES)}")
            if value not in CHOICES[name]:
                raise ValueError(f"variant {name} is one of {', '.join(CHOICES[name])}, not {value!r}")
        picked = {name: chosen.get(name, values[0]) for name, values in CHOICES.items()}
        return cls(
            is_health_scored=picked["health"] == "score",
            has_typing_in_groups=picked["typing_groups"] == "204",
            moves_updated_at=picked["updated_at_moves"] == "yes",
            create_status=int(picked["create_status"]),
            has_short_media_urls=picked["media_urls"] == "short",
            applies_group_changes=picked["group_changes"] == "apply",
            takes_memo_attachments=picked["voice_memo"] == "attachment",
            is_newest_first=picked["order"] == "newest",
            tells_blocked_handles=picked["blocked_handles"] == "listed",
        )
