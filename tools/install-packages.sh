#!/usr/bin/env bash
# Installs the Debian packages of tools/packages.txt that are missing: those of the named groups (build, tests, tests-all).
# As root or through sudo; otherwise it says what to install and fails.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=()
group=build
while read -r line; do
  case "$line" in
    '#'* | '') ;;
    *:) group=${line%:} ;;
    *) for asked in "$@"; do [ "$asked" = "$group" ] && wanted+=("$line"); done ;;
  esac
done <tools/packages.txt

missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null || { command -v sudo >/dev/null && [ -t 0 ]; }; then
  as_root=(sudo)
else
  printf 'These packages are missing, and installing them takes root:\n\n  apt-get install %s\n\n' "${missing[*]}" >&2
  exit 1
fi
printf 'Installing: %s\n' "${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
${as_root[@]+"${as_root[@]}"} apt-get update -qq
${as_root[@]+"${as_root[@]}"} apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
