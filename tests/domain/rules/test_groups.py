import pytest

from linqdesk.domain.chat import Chat, MemberStatus
from linqdesk.domain.ids import Handle
from linqdesk.domain.rules import (
    Violation,
    check_add_participant,
    check_group_icon,
    check_leave,
    check_remove_participant,
    check_rename,
)
from linqdesk.domain.service import Service
from tests.domain.rules.people import ANA, BEN, CLEO, LINE, a_group

NEW = Handle("+14155550199")
DIRECT = a_group(ANA, is_group=False)
LEFT = a_group(ANA, BEN, CLEO, mine=MemberStatus.LEFT)


def names(found: tuple[Violation, ...]) -> list[str]:
    return [each.rule for each in found]


def test_only_groups_have_a_name_to_change() -> None:
    assert check_rename(a_group(ANA, BEN)) == ()
    assert names(check_rename(DIRECT)) == ["group_only"]
    assert names(check_rename(LEFT)) == ["chat_left"]


def test_an_icon_comes_by_https() -> None:
    assert check_group_icon("https://x.test/icon.png") == ()
    assert names(check_group_icon("http://x.test/icon.png")) == ["group_icon_https"]


@pytest.mark.parametrize(
    ("chat", "broken"),
    [
        (a_group(ANA, BEN), []),
        (a_group(ANA), ["group_size"]),
        (a_group(ANA, gone=BEN), ["group_size"]),
        (DIRECT, ["group_only"]),
        (a_group(ANA, BEN, service=Service.SMS), ["imessage_only"]),
        (a_group(ANA, BEN, service=None), []),
        (a_group(ANA, BEN, service=Service.UNKNOWN), []),
        (LEFT, ["chat_left"]),
    ],
)
def test_members_join_imessage_groups_of_3_or_more(chat: Chat, broken: list[str]) -> None:
    assert names(check_add_participant(chat, NEW)) == broken


def test_who_joins_has_a_handle_and_is_not_there_yet() -> None:
    group = a_group(ANA, BEN, gone=CLEO)
    assert check_add_participant(group, CLEO) == ()
    assert names(check_add_participant(group, ANA)) == ["participant_known"]
    assert names(check_add_participant(group, "ana")) == ["participant_handle"]


def test_who_joins_is_reached_by_the_same_service() -> None:
    group = a_group(ANA, BEN)
    assert check_add_participant(group, NEW, handle_service=Service.IMESSAGE) == ()
    assert check_add_participant(group, NEW, handle_service=Service.UNKNOWN) == ()
    assert names(check_add_participant(group, NEW, handle_service=Service.RCS)) == ["participant_service"]
    assert check_add_participant(a_group(ANA, BEN, service=None), NEW, handle_service=Service.RCS) == ()


def test_3_stay_when_somebody_is_removed() -> None:
    assert check_remove_participant(a_group(ANA, BEN, CLEO), ANA) == ()
    assert names(check_remove_participant(a_group(ANA, BEN), ANA)) == ["group_size"]
    assert names(check_remove_participant(a_group(ANA, BEN, gone=CLEO), ANA)) == ["group_size"]
    assert names(check_remove_participant(DIRECT, ANA)) == ["group_only"]


def test_only_others_who_are_there_are_removed() -> None:
    group = a_group(ANA, BEN, CLEO)
    assert names(check_remove_participant(group, LINE)) == ["participant_self"]
    assert names(check_remove_participant(group, NEW)) == ["participant_unknown"]
    assert names(check_remove_participant(LEFT, ANA))[0] == "chat_left"


@pytest.mark.parametrize(
    ("chat", "broken"),
    [
        (a_group(ANA, BEN, CLEO), []),
        (a_group(ANA, BEN), ["group_size"]),
        (a_group(ANA, BEN, gone=CLEO), ["group_size"]),
        (a_group(ANA, BEN, CLEO, service=Service.RCS), ["imessage_only"]),
        (DIRECT, ["group_only"]),
        (a_group(ANA, BEN, CLEO, NEW, mine=MemberStatus.REMOVED), ["chat_left"]),
    ],
)
def test_imessage_groups_of_4_or_more_can_be_left(chat: Chat, broken: list[str]) -> None:
    assert names(check_leave(chat)) == broken
