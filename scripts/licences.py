"""Write docs/licences.md: every pinned run-time dependency with its licence, from the packages' own metadata.

python -m scripts.licences        # in the environment that make set up
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAD = """# Licences of what is installed

Made by `python -m scripts.licences` from the metadata of the packages pinned in `requirements/`.
Nothing under the GPL or AGPL is installed by default.
Extras on request: `postgres` brings psycopg (LGPL-3.0), `scale` brings Daft, Ray and PyArrow (Apache-2.0).
A bill of materials in CycloneDX form: `pip install cyclonedx-bom`, then `cyclonedx-py environment .venv`.
Known vulnerabilities of the pins: `pip install pip-audit`, then `pip-audit -r requirements/run.txt`.

| package | version | licence |
| --- | --- | --- |
"""


def main() -> None:
    """Write the page; packages for other platforms or Pythons are named without a licence."""
    names = set()
    for part in ("run.txt", "model.txt"):
        text = (ROOT / "requirements" / part).read_text(encoding="utf-8")
        names |= set(re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE))
    rows = [_row(name) for name in sorted(names)]
    (ROOT / "docs" / "licences.md").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8", newline="\n")


def _row(name: str) -> str:
    try:
        meta = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return f"| {name} | – | only on other platforms |"
    classifiers = [
        c.split(" :: ")[-1] for c in meta.get_all("Classifier") or [] if c.startswith("License ::")
    ]
    licence = (
        meta.get("License-Expression") or ", ".join(dict.fromkeys(classifiers)) or meta.get("License") or "?"
    )
    first = licence.strip().splitlines()[0][:80].replace("|", "/")
    return f"| {name} | {meta['Version']} | {first} |"


if __name__ == "__main__":
    main()
