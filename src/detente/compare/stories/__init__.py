"""Stories: articles that report one thing, grouped as they come in a single pass.

``profile`` reads an article's words into channels, ``stream`` assigns each article to a story or begins
one, ``features`` says how an article and a story go together, and ``scorer`` weighs that with what was
learnt in ``training/stories``.
"""

from detente.compare.stories.stream import StorySettings, StoryStream

__all__ = ["StorySettings", "StoryStream"]
