#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Several processes on one store, processes that are killed, and disks that are full. LOYAL is the binary's path.
# LOYAL_TEST_KILLS and LOYAL_TEST_SALES change how much is tried.

bats_require_minimum_version 1.5.0

setup_file() {
  export TILLS="${BATS_TEST_DIRNAME}/../support/tills.py"
}

setup() {
  export HOME="$BATS_TEST_TMPDIR" LC_ALL=C.UTF-8 LOYAL_DB="$BATS_TEST_TMPDIR/shop.db"
  unset XDG_DATA_HOME XDG_CONFIG_HOME
  "$LOYAL" -q init
  "$LOYAL" -q company add --inn 7707083893 --ogrn 1027700132195 --name Зерно
  "$LOYAL" -q program add bonus --slug coffee --earn 10% --expire 12m --spend-max 50%
  "$LOYAL" -q card issue coffee --count 20
}

@test "eight tills on twenty cards: each sale succeeds or is refused by a rule, and no point is spent twice" {
  run --separate-stderr bash -c '"$LOYAL" card list --format csv --columns number | tail -n +2 |
    "$TILLS" two-tills "$LOYAL" "$LOYAL_DB" 8 "${LOYAL_TEST_SALES:-300}" 5'
  echo "$output$stderr"
  [ "$status" -eq 0 ]
}

@test "a till spends points while others move them to another card: once, and the rest are refused by a rule" {
  mapfile -t cards < <("$LOYAL" card list --format csv --columns number | tail -n +2)
  other="${cards[19]}"
  for round in 0 1 2 3 4 5; do
    card="${cards[$round]}"
    "$LOYAL" -q points grant "$card" 100 --reason race
    pids=()
    for try in 1 2 3; do
      "$LOYAL" -q points transfer "$card" "$other" 60 --reason race 2>/dev/null & pids+=($!)
      "$LOYAL" -q sale add "$card" 200 --spend 60 --receipt "$round-$try" 2>/dev/null & pids+=($!)
    done
    done_count=0
    for pid in "${pids[@]}"; do
      code=0; wait "$pid" || code=$?
      [ "$code" -eq 0 ] || [ "$code" -eq 6 ]
      [ "$code" -ne 0 ] || done_count=$((done_count + 1))
    done
    [ "$done_count" -eq 1 ]
  done
  "$LOYAL" doctor
}

@test "a hundred tills take a code that may be used three times: three do, and killed ones leave nothing behind" {
  "$LOYAL" -q promo create three --code ТРИ --off 10 --uses 3
  mapfile -t cards < <("$LOYAL" card list --format csv --columns number | tail -n +2)
  # Some are killed before any can have finished; what they leave must not count.
  for try in 1 2 3 4 5; do
    "$LOYAL" -q sale add "${cards[0]}" 100 --promo ТРИ --receipt "killed-$try" 2>/dev/null & victim=$!
    kill -KILL "$victim" 2>/dev/null || true
    wait "$victim" 2>/dev/null || true
  done
  before=$("$LOYAL" promo show three --json | grep -o '"uses":[0-9]*' | cut -d: -f2)
  pids=()
  for try in $(seq 100); do
    "$LOYAL" -q sale add "${cards[$((try % 20))]}" 100 --promo ТРИ --receipt "race-$try" >/dev/null 2>&1 & pids+=($!)
  done
  done_count=0
  for pid in "${pids[@]}"; do
    code=0; wait "$pid" || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 6 ]
    [ "$code" -ne 0 ] || done_count=$((done_count + 1))
  done
  [ $((before + done_count)) -eq 3 ]
  "$LOYAL" promo show three --json | grep -q '"uses":3,'
  "$LOYAL" doctor
}

@test "killed at random moments: what was acknowledged is there, nothing is half there, the store is whole" {
  run --separate-stderr "$TILLS" killed "$LOYAL" "$LOYAL_DB" "${LOYAL_TEST_KILLS:-200}" 1
  echo "$output$stderr"
  [ "$status" -eq 0 ]
}

@test "a list that does not fit on the disk is a failure" {
  run bash -c '"$LOYAL" card list --format csv >/dev/full'
  [ "$status" -eq 1 ]
}

@test "a store that cannot grow takes nothing of the operation, and says so" {
  before=$("$LOYAL" card list --format csv | wc -l)
  # The write-ahead log is held to 8 blocks of 1024 bytes: no batch of this size fits.
  run --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 8; "$LOYAL" card issue coffee --count 5000'
  echo "$stderr"
  [ "$status" -eq 1 ]
  [[ "$stderr" == "loyal: error: "* ]]
  [ "$("$LOYAL" card list --format csv | wc -l)" -eq "$before" ]
  "$LOYAL" doctor
}
