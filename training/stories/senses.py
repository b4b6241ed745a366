"""Make ``src/detente/data/compare/senses.csv``: which words can name one act, from WordNet 3.0.

    python -m training.stories.senses FOLDER

``FOLDER`` holds ``data.verb``, ``index.verb``, ``data.noun`` and ``index.noun`` (Debian's wordnet-base has
them in /usr/share/wordnet). Kept: of each verb, and each noun for acts, events, states, processes and what is
said, its first four senses and what is near them: the noun of a verb, a wider sense, a cause. One line a
word: ``word,sense:distance …``.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parents[2] / "src/detente/data/compare/senses.csv"
NOUN_FILES = {4, 7, 10, 11, 12, 19, 21, 22, 26}
"""Act, attribute, communication, event, feeling, phenomenon, possession, process, state."""
SENSES = 4
WIDER, CAUSES = frozenset(("@", "@i")), frozenset((">", "*", "$"))
Near = dict[str, dict[str, set[str]]]


def read_data(folder: Path, kind: str) -> tuple[dict[str, int], Near]:
    """Each sense's lexicographer file, and the senses that it points to by kind of link."""
    files, links = {}, defaultdict(lambda: defaultdict(set))
    for line in (folder / f"data.{kind}").read_text(encoding="ascii").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split("|")[0].split()
        sense, count = kind[0] + fields[0], int(fields[3], 16)
        files[sense] = int(fields[1])
        at = 4 + 2 * count
        for n in range(int(fields[at])):
            symbol, offset, other = fields[at + 1 + 4 * n : at + 4 + 4 * n]
            if other in "vn":
                links[sense][symbol].add(other + offset)
    return files, links


def read_index(folder: Path, kind: str) -> dict[str, list[str]]:
    """Each single word's senses, the commonest first."""
    found = {}
    for line in (folder / f"index.{kind}").read_text(encoding="ascii").splitlines():
        fields = line.split()
        if not line.startswith("  ") and fields[0].isalpha():
            found[fields[0]] = [kind[0] + offset for offset in fields[-int(fields[2]) :]]
    return found


def near(senses: list[str], links: Near) -> dict[str, float]:
    """The senses within two steps of some, with the distance of each."""
    found: dict[str, float] = {}

    def note(sense: str, distance: float) -> None:
        found[sense] = min(found.get(sense, 9.0), distance)

    for sense in senses:
        note(sense, 0.0)
        for other in links[sense]["+"]:
            note(other, 0.5)
    for sense, distance in list(found.items()):
        for symbol in WIDER | CAUSES:
            for other in links[sense][symbol]:
                note(other, distance + 1)
    for sense, distance in list(found.items()):
        if 1 <= distance <= 1.5:
            for other in links[sense]["@"]:
                note(other, distance + 1)
    return found


def main() -> None:
    """Read the folder, write the table."""
    folder = Path(sys.argv[1])
    _, verb_links = read_data(folder, "verb")
    noun_files, noun_links = read_data(folder, "noun")
    links = defaultdict(lambda: defaultdict(set), {**verb_links, **noun_links})
    for sense, by_symbol in list(links.items()):
        for symbol in CAUSES:
            for other in by_symbol[symbol]:
                links[other]["$"].add(sense)
    verbs, nouns = read_index(folder, "verb"), read_index(folder, "noun")
    numbers: dict[str, int] = {}
    lines = []
    for word in sorted({*verbs, *nouns}):
        senses = verbs.get(word, [])[:SENSES] + [
            s for s in nouns.get(word, [])[:SENSES] if noun_files[s] in NOUN_FILES
        ]
        found = near(senses, links)
        if found:
            cells = (
                f"{numbers.setdefault(s, len(numbers)):x}:{int(2 * d)}" for s, d in sorted(found.items())
            )
            lines.append(f"{word},{' '.join(cells)}")
    head = (
        "# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. See senses.LICENSE.txt\n"
    )
    head += "word,near\n"
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="ascii")
    print(len(lines), "words", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
