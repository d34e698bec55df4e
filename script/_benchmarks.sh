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
    kind=$1 data=$(cd "$2" && pwd)
    shift 2
    # shellcheck disable=SC2046 # the names are words
    [ $# -gt 0 ] || set -- $(benchmarks "$kind")
    cd "$root" || exit
    status=0
    for table in "$@"; do
        [ -f "benchmarks/$table.py" ] || fail "no table called '$table'; choose one of: $(benchmarks "$kind")"
        printf '\n== %s\n' "$table"
        "$venv/bin/python" -m "benchmarks.$table" "$data" || status=1
    done
    exit $status
}
