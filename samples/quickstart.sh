#!/usr/bin/env bash
# Builds loyal and runs a small shop's loyalty program from the first command to a proved ledger, in a scratch folder.
# Each command is shown before it runs. Nothing outside the project's build/ and the scratch folder is touched, but for
# Debian packages that are missing.
#   samples/quickstart.sh [FOLDER]     FOLDER: where the results go (default: a new one under /tmp)
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in ru*) is_russian=true ;; *) is_russian=false ;; esac
# The text in the language of the messages that loyal prints itself.
say() { if $is_russian; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }

tools/install-packages.sh build
say "Building: about five minutes on two cores the first time …" "Сборка: в первый раз около пяти минут на двух ядрах …"
tools/build.sh release loyal

folder=${1:-$(mktemp -d /tmp/loyal-quickstart.XXXXXX)}
mkdir -p "$folder"
cd "$folder"
rm -f shop.db shop.db-wal shop.db-shm
cp "$project/samples/shop/customers.csv" "$project/samples/shop/receipts.csv" "$project/samples/programs/bonus.toml" .

PATH="$project/build/release:$PATH"
export LOYAL_DB=$folder/shop.db
# The sample receipts end on 28 February 2026: the tour plays on the day after.
export LOYAL_NOW=2026-03-01T12:00:00+03:00

step() { printf '\n\033[1m# %s\033[0m\n' "$(say "$@")"; }
# A word as somebody would type it, so that the line can be pasted.
typed() {
  case "$1" in
    *["\"\`\\"]* | *'$'* | *'!'*) printf '%q' "$1" ;;
    '' | *[" '*?#~&|;<>(){}"]* | *'['* | *']'*) printf '"%s"' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}
run() {
  local word
  printf '$'
  for word in "$@"; do printf ' %s' "$(typed "$word")"; done
  printf '\n'
  "$@"
}

step "A store, a company, a card program" \
  "Хранилище, компания, программа карт"
run loyal init
run loyal company add --inn 7707083893 --ogrn 1027700132195 --email shop@example.ru --name Зерно
run loyal company confirm zerno
run loyal program apply bonus.toml

step "Customers with their cards, and a year of receipts: looked at first, then imported, and again: nothing new" \
  "Покупатели с картами и чеки за год: сначала проба, потом загрузка, потом ещё раз — ничего нового"
run loyal import customers customers.csv --program coffee --create-cards
run loyal import sales receipts.csv --program coffee --plan
run loyal import sales receipts.csv --program coffee
run loyal import sales receipts.csv --program coffee

step "New cards, and a sheet of them for the office printer" \
  "Новые карты и лист с ними для офисного принтера"
run loyal card issue coffee --count 48
run loyal code sheet --program coffee --unassigned --symbology qr -o cards.pdf
card=$(loyal card list --unassigned --format tsv --columns number | sed -n 2p)
run loyal card assign "$card" "$(loyal customer list --format tsv --columns phone | sed -n 2p)"
run loyal code show "$card"

step "At the till: what would it cost, sell, give a part back" \
  "На кассе: сколько выйдет, продажа, возврат части"
run loyal points grant "$card" 100 --reason "за отзыв" --expire 30d
run loyal sale quote "$card" 1250 --spend max
run loyal sale add "$card" 1250 --spend max --receipt 900001 --till касса-1
run loyal sale add "$card" 1250 --spend max --receipt 900001 --till касса-1
run loyal sale return 900001 --till касса-1 --amount 300 --reason "не подошло"
run loyal card balance "$card"

step "The night: points whose last day has passed expire; run again, nothing is left to do" \
  "Ночь: просроченные баллы сгорают; второй раз менять нечего"
run loyal nightly
run loyal nightly
run loyal points expiring --within 14d -o expiring.xlsx

step "Lists for Excel" \
  "Списки для Excel"
run loyal sale list --from 2026-01-01 --to 2026-03-31 -o sales.xlsx
run loyal customer list -o customers.xlsx
run loyal card list -o cards.xlsx

step "Proof: every balance recomputed, every operation's hash checked" \
  "Проверка: каждый баланс пересчитан, хеш каждой операции сверен"
run loyal doctor
run loyal

files="shop.db, cards.pdf, sales.xlsx, customers.xlsx, cards.xlsx, expiring.xlsx"
printf '\n'
say "The results lie in $folder: $files" "Результаты лежат в $folder: $files"
say "Go on with it, on the same day as here:" "Продолжить — тем же днём, что и здесь:"
printf '  export LOYAL_DB=%s LOYAL_NOW=%s PATH=%s:$PATH\n' "$(typed "$LOYAL_DB")" "$LOYAL_NOW" "$(typed "$project/build/release")"
