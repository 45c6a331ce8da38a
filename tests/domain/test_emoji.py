from linqdesk.domain.emoji import Emoji, complete_name, find_emoji

TONES = ("👋🏻", "👋🏼", "👋🏽", "👋🏾", "👋🏿")
WAVE = Emoji("👋", "waving hand", ("wave",), ("bye", "hello"), 1, 0.6, TONES)
JOY = Emoji("😂", "face with tears of joy", ("joy", "tears_of_joy"), ("laugh",))
JOYSTICK = Emoji("🕹️", "joystick", ("joystick",), ("game",))
SEA = Emoji("🌊", "water wave", ("ocean",), ("sea",))
KNOWN = (JOYSTICK, JOY, SEA, WAVE)


def test_the_exact_name_comes_before_the_beginning_of_one() -> None:
    assert find_emoji(KNOWN, "joy") == [JOY, JOYSTICK]
    assert find_emoji(KNOWN, "wave") == [WAVE, SEA]


def test_keywords_and_several_words_find_too() -> None:
    assert find_emoji(KNOWN, "hell") == [WAVE]
    assert find_emoji(KNOWN, " Tears  joy ") == [JOY]
    assert find_emoji(KNOWN, ":tears_of") == [JOY]
    assert find_emoji(KNOWN, "nothing such") == []


def test_nothing_typed_finds_all() -> None:
    assert find_emoji(KNOWN, "  ") == list(KNOWN)


def test_a_name_is_completed_from_its_beginning_first() -> None:
    assert complete_name(KNOWN, "joy", 5) == [("joy", JOY), ("joystick", JOYSTICK)]
    assert complete_name(KNOWN, "Tears", 5) == [("tears_of_joy", JOY)]
    assert complete_name(KNOWN, "o", 1) == [("ocean", SEA)]
    assert complete_name(KNOWN, "zz", 5) == []


def test_a_tone_is_worn_where_there_is_one() -> None:
    assert WAVE.in_tone(5) == "👋🏿"
    assert WAVE.in_tone(0) == "👋"
    assert WAVE.in_tone(6) == "👋"
    assert JOY.in_tone(3) == "😂"
