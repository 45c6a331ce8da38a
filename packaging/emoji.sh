#!/bin/sh
# Makes resources/emoji anew from the npm package emojibase-data (Unicode's own order, names and keywords).
# One line an emoji, between tabs: group, emoji, version of Unicode Emoji, label, short names, keywords
# (between bars), the five skin tones or nothing.
set -eu
version=17.0.0
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "emojibase-data@$version" >/dev/null
tar -xzf emojibase-data-*.tgz
cp package/LICENSE "$root/resources/emoji/LICENSE"
node -e '
const data = require("./package/en/data.json");
const sets = ["iamcal", "github", "emojibase"].map((name) => require(`./package/en/shortcodes/${name}.json`));
const COMPONENTS = 2;
const lines = data
  .filter((each) => each.group !== undefined && each.group !== COMPONENTS)
  .sort((one, other) => one.order - other.order)
  .map((each) => {
    const names = [...new Set(sets.flatMap((set) => set[each.hexcode] ?? []))];
    const tones = (each.skins ?? []).filter((skin) => typeof skin.tone === "number");
    return [each.group, each.emoji, each.version, each.label, names.join(" "), (each.tags ?? []).join("|"),
            tones.map((skin) => skin.emoji).join(" ")].join("\t");
  });
process.stdout.write(lines.join("\n") + "\n");
' > "$root/resources/emoji/emoji.tsv"
