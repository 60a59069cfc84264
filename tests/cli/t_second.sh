# Two people for one step of a request, and what its deployments have to do with it.
fresh second
umask 077
printf '482910\n' >"$dir/lead"
printf 'sunflower\n' >"$dir/officer"
printf 'sign_in = required\n' >"$dir/required.ini"

# by NAME ARG...: on the database, as that one
by() {
        who=$1
        shift
        bare --db "$dir/muster.db" --now "$NOW" --as "$who" "$@"
}

# ask TITLE: a request with all that Article 15(2) wants
ask() {
        by ana new request "title=$1" incident=INC-0001 requester=CERT-PT route=spoc spoc=CNCS entity=Grid \
                entity_class=essential "impact=no power" "use=to clean it" "needs=4 analysts" "measures=cut off" \
                other_support=none
}

by ana new incident "title=No power" severity=high
ask Analysts
ends "request: made" 0
by bea do REQ-0001 confirm
ends "confirm: nothing waits" 3
warns "confirm: says so" "nobody has asked for it yet"
by ana do REQ-0001 submit
ends "submit: asked for" 0
by ana do REQ-0001 confirm
ends "confirm: not by who asked" 3
warns "confirm: says who does" "another person than who asked for it confirms it"
by ana list requests --filter "asking:submit" --json
holds "submit: waits" 0.asked_by ana
holds "submit: is a draft still" 0.state draft
by bea do REQ-0001 confirm --json
ends "confirm: by another" 0
holds "confirm: it is submitted" state submitted
holds "confirm: who did" confirmed_by bea

# with a sign-in the second person has a PIN
ask "More analysts"
by ana operator add ana --role lead --pin-file "$dir/lead"
by ana --pin-file "$dir/lead" operator add bea --role officer --pin-file "$dir/officer"
ends "operators" 0
as() {
        by "$1" --config "$dir/required.ini" --pin-file "$dir/$2" do REQ-0002 "$3"
}
as ana lead submit
ends "submit: signed in" 0
as bea lead confirm
ends "confirm: the PIN is hers" 1
as bea officer confirm
ends "confirm: signed in" 0
by ana show REQ-0002 --json
holds "confirm: submitted by two who proved it" state submitted

# its deployments
by ana new expert name=Ana
by ana new deployment title=Team request=REQ-0002 resources=EXP-0001 mode=remote from=+1d until=+3d checks=interests,rest
ends "deployment: of a request" 0
by ana do DEP-0001 alert
by ana do REQ-0002 withdraw --reason "they help themselves"
ends "withdraw" 0
by ana list log --filter "about:REQ-0002 verb:withdraw" --json
holds "withdraw: says who stands down" 0.text \
        "withdrawn by ana: DEP-0001 stood down with it; state submitted -> withdrawn: they help themselves"
by ana show DEP-0001 --json
holds "withdraw: it does" state stood-down

# support begins and ends with its deployments
by ana new request title=Later incident=INC-0001 requester=CERT-PT
by ana do REQ-0003 deploy
ends "deploy: not from a draft" 3
