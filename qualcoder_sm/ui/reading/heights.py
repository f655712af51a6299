"""Where each of many rows stands when their heights keep changing."""

from collections.abc import Sequence


class Heights:
    """Heights of rows with fast sums: a Fenwick tree (Fenwick, 1994).

    Setting one height, the top of a row and the row at a place cost log2(rows) steps each.
    """

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._tree = [0, *self._heights]
        self._highest = 1 << max(0, len(self._heights).bit_length() - 1)
        tree, size = self._tree, len(self._tree)
        for index in range(1, size):
            above = index + (index & -index)
            if above < size:
                tree[above] += tree[index]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    def set(self, row: int, height: int) -> int:
        """Give a row another height; returns by how much it grew."""
        grown = height - self._heights[row]
        if grown:
            self._heights[row] = height
            tree, size, index = self._tree, len(self._tree), row + 1
            while index < size:
                tree[index] += grown
                index += index & -index
        return grown

    def top(self, row: int) -> int:
        """The sum of the heights above a row; of all rows for the row after the last."""
        tree, total = self._tree, 0
        while row:
            total += tree[row]
            row &= row - 1
        return total

    @property
    def total(self) -> int:
        """The sum of all heights."""
        return self.top(len(self._heights))

    def at(self, place: int) -> int:
        """The row that covers this distance from the top, the nearest one when outside."""
        tree, size, row, step = self._tree, len(self._tree), 0, self._highest
        while step:
            after = row + step
            if after < size and tree[after] <= place:
                row = after
                place -= tree[after]
            step >>= 1
        return min(row, max(0, len(self._heights) - 1))
