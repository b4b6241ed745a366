#!/bin/sh
# Renew requirements/*.txt: exact pins with hashes, no registry host named.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header "$@"
}
compile pyproject.toml --extra build -o requirements/run.txt
compile pyproject.toml --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt
# The engines want an older tqdm than the rest, so they have an environment of their own, alike in all else.
grep -E '^[A-Za-z0-9._-]+==' requirements/dev.txt | sed 's/ *\\$//' | grep -v '^tqdm==' |
    compile pyproject.toml --extra build --extra dev --extra scale -c - -o requirements/scale.txt
