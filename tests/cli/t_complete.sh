# Completion: what may stand at the end of a line, asked as the shells ask.
fresh complete
run new incident "title=Phishing at a ministry" severity=high tlp=green
run new incident "title=Power cut" severity=low

# gives NAME "ALL OF THE WORDS" WORD...: what is offered behind the words, without the remarks
gives() {
        name=$1
        wanted=$2
        shift 2
        bare complete --db "$dir/muster.db" "$@"
        same "completes $name" "$(cut -f 1 "$dir/out" | tr '\n' ' ' | sed 's/ $//')" "$wanted"
        [ ! -s "$dir/err" ] && [ "$status" -eq 0 ]
        verdict $? "completes $name: says nothing else" "status $status"
}

gives "a command" "import" imp
gives "the second word of a command" "verify export" audit ""
gives "an option" "--filter" list incidents --fil
gives "an option that has its value" "--limit" list --filter x incidents --li
gives "a kind" "incidents" list inc
gives "what is no kind but listed" "outbox" list ou
gives "a reference" "INC-0001 INC-0002" show INC
gives "the value of an option" "amber amber+strict" export --ceiling am
gives "the value of an option behind =" "--ceiling=green" export --ceiling=g
gives "an encoding" "Windows-1250 Windows-1251 Windows-1252 Windows-1253 Windows-1254 Windows-1257" import --encoding Win
gives "one of several words" "json" report incident --format j
gives "a reference behind an option" "INC-0002" report incident --ref INC-0002
gives "a verb" "severity" do INC-0001 sev
gives "a short verb" "reopen review recover" do INC-0001 re
gives "the value of a verb" "critical" do INC-0001 severity crit
gives "what a verb says besides" "rule=" do INC-0001 start ru
gives "a regime as what the verb is about" "nis2-ew" do INC-0001 start nis2-e
gives "what a verb needs, though it says something else first" "reached" do EXP-0001 contact rea
gives "what else it says" "way=phone" do EXP-0001 contact way=ph
gives "an entry of the log" "LOG-0001" correct LOG-0001
gives "what is merged" "INC-0001 INC-0002" do INC-0001 merge INC
gives "a rule of the law" "rule=nis2-ew" do INC-0001 file rule=nis2-e
gives "of one of several words" "confidence=high" do INC-0001 outlook confidence=h
gives "a field that may be set" "severity= sectors=" set INC-0001 se
gives "no field that moves by verbs" "" set INC-0001 status
gives "the fields of another kind" "roles=" new participant ro
gives "a value of a word list" "class=availability" new incident class=ava
gives "the next member of a set" "sectors=energy,transport" set INC-0001 sectors=energy,tr
gives "a member put in" "sectors=+health" set INC-0001 sectors=+hea
gives "the operator" "owner=me" set INC-0001 owner=m
gives "a filter line" "severity:" list incidents --filter sev
gives "a filter line further on" "status:open is:unacked" list incidents --filter "status:open is:un"
gives "a field to sort by" "severity" list incidents --sort sev
gives "a theme" "high-contrast" --theme hi
gives "an option before the command" "--read-only" --rea
gives "a command to be explained" "audit" help aud
gives "its second word" "verify" help audit v
gives "names of files" "<files>" import x
gives "nothing of a command that there is not" "" nonsense ""
gives "nothing of an option that there is not" "" --nonsense x
gives "nothing behind the last word" "" show INC-0001 ""

bare complete --db "$dir/muster.db" show INC-0001
says "completes with a remark" "INC-0001	Phishing at a ministry"
bare complete --db "$dir/muster.db" list incidents --filter "$(printf 'stat\013:open is:un')"
silent "gives no control byte back that was typed"
bare complete --db "$dir/absent.db" show INC
silent "completes without a database"
[ ! -e "$dir/absent.db" ] && [ ! -s "$dir/err" ]
verdict $? "and makes none" "it did or complained"
printf 'nonsense\n' >"$dir/bad.ini"
bare complete --config "$dir/bad.ini" --db "$dir/muster.db" show INC-0002
says "completes with a broken config" "INC-0002"
before=$(cksum <"$dir/muster.db")
gives "without writing" "INC-0001 INC-0002" do INC
same "completion writes nothing" "$(cksum <"$dir/muster.db")" "$before"

# A title may hold what a terminal must not get, and a tab that would look like a remark.
run new incident "title=$(printf 'a\033[31m\tb')" severity=low
bare complete --db "$dir/muster.db" show INC-0003
! grep -q "$(printf '\033')" "$dir/out"
verdict $? "a remark is harmless" "an escape came through"
same "a remark is one" "$(tr -cd '\t' <"$dir/out" | wc -c)" 1

