#!/usr/bin/env bash
# Installs what is missing, builds, and runs all tests; ctest's own lines close the output.
#   tests/run.sh         the suite: on two cores about seven minutes to build the first time, and three to test
#   tests/run.sh --all   also clang, clang-tidy, the sanitizers, fuzzing, and the long loops
set -euo pipefail
cd "$(dirname "$0")/.."

all=false
case "${1:-}" in
  '') ;;
  --all) all=true ;;
  *) echo "usage: tests/run.sh [--all]" >&2; exit 2 ;;
esac

say() { printf '\n== %s\n' "$*"; }

tools/install-packages.sh build tests
$all && tools/install-packages.sh tests-all

build_and_test() {  # preset, further options of ctest …
  local preset=$1
  shift
  say "build: $preset (about seven minutes on two cores the first time)"
  tools/build.sh "$preset"
  say "tests: $preset (about three minutes)"
  ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --timeout 900 "$@"
}

if $all; then
  build_and_test clang
  (
    export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS="suppressions=$PWD/tests/support/leaks.txt" UBSAN_OPTIONS=print_stacktrace=1
    build_and_test sanitize
  )

  say "fuzzing"
  tools/build.sh fuzz fuzz_targets
  for target in build/fuzz/tests/*_fuzz; do
    name=$(basename "$target" _fuzz)
    say "fuzzing: $name"
    mkdir -p "build/fuzz/corpus/$name"
    LSAN_OPTIONS="suppressions=$PWD/tests/support/leaks.txt" "$target" -max_total_time="${LOYAL_FUZZ_SECONDS:-30}" -max_len=65536 \
      -artifact_prefix="build/fuzz/" "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name"
  done

  say "clang-tidy"
  # clang-tidy reads no precompiled headers but its own compiler's; nothing is built here.
  cmake --preset clang -B build/tidy -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
  run-clang-tidy -p build/tidy -quiet -j "$(nproc)" >build/tidy/findings.txt 2>&1 ||
    { grep -E '(warning|error):' build/tidy/findings.txt | sort -u; exit 1; }

  say "clang-format"
  git ls-files '*.cpp' '*.hpp' | xargs clang-format --dry-run -Werror
  export LOYAL_HISTORIES=200000 LOYAL_PURCHASES=1000000 LOYAL_LIBREOFFICE=1
  timeout=7200
fi

build_and_test release ${timeout:+--timeout $timeout}
