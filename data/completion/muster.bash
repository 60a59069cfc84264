# bash completion of @program@: `@program@ complete` says what may stand here.
_muster() {
        local line typed lead= glue= i words=()
        # bash takes field=value and a:b apart; here they are together again
        for ((i = 1; i <= COMP_CWORD; i++)); do
                line=${COMP_WORDS[i]}
                if ((i > 1)) && [[ $glue || $line == [=:]* ]]; then
                        words[-1]+=$line
                else
                        words+=("$line")
                fi
                [[ $line == *[=:] ]] && glue=1 || glue=
        done
        typed=${words[-1]}
        # of such a word bash replaces the last part only, unless it is quoted
        [[ $typed == [\"\']* ]] || lead=${typed%"${typed##*[=:]}"}
        typed=${typed#[\"\']}
        words[-1]=${typed//\\/}
        COMPREPLY=()
        while IFS=$'\t' read -r line _; do
                if [[ $line == '<files>' ]]; then
                        compopt -o filenames
                        mapfile -t COMPREPLY < <(compgen -f -- "${typed#"$lead"}")
                        continue
                fi
                [[ $line == *[=:] ]] && compopt -o nospace
                line=${line#"$lead"}
                [[ ${COMP_WORDS[COMP_CWORD]} == [\"\']* ]] || line=${line// /\\ }
                COMPREPLY+=("$line")
        done < <("${COMP_WORDS[0]}" complete "${words[@]}" 2>/dev/null)
}
complete -F _muster @program@
