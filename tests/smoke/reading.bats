#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Stores that lie where nothing can be written. LOYAL is the binary's path. Permissions do not bind root: as root, a user
# without rights reads.

bats_require_minimum_version 1.5.0

nobody=65534

setup() {
  # bats' own folder is closed to other users.
  place=$(mktemp -d)
  chmod 755 "$place"
  export HOME="$place" LC_ALL=C.UTF-8 LOYAL_DB="$place/shop/shop #1.db"
  unset XDG_DATA_HOME XDG_CONFIG_HOME
  cp "$LOYAL" "$place/loyal"
  mkdir "$place/shop"
  "$LOYAL" -q init
  "$LOYAL" -q company add --inn 7707083893 --ogrn 1027700132195 --name Зерно
  "$LOYAL" -q program add bonus --slug coffee --earn 5%
  "$LOYAL" -q card issue coffee
  # Now and then a command takes the log into the store as it closes; the next one begins another.
  [ -s "$LOYAL_DB-wal" ] || "$LOYAL" -q card issue coffee
}

teardown() {
  chmod -R u+w "$place"
  rm -rf "$place"
}

close_folder() {
  chmod 444 "$place"/shop/*
  chmod 555 "$place/shop"
}

as_reader() {
  if [ "$(id -u)" -ne 0 ]; then
    "$place/loyal" "$@"
  elif command -v setpriv >/dev/null; then
    setpriv --reuid=$nobody --regid=$nobody --clear-groups "$place/loyal" "$@"
  else
    skip "root without setpriv cannot become a user whom permissions bind"
  fi
}

@test "a store that is whole in its file is read where nothing can be written, and nothing is left there" {
  "$LOYAL" -q nightly
  rm -f "$LOYAL_DB"-wal "$LOYAL_DB"-shm
  close_folder
  run --separate-stderr as_reader card list --format csv --columns number
  echo "$output$stderr"
  [ "$status" -eq 0 ]
  [ "${lines[1]}" = 2900000000018 ]
  [ "$(ls "$place/shop")" = "shop #1.db" ]
  run --separate-stderr as_reader card issue coffee
  [ "$status" -eq 1 ]
  [[ "$stderr" == *"cannot be written to"* ]]
}

@test "a store with operations beside its file is read with them where nothing can be written" {
  [ -s "$LOYAL_DB-wal" ]
  close_folder
  run --separate-stderr as_reader card list --format csv --columns number
  echo "$output$stderr"
  [ "$status" -eq 0 ]
  [ "${lines[1]}" = 2900000000018 ]
}

@test "a store whose newest operations cannot be read says so and what to do" {
  [ -s "$LOYAL_DB-wal" ]
  close_folder
  chmod 755 "$place/shop"
  rm -f "$LOYAL_DB-shm"
  chmod 555 "$place/shop"
  run --separate-stderr as_reader card list
  echo "$output$stderr"
  [ "$status" -eq 1 ]
  [[ "$stderr" == *"lies where nothing can be written"* ]]
  [[ "$stderr" == *"loyal: hint: "*"loyal store backup"* ]]
}
