# Finds and runs the files of benchmarks/, for script/quality and script/bench. A new table is one new file.

# Print the names of the tables of one kind: those called speed* measure speed, all others quality.
benchmarks() {
    for file in "$root"/benchmarks/[!_]*.py; do
        name=$(basename "$file" .py)
        case $1,$name in
            speed,speed*) printf '%s ' "$name" ;;
            *,speed*) ;;
            quality,*) printf '%s ' "$name" ;;
        esac
    done
}

# Run the named tables, or all of a kind, one after the other; one that fails does not cost the others.
run_benchmarks() {
    kind=$1
    shift
    [ -d "${1:-}" ] || fail "usage: script/${0##*/} DATA [TABLE...]; DATA is a folder; tables: $(benchmarks "$kind")"
    data=$(CDPATH='' cd "$1" && pwd)
    shift
    # shellcheck disable=SC2046 # the names are words
    [ $# -gt 0 ] || set -- $(benchmarks "$kind")
    for table; do
        [ -f "$root/benchmarks/$table.py" ] || fail "no table called '$table'; choose one of: $(benchmarks "$kind")"
    done
    set_up quality
    cd "$root" || exit
    status=0
    for table; do
        printf '\n== %s\n' "$table"
        "$venv/bin/python" -m "benchmarks.$table" "$data" || status=1
    done
    exit $status
}
