#!/bin/sh
# Makes .venv from the locked requirements and sees to the system libraries that Qt needs.
# Usage: packaging/setup.sh run|dev. Does nothing where the last run still holds.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
case "$kind" in
    run) lock=packaging/requirements.txt ;;
    dev) lock=packaging/requirements-dev.txt ;;
    *) echo "setup: the argument is 'run' or 'dev', not '$kind'" >&2; exit 2 ;;
esac
python=${PYTHON:-python3}

fail() { echo "setup: $1" >&2; exit 1; }

# Debian packages named on standard input, one a line, that are not installed.
missing_packages() {
    while read -r name; do
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || printf '%s ' "$name"
    done
}

install_system_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    wanted=$(grep -v '^#' packaging/debian-packages.txt)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        wanted="$wanted
python3-venv"
    fi
    missing=$(echo "$wanted" | missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        echo "setup: installing $missing"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends $missing; } >/dev/null 2>&1 ||
            fail "apt-get could not install: $missing"
    else
        echo "setup: missing system packages; run: sudo apt-get install --no-install-recommends $missing" >&2
        # Without venv nothing can go on; without a library of Qt the program itself says what is missing.
        "$python" -c 'import ensurepip, venv' 2>/dev/null || exit 1
    fi
}

command -v "$python" >/dev/null 2>&1 || fail "Python 3.11 or newer is needed, and '$python' is not found"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python 3.11 or newer is needed; set PYTHON to one"
install_system_packages

# Byte code of our own: without it each start costs a tenth of a second more where
# PYTHONDONTWRITEBYTECODE is set.
compile_own() { .venv/bin/python -m compileall -q linqdesk; }

stamp=.venv/.linqdesk-$kind
if [ -f "$stamp" ] && [ -x .venv/bin/python ] && cat "$lock" pyproject.toml | cmp -s - "$stamp"; then
    compile_own
    exit 0
fi
echo "setup: installing Python packages into .venv"
[ -x .venv/bin/python ] || "$python" -m venv .venv
# --compile: without byte code each start costs a second more where PYTHONDONTWRITEBYTECODE is set.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --compile -r "$lock"
# The build back end stands in the lock, so the project itself is installed without fetching anything.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
cat "$lock" pyproject.toml > "$stamp"
compile_own
