"""A matrix that can be reached one cell at a time, and in no other way."""

import numpy as np

_WHOLE = (int, np.integer)


class Cells:
    """A two-dimensional array that knows its `shape` and single cells, `cells[i, j]`, and nothing else.

    No slices, no loops over rows, no arithmetic: what is computed with it is computed number by number.

        out = Cells.zeros(2, 3)
        out[0, 1] = 4.5
        out[0, 1] += 1.0

    Attributes:
        shape: tuple (rows, columns).
    """

    __slots__ = ("_rows", "shape")
    __iter__ = None

    def __init__(self, rows, shape):
        self._rows = rows
        self.shape = shape

    @classmethod
    def zeros(cls, rows, columns):
        """Make a matrix of zeros.

        Args:
            rows: int, 0 or more.
            columns: int, 0 or more.

        Returns:
            Cells (rows, columns), all 0.0.
        """
        return cls([[0.0] * columns for _ in range(rows)], (rows, columns))

    @classmethod
    def from_array(cls, array):
        """Copy an array into cells.

        Args:
            array: array (m, n) of real numbers.

        Returns:
            Cells (m, n) of floats.

        Raises:
            ValueError: the array does not have two axes.
        """
        array = np.asarray(array, dtype=np.float64)
        if array.ndim != 2:
            raise ValueError(f"Cells has two axes, got an array of shape {array.shape}")
        return cls(array.tolist(), array.shape)

    def to_array(self):
        """Copy the cells into an array, to look at the result of a computation (no stage's solution needs it).

        Returns:
            Array (m, n), float64.
        """
        return np.array(self._rows, dtype=np.float64).reshape(self.shape)

    def __getitem__(self, index):
        if not self._holds(index):
            raise self._refusal(index)
        return self._rows[index[0]][index[1]]

    def __setitem__(self, index, value):
        if not self._holds(index):
            raise self._refusal(index)
        self._rows[index[0]][index[1]] = float(value)

    def _holds(self, index):
        """Return whether `index` names one cell: two whole numbers inside the shape, counted from 0."""
        return (
            isinstance(index, tuple)
            and len(index) == 2
            and isinstance(index[0], _WHOLE)
            and isinstance(index[1], _WHOLE)
            and 0 <= index[0] < self.shape[0]
            and 0 <= index[1] < self.shape[1]
        )

    def _refusal(self, index):
        """Say what is wrong with an index that names no cell."""
        written = f"cells[{_written(index)}]"
        if not isinstance(index, tuple) or len(index) != 2:
            return TypeError(f"Cells takes a row and a column, as in cells[i, j]; got {written}")
        if not all(isinstance(position, _WHOLE) for position in index):
            return TypeError(f"Cells gives one cell at a time, as in cells[i, j] with whole numbers; got {written}")
        return IndexError(f"{written} is outside of Cells of shape {self.shape}, counted from 0")

    def __len__(self):
        raise TypeError("Cells has no length; its sizes are in cells.shape")

    def __array__(self, dtype=None, copy=None):
        raise TypeError("Cells cannot become a numpy array here; read it cell by cell, as in cells[i, j]")

    def __repr__(self):
        return f"Cells of shape {self.shape}"


def _written(index):
    """Write an index as it stands between the brackets: `1, :` for `(1, slice(None))`."""
    if isinstance(index, tuple):
        return ", ".join(map(_written, index))
    if isinstance(index, slice):
        parts = [index.start, index.stop] + ([] if index.step is None else [index.step])
        return ":".join("" if part is None else str(part) for part in parts)
    return repr(index)
