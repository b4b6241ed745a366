"""The language of a text: plain English is told without the model, everything else by it."""

from __future__ import annotations

import pytest

from detente.article import language

FEW_THE = (
    "Carla Ros, who leads a group of eleven ministers from five states, said on Monday that talks with Omar Dal "
    "had failed and that a new round of meetings would have to wait for word from both capitals. Ros, speaking "
    "to reporters in Geneva, told of the nights and of the notes that went back and forth by courier. Aides to Dal "
    "said that he had come with orders to sign and that he left with a list of questions for his own cabinet "
    "and for parliament, which meets by order of law each spring."
)
MIXED = (
    "De minister zei maandag dat de gesprekken in Genève mislukt zijn en dat er geen nieuwe ronde komt. Volgens "
    "hem was het voorstel van de andere partij niet aanvaardbaar voor zijn land. The talks failed, said the "
    "minister. De vertegenwoordiger van de regering wilde niet zeggen of er in het voorjaar weer gepraat wordt, "
    "maar hij sloot dat ook niet uit en wees op de grote belangen van alle landen in de regio."
)


@pytest.fixture
def asked(monkeypatch):
    """The texts that the model was asked about."""
    texts: list[str] = []
    model = language._identifier()

    class Noting:
        def classify(self, text):
            texts.append(text)
            return model.classify(text)

    monkeypatch.setattr(language, "_identifier", Noting)
    return texts


def test_english_with_few_articles_needs_no_model(asked):
    assert (language.find_language(FEW_THE)[0], asked) == ("en", [])


def test_the_model_agrees_about_english_with_few_articles():
    assert language._identifier().classify(FEW_THE)[0] == "en"


def test_another_language_with_an_english_sentence_is_left_to_the_model(asked):
    assert language.find_language(MIXED)[0] == "nl"
    assert asked == [MIXED]


QUOTING = (
    "Ros was asked about Dal again on Monday. “I won't say a word,” she told reporters, “not today, not tomorrow, not "
    "ever; ask the man, ask the staff, ask the dog.” Dal, reached by phone, laughed. “She knows where I am,” he said. “I "
    "know where she is. Everybody knows where everybody is, and nobody goes there.” Friends say both will stay home "
    "this week. “Ros has no plans, Dal has no plans, I have no plans,” one aide said, shrugging, before lunch with "
    "eleven colleagues at a cafe near Geneva's lake, which serves trout, perch, char and, on Fridays, pike. “Write "
    "that down,” he added, pointing at each plate: trout, perch, char, pike. Nobody wrote that down, though two "
    "photographers took pictures of his plate, his hat, his shoes and the umbrella of his wife. "
)


def test_english_that_begins_with_talk_is_settled_further_on(asked):
    assert not language._settled(QUOTING[: language.SAMPLE])
    assert (language.find_language(QUOTING + FEW_THE + FEW_THE)[0], asked) == ("en", [])


def test_another_language_that_goes_on_in_english_is_left_to_the_model(asked):
    dutch = MIXED.replace("The talks failed, said the minister. ", "")
    assert language.find_language(MIXED + dutch + FEW_THE + FEW_THE)[0] == "nl"
    assert len(asked) == 1
