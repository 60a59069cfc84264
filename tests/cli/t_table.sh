# import and export of tables.
fresh table

# table NAME: standard input is a file of that name
table() { cat >"$dir/$1"; }

table roster.csv <<'END'
Organisation;Country;24/7 contact;Roles;Shoe size
CERT Poland;Poland;+48 22 111 222;csirt;44
"CERT ""Hellas""";EL;;csirt, authority;
END
run import "$dir/roster.csv" --kind participant --dry-run
ends "a dry run of a table" 0
says "it says what the file is" "2 rows of participants, 5 columns, UTF-8, separator ;"
says "it says which column is which field" "a synonym"
says "and which is none" "left out"
says "and what each row would do" "new"
says "and sums it up" "checked: 2 rows, 2 new, 0 updated, 0 unchanged, 0 refused"
run list participants --json
holds "a dry run of a table changes nothing" 1 "nothing (status 1)"

run import "$dir/roster.csv" --kind participants --json
ends "a table comes in" 0
holds "its rows are counted" files.0.objects 2
holds "what is new is counted" files.0.new 2
holds "its columns are told" files.0.columns.0.field name
holds "what is left out is null" files.0.columns.4.field null
holds "its rows are told" files.0.rows.1.title 'CERT "Hellas"'
holds "with the reference" files.0.rows.1.ref ORG-0002
run show ORG-0001 --json
holds "its values are those of the row" contact "+48 22 111 222"
holds "words are found by their names" states.0 PL
run import "$dir/roster.csv" --kind participant
says "again changes nothing in the table" "0 new, 0 updated, 2 unchanged"

table mobile.csv <<'END'
Who,Phone,E-mail
CERT Poland,+48 1,a@b.example
END
run import "$dir/mobile.csv" --kind participant
ends "two columns for one field" 3
warns "both are named" "Phone and E-mail are both contact"
warns "nothing changed" "nothing changed"
run import "$dir/mobile.csv" --kind participant --map Who=name --map "E-mail=-" --json
ends "a column is said" 0
holds "and who it is is seen" files.0.rows.0.what updated
holds "what changes is said" files.0.rows.0.ref ORG-0001
run import "$dir/mobile.csv" --kind participant --map Wo=name
ends "a column that is not there" 3
warns "the nearest column" "nearest: Who"

table bad.csv <<'END'
name,states
Alpha,PL
Bravo,Atlantis
END
run import "$dir/bad.csv" --kind participant --json
ends "a bad row: done in part" 4
holds "it is counted" files.0.refused 1
holds "the others are new" files.0.new 1
warns "the row is named" "row 3, line 3: column states"
table worse.csv <<'END'
name,states,tlp
Bravo,Atlantis,pink
END
run import "$dir/worse.csv" --kind participant --dry-run
ends "a row with two bad cells" 4
warns "the first is named" "row 2, line 2: column states"
warns "so is the other" "column tlp: "
printf 'name,states\nCharlie,"PL\n' | table open.csv
run import "$dir/open.csv" --kind participant --json
ends "a broken table is refused" 3
warns "with its place" "line 2, column 2: a quote is not closed"
holds "and is refused as a whole" files.0.state refused
run import "$dir/none.csv" --kind participant
ends "no such table" 1
run import "$dir/roster.csv"
ends "a table needs a kind" 2
run import "$dir/roster.csv" --kind colour
ends "of a kind that there is" 2
run import "$dir/roster.csv" "$dir/bad.csv" --kind participant
ends "one table at a time" 2
printf 'name\nFrom a pipe\n' >"$dir/pipe.csv"
cat "$dir/pipe.csv" | "$MUSTER" --db "$dir/muster.db" --as duarte import - --kind participant >"$dir/out" 2>"$dir/err"
status=$?
ends "a table by a pipe" 0
bare --db "$dir/dry.db" --as duarte import "$dir/roster.csv" --kind participant --dry-run --json
ends "a dry run of a table without a database" 0
holds "counts rows" files.0.new 2
[ ! -e "$dir/dry.db" ]
verdict $? "and makes no database" "it made one"

# A person who sits there is asked.
if command -v script >/dev/null; then
        ask() {
                printf '%s\n' "$1" | script -qec "'$MUSTER' --db '$dir/muster.db' --as duarte import '$dir/asked.csv' --kind participant" /dev/null >"$dir/out" 2>"$dir/err"
        }
        printf 'name\nAsked for\n' >"$dir/asked.csv"
        ask n
        says "a person is asked" "Take in 1 rows?"
        run list participants --filter "name:Asked" --json
        same "who says no changes nothing" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
        ask y
        run list participants --filter "name:Asked" --json
        holds "who says yes does" 0.name "Asked for"
fi

# People: their organisation by its name, and marked for few unless they say otherwise.
table people.csv <<'END'
Full name;Organisation;ECSF role;Skills;Languages;Clearance expiry;Mobile
Anna Kowalska;CERT Poland;Cyber Incident Responder;ot, threat hunting;pl native, en b2;30.6.2028;+48 22 111 222
"Nowak, Jan";CERT Poland;forensics;dfir;pl;;+48 22 111 222
END
run import "$dir/people.csv" --kind expert
says "a phone of a desk makes no two people one" "2 rows, 2 new"
run show EXP-0001 --json
holds "people are AMBER+STRICT unless said" tlp amber+strict
holds "a day as Europe writes it" clearance_until "2028-06-30T00:00:00.000Z"
holds "a tag with a blank" skills.1 threat-hunting
holds "a language with its level" languages.0 en:b2
run import "$dir/people.csv" --kind expert
says "people are known again" "0 new, 0 updated, 2 unchanged"
printf 'Name,Organisation\nJan NOWAK,CERT Poland\nAnna Kowalska,CERT Nowhere\n' >"$dir/again.csv"
run import "$dir/again.csv" --kind expert --dry-run
ends "an organisation that is not there" 4
says "who it is is seen by the words of the name" "EXP-0002"
warns "the organisation is named" "row 3, line 3: column Organisation"
printf 'Team,Leader,People,Composition\nAlder,Anna Kowalska,"Anna Kowalska; Nowak, Jan",forensics:1\n' >"$dir/team.csv"
run import "$dir/team.csv" --kind team
ends "a name with a comma is none in a set" 4
printf 'Team,Leader,People,Composition\nAlder,Anna Kowalska,Anna Kowalska; EXP-0002,forensics:1\n' >"$dir/team.csv"
run import "$dir/team.csv" --kind team
ends "a team of them" 0
run export "$dir/team-out.csv" --kind team
run import "$dir/team-out.csv" --kind team
says "a team goes out and comes in" "0 new, 0 updated, 1 unchanged"
printf 'Item,Type,Serial,Asset tag\nLaptop,laptop,SN1,\nLaptop,laptop,SN2,7\n' >"$dir/kit.csv"
run import "$dir/kit.csv" --kind equipment
says "equipment is told by its serial" "2 new"
run import "$dir/kit.csv" --kind equipment
says "and known again" "0 new, 0 updated, 2 unchanged"

run export "$dir/out.csv" --kind participant --filter "name:cert"
ends "a table goes out" 0
warns "with its marking" "2 rows written, up to TLP:AMBER"
grep -q '^ref,name,' "$dir/out.csv" && grep -q "'+48" "$dir/out.csv"
verdict $? "with heads, and no formula" "it has not"
run import "$dir/out.csv" --kind participant
says "what went out changes nothing" "0 new, 0 updated, 2 unchanged"
run export - --kind participant --format csv --ceiling green
says "a table on standard output" "ref,name,"
warns "what is above the ceiling stays" "above the ceiling held back"
run export "$dir/x.csv"
ends "a table of no kind" 2
run export "$dir/x.json" --format yaml
ends "an unknown format" 2
run export - --kind participant --format stix
says "a bundle all the same" '"type":"bundle"'
bare --db "$dir/game.db" init --unit Game --exercise
bare --db "$dir/game.db" --as duarte export - --kind participant --format csv
says "an exercise says so in every row" "EXERCISE EXERCISE EXERCISE"

# ---- where nothing may go, what is there stays -------------------------------------------------------

fresh ceiling
run new expert name="Ana" tlp=red
run new expert name="Bodo" tlp=amber
printf 'as it was\n' >"$dir/out.csv"
run export "$dir/out.csv" --kind expert --ceiling clear
ends "an empty table is not written" 1
warns "it says why" "nothing may go: all 2 are above the ceiling; nothing was written to"
same "the file is as it was" "$(cat "$dir/out.csv")" "as it was"
run export "$dir/out.csv" --kind expert --ceiling amber
ends "what may go goes" 0
warns "and the rest is counted" "1 rows written, up to TLP:AMBER; 1 above the ceiling held back"
run new team name="Open team" tlp=green lead=EXP-0001 members=EXP-0002
run export - --kind team --format csv --ceiling green
same "who is above the ceiling is not named in what is below it" "$(grep -c 'Ana\|Bodo' "$dir/out")" 0
run export "$dir/teams.csv" --kind team
warns "who is named counts for the marking" "1 rows written, up to TLP:RED"
same "below it they are named" "$(grep -c 'Ana,Bodo' "$dir/teams.csv")" 1
run import "$dir/teams.csv" --kind team
says "and known again" "0 new, 0 updated, 1 unchanged"
run new rota name=Nights members="EXP-0002, EXP-0001" starts=2026-11-24T08:00Z shift_hours=12 overrides="2026-12-01T08:00Z/+8h=EXP-0002"
run export "$dir/rota.csv" --kind rota
same "who takes turns is named as people write it" "$(grep -c '01 Bodo; 02 Ana' "$dir/rota.csv")" 1
same "so is who stands in" "$(grep -c '=Bodo' "$dir/rota.csv")" 1
run import "$dir/rota.csv" --kind rota
says "a rota goes out and comes in" "0 new, 0 updated, 1 unchanged"
run new equipment name="Sensors, small" quantity=9
run new equipment name="Line taps" quantity=4
run new deployment title=Taps resources="EQP-0001 EQP-0002" quantities="EQP-0001=3, EQP-0002=2"
run export "$dir/taps.csv" --kind deployment
same "how many go is told of what" "$(grep -c 'Line taps' "$dir/taps.csv")" 1
run import "$dir/taps.csv" --kind deployment
says "and comes in again" "0 new, 0 updated, 1 unchanged"

fresh ceilings
run export "$dir/none.csv" --kind team
ends "where there is nothing an empty table is right" 0
