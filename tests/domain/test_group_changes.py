from dataclasses import replace

import pytest

from linqdesk.domain.chat import Chat
from linqdesk.domain.group_changes import (
    AddMember,
    ChangeIcon,
    GroupChange,
    LeaveGroup,
    RemoveMember,
    RenameGroup,
    active_member,
    expected,
    has_left,
    icon_path,
    is_granted,
    left,
)
from linqdesk.domain.rules import check_add_participant, check_leave, check_remove_participant
from tests.domain.rules.people import ANA, BEN, CLEO, NOW, a_group

GROUP = a_group(ANA, BEN, CLEO)
NAMED = replace(GROUP, display_name="Riders", group_icon_url="https://a.test/old.png?s=1")


@pytest.mark.parametrize(
    ("change", "now"),
    [
        (RemoveMember(CLEO), a_group(ANA, BEN, gone=CLEO)),
        (RenameGroup(" Saturday "), replace(NAMED, display_name="Saturday")),
        (ChangeIcon("logo.png"), replace(NAMED, group_icon_url="https://a.test/new.png")),
        (LeaveGroup(), left(GROUP, NOW)),
    ],
)
def test_a_change_is_granted_once_the_group_is_so(change: GroupChange, now: Chat) -> None:
    assert not is_granted(change, NAMED, NAMED)
    assert is_granted(change, NAMED, now)


def test_somebody_joins_once_they_are_active() -> None:
    before = a_group(ANA, BEN, gone=CLEO)
    assert not is_granted(AddMember(CLEO), before, before)
    assert is_granted(AddMember(CLEO), before, GROUP)


def test_an_icon_is_another_by_its_path_and_not_by_its_signature() -> None:
    resigned = replace(NAMED, group_icon_url="https://a.test/old.png?s=2")
    assert not is_granted(ChangeIcon("logo.png"), NAMED, resigned)
    assert is_granted(ChangeIcon("https://a.test/old.png"), NAMED, resigned)
    assert not is_granted(ChangeIcon("https://a.test/x.png"), GROUP, GROUP)
    assert icon_path("https://[") == "https://["


def test_what_is_under_way_counts_before_it_has_come_about() -> None:
    assert check_remove_participant(GROUP, CLEO) == ()
    after = expected(GROUP, (RemoveMember(CLEO),))
    assert active_member(after, CLEO) is None
    assert check_remove_participant(after, BEN)[0].words == (
        "Remove needs 3 left, you included; this would leave 2."
    )
    assert check_leave(after)[0].words == "Leave needs 4 active members, you included; this group has 3."
    again = expected(after, (AddMember(CLEO), RenameGroup("Riders"), ChangeIcon("logo.png")))
    assert check_leave(again) == ()
    assert again.display_name == "Riders"
    assert check_add_participant(again, CLEO)[0].rule == "participant_known"
    assert has_left(expected(GROUP, (LeaveGroup(),)))
