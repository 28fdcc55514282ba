#!/usr/bin/env bash
# Builds loyal and runs a small shop's loyalty program from the first command to a proved ledger, in a scratch folder.
# Each command is shown before it runs. Nothing outside the project's build/ and the scratch folder is touched, but for
# Debian packages that are missing.
#   samples/quickstart.sh [FOLDER]     FOLDER: where the results go (default: a new one under /tmp)
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD

tools/install-packages.sh build
if [ ! -f build/release/build.ninja ]; then
  echo "Configuring …"
  cmake --preset release >build-configure.log 2>&1 || { cat build-configure.log; rm -f build-configure.log; exit 1; }
  rm -f build-configure.log
fi
echo "Building (a few minutes the first time) …"
cmake --build build/release -j "$(nproc)" --target loyal -- --quiet

folder=${1:-$(mktemp -d /tmp/loyal-quickstart.XXXXXX)}
mkdir -p "$folder"
cd "$folder"
rm -f shop.db shop.db-wal shop.db-shm
cp "$project/samples/shop/customers.csv" "$project/samples/shop/receipts.csv" "$project/samples/programs/bonus.toml" .

PATH="$project/build/release:$PATH"
export LOYAL_DB=$folder/shop.db
# The sample receipts end on 28 February 2026: the tour plays on the day after.
export LOYAL_NOW=2026-03-01T12:00:00+03:00

step() { printf '\n\033[1m# %s\033[0m\n' "$*"; }
run() {
  printf '$'
  printf ' %q' "$@" | sed "s/\\\\ / /g"
  printf '\n'
  "$@"
}

step "A store, a company, a card program"
run loyal init
run loyal company add --inn 7707083893 --ogrn 1027700132195 --email shop@example.ru --name Зерно
run loyal company confirm zerno
run loyal program apply bonus.toml

step "Customers with their cards, and a year of receipts: looked at first, then imported, and again: nothing new"
run loyal import customers customers.csv --program coffee --create-cards
run loyal import sales receipts.csv --program coffee --plan
run loyal import sales receipts.csv --program coffee
run loyal import sales receipts.csv --program coffee

step "New cards, and a sheet of them for the office printer"
run loyal card issue coffee --count 48
run loyal code sheet --program coffee --unassigned --symbology qr -o cards.pdf
card=$(loyal card list --unassigned --format tsv --columns number | sed -n 2p)
run loyal card assign "$card" "$(loyal customer list --format tsv --columns phone | sed -n 2p)"
run loyal code show "$card"

step "At the till: what would it cost, sell, give a part back"
run loyal points grant "$card" 100 --reason "за отзыв" --expire 30d
run loyal sale quote "$card" 1250 --spend max
run loyal sale add "$card" 1250 --spend max --receipt 900001 --till касса-1
run loyal sale add "$card" 1250 --spend max --receipt 900001 --till касса-1
run loyal sale return 900001 --till касса-1 --amount 300 --reason "не подошло"
run loyal card balance "$card"

step "The night: points whose last day has passed expire; run again, nothing is left to do"
run loyal nightly
run loyal nightly
run loyal points expiring --within 14d -o expiring.xlsx

step "Lists for Excel"
run loyal sale list --from 2026-01-01 --to 2026-03-31 -o sales.xlsx
run loyal customer list -o customers.xlsx
run loyal card list -o cards.xlsx

step "Proof: every balance recomputed, every operation's hash checked"
run loyal doctor
run loyal

printf '\nThe results lie in %s: shop.db, cards.pdf, sales.xlsx, customers.xlsx, cards.xlsx, expiring.xlsx\n' "$folder"
printf 'Go on with it:  export LOYAL_DB=%q PATH=%q:$PATH\n' "$LOYAL_DB" "$project/build/release"
