#compdef @program@
# zsh completion of muster: `@program@ complete` says what may stand here.
local line
local -a open closed names
names=("${(Q@)words[2,CURRENT-1]}" "${(Q)PREFIX}")
for line in "${(@f)$(${words[1]} complete "${names[@]}" 2>/dev/null)}"; do
        case $line in
        '<files>') _files ;;
        *[=:] | *[=:]$'\t'*) open+=("${line%%$'\t'*}") ;;
        ?*) closed+=("${line%%$'\t'*}") ;;
        esac
done
((${#open})) && compadd -S '' -- "${open[@]}"
((${#closed})) && compadd -- "${closed[@]}"