# The scripts in their shells. A line ends where the cursor is.
bare doc bash
cp "$dir/out" "$dir/muster.bash"
cat >"$dir/ask.bash" <<'END'
# usage: ask.bash SCRIPT LINE: what bash would offer at the end of the line
. "$1"
COMP_LINE=$2
COMP_POINT=${#2}
# readline breaks a line at blanks outside quotes, and at = and :
eval "set -- $(sed -E "s/([=:])/ \\\\\1 /g" <<<"${2//\"/}")"
COMP_WORDS=("$@")
[[ $2 == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
compopt() { :; }
_muster
printf '%s\n' "${COMPREPLY[@]}"
END
# in_bash NAME "ALL OF THE WORDS" LINE
in_bash() {
        PATH=${MUSTER%/*}:$PATH bash "$dir/ask.bash" "$dir/muster.bash" "$3" >"$dir/out" 2>"$dir/err"
        same "bash completes $1" "$(tr '\n' ' ' <"$dir/out" | sed 's/ $//')" "$2"
}
if command -v bash >/dev/null; then
        db="--db $dir/muster.db"
        in_bash "a command" "import" "muster imp"
        in_bash "a reference" "INC-0001" "muster $db show INC-0001"
        in_bash "a field" "severity= sectors=" "muster $db set INC-0001 se"
        in_bash "the value of a field" "high" "muster $db set INC-0001 severity=h"
        in_bash "a filter" "high" "muster $db list incidents --filter severity:hi"
        touch "$dir/here.json" && in_bash "a file" "$dir/here.json" "muster import $dir/here"
        bash -c ". '$dir/muster.bash' && complete -p muster" >"$dir/out" 2>"$dir/err"
        says "bash has the completion" "-F _muster muster"
else
        echo "ok bash completes # SKIP no bash"
fi
bare doc zsh
cp "$dir/out" "$dir/_muster"
if command -v zsh >/dev/null; then
        zsh -n "$dir/_muster" >"$dir/out" 2>"$dir/err"
        verdict $? "zsh reads the completion" "it does not"
        cat >"$dir/ask.zsh" <<'END'
compadd() { [[ $1 == -S ]] && shift 2; shift; print -l -- "$@"; }
words=(muster --db "$2" set INC-0001 severity=h)
CURRENT=$#words
PREFIX=severity=h
. "$1"
END
        PATH=${MUSTER%/*}:$PATH zsh -f "$dir/ask.zsh" "$dir/_muster" "$dir/muster.db" >"$dir/out" 2>"$dir/err"
        same "zsh completes the value of a field" "$(cat "$dir/out")" "severity=high"
else
        echo "ok zsh completes # SKIP no zsh"
fi
bare doc fish
cp "$dir/out" "$dir/muster.fish"
if command -v fish >/dev/null; then
        PATH=${MUSTER%/*}:$PATH fish --no-config -c \
                "source $dir/muster.fish; complete -C 'muster --db $dir/muster.db show INC-0002'" \
                >"$dir/out" 2>"$dir/err"
        says "fish completes a reference" "INC-0002"
else
        echo "ok fish completes # SKIP no fish"
fi

# The hub completes itself, without a look at what it holds.
completes() { # NAME "ALL OF THE WORDS" WORD...
        name=$1 want=$2
        shift 2
        "$MUSTER-hub" complete "$@" >"$dir/out" 2>"$dir/err"
        same "hub: $name" "$(cut -f 1 "$dir/out" | tr '\n' ' ' | sed 's/ $//')" "$want"
}
completes "a command" "serve" s
completes "each first word once" "collection" coll
completes "the second word" "add list revoke" token ""
completes "options of a command" "--tls-cert --tls-key" serve --listen 127.0.0.1:0 --tls
completes "a file" "<files>" serve --tls-key ""
completes "a value that is a word" "off" serve --rate ""
completes "a value that nobody knows" "" token add --collection ""
completes "the option before the command" "--db" -
completes "behind it" "token" --db x.db to
completes "what a command takes" "man8 bash zsh fish" doc ""
[ ! -e x.db ]
verdict $? "hub: completing makes no database" "it does"
"$MUSTER-hub" doc bash >"$dir/hub.bash" 2>"$dir/err"
if command -v bash >/dev/null; then
        bash -c ". '$dir/hub.bash' && complete -p muster-hub" >"$dir/out" 2>"$dir/err"
        says "bash has the completion of the hub" "-F _muster muster-hub"
        PATH=${MUSTER%/*}:$PATH bash "$dir/ask.bash" "$dir/hub.bash" "muster-hub token rev" \
                >"$dir/out" 2>"$dir/err"
        same "bash completes the hub" "$(cat "$dir/out")" revoke
else
        echo "ok bash completes the hub # SKIP no bash"
fi
