// SPDX-License-Identifier: MIT
#include <stdexcept>

#include "loyal/cli/complete.hpp"

namespace loyal::cli {
namespace {

// The same texts lie in completions/ for packages; a test compares them.
constexpr const char* bash_script = R"SCRIPT(# SPDX-License-Identifier: MIT
# Completion of loyal for bash: loyal itself is asked what can stand at the cursor.

_loyal() {
    local cur words cword
    if declare -F _get_comp_words_by_ref >/dev/null; then
        # Without the exceptions, --flag=value and values with a colon would come in pieces.
        _get_comp_words_by_ref -n '=:' cur words cword
    else
        words=("${COMP_WORDS[@]}")
        cword=$COMP_CWORD
        cur=${words[cword]}
    fi
    COMPREPLY=()
    local value
    while IFS=$'\t' read -r value _; do
        COMPREPLY+=("$(printf '%q' "$value")")
    done < <("${words[0]}" __complete "$cword" -- "${words[@]}" 2>/dev/null)
    # bash replaces only what stands after the last of its word breaks.
    local breaks prefix=
    for breaks in = :; do
        if [[ $cur == *"$breaks"* && $COMP_WORDBREAKS == *"$breaks"* ]]; then
            local candidate=${cur%"${cur##*"$breaks"}"}
            if ((${#candidate} > ${#prefix})); then
                prefix=$candidate
            fi
        fi
    done
    COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
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
