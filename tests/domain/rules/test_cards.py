from datetime import timedelta

import pytest

from linqdesk.domain.chat import Chat, MemberStatus
from linqdesk.domain.rules import check_share_card
from linqdesk.domain.service import Service
from tests.domain.rules.people import ANA, BEN, NOW, a_group


@pytest.mark.parametrize(
    ("chat", "has_written", "ago_s", "broken"),
    [
        (a_group(ANA, is_group=False), True, None, []),
        (a_group(ANA, BEN, service=None), True, 300, []),
        (a_group(ANA, service=Service.RCS), True, None, ["card_imessage"]),
        (a_group(ANA, is_group=False), False, None, ["card_first_message"]),
        (a_group(ANA, is_group=False), True, 299, ["card_pace"]),
        (a_group(ANA, BEN, mine=MemberStatus.LEFT), True, None, ["chat_left"]),
    ],
)
def test_a_card_is_shared_over_imessage_after_a_message_and_not_too_often(
    chat: Chat, has_written: bool, ago_s: int | None, broken: list[str]
) -> None:
    last = NOW - timedelta(seconds=ago_s) if ago_s is not None else None
    found = check_share_card(chat, has_written=has_written, last_shared_at=last, now=NOW)
    assert [each.rule for each in found] == broken


def test_the_wait_is_told_in_minutes() -> None:
    last = NOW - timedelta(seconds=100)
    found = check_share_card(a_group(ANA), has_written=True, last_shared_at=last, now=NOW)
    assert found[0].words == "At most once in 5 minutes: again in 4 min."
