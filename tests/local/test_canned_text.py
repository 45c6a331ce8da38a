import tomllib
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.message import Effect
from linqdesk.local.canned_text import replies_in, rewritten
from tests.fuzzing import examples

TEAM = """\
# Replies of the shop. Ask Kim before you change prices.

[team]  # not ours
lead = "Kim"

# --- greetings ---
[[reply]]  # the first
name = "hello"     # short
owner = "Kim"      # nobody's business but the team's
text = \'\'\'
Hello {name}
# this is no comment
[[reply]]
\'\'\'
[reply.effect]  # gently
type = "bubble"
name = "gentle"

# half-written
[[reply]]
name = "later"

[[reply]]
name = "bye"
text = "Bye"
[[reply.decorations]]
range = [0, 3]
style = "bold"

[hours]
open = "9 to 18"
# the end
"""
HELLO, BYE = replies_in(TEAM)


def test_a_changed_text_changes_nothing_but_its_value() -> None:
    louder = replace(BYE, text="Bye!")
    assert rewritten(TEAM, (HELLO, louder)) == TEAM.replace('text = "Bye"', 'text = "Bye!"')
    renamed = replace(BYE, name="ciao")
    assert rewritten(TEAM, (HELLO, renamed)) == TEAM.replace('name = "bye"', 'name = "ciao"')


def test_what_is_not_changed_is_not_touched() -> None:
    assert rewritten(TEAM, (HELLO, BYE)) == TEAM


def test_effect_decorations_and_files_are_changed_beside_comments_and_unknown_keys() -> None:
    bold = (Decoration(0, 5, style="bold"),)
    meant = replace(HELLO, effect=Effect("screen", "confetti"), decorations=bold, files=("a.pdf",))
    made = rewritten(TEAM, (meant, BYE))
    assert replies_in(made) == (meant, BYE)
    for kept in ("# the first", "# short", "owner = \"Kim\"      # nobody's business but the team's", "# no"):
        assert kept in made
    plain = replace(meant, effect=None, decorations=(), files=())
    assert replies_in(rewritten(made, (plain, BYE))) == (plain, BYE)


def test_a_new_reply_stands_behind_the_others_and_before_what_is_no_reply() -> None:
    new = CannedReply("new", "One\nTwo")
    entry = '\n[[reply]]\nname = "new"\ntext = """One\nTwo"""\n'
    assert rewritten(TEAM, (HELLO, BYE, new)) == TEAM.replace("\n[hours]", entry + "\n[hours]")


def test_a_deleted_reply_leaves_the_comments_over_it_and_its_neighbours() -> None:
    made = rewritten(TEAM, (BYE,))
    assert replies_in(made) == (BYE,)
    for kept in (
        "# --- greetings ---",
        "# half-written",
        'name = "later"',
        "[hours]",
        "# the end",
        'lead = "Kim"',
    ):
        assert kept in made
    assert "owner" not in made


def test_an_order_that_was_changed_is_kept() -> None:
    assert replies_in(rewritten(TEAM, (BYE, HELLO))) == (BYE, HELLO)


def test_line_ends_stay_as_they_are() -> None:
    windows = TEAM.replace("\n", "\r\n")
    new = CannedReply("new", "One\nTwo")
    made = rewritten(windows, (HELLO, replace(BYE, text="Bye\nbye"), new))
    assert "\n" not in made.replace("\r\n", "")
    assert replies_in(made)[1:] == (replace(BYE, text="Bye\nbye"), new)


def test_a_list_in_brackets_becomes_tables_with_its_comments() -> None:
    text = 'mood = 1\nreply = [  # short ones\n  {name = "a", text = "A", more = 1},\n  {name = "b"},\n]\n'
    made = rewritten(text, (CannedReply("a", "A!"),))
    assert tomllib.loads(made) == {
        "mood": 1,
        "reply": [{"name": "a", "text": "A!", "more": 1}, {"name": "b"}],
    }
    assert "# short ones" in made


@pytest.mark.parametrize("text", ["", "reply = []\n", "# nothing yet", "reply = [ # none\n]"])
def test_the_first_reply_of_a_file(text: str) -> None:
    made = rewritten(text, (HELLO,))
    assert replies_in(made) == (HELLO,)
    assert made.count("#") == text.count("#") + HELLO.text.count("#")
    assert not made.startswith("\n")


