#!/bin/sh
# Draws the pictures of README anew, off screen, from the demo.
set -eu
cd "$(dirname "$0")/.."
folder=resources/screenshots
mkdir -p "$folder"
unset DISPLAY WAYLAND_DISPLAY || true
shoot() {
    name=$1
    shift
    .venv/bin/python -m linqdesk --demo --screenshot "$folder/$name.png" "$@"
}
shoot light --theme light --open "Ana Ruiz"
shoot dark --theme dark --open "Saturday gravel ride" --panel
