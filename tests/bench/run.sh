#!/bin/sh
# Builds what is installed and measures it beside floors of the same work; --help names the options.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$root/build/release

case " $* " in
*" --list "* | *" --help "* | *" -h "*) ;;
*)
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  if ! { (cd "$root" && cmake --preset release -DLOYAL_BENCH=ON) && cmake --build "$build" --target loyal_bench; } >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
  ;;
esac
python3 "$here/bench.py" --build "$build" "$@"
