#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The completion scripts inside the shells that they are for. LOYAL is the binary's path. A shell that is not there is
# named and passed over.

bats_require_minimum_version 1.5.0

setup() {
  export HOME="$BATS_TEST_TMPDIR" LC_ALL=C.UTF-8 LOYAL_DB="$BATS_TEST_TMPDIR/shop.db" TERM=dumb
  unset XDG_DATA_HOME XDG_CONFIG_HOME
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  ln -s "$LOYAL" "$BATS_TEST_TMPDIR/bin/loyal"
  export PATH="$BATS_TEST_TMPDIR/bin:$PATH"
  loyal -q init
  loyal -q company add --inn 7707083893 --ogrn 1027700132195 --name Зерно
  loyal -q program add bonus --slug coffee --earn 5%
  loyal -q program add discount --slug colibri --discount 5%
}

needs() {
  command -v "$1" >/dev/null || skip "$1 is not installed: its completion is not tried"
}

@test "bash completes a verb, a flag and what the store holds" {
  needs bash
  complete_in_bash() {
    bash --norc -c 'eval "$(loyal completion bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _loyal; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
  }
  [ "$(complete_in_bash loyal sale ret)" = return ]
  [ "$(complete_in_bash loyal sale add 1 1 --rec | head -1)" = --receipt ]
  [ "$(complete_in_bash loyal program show co | sort | tr '\n' ' ')" = "coffee colibri " ]
}

# Presses TAB in a zsh of its own and prints what stands on the line then.
complete_in_zsh() {
  zsh -f -c '
    zmodload zsh/zpty
    zpty asked zsh -f -i
    say() { zpty -w asked "$1"; }
    heard() { local piece all="" i; for i in {1..400}; do
        if zpty -r -t asked piece; then all+=$piece; else sleep 0.02; fi
        [[ $all == *$1* ]] && break; done; print -r -- "$all"; }
    say "PS1=; unsetopt beep; autoload -Uz compinit; compinit -u -D; source <(loyal completion zsh)"
    say "show() { print -r -- \"<<<\$BUFFER>>>\"; BUFFER=; zle accept-line }; zle -N show; bindkey \"^X\" show; print READY-\$((1 + 1))"
    heard READY-2 >/dev/null
    zpty -w -n asked "$1"$'"'\\t'"'
    sleep 3
    zpty -w -n asked $'"'\\x18'"'
    heard ">>>" ' zsh "$1" | grep -o '<<<.*>>>' | tail -1
}

@test "zsh completes a verb and what the store holds" {
  needs zsh
  run complete_in_zsh 'loyal sale ret'
  echo "$output"
  [[ "$output" == *"<<<loyal sale return"* ]]
  run complete_in_zsh 'loyal program show cof'
  echo "$output"
  [[ "$output" == *"<<<loyal program show coffee"* ]]
}

@test "fish completes a verb, a flag and what the store holds, each with a word on it" {
  needs fish
  complete_in_fish() {
    fish --no-config -c 'loyal completion fish | source; complete -C "$argv[1]"' "$1"
  }
  run complete_in_fish 'loyal sale ret'
  echo "$output"
  [[ "$output" == return* ]]
  run complete_in_fish 'loyal program show co'
  echo "$output"
  [[ "$output" == *coffee* && "$output" == *colibri* ]]
  run complete_in_fish 'loyal sale add 1 1 --rec'
  echo "$output"
  [[ "$output" == --receipt* ]]
}

@test "bash completes a holder's name where a card is asked for, quoted, escaped or in small letters" {
  needs bash
  loyal -q customer add --name "Алёна Ершова" --phone 89161234567
  loyal -q card issue coffee --customer "#1"
  complete_in_bash() {
    bash --norc -c 'eval "$(loyal completion bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _loyal; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
  }
  [ "$(complete_in_bash loyal sale add Ер)" = Ершова ]
  [ "$(complete_in_bash loyal card balance ал)" = 'алёна\ Ершова' ]
  [ "$(complete_in_bash loyal card balance '"Алёна Ер')" = 'Алёна Ершова' ]
  [ "$(complete_in_bash loyal card balance 'Алёна\ Ер')" = 'Алёна\ Ершова' ]
  [ "$(complete_in_bash loyal card balance 8916)" = 89161234567 ]
}
