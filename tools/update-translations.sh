#!/usr/bin/env bash
# Collects the messages of the sources into po/loyal.pot and merges them into each po/*.po. Needs gettext.
set -euo pipefail
cd "$(dirname "$0")/.."
find src include -name '*.cpp' -o -name '*.hpp' | LC_ALL=C sort |
  xgettext --files-from=- --language=C++ --from-code=UTF-8 --keyword=tr:1 --keyword=trn:1,2 --keyword=N_:1 \
    --keyword=translate_plural:1,2 --sort-by-file --no-location --package-name=loyal --output=po/loyal.pot
sed -i '/^"POT-Creation-Date/d' po/loyal.pot
for catalogue in po/*.po; do
  msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-location "$catalogue" po/loyal.pot
done
