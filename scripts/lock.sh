#!/bin/sh
# Renew requirements/*.txt: exact pins with hashes, no registry host named.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header "$@"
}
compile pyproject.toml --extra build -o requirements/run.txt
compile pyproject.toml --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt
