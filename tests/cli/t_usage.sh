# Wrong usage: status 2, a sentence with the nearest, nothing on standard output.
dir=$TMPDIR/usage
mkdir -p "$dir"

bare --help
ends "--help ends with 0" 0
says "--help lists the commands" "import "
bare help import
says "help COMMAND explains it" "--dry-run"
cp "$dir/out" "$dir/help"
for asked in "import --help" "import -h" "import x.json --dry-run --help --nonsense"; do
        bare $asked
        ends "$asked" 0
        cmp -s "$dir/out" "$dir/help"
        verdict $? "$asked says what help import says" "it says something else"
done
bare help playbook
ends "help on the first of two words" 0
says "explains each of them" "muster playbook suggest"
cp "$dir/out" "$dir/help"
bare playbook --help
ends "the first of two words with --help" 0
cmp -s "$dir/out" "$dir/help"
verdict $? "explains the same" "it says something else"
bare nonsense --help
ends "help on a command that there is not" 2
bare --db "$dir/none.db" --as novak note INC-0001 -- --help
ends "behind -- it is a word like others" 1
bare version
says "version says it" "muster 0."
bare --version
says "--version says it too" "muster 0."

bare lst
ends "an unknown command" 2
warns "an unknown command: nearest" "nearest: list"
silent "an unknown command prints no data"
bare --dbb x list incidents
ends "an unknown option" 2
warns "an unknown option: nearest" "nearest: --db"
bare --size 12y40 --replay -
ends "a wrong size" 2
bare --now sometime list incidents
ends "a wrong time" 2
bare --db
ends "an option without its value" 2
bare audit
ends "half a command" 2
warns "half a command names the whole" "audit verify"
bare --as "a:b" --as "" list incidents
ends "an empty operator" 2

bare --db "$dir/none.db" list incidents --jsn
ends "a command's unknown option" 2
warns "a command's unknown option: nearest" "nearest: --json"
bare --db "$dir/none.db" list
ends "too few words" 2
bare --db "$dir/none.db" list incidents participants
ends "too many words" 2
bare --db "$dir/none.db" list incidnts
ends "an unknown kind" 2
warns "an unknown kind: nearest" "nearest: incident"
bare --db "$dir/none.db" new incident title=x severity=low
ends "a writing command without an operator" 2
warns "it asks who is there" "who are you?"
[ ! -e "$dir/none.db" ]
verdict $? "and makes no database" "it made one"
bare --db "$dir/none.db" list incidents
ends "no database" 1
warns "no database: says what makes one" "muster init"
bare
ends "no terminal" 2
warns "no terminal: says so" "needs a terminal"

# The config file.
printf 'operator = novak\nrole = duty officer\n[filters]\nbad = severity:high\n' >"$dir/good.ini"
bare --config "$dir/good.ini" --db "$dir/config.db" new incident title=x severity=low --json
ends "the config's operator writes" 0
holds "the config's operator is kept" acked_by novak
bare --config "$dir/good.ini" --db "$dir/config.db" list filters --json
holds "saved filters are listed" 0.line severity:high
bare --config "$dir/good.ini" --db "$dir/config.db" list incidents --filter @bad --json
same "a saved filter is used" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
printf '; a comment\nopertor = novak\n' >"$dir/bad.ini"
bare --config "$dir/bad.ini" --db "$dir/config.db" list incidents
ends "a wrong config is refused" 3
warns "with its line" "line 2"
warns "and the nearest" "nearest: operator"
printf 'ascii = maybe\n' >"$dir/choice.ini"
bare --config "$dir/choice.ini" --db "$dir/config.db" list incidents
ends "a value that a setting does not take is refused" 3
warns "with those it takes" "ascii takes one of auto|yes|no, not maybe"
# refused LINE WHAT WHY: by its line, whatever the command
refused() {
        printf 'bell = no\n%b\n' "$1" >"$dir/refused.ini"
        bare --config "$dir/refused.ini" --db "$dir/config.db" list incidents
        ends "$2 is refused" 3
        warns "$2: by its line" "line $4"
        warns "$2: why" "$3"
}
refused 'zone = Europe/Brussel' "a zone that is not there" "no zone Europe/Brussel" 2
refused 'zone = Europe' "a folder of zones" "no zone Europe" 2
refused 'zone = ../../../etc/hostname' "a zone outside" "no zone" 2
refused 'theme = blue' "a theme that is not there" "nearest: " 2
refused '[filters]\nx = foo:bar' "a saved filter that no list understands" "no field foo" 3
printf 'theme = day\n[filters]\nx = is:mine severity:high\ny = ready<12h\nz = states:FR ref:INC-9\n' >"$dir/taken.ini"
bare --config "$dir/taken.ini" --db "$dir/config.db" list incidents
ends "what is there is taken" 0
printf 'linear = yes\ntimes = instants\nfooter = f-keys\n' >"$dir/looks.ini"
printf 'expect F1 keys\nexpect Row 1 of 1\nrefuse ago\n' >"$dir/looks.keys"
bare --config "$dir/looks.ini" --db "$dir/config.db" --as novak --size 120x24 --replay "$dir/looks.keys"
ends "the looks come from the config" 0
printf 'refuse Row 1 of 1\n' >"$dir/plain.keys"
bare --db "$dir/config.db" --as novak --linear --replay "$dir/plain.keys"
ends "--linear asks for lines of text" 1
bare --db "$dir/config.db" --as novak --replay "$dir/plain.keys"
ends "without it there are columns" 0
bare --config "$dir/absent.ini" list incidents
ends "a config that is not there" 1
mkfifo "$dir/pipe.ini"
bare --config "$dir/pipe.ini" list incidents
ends "a config that is a pipe" 3
warns "is refused by its name" "pipe.ini is a pipe, a device or a folder"
saved=$MUSTER_DATA
MUSTER_DATA=$dir
bare --db "$dir/config.db" list incidents
MUSTER_DATA=$saved
ends "no word lists" 1
warns "no word lists: says where" "MUSTER_DATA"

# A pipe that nobody writes into, among the files of the data folder.
data=$dir/data
cp -R "$saved" "$data"
cp -R "$saved/../themes" "$data/themes"
for file in words/x.json clocks/x.json holidays/x.json playbooks/x.json themes/x.ini; do
        mkfifo "$data/$file"
        MUSTER_DATA=$data
        case $file in
        playbooks/*) bare --db "$dir/config.db" --as novak playbook library ;;
        *) bare --db "$dir/config.db" --as novak --theme night --replay "$dir/plain.keys" ;;
        esac
        MUSTER_DATA=$saved
        ends "a pipe in the place of $file" 3
        warns "$file is named" "$data/$file is a pipe, a device or a folder"
        rm "$data/$file"
done
