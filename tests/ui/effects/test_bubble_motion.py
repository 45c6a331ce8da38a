import pytest

from linqdesk.ui.effects.bubble_motion import BubbleMotion, motion


def the(name: str, width_px: float = 200) -> BubbleMotion:
    made = motion(name, width_px)
    assert made is not None
    return made


@pytest.mark.parametrize("name", ["slam", "loud", "gentle"])
def test_a_bubble_comes_from_nothing_and_ends_at_rest(name: str) -> None:
    way = the(name)
    assert way.at(0.0).opacity == pytest.approx(0, abs=0.01)
    end = way.at(way.duration_s)
    assert end.scale == pytest.approx(1, abs=0.005)
    assert abs(end.dx_px) + abs(end.dy_px) + abs(end.rotation_deg) < 0.1
    assert end.opacity == 1
    assert abs(way.jolt(way.duration_s)) < 0.5
    assert way.duration_s <= 2


def test_slam_falls_from_large_and_shakes_what_is_around_it() -> None:
    slam = the("slam")
    assert slam.at(0.05).scale > 2.5
    assert slam.jolt(0.2) == 0
    assert max(abs(slam.jolt(0.3 + step / 60)) for step in range(20)) > 3


def test_loud_swells_and_gentle_starts_small() -> None:
    loud = [the("loud").at(step / 60) for step in range(75)]
    assert max(pose.scale for pose in loud) > 1.5
    assert max(abs(pose.dx_px) for pose in loud) > 1
    gentle = [the("gentle").at(step / 60).scale for step in range(105)]
    assert gentle[0] == pytest.approx(0.5)
    assert gentle == sorted(gentle)


def test_wide_bubbles_swell_less() -> None:
    narrow = max(the("loud", 100).at(step / 60).scale for step in range(60))
    wide = max(the("loud", 520).at(step / 60).scale for step in range(60))
    assert wide < 1.4 < narrow


@pytest.mark.parametrize("name", ["invisible", "confetti", "moonwalk", ""])
def test_other_effects_move_no_bubble(name: str) -> None:
    assert motion(name, 200) is None
