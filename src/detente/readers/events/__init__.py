"""Who did what to whom: PLOVER events with status, dates and who asserts them."""

from detente.readers.events.reader import READER, read_events

__all__ = ["READER", "read_events"]
