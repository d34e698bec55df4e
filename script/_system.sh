# What set-up needs from the system beside Python, read by _setup.sh: Debian packages as root, Pango for the PDF.

# shellcheck disable=SC2086 # $pango_packages is a list

pango_packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# Everything but the PDF works without Pango, so its absence is said and ends nothing.
set_up_pdf() {
    has_pango && return
    if [ "$(uname)" = Darwin ]; then
        say "the PDF needs Pango, and everything else works without it; install it with: brew install pango"
    elif ! apt_install $pango_packages && ! unpack_pango; then
        say "the PDF needs Pango, and everything else works without it; install it with: apt-get install $pango_packages (Fedora: dnf install pango)"
    fi
}

has_pango() {
    [ -d "$venv/pango" ] && return
    for library in /opt/homebrew/lib/libpango-1.0.dylib /usr/local/lib/libpango-1.0.dylib; do
        [ -e "$library" ] && return
    done
    "$venv/bin/python" -c 'import ctypes
for name in "pango-1.0", "pangoft2-1.0", "harfbuzz-subset": ctypes.CDLL(f"lib{name}.so.0")' 2>/dev/null
}

may_use_apt() { [ -z "${BRIEFING_NO_APT:-}" ] && command -v apt-get >/dev/null; }

is_root() { [ "$(id -u)" = 0 ]; }

# As root on Debian or Ubuntu, install packages, after printing the line.
apt_install() {
    may_use_apt && is_root || return 1
    say "apt-get install -y --no-install-recommends $*"
    with_fresh_lists apt install "$@"
}

# Not root: unpack the same packages, and what they need that is not installed, into .venv/pango, where the PDF renderer
# looks for them: 5 to 9 MB to download. The lists are the system's, or, where those do not do, our own.
unpack_pango() {
    may_use_apt && ! is_root || return 1
    say "not root, so unpacking into $venv/pango: $pango_packages and what they need"
    debs=$venv/setup/debs
    rm -rf "$debs" && mkdir -p "$debs/archives/partial" "$debs/lists/partial" "$debs/root/etc/fonts" &&
        with_fresh_lists apt_for_us --download-only install $pango_packages || return 1
    for deb in "$debs"/archives/*.deb; do
        dpkg-deb -x "$deb" "$debs/root" || return 1
    done
    write_fonts_conf >"$debs/root/etc/fonts/fonts.conf" && mv "$debs/root" "$venv/pango" && rm -rf "$debs"
}

# Run an apt command; if it fails, fetch the lists of packages (a container image has none, an old one stale ones) and
# run it again. What apt says goes to a log, and its last lines to the user when it failed for good.
with_fresh_lists() {
    log=$venv/setup/apt.log
    "$@" >"$log" 2>&1 && return
    say "apt-get update"
    lists=fresh
    { "$1" update && "$@"; } >>"$log" 2>&1 || { tail -n 3 "$log" >&2; return 1; }
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" </dev/null; }

# apt-get as an ordinary user: it locks nothing and writes into our folder only.
apt_for_us() {
    apt -o Debug::NoLocking=1 -o Dir::Cache="$debs" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        ${lists:+-o Dir::State::Lists="$debs/lists"} "$@"
}

# The package's own file names its rules by paths in /etc and /usr, where they are not: "serif" would be DejaVu Sans.
write_fonts_conf() {
    here=$(printf '%s' "$venv/pango/usr/share" | sed 's/&/\&amp;/g; s/</\&lt;/g')
    cat <<END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">$here/fontconfig/conf.avail/45-latin.conf</include>
  <include ignore_missing="yes">$here/fontconfig/conf.avail/60-latin.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>~/.local/share/fonts</dir>
  <dir>$here/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
END
}
