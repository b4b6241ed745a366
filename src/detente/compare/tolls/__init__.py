"""How many an article says were killed: its counts of the dead, and the main toll among them."""

from detente.compare.tolls.main import MainToll, main_toll
from detente.compare.tolls.mentions import Toll, find_tolls

__all__ = ["MainToll", "Toll", "find_tolls", "main_toll"]
