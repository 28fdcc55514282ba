#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Sheets of the installed binary, drawn and read by other programs. LOYAL is the binary's path.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  export HOME="$PWD" LC_ALL=C.UTF-8 LOYAL_DB="$PWD/shop.db"
  unset XDG_DATA_HOME XDG_CONFIG_HOME
  "$LOYAL" -q init
  "$LOYAL" -q company add --inn 7707083893 --ogrn 1027700132195 --name Зерно
  "$LOYAL" -q program add bonus --slug coffee --title "Кофейня «Зерно»" --earn 5%
  "$LOYAL" -q card issue coffee --count 24
}

needs() {
  for program in "$@"; do
    command -v "$program" >/dev/null || skip "$program is not installed"
  done
}

# pixels MM DPI: whole pixels.
pixels() {
  awk -v mm="$1" -v dpi="$2" 'BEGIN { printf "%d", mm * dpi / 25.4 + 0.5 }'
}

# read_places FILE.pdf DPI: each label of the manifest is cut out of the page of 3x8 labels and read by zbar.
read_places() {
  local number page place symbology kind x y
  while IFS=, read -r _ page place number symbology _; do
    x=$(pixels $(((place - 1) % 3 * 70)) "$2")
    y=$(pixels $(((place - 1) / 3 * 37)).5 "$2")
    pdftoppm -r "$2" -gray -f "$page" -l "$page" -x "$x" -y "$y" -W "$(pixels 70 "$2")" -H "$(pixels 37 "$2")" -singlefile "$1" label
    [ "$symbology" = qr ] && kind=QR-Code || kind=EAN-13
    zbarimg -q label.pgm 2>/dev/null >found
    grep -qx "$kind:$number" found || { echo "$symbology of $number at $2 dpi: $(cat found)"; return 1; }
  done < <(tail -n +2 "${1%.pdf}.manifest.csv")
}

@test "each symbol of a PDF, cut out of the page as poppler draws it, reads by zbar at 150 and 300 dpi" {
  needs pdftoppm zbarimg
  "$LOYAL" -q code sheet --symbology qr,ean13 -o cards.pdf
  [ "$(wc -l <cards.manifest.csv)" -eq 49 ]
  read_places cards.pdf 150
  read_places cards.pdf 300
}

@test "the font of names is embedded" {
  needs pdffonts pdftotext
  "$LOYAL" -q code sheet -o cards.pdf
  pdffonts cards.pdf | tail -n +3 >fonts
  [ -s fonts ]
  ! grep -v ' yes yes ' fonts
  pdftotext cards.pdf - | grep -q "Кофейня «Зерно»"
}

@test "the same cards give the same bytes in every form, at another hour and by another process" {
  for form in pdf svg png; do
    "$LOYAL" -q --now 2026-03-01T09:00:00Z code sheet --batch 3 --layout cr80 --from 2900000000018 --to 2900000000032 --background "#1a3c34" -o "a.$form"
    "$LOYAL" -q --now 2026-03-09T19:00:00Z code sheet --batch 3 --layout cr80 --from 2900000000018 --to 2900000000032 --background "#1a3c34" -o "b.$form" --no-verify
    for file in a*."$form"; do cmp "$file" "b${file#a}"; done
  done
}

@test "where nothing can be written, a clear error and no file" {
  mkdir closed
  chmod 555 closed
  if [ "$(id -u)" -ne 0 ]; then
    run --separate-stderr "$LOYAL" code sheet -o closed/cards.pdf
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"cannot write closed/cards.pdf: Permission denied"* ]]
  fi
  run --separate-stderr "$LOYAL" code sheet -o absent/cards.png
  [ "$status" -eq 1 ]
  [[ "$stderr" == *"cannot write absent/cards.png: No such file or directory"* ]]
  run --separate-stderr "$LOYAL" code sheet -o /dev/full
  [ "$status" -eq 1 ]
  [[ "$stderr" == *"No space left on device"* ]]
  [ -z "$(ls closed)" ]
}
