#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What loyal writes, read by other programs; what is installed, where Debian looks for it. LOYAL is the binary's path.

bats_require_minimum_version 1.5.0

setup() {
  export HOME="$BATS_TEST_TMPDIR" LC_ALL=C.UTF-8 LOYAL_DB="$BATS_TEST_TMPDIR/shop.db" LOYAL_NOW=2026-03-01T12:00:00+03:00
  unset XDG_DATA_HOME XDG_CONFIG_HOME
  root="$BATS_TEST_DIRNAME/../.."
  shared="${LOYAL_SHARED:-$root/../shared}"
}

open_shop() {
  "$LOYAL" -q init
  "$LOYAL" -q company add --inn 7707083893 --ogrn 1027700132195 --name Зерно
  "$LOYAL" -q program add bonus --slug coffee --earn 5% --expire 12m
}

@test "a workbook of purchases has the same total in openpyxl, in ssconvert and in CSV" {
  command -v ssconvert >/dev/null || skip "ssconvert (gnumeric) is not installed"
  /usr/bin/python3 -c 'import openpyxl' || skip "openpyxl is not installed"
  open_shop
  "$LOYAL" -q import sales "$root/samples/shop/receipts.csv" --program coffee --create-cards
  "$LOYAL" sale list -o "$BATS_TEST_TMPDIR/sales.xlsx"
  "$LOYAL" sale list -o "$BATS_TEST_TMPDIR/sales.csv"
  ssconvert "$BATS_TEST_TMPDIR/sales.xlsx" "$BATS_TEST_TMPDIR/again.csv" 2>/dev/null
  run /usr/bin/python3 "$root/tests/support/totals.py" "$BATS_TEST_TMPDIR"
  [ "$output" = "3784 4099591.40 3784 4099591.40 3784 4099591.40" ]
}

@test "the real purchases come to the same total in another program" {
  [ -f "$shared/data/cdnow/CDNOW_master.txt" ] || skip "there is no $shared/data/cdnow/CDNOW_master.txt"
  command -v ssconvert >/dev/null || skip "ssconvert (gnumeric) is not installed"
  open_shop
  "$LOYAL" -q import sales "$shared/data/cdnow/CDNOW_master.txt" --program coffee --create-cards --map card=customer_id,at=date,amount=dollar_value
  "$LOYAL" sale list -o "$BATS_TEST_TMPDIR/sales.xlsx"
  "$LOYAL" sale list -o "$BATS_TEST_TMPDIR/sales.csv"
  ssconvert "$BATS_TEST_TMPDIR/sales.xlsx" "$BATS_TEST_TMPDIR/again.csv" 2>/dev/null
  run /usr/bin/python3 "$root/tests/support/totals.py" "$BATS_TEST_TMPDIR"
  [ "$output" = "69659 2500315.63 69659 2500315.63 69659 2500315.63" ]
}

@test "hostile names go through store, table, JSON, CSV and workbook, and back" {
  [ -f "$shared/data/hostile/blns.json" ] || skip "there is no $shared/data/hostile/blns.json"
  /usr/bin/python3 -c 'import openpyxl' || skip "openpyxl is not installed"
  run /usr/bin/python3 "$root/tests/support/hostile.py" "$LOYAL" "$shared/data/hostile/blns.json" "$BATS_TEST_TMPDIR"
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "the accountant's workbook has the same sums in openpyxl, in ssconvert and in the ledger" {
  command -v ssconvert >/dev/null || skip "ssconvert (gnumeric) is not installed"
  /usr/bin/python3 -c 'import openpyxl' || skip "openpyxl is not installed"
  open_shop
  "$LOYAL" -q import sales "$root/samples/shop/receipts.csv" --program coffee --create-cards
  "$LOYAL" -q sale return 003784 --amount 100
  run --separate-stderr "$LOYAL" --lang ru export xlsx --from 2025-01-01 --to 2026-03-31 -o "$BATS_TEST_TMPDIR/all.xlsx"
  [ "$status" -eq 0 ]
  [[ "$output" == *"все контрольные суммы сходятся" ]]
  run /usr/bin/python3 "$root/tests/support/workbook.py" "$BATS_TEST_TMPDIR/all.xlsx" "$BATS_TEST_TMPDIR"
  echo "$output"
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Сводка|Клиенты|Карты|Покупки|Позиции|Бонусы|Обязательство|Обязательство по месяцам|Сгорит|Оценочное обязательство|Обязательство по МСФО 15|Скидки" ]
  [ "${lines[1]}" = "3785 4099491.40" ]
}

@test "LibreOffice computes the sums of the accountant's workbook anew, and they are the same" {
  [ -n "${LOYAL_LIBREOFFICE:-}" ] || skip "only where all tests are run: LOYAL_LIBREOFFICE is not set"
  command -v soffice >/dev/null || skip "LibreOffice (libreoffice-calc-nogui) is not installed"
  /usr/bin/python3 -c 'import openpyxl' || skip "openpyxl is not installed"
  open_shop
  "$LOYAL" -q import sales "$root/samples/shop/receipts.csv" --program coffee --create-cards
  "$LOYAL" -q export xlsx --from 2025-01-01 --to 2026-03-31 -o "$BATS_TEST_TMPDIR/all.xlsx"
  run /usr/bin/python3 "$root/tests/support/workbook.py" "$BATS_TEST_TMPDIR/all.xlsx" "$BATS_TEST_TMPDIR" soffice
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "the manual pages are clean" {
  command -v mandoc >/dev/null || skip "mandoc is not installed"
  run mandoc -T lint -W warning "$root"/man/*.1
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "what is installed lies where Debian looks for it, and speaks Russian" {
  cmake --install "$(dirname "$LOYAL")" --prefix "$BATS_TEST_TMPDIR/usr" >/dev/null
  cd "$BATS_TEST_TMPDIR/usr"
  [ -f share/man/man1/loyal.1 ]
  [ -f share/man/man1/loyal-sale-add.1 ]
  [ -f share/bash-completion/completions/loyal ]
  [ -f share/zsh/vendor-completions/_loyal ]
  [ -f share/fish/vendor_completions.d/loyal.fish ]
  [ -f share/doc/loyal/samples/programs/bonus.toml ]
  run --separate-stderr env LANG=ru_RU.UTF-8 LC_ALL= LOYAL_DB=none.db bin/loyal card list
  [ "$status" -eq 10 ]
  [[ "$stderr" == *"ошибка: хранилища"* ]]
}

@test "bash completes nouns, verbs and card numbers" {
  open_shop
  "$LOYAL" -q card issue coffee
  run bash -c 'PATH="$(dirname "$LOYAL"):$PATH"; source "'"$root"'/completions/loyal.bash"; declare -F | grep -c loyal'
  [ "$output" -ge 1 ]
  run "$LOYAL" __complete 2 -- loyal sale ""
  [[ "$output" == *"add"* ]]
  run "$LOYAL" __complete 3 -- loyal sale add 29
  [[ "$output" == *"2900000000018"* ]]
}
