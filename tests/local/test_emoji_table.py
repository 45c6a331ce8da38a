from linqdesk.domain.emoji import find_emoji
from linqdesk.local.emoji_table import load_emoji


def test_the_table_holds_what_unicode_names() -> None:
    known = load_emoji()
    assert len(known) > 1_900
    assert len({each.text for each in known}) == len(known)
    assert all(each.label and each.names and len(each.skins) in {0, 5} for each in known)
    assert known[0].text == "😀"


def test_people_find_what_they_mean() -> None:
    first = {
        typed: find_emoji(load_emoji(), typed)[0].text for typed in ("thumbsup", "party", "flag: france")
    }
    assert first == {"thumbsup": "👍️", "party": "🎉", "flag: france": "🇫🇷"}
