"""How much time and output student code gets; the judge holds the clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one library under test. A graded stage takes at most 3 s on the reference."""

    seconds_a_call: float = 10.0
    seconds_after_a_time_out: float = 4.0
    """The same, once a call has used up its time: whoever has one loop that never ends often meets it again."""
    seconds_to_load: float = 10.0
    seconds_in_all: float = 180.0
    """Of student code in one homework. When it is used up, the tests that are left fail and say so."""
    output_bytes: int = 1 << 20
    """What student code may print, a call."""
    scratch_bytes: int = 32 << 20
    scratch_files: int = 1_000
    """What it may keep in its scratch folder, where no kernel says so."""

    def of_a_call(self, time_outs: int) -> float:
        """Seconds of the next call, after so many that ran out of time."""
        return min(self.seconds_a_call, self.seconds_after_a_time_out) if time_outs else self.seconds_a_call


DEFAULT = Limits()
