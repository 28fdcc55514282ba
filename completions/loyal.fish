# SPDX-License-Identifier: MIT
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
