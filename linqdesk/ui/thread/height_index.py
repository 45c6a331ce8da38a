"""Heights of many rows with fast sums: from a row to its place and back."""

from collections.abc import Iterator

_BLOCK_ROWS = 512


class HeightIndex:
    """Row heights in blocks that know their sums; rows that were not measured count with an estimate."""

    def __init__(self, estimate_px: float) -> None:
        """Start without rows."""
        self._estimate_px = estimate_px
        self._blocks: list[list[float]] = []
        self._sums: list[float] = []

    def __len__(self) -> int:
        return sum(map(len, self._blocks))

    @property
    def total_px(self) -> float:
        """The height of all rows."""
        return sum(self._sums)

    def reset(self, count: int) -> None:
        """Start anew with rows of which nothing is known."""
        full, rest = divmod(count, _BLOCK_ROWS)
        sizes = [_BLOCK_ROWS] * full + ([rest] if rest else [])
        self._blocks = [[self._estimate_px] * size for size in sizes]
        self._sums = [self._estimate_px * size for size in sizes]

    def insert(self, at: int, count: int) -> None:
        """Insert rows of which nothing is known."""
        fresh = [self._estimate_px] * count
        if not self._blocks:
            self.reset(count)
            return
        number, inner = self._find(at)
        block = self._blocks[number]
        block[inner:inner] = fresh
        pieces = [block[start : start + _BLOCK_ROWS] for start in range(0, len(block), _BLOCK_ROWS)]
        if len(block) <= 2 * _BLOCK_ROWS:
            pieces = [block]
        self._blocks[number : number + 1] = pieces
        self._sums[number : number + 1] = [sum(piece) for piece in pieces]

    def remove(self, at: int, count: int) -> None:
        """Remove rows."""
        for _ in range(count):
            number, inner = self._find(at)
            self._sums[number] -= self._blocks[number].pop(inner)
            if not self._blocks[number]:
                del self._blocks[number], self._sums[number]

    def set(self, at: int, height_px: float) -> None:
        """Take the measured height of a row."""
        number, inner = self._find(at)
        self._sums[number] += height_px - self._blocks[number][inner]
        self._blocks[number][inner] = height_px

    def height_of(self, at: int) -> float:
        """Return a row's height, measured or estimated."""
        number, inner = self._find(at)
        return self._blocks[number][inner]

    def top_of(self, at: int) -> float:
        """Return how far below the first row's top a row begins."""
        top = 0.0
        for block, block_sum in self._iterate():
            if at < len(block):
                return top + sum(block[:at])
            top += block_sum
            at -= len(block)
        return top

    def row_at(self, y_px: float) -> int:
        """Return the row at a place, the last one for all below; there must be one."""
        passed = 0
        for block, block_sum in self._iterate():
            if y_px >= block_sum:
                y_px -= block_sum
                passed += len(block)
                continue
            for inner, height in enumerate(block):
                if y_px < height:
                    return passed + inner
                y_px -= height
            passed += len(block)
        return passed - 1

    def _find(self, at: int) -> tuple[int, int]:
        """Return a row's block and its place in there; one past the end is the last block's end."""
        for number, block in enumerate(self._blocks):
            if at < len(block) or (number == len(self._blocks) - 1 and at == len(block)):
                return number, at
            at -= len(block)
        raise IndexError(at)

    def _iterate(self) -> Iterator[tuple[list[float], float]]:
        return zip(self._blocks, self._sums, strict=True)
