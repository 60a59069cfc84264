#!/bin/sh
# Two consoles of one unit, side by side in tmux, that meet through the hub of the demo: what is done at one is seen
# at the other. The left one is `muster --demo`; the right one is a second desk that joins it. Ends with the left one.
muster=${MUSTER:-build/muster}
second_operator=lindqvist

command -v tmux >/dev/null || { echo 'two.sh: tmux is not installed' >&2 && exit 1; }

# ---- the second desk: in the right half ---------------------------------------------------------------------
first_url() {
        "$muster" --db "$1" remote list --json 2>/dev/null | sed -n 's/.*"url": *"\([^"]*\)".*/\1/p'
}

second_desk() {
        home=$1
        for tries in $(seq 600); do
                first=$(ls "$home"/muster-demo.*/muster.db 2>/dev/null) && url=$(first_url "$first") && [ -n "$url" ] && break
                sleep 0.1
        done
        [ -n "$url" ] || { echo 'the demo at the left does not start' >&2 && return 1; }
        db=$home/second.db
        "$muster" --db "$first" unit export "$home/unit.json" >/dev/null &&
                "$muster" --db "$first" export "$home/history.json" >/dev/null &&
                "$muster" --db "$db" init --unit CERT-EU --desk 'second desk' --join "$home/unit.json" --exercise >/dev/null &&
                "$muster" --db "$db" --as $second_operator import "$home/history.json" >/dev/null &&
                "$muster" --db "$db" --as $second_operator remote add hub "$url" --collection exercise \
                        --token-file "${first%/*}/hub.token" --ceiling red >/dev/null &&
                exec "$muster" --db "$db" --as $second_operator
}

if [ "$1" = --second ]; then
        second_desk "$2"
        exit
fi

# ---- both ---------------------------------------------------------------------------------------------------
home=$(mktemp -d "${TMPDIR:-/tmp}/muster-two.XXXXXX") || exit 1
leave() {
        tmux -S "$home/tmux" kill-server 2>/dev/null
        for tries in $(seq 50); do # what ends beside us still takes its own files away
                rm -rf "$home" 2>/dev/null && break
                sleep 0.1
        done
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

# what both halves run under: files of their own, none of the person's
unset TMUX XDG_RUNTIME_DIR
TMPDIR=$home XDG_STATE_HOME=$home/state XDG_CONFIG_HOME=$home/config MUSTER=$muster
export TMPDIR XDG_STATE_HOME XDG_CONFIG_HOME MUSTER

split=-h
[ "$(tput cols)" -ge 120 ] || split=-v
tmux -S "$home/tmux" -f /dev/null \
        new-session "\"$muster\" --demo; tmux kill-session" \; \
        set -g status off \; set -g mouse on \; set -g default-terminal tmux-256color \; \
        set -g pane-border-status top \; set -g pane-border-format ' #{@who} ' \; \
        set -p @who 'duarte at the duty desk; q ends both' \; \
        split-window $split "sh \"$0\" --second \"$home\" || sleep 5" \; \
        set -p @who "$second_operator at the second desk; the mouse or C-b o goes there and back" \; \
        select-pane -t 0
