"""Who did what to whom: PLOVER events with status, dates and who asserts them."""

from detente.readers.events.reader import read_events

__all__ = ["read_events"]
