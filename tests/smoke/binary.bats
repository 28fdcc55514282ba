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
