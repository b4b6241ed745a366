"""What the tests of the language layer share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def plain():
    """The model as spaCy loads it, with nothing quickened."""
    import spacy

    from detente.language.model import model_path

    return spacy.load(model_path())
