"""Progress on stderr: one line a step on a terminal, a plain line every ten seconds elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.pipeline import Tick

_TERMINAL_SECONDS = 0.1
_PLAIN_SECONDS = 10.0


class ShownProgress:
    """Shows ticks as ``reading  1,204/3,880 articles  31/s  2 min left  14 abstained``."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._every = _TERMINAL_SECONDS if self._terminal else _PLAIN_SECONDS
        self._step = ""
        self._began = self._shown = time.monotonic()
        self._open_line = False

    def __enter__(self) -> ShownProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open_line:
            sys.stderr.write("\n")

    def __call__(self, tick: Tick) -> None:
        """Show a tick, if it is time."""
        if self._quiet:
            return
        now = time.monotonic()
        if tick.step != self._step:
            self._step, self._began, self._shown = tick.step, now, now if not self._terminal else 0.0
        if not tick.ended and now - self._shown < self._every:
            return
        self._shown = now
        self._write(told(tick, now - self._began), ended=tick.ended)

    def _write(self, line: str, *, ended: bool) -> None:
        if not self._terminal:
            sys.stderr.write(line + "\n")
        else:
            sys.stderr.write(f"\r\x1b[2K{line}" + ("\n" if ended else ""))
            self._open_line = not ended
        sys.stderr.flush()


def told(tick: Tick, seconds: float) -> str:
    """A tick in words."""
    of = f"{tick.done:,}/{tick.total:,}" if tick.total is not None else f"{tick.done:,}"
    parts = [f"{tick.step:<9}", f"{of} {tick.unit}"]
    rate = tick.done / seconds if seconds > 0 else 0.0
    if tick.done and rate:
        parts.append(f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
    if not tick.ended and tick.total and rate:
        parts.append(f"{duration((tick.total - tick.done) / rate)} left")
    if tick.ended:
        parts.append(f"in {duration(seconds)}")
    if tick.abstained:
        parts.append(f"{tick.abstained:,} abstained")
    return "  ".join(parts)


def duration(seconds: float) -> str:
    """Seconds in words: "8 s", "2 min", "3 h 10 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