@pytest.mark.parametrize("text", ['reply = "no list"', "reply = [3]", "[reply]\nname = 1", "[[reply]"])
def test_a_file_that_would_lose_something_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        rewritten(text, (HELLO,))


@dataclass
class Written:
    """A file as a team might write it, with the comments that must outlive every change."""

    text: str = ""
    comments: list[str] = field(default_factory=list)


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from("\n\r\t\"'\\#[]"), min_size=1
)
_NAMES = st.sampled_from(["a", "b", "hello", "two words", "größe", 'x"y', "[z]", "#1"])
_DECORATIONS = st.lists(
    st.builds(
        lambda start, length, word: Decoration(start, start + length, **word),
        st.integers(0, 9),
        st.integers(1, 9),
        st.sampled_from([{"style": "bold"}, {"animation": "shake"}]),
    ),
    max_size=2,
).map(tuple)
_EFFECTS = st.none() | st.sampled_from([Effect("screen", "confetti"), Effect("bubble", "slam")])
_FILES = st.lists(st.sampled_from(["a.pdf", "canned files/b c.png"]), max_size=2, unique=True).map(tuple)
_REPLIES = st.builds(CannedReply, _NAMES, _TEXTS, _DECORATIONS, _EFFECTS, _FILES)
_ENTRIES = st.sampled_from(
    (
        """[[reply]]\nname = "a"\ntext = "A"\n""",
        """[[ reply ]] # k\nname = 'b'\ntext = '''\n#"\n[[reply]]'''\n""",
        '''[["reply"]]\n\ttext = """"one"\n# no comment """""\n\tname = "c"
  effect.type = "bubble"\n  effect.name = "slam"\n''',
        """[[reply]]\nname = "d"\ntext = "D"\nextra = {a = ["]", "[["]}\n
[reply.effect]\ntype = "screen"\nname = "echo"\n""",
        """[[reply]]\ntext = "E"\nname = "e"\ndecorations = [\n  {range = [0, 1], style = "bold"}, # b
  7,\n]\nfiles = ["/x", "y.pdf"]\n""",
        """[[reply]]\nname = "f"\ntext = "F"\neffect = 3\n
[[reply.decorations]]\nrange = [0, 1]\nanimation = "shake"\n""",
        """[[reply]]\nname = "unfinished"\n""",
        """[[reply]]\nname = "a"\ntext = "once more"\n""",
    )
)


@st.composite
def files(draw: st.DrawFn) -> Written:
    made = Written()
    for number, entry in enumerate(draw(st.lists(_ENTRIES, max_size=5))):
        comment = f"# comment {number}"
        if draw(st.booleans()):
            made.text += f"{draw(st.sampled_from(['', chr(10)]))}{comment}\n"
            made.comments.append(comment)
        made.text += entry + draw(st.sampled_from(["", "\n", f"[table{number}]\nx = '''\n[[reply]]'''\n"]))
    made.text += draw(st.sampled_from(["", "# the end"]))
    if draw(st.booleans()):
        made.text = made.text.replace("\n", "\r\n")
    return made


@st.composite
def edits(draw: st.DrawFn, replies: tuple[CannedReply, ...]) -> tuple[CannedReply, ...]:
    held = list(replies)
    place = draw(st.integers(0, len(held)))
    act = draw(st.sampled_from(["add", "delete", "change", "move", "words"]))
    if act == "add" or place == len(held):
        held.insert(place, draw(_REPLIES))
    elif act == "delete":
        del held[place]
    elif act == "move":
        held.insert(draw(st.integers(0, len(held) - 1)), held.pop(place))
    elif act == "words":
        held[place] = replace(held[place], text=draw(_TEXTS))
    else:
        held[place] = draw(_REPLIES)
    return tuple(held)


@examples(60, full=5_000)
@given(files(), st.data())
def test_whatever_is_changed_is_read_back_and_comments_stay(written: Written, data: st.DataObject) -> None:
    text = written.text
    others = {key: each for key, each in tomllib.loads(text).items() if key != "reply"}
    for _ in range(data.draw(st.integers(1, 4))):
        meant = data.draw(edits(replies_in(text)))
        text = rewritten(text, meant)
        assert replies_in(text) == meant
    assert all(each in text for each in written.comments)
    tree = tomllib.loads(text)
    assert {key: each for key, each in tree.items() if key != "reply"} == others
    if "\r\n" in written.text:
        assert "\n" not in text.replace("\r\n", "")
