import itertools

import pytest

from linqdesk.local.settings import AUTOPLAY
from linqdesk.ui.effects.autoplay import Autoplay, Conditions, Occasion, Playing, playing


@pytest.mark.parametrize(("occasion", "autoplay"), list(itertools.product(Occasion, Autoplay)))
def test_nothing_plays_in_a_window_without_focus(occasion: Occasion, autoplay: Autoplay) -> None:
    assert playing(occasion, Conditions(autoplay, is_window_active=False)) is Playing.NOT


@pytest.mark.parametrize("autoplay", Autoplay)
def test_asking_plays_whatever_the_setting_is(autoplay: Autoplay) -> None:
    assert playing(Occasion.ASKED, Conditions(autoplay)) is Playing.MOVING


@pytest.mark.parametrize("autoplay", Autoplay)
def test_where_motion_is_reduced_nothing_moves_and_asking_shows_a_still_picture(autoplay: Autoplay) -> None:
    conditions = Conditions(autoplay, is_reduced=True)
    assert playing(Occasion.ARRIVED, conditions) is Playing.NOT
    assert playing(Occasion.OPENED, conditions) is Playing.NOT
    assert playing(Occasion.ASKED, conditions) is Playing.STILL


@pytest.mark.parametrize(
    ("autoplay", "arrived", "opened"),
    [
        (Autoplay.ALWAYS, Playing.MOVING, Playing.MOVING),
        (Autoplay.ONCE, Playing.MOVING, Playing.NOT),
        (Autoplay.NEVER, Playing.NOT, Playing.NOT),
    ],
)
def test_the_setting_decides_what_plays_by_itself(
    autoplay: Autoplay, arrived: Playing, opened: Playing
) -> None:
    assert playing(Occasion.ARRIVED, Conditions(autoplay)) is arrived
    assert playing(Occasion.OPENED, Conditions(autoplay)) is opened


def test_every_word_of_the_setting_has_its_meaning() -> None:
    assert {each.value for each in Autoplay} == set(AUTOPLAY)
