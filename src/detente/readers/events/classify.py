"""A learnt guess at an event's type, for verbs that no frame knows and for given pairs of actors.

Logistic regression over lemmas around and between the two actors, the dependency path that joins them,
the types that the frames give, and word vectors of the path (made by ``training/events/train.py``; see
its model card). Inference is plain numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from detente.readers.events.coder import code_paragraph, code_verb
from detente.readers.events.scene import Scene
from detente.readers.index import ActorIndex, Mention
from detente.record import Actor, Article, Date

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

    Array = np.ndarray[Any, np.dtype[Any]]

MODEL = "types.npz"
_CONTENT = ("VERB", "NOUN", "ADJ", "PROPN", "ADV", "ADP", "PART", "AUX")
# Tuned with C on the five folds of the training part (0.2–1.8 tried); do not tune alone.
_VECTOR_WEIGHT = 0.5


@dataclass(frozen=True)
class TypeModel:
    """Weights: classes × (named features, then the dense vector), and a bias a class."""

    classes: tuple[str, ...]
    names: dict[str, int]
    idf: Array
    weights: Array
    dense: Array
    bias: Array

    def probabilities(self, named: dict[str, float], dense: Array) -> dict[str, float]:
        """The probability of each class."""
        import numpy as np

        found = [(self.names[name], value) for name, value in sorted(named.items()) if name in self.names]
        score = self.bias + self.dense @ dense
        if found:
            at = np.array([i for i, _ in found])
            values = np.array([v for _, v in found]) * self.idf[at]
            values /= np.linalg.norm(values) or 1.0
            score = score + self.weights[:, at] @ values
        score = np.exp(score - score.max())
        score /= score.sum()
        return dict(zip(self.classes, score.tolist(), strict=True))


@cache
def load_model() -> TypeModel | None:
    """The packaged model, or None when it is not there (the frames then work alone)."""
    import numpy as np

    place = files("detente") / "data" / "events" / MODEL
    if not place.is_file():
        return None
    with place.open("rb") as stream:
        data = np.load(stream)
        names = str(data["names"]).split("\n")
        return TypeModel(
            tuple(str(data["classes"]).split()),
            {name: i for i, name in enumerate(names)},
            data["idf"].astype("float32"),
            data["weights"].astype("float32"),
            data["dense"].astype("float32"),
            data["bias"].astype("float32"),
        )


def classify(doc: Doc, source: tuple[int, int], recipient: tuple[int, int]) -> dict[str, float]:
    """The probability of each PLOVER type (CONCEDE and RETREAT as YIELD) between two given actors.

    Args:
        doc: the parsed sentence.
        source: character offsets of who acts.
        recipient: character offsets of who it is done to.

    Returns:
        Type → probability, or nothing when the model is not installed.
    """
    model = load_model()
    if model is None:
        return {}
    scene, first, second = pair_scene(doc, source, recipient)
    return model.probabilities(named_features(scene, first, second), dense_features(scene, first, second))


def pair_scene(doc: Doc, source: tuple[int, int], recipient: tuple[int, int]) -> tuple[Scene, int, int]:
    """A scene in which the two given spans are the only actors, and their heads."""
    from detente.language.parse import Paragraph
    from detente.readers.events.tree import tree_of

    actors, heads = ActorIndex(), []
    paragraph = Paragraph("a-pair", 0, max(len(doc.text), 1), "body", 0, doc)
    for name, (start, end) in (("source", source), ("recipient", recipient)):
        span = doc.char_span(start, end, alignment_mode="expand")
        first, last = (span.start, span.end) if span is not None else (0, 1)
        head = span.root.i if span is not None else 0
        heads.append(head)
        actors.actors[name] = Actor(name, name, (name,), "group", None, None, (), ())
        place = paragraph.span_of(doc[first:last])
        actors.add(Mention(0, first, last, head, place, (name,), "name"))
    article = Article("a-pair", "", doc.text, None, None, None, None, None, None, Date.unknown(), "en",
                      ((0, len(doc.text)),), (), None, "")  # fmt: skip
    heads_of = {m.head: m for m in actors.mentions(paragraph)}
    scene = Scene(article, paragraph, tree_of(doc), actors, [], [], heads_of, [], {})
    return scene, heads[0], heads[1]


def named_features(scene: Scene, source: int, recipient: int) -> dict[str, float]:
    """Lemmas, path and frame types as sparse features."""
    tree = scene.tree
    masked = _masked(scene)
    found: dict[str, float] = {}

    def add(name: str, value: float = 1.0) -> None:
        found[name] = min(found.get(name, 0.0) + value, 3.0)

    low, high = sorted((source, recipient))
    path = _path(scene, source, recipient)
    words = [
        w
        for w in (masked.get(i, tree.lemma[i] if tree.pos[i] in _CONTENT else "") for i in range(len(tree)))
        if w
    ]
    for word, after in zip(words, [*words[1:], ""], strict=True):
        add(f"w:{word}", 0.5)
        add(f"b:{word} {after}", 0.5)
    for i in range(low + 1, high):
        if i not in masked and tree.pos[i] in _CONTENT:
            add(f"m:{tree.lemma[i]}")
    for i in path:
        add(f"p:{tree.lemma[i]}", 1.5)
        for kid in tree.kids[i]:
            if tree.dep[kid] in ("aux", "neg", "prt", "prep", "dobj", "xcomp", "mark", "acomp", "auxpass"):
                add(f"k:{tree.lemma[i]}>{tree.lemma[kid]}")
                add(f"d:{tree.dep[kid]}={tree.lemma[kid]}")
    add("path:" + ">".join(tree.lemma[i] for i in path[:4]), 1.5)
    for verb in path:
        if tree.pos[verb] in ("VERB", "AUX"):
            coding = code_verb(scene, verb)
            if coding is not None:
                add(f"t:{coding.type}", 1.5)
    for coding in code_paragraph(scene):
        pair = coding.sources == ("source",) and coding.recipients == ("recipient",)
        add(f"c:{coding.type}:{coding.mode}:{'pair' if pair else 'any'}", 2.0 if pair else 0.7)
        add(f"c:{coding.type}:{'pair' if pair else 'any'}", 2.0 if pair else 0.7)
        add(f"s:{coding.type}:{coding.status}")
    return found


def _masked(scene: Scene) -> dict[int, str]:
    found: dict[int, str] = {}
    for mention in scene.actors.mentions(scene.paragraph):
        for i in range(mention.start, mention.end):
            found[i] = mention.actors[0].upper() if i == mention.head else ""
    return found


def _path(scene: Scene, first: int, second: int) -> list[int]:
    """The tokens between two heads along the dependency tree, both left out."""
    up, down = _ancestors(scene, first), _ancestors(scene, second)
    shared = next((i for i in up if i in set(down)), None)
    if shared is None:
        return [i for i in (*up[1:], *down[1:]) if i not in (first, second)][:8]
    left = up[: up.index(shared) + 1]
    right = down[: down.index(shared)]
    return [i for i in (*left, *reversed(right)) if i not in (first, second)]


def _ancestors(scene: Scene, token: int) -> list[int]:
    chain, head = [token], scene.tree.head
    while head[chain[-1]] != chain[-1] and len(chain) < 40:
        chain.append(head[chain[-1]])
    return chain


def dense_features(scene: Scene, source: int, recipient: int) -> Array:
    """Mean word vectors of the path and of the sentence's other content words, unit length each."""
    import numpy as np

    tree, doc = scene.tree, scene.tree.doc
    masked = _masked(scene)
    path = [
        i for i in _path(scene, source, recipient) if tree.pos[i] in ("VERB", "NOUN", "ADJ", "PART", "ADP")
    ]
    low, high = sorted((source, recipient))
    near = range(max(low - 2, 0), min(high + 5, len(tree)))
    others = [i for i in near if i not in masked and tree.pos[i] in ("VERB", "NOUN", "ADJ")]
    parts = []
    for tokens in (path, others):
        vector = np.zeros(doc.vocab.vectors_length, dtype="float32")
        for i in tokens:
            vector += doc[i].vector
        parts.append(vector / (np.linalg.norm(vector) or 1.0))
    return np.concatenate(parts) * _VECTOR_WEIGHT


__all__ = ["TypeModel", "classify", "dense_features", "load_model", "named_features", "pair_scene"]
