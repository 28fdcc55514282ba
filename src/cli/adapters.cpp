// SPDX-License-Identifier: MIT
#include <stdexcept>

#include "loyal/cli/complete.hpp"

namespace loyal::cli {
namespace {

// The same texts lie in completions/ for packages; a test compares them.
constexpr const char* bash_script = R"SCRIPT(# SPDX-License-Identifier: MIT
# Completion of loyal for bash: loyal itself is asked what can stand at the cursor.

_loyal() {
    # bash takes --flag=value for three words; loyal gets it as the one that was typed.
    local -a words=()
    local piece glued=""
    for piece in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ -n $glued || ($piece == = && ${#words[@]} -gt 0 && ${words[-1]} == --*) ]]; then
            words[-1]+=$piece
            glued=""
            [[ $piece == = ]] && glued=yes
        else
            words+=("${piece//\\/}")
        fi
    done
    local current=${words[-1]} prefix="" quote="" value
    # Within open quotes, bash adds what it quotes itself.
    if [[ $current == [\"\']* ]]; then
        quote=${current:0:1}
        current=${current:1}
        words[-1]=$current
    fi
    if [[ $current == --*=* && $COMP_WORDBREAKS == *=* ]]; then
        prefix=${current%%=*}=
    fi
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        value=${value#"$prefix"}
        [[ -n $quote ]] || value=$(printf '%q' "$value")
        COMPREPLY+=("$value")
    done < <("${words[0]}" __complete $((${#words[@]} - 1)) -- "${words[@]}" 2>/dev/null)
}

complete -o default -F _loyal loyal
)SCRIPT";

constexpr const char* zsh_script = R"SCRIPT(#compdef loyal
# SPDX-License-Identifier: MIT
# Completion of loyal for zsh: loyal itself is asked what can stand at the cursor.

_loyal() {
    local line value
    local -a pairs
    local tab=$'\t'
    for line in "${(@f)$("${words[1]}" __complete $((CURRENT - 1)) -- "${(@Q)words}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        value=${line%%$tab*}
        pairs+=("${value//:/\\:}:${line#*$tab}")
    done
    if (( ${#pairs} )); then
        _describe 'loyal' pairs
    else
        _files
    fi
}

if [[ $funcstack[1] == _loyal ]]; then
    _loyal "$@"
else
    compdef _loyal loyal
fi
)SCRIPT";

constexpr const char* fish_script = R"SCRIPT(# SPDX-License-Identifier: MIT
# Completion of loyal for fish: loyal itself is asked what can stand at the cursor.

function __loyal_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l answer ($before[1] __complete (count $before) -- $before "$current" 2>/dev/null)
    if test (count $answer) -gt 0
        printf '%s\n' $answer
    else
        __fish_complete_path "$current"
    end
end

complete -c loyal -f -a '(__loyal_complete)'
)SCRIPT";

}  // namespace

std::string completion_script(const std::string& shell) {
  if (shell == "bash") return bash_script;
  if (shell == "zsh") return zsh_script;
  if (shell == "fish") return fish_script;
  throw std::logic_error("no completion script for " + shell);
}

}  // namespace loyal::cli
