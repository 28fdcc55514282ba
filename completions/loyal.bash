# SPDX-License-Identifier: MIT
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
