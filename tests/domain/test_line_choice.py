from linqdesk.domain.chat import Line, Reputation
from linqdesk.domain.ids import Handle
from linqdesk.domain.line_choice import suggested_line

ONE, TWO, THREE = (Handle(f"+1415555011{number}") for number in range(3))


def test_the_healthiest_line_is_suggested_and_of_equals_the_usual_one() -> None:
    lines = (
        Line("1", ONE, Reputation.CRITICAL),
        Line("2", TWO, Reputation.HEALTHY),
        Line("3", THREE, Reputation.HEALTHY),
    )
    assert suggested_line(lines) == TWO
    assert suggested_line(lines, THREE) == THREE
    assert suggested_line(lines, ONE) == TWO
    assert suggested_line(lines[:1], TWO) == ONE
    assert suggested_line(()) is None
