#!/bin/sh
# Draws the pictures of README anew, off screen, from the demo and from the tests' states of the window.
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
gallery() {
    name=$1
    shift
    LINQDESK_REDUCED_MOTION=1 shoot "gallery-$name" --story gallery --size 700x1060 "$@"
}
gallery text --theme light --open "Text styles"
gallery pictures --theme dark --open "Several pictures"
gallery reactions --theme light --open "Reactions"
gallery replies --theme dark --open "Replies"
gallery files --theme light --open "Film and files"
gallery sounds --theme dark --open "Voice and sound"
QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.ui.effects.film_strips "$folder/gallery-effects.png"
# Every state of composer, details and signing in goes to build/; README shows sheets of some.
QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.looks build/states "$folder"
