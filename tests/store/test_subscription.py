from linqdesk.store.subscription import Announcer


def test_announcer_tells_listeners_in_the_order_they_came() -> None:
    announcer: Announcer[int] = Announcer()
    heard: list[tuple[str, int]] = []
    announcer.subscribe(lambda value: heard.append(("first", value)))
    announcer.subscribe(lambda value: heard.append(("second", value)))
    announcer.emit(1)
    assert heard == [("first", 1), ("second", 1)]


def test_a_failing_listener_does_not_silence_the_others() -> None:
    failures: list[Exception] = []
    announcer: Announcer[int] = Announcer(failures.append)
    heard: list[int] = []

    def fail(value: int) -> None:
        raise ValueError(value)

    announcer.subscribe(fail)
    announcer.subscribe(heard.append)
    announcer.emit(7)
    assert heard == [7]
    assert [str(each) for each in failures] == ["7"]


def test_a_closed_subscription_hears_nothing_even_while_a_value_is_told() -> None:
    announcer: Announcer[int] = Announcer()
    heard: list[int] = []
    announcer.subscribe(lambda _: late.close())
    late = announcer.subscribe(heard.append)
    announcer.emit(1)
    late.close("closing twice, with a signal's argument, does no harm")
    announcer.emit(2)
    assert heard == []
