from linqdesk.domain.ids import FileKey
from linqdesk.store.changes import UploadMoved
from linqdesk.store.uploads import Upload, UploadBoard, UploadState, UploadTotal

A, B, C = FileKey("a"), FileKey("b"), FileKey("c")


class Desk:
    """A board, and what it announced."""

    def __init__(self) -> None:
        self.heard: list[FileKey] = []
        self.board = UploadBoard(lambda change: self.heard.append(change.key))

    def put(self, key: FileKey, state: UploadState, sent_bytes: int = 0, size_bytes: int = 100) -> None:
        self.board.set(key, Upload(state, sent_bytes, size_bytes))


def test_nothing_was_ever_under_way() -> None:
    assert Desk().board.total() == UploadTotal()


def test_the_total_weighs_files_by_their_size() -> None:
    desk = Desk()
    desk.put(A, UploadState.RUNNING, 100, 100)
    desk.put(B, UploadState.WAITING, 0, 300)
    assert desk.board.total() == UploadTotal(2, 0, 0, 0.25, is_under_way=True)
    desk.put(A, UploadState.DONE, 100, 100)
    desk.put(B, UploadState.RUNNING, 150, 300)
    assert desk.board.total() == UploadTotal(2, 1, 0, 0.625, is_under_way=True)


def test_what_is_sent_meanwhile_still_counts_beside_the_others() -> None:
    desk = Desk()
    desk.put(A, UploadState.WAITING)
    desk.put(B, UploadState.WAITING)
    desk.put(A, UploadState.DONE)
    desk.board.forget(A)
    assert desk.board.of(A) is None
    assert desk.board.total() == UploadTotal(2, 1, 0, 0.5, is_under_way=True)
    desk.put(B, UploadState.DONE)
    desk.board.forget(B)
    assert desk.board.total() == UploadTotal(2, 2, 0, 1.0, is_under_way=False)


def test_what_is_dropped_on_its_way_counts_no_longer_and_is_told() -> None:
    desk = Desk()
    desk.put(A, UploadState.RUNNING)
    desk.put(B, UploadState.RUNNING, 50)
    desk.heard.clear()
    desk.board.forget(A)
    desk.board.forget(A)
    assert desk.heard == [A]
    assert desk.board.total() == UploadTotal(1, 0, 0, 0.5, is_under_way=True)


def test_what_stopped_is_counted_until_the_next_begins_alone() -> None:
    desk = Desk()
    desk.put(A, UploadState.RUNNING)
    desk.put(B, UploadState.WAITING)
    desk.put(A, UploadState.FAILED)
    desk.put(B, UploadState.HELD)
    assert desk.board.total() == UploadTotal(2, 0, 2, 0.0, is_under_way=False)
    desk.put(C, UploadState.WAITING)
    assert desk.board.total() == UploadTotal(1, 0, 0, 0.0, is_under_way=True)


def test_a_file_that_only_waits_for_the_agent_begins_nothing() -> None:
    desk = Desk()
    desk.put(A, UploadState.HELD)
    assert desk.board.total() == UploadTotal()


def test_the_same_state_twice_is_told_once() -> None:
    told: list[UploadMoved] = []
    board = UploadBoard(told.append)
    board.set(A, Upload(UploadState.RUNNING, 5, 10))
    board.set(A, Upload(UploadState.RUNNING, 5, 10))
    assert told == [UploadMoved(A)]
