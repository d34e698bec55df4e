# Makes .venv for the scripts beside it, which read this file: `set_up run|test|check|quality`. Expects $root, the clone.
#
# A set of packages is complete when .venv/setup/NAME holds this clone's path and the checksum of pyproject.toml. That line
# is written last, so what was interrupted is done again; while it holds, a call costs one `cksum`. Words go to stderr:
# stdout belongs to the command.

venv=$root/.venv
. "$root/script/_system.sh"

say() { printf 'briefing: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

set_up() {
    is_ready "$1" && return
    mkdir -p "$venv/setup" 2>/dev/null || fail "cannot write in $root; give yourself the right, or clone to a folder of your own"
    python=$(find_python) || exit 1
    lock
    if ! is_ready "$1"; then  # else another call has set it up while this one waited
        make_venv
        install_packages "$1"
        set_up_pdf
        for set in $(included "$1"); do
            printf '%s\n' "$stamp" >"$venv/setup/$set" || fail "cannot write $venv/setup/$set"
        done
        say "done"
    fi
    exec 9>&-
}

# A set brings others, which need no set-up of their own then.
included() {
    case $1 in
        run) echo run ;;
        check) echo run test check ;;
        *) echo run "$1" ;;
    esac
}

is_ready() {
    stamp="$(cksum <"$root/pyproject.toml") $root"
    [ -x "$venv/bin/python" ] && [ -f "$venv/setup/$1" ] && read -r line <"$venv/setup/$1" && [ "$line" = "$stamp" ]
}

# Print the path of the first Python that is new enough. Links are followed to python3.N, so that a system upgrade to
# the next Python leaves a dangling link, which is_ready sees, and not a .venv without its packages.
find_python() {
    set -- python3 python3.14 python3.13 python3.12 python3.11
    [ -z "${BRIEFING_PYTHON:-}" ] || set -- "$BRIEFING_PYTHON"
    for candidate; do
        "$candidate" -c 'import os, sys; sys.exit(1) if sys.version_info < (3, 11) else print(os.path.realpath(sys.executable))' \
            2>/dev/null && return
    done
    found=$(python3 -V 2>/dev/null) || found="none"
    fail "needs Python 3.11 or newer, found $found; install a newer python3, or name one with BRIEFING_PYTHON=/path/to/python3"
}

# Wait for other calls. The lock belongs to descriptor 9, so it ends with this shell however that ends; Python sets it,
# because macOS has no flock command.
lock() {
    exec 9>"$venv/setup/lock"
    "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null && return
    say "waiting for another call that is setting up $venv"
    "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)' || fail "cannot lock $venv/setup/lock"
}

make_venv() {
    is_usable || remake_venv
    [ -f "$venv/setup/root" ] && return
    pip_install --upgrade pip  # Debian bookworm's 23.0.1 trips over some extras
    printf '%s\n' "$root" >"$venv/setup/root"
}

# Is there an environment with pip and a Python that is new enough? One from another place (a moved or copied clone)
# would run that place's code.
is_usable() {
    if [ -f "$venv/setup/root" ]; then
        read -r made_for <"$venv/setup/root" && [ "$made_for" = "$root" ] || return 1
    fi
    "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

remake_venv() {
    say "setting up $venv with $("$python" -V); this happens once and downloads some 100 MB"
    "$python" -c 'import venv, ensurepip' 2>/dev/null || install_venv_module
    # Not `venv --clear`, which would remove the lock as well.
    for part in bin include lib lib64 pango pyvenv.cfg setup/root share; do
        rm -rf "${venv:?}/$part"
    done
    "$python" -m venv "$venv" >&2 || fail "$python could not make $venv; the reason stands above"
}

install_venv_module() {
    package=$(basename "$python")-venv
    apt_install "$package" && "$python" -c 'import venv, ensurepip' 2>/dev/null && return
    fail "$python has no venv module; install it with: apt-get install $package"
}

install_packages() {
    say "installing the packages for '$1'"
    case $1 in
        run) pip_install --editable "$root" ;;
        *) pip_install --editable "${root}[$1]" ;;
    esac
    # Where PYTHONDONTWRITEBYTECODE is set, each start would compile our files anew: a summary takes 105 ms for 70.
    "$venv/bin/python" -m compileall -q "$root/briefing" >&2 || say "could not keep compiled files; starts take longer"
}

# PIP_USER=0: a user's `user = true` in pip's configuration fails inside a virtual environment.
pip_install() {
    PIP_USER=0 "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check "$@" >&2 ||
        fail "pip could not install the packages; the reason stands above, and the next call tries again"
}
