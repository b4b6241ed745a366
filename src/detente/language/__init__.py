"""Article → parsed paragraphs: each distinct paragraph parsed once, ever."""

from detente.language.model import MODEL_PACKAGE, Model, load_model, model_name
from detente.language.parse import Paragraph, ParseCache, ParsedArticle, parse_articles

__all__ = [
    "MODEL_PACKAGE",
    "Model",
    "Paragraph",
    "ParseCache",
    "ParsedArticle",
    "load_model",
    "model_name",
    "parse_articles",
]
