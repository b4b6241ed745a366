"""Who said what: attributed statements with exact spans for content, cue and speaker.

``find_attributions`` is the engine alone (no actors); ``read_statements`` is the reader.
"""

from detente.readers.statements.find import Attribution, Attributions, attribute, find_attributions
from detente.readers.statements.read import read_statements

__all__ = ["Attribution", "Attributions", "attribute", "find_attributions", "read_statements"]
