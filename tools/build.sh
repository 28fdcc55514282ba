#!/usr/bin/env bash
# Configures a preset where that has not been done, and builds it. On a terminal ninja tells how far it is on one line;
# elsewhere a line of its status is written every half a minute. Warnings and errors are shown whole.
#   tools/build.sh PRESET [TARGET …]
set -euo pipefail
cd "$(dirname "$0")/.."

preset=$1
shift
targets=()
for target in "$@"; do targets+=(--target "$target"); done

if ! configuring=$(cmake --preset "$preset" 2>&1); then
  printf '%s\n' "$configuring" >&2
  exit 1
fi

# One line of ninja's status every half a minute; all else as it comes.
thinned() {
  local line last=-30
  while IFS= read -r line; do
    if [[ $line =~ ^\[[0-9]+/[0-9]+ ]]; then
      ((SECONDS - last >= 30)) || continue
      last=$SECONDS
    fi
    printf '%s\n' "$line"
  done
}

export NINJA_STATUS='[%f/%t, %es] '
build=(cmake --build "build/$preset" -j "$(nproc)" "${targets[@]}")
if [ -t 1 ]; then "${build[@]}"; else "${build[@]}" | thinned; fi
