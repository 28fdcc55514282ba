# SPDX-License-Identifier: MIT
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
