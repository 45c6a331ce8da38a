from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from linqdesk.ui.effects.pose import REST, Pose
from linqdesk.ui.effects.text_motion import SHAPES, TURN_S, Grapheme, pose_of

TIMES = [step * TURN_S / 240 for step in range(240)]


def poses(animation: str, index: int = 3, count: int = 8, unit: float = 1.0) -> list[Pose]:
    grapheme = Grapheme(index, count, unit, out_x=-0.5, out_y=0.2)
    return [pose_of(animation, time_s, grapheme) for time_s in TIMES]


@pytest.mark.parametrize("animation", SHAPES)
@pytest.mark.parametrize("index", [0, 3, 7])
def test_every_animation_ends_where_it_begins(animation: str, index: int) -> None:
    track = poses(animation, index)
    for pose in (track[0], track[-1]):
        assert pose.scale == pytest.approx(1, abs=0.02)
        assert abs(pose.dx_px) < 0.25 or animation == "jitter"
        assert abs(pose.dy_px) < 0.25 or animation == "jitter"
        assert pose.opacity == pytest.approx(1, abs=0.05)
        assert abs(pose.rotation_deg) < 5


PROMISES: list[tuple[str, Callable[[Pose], float], float, float]] = [
    ("big", lambda pose: pose.scale, 1.0, 1.35),
    ("small", lambda pose: pose.scale, 0.7, 1.0),
    ("shake", lambda pose: pose.dx_px, -2, 2),
    ("nod", lambda pose: pose.dy_px, -3, 3),
    ("bloom", lambda pose: pose.scale, 0.8, 1.13),
    ("explode", lambda pose: pose.opacity, 0.0, 1.0),
]


@pytest.mark.parametrize(("animation", "of", "low", "high"), PROMISES)
def test_animations_go_as_far_as_they_are_specified(
    animation: str, of: Callable[[Pose], float], low: float, high: float
) -> None:
    track = [of(pose) for pose in poses(animation)]
    assert min(track) == pytest.approx(low, abs=0.15)
    assert max(track) == pytest.approx(high, abs=0.15)


def test_jitter_trembles_by_a_pixel_each_letter_its_own_way() -> None:
    tracks = [[(pose.dx_px, pose.dy_px) for pose in poses("jitter", index)] for index in range(8)]
    furthest = max(abs(value) for track in tracks for place in track for value in place)
    assert 0.8 < furthest <= 1
    assert len({tuple(track) for track in tracks}) == 8


def height(index: int, step: int) -> float:
    return poses("ripple", index)[step].dy_px


def test_ripple_lifts_each_grapheme_after_the_one_before_it() -> None:
    tops = [min(range(240), key=partial(height, i)) for i in range(8)]
    assert tops == sorted(tops)
    assert TIMES[tops[1] - tops[0]] == pytest.approx(0.04, abs=0.01)
    assert min(pose.dy_px for pose in poses("ripple")) == pytest.approx(-4, abs=0.3)


def test_ripple_through_a_long_text_ends_within_its_turn() -> None:
    assert poses("ripple", 199, 200)[-1].dy_px == pytest.approx(0, abs=0.25)


def test_shake_is_twelve_swings_a_second() -> None:
    track = [pose.dx_px for pose in poses("shake")[40:160]]
    crossings = sum(before < 0 <= after for before, after in pairwise(track))
    assert crossings / (120 * TURN_S / 240) == pytest.approx(12, abs=1.5)


def test_larger_text_moves_further() -> None:
    small, large = poses("nod"), poses("nod", unit=2.0)
    assert max(pose.dy_px for pose in large) == pytest.approx(2 * max(pose.dy_px for pose in small))


def test_turns_repeat_and_the_unknown_rests() -> None:
    grapheme = Grapheme(1, 4)
    assert pose_of("big", 0.5 + TURN_S, grapheme).scale == pytest.approx(pose_of("big", 0.5, grapheme).scale)
    assert pose_of("somersault", 0.5, grapheme) == REST
    assert pose_of("big", -1.0, grapheme) == REST
