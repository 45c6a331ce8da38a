#!/bin/sh
# Resolves the requirement files anew: pinned, hashed, for every platform and Python from 3.11 on.
# Run it after a change to the dependencies in pyproject.toml and commit what it writes.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade "$@"
}
.venv/bin/python -m pip install --quiet uv
compile pyproject.toml --group build --output-file packaging/requirements.txt
compile pyproject.toml --group dev --output-file packaging/requirements-dev.txt
