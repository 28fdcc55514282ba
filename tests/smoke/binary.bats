#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The binary itself, as a shell sees it: what a test in process cannot see. LOYAL is its path.

bats_require_minimum_version 1.5.0

setup() {
  export HOME="$BATS_TEST_TMPDIR" LC_ALL=C.UTF-8
  unset LOYAL_DB XDG_DATA_HOME XDG_CONFIG_HOME
}

@test "the version goes to standard output" {
  run --separate-stderr "$LOYAL" --version
  [ "$status" -eq 0 ]
  [[ "$output" =~ ^loyal\ [0-9]+\.[0-9]+ ]]
  [ -z "$stderr" ]
}

@test "an unknown command is wrong usage, said on standard error alone" {
  run --separate-stderr "$LOYAL" frobnicate
  [ "$status" -eq 2 ]
  [ -z "$output" ]
  [[ "$stderr" == "loyal: error: "* ]]
}

@test "an answer that does not fit on the disk is a failure" {
  run bash -c '"$LOYAL" --version >/dev/full'
  [ "$status" -eq 1 ]
}

@test "a reader that goes away early is no crash" {
  run bash -c 'set -o pipefail; "$LOYAL" --help | head -c 1'
  [ "$status" -eq 0 ] || [ "$status" -eq 141 ]
}

@test "a store that does not exist is not made by reading" {
  run --separate-stderr "$LOYAL" --db "$BATS_TEST_TMPDIR/none.db" card list
  [ "$status" -eq 10 ]
  [ ! -e "$BATS_TEST_TMPDIR/none.db" ]
}

@test "an export that is interrupted leaves the old file and nothing beside it" {
  cd "$BATS_TEST_TMPDIR"
  export LOYAL_DB=shop.db
  "$LOYAL" -q init
  "$LOYAL" -q company add --inn 7707083893 --ogrn 1027700132195 --name Зерно
  "$LOYAL" -q program add bonus --slug coffee --earn 5%
  awk 'BEGIN { print "card,receipt,at,amount"; for (i = 0; i < 40000; ++i) printf "C-%d,%d,2026-01-%02d,100.00\n", i % 500, i, i % 28 + 1 }' >sales.csv
  "$LOYAL" -q import sales sales.csv --program coffee --create-cards
  mkdir out
  echo old >out/q1.xlsx
  for signal in TERM INT; do
    "$LOYAL" -q export xlsx --from 2026-01-01 --to 2026-01-31 -o out/q1.xlsx &
    until [ -n "$(find out -name '*.tmp')" ]; do kill -0 $!; sleep 0.01; done
    kill -$signal $!
    status=0
    wait $! || status=$?
    [ "$status" -eq "$([ $signal = INT ] && echo 130 || echo 143)" ]
    [ "$(ls -A out)" = q1.xlsx ]
    [ "$(cat out/q1.xlsx)" = old ]
  done
}
