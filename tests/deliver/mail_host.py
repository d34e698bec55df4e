"""A mail host of its own: Postfix takes mail with TLS and login, Dovecot gives it back by IMAP. Needs root."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import trustme

DOMAIN = "example.org"
USER, PASSWORD = "anna", "s3cret"
_OWNER = 8  # `mail` on Debian: whom the mailboxes belong to

MAIN = """\
compatibility_level = 3.6
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
queue_directory = {folder}/queue
data_directory = {folder}/data
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.{domain}
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:anna/
virtual_uid_maps = static:{owner}
virtual_minimum_uid = 1
virtual_gid_maps = static:{owner}
smtpd_tls_chain_files = {folder}/chain.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
alias_maps =
"""

# Postfix's services without chroot: the temporary folder has nothing that one needs.
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""

DOVECOT = """\
base_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
auth_mechanisms = plain login
first_valid_uid = {owner}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service auth {{
  unix_listener {folder}/queue/private/auth {{
    mode = 0666
  }}
}}
"""


# What changed its name in Dovecot 2.4, which Debian has since 13; 2.4 wants its version first.
DOVECOT_23 = """\
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={folder}/mail/%n
}}
"""
DOVECOT_24 = """\
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = {folder}/mail/%{{user | username}}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {owner}
    gid = {owner}
    home = {folder}/mail/%{{user | username}}
  }}
}}
"""


class MailHost(NamedTuple):
    """Where it listens, and the certificates that its own is signed by."""

    smtp_port: int
    imap_port: int
    ca_file: Path
    folder: Path


@contextmanager
def mail_host() -> Iterator[MailHost]:
    """Run the host until the block ends."""
    # A short path: it ends in names of sockets, which have 108 characters.
    folder = Path(tempfile.mkdtemp(prefix="mail-", dir="/tmp"))
    folder.chmod(0o755)
    host = MailHost(_free_port(), _free_port(), folder / "ca.pem", folder)
    try:
        _configure(host)
        _run("postfix", "-c", str(folder / "postfix"), "start")
        dovecot = subprocess.Popen([_program("dovecot"), "-F", "-c", str(folder / "dovecot.conf")])
        try:
            _wait(host.smtp_port)
            _wait(host.imap_port)
            yield host
        finally:
            dovecot.terminate()
            dovecot.wait(30)
            _run("postfix", "-c", str(folder / "postfix"), "stop")
    finally:
        shutil.rmtree(folder)


def _configure(host: MailHost) -> None:
    """Write certificates, folders and the files of both programs."""
    folder, authority = host.folder, trustme.CA()
    authority.cert_pem.write_to_path(str(host.ca_file))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "chain.pem"))
    for name in ("postfix", "queue", "data", "mail", "dovecot"):
        (folder / name).mkdir()
    os.chown(folder / "mail", _OWNER, _OWNER)
    shutil.chown(folder / "data", "postfix", "postfix")
    values = {"folder": folder, "domain": DOMAIN, "owner": _OWNER, "password": PASSWORD, **host._asdict()}
    (folder / "postfix" / "main.cf").write_text(MAIN.format(**values))
    (folder / "postfix" / "master.cf").write_text(MASTER.format(port=host.smtp_port))
    versioned = DOVECOT_23 if _run("dovecot", "--version").startswith("2.3") else DOVECOT_24
    (folder / "dovecot.conf").write_text((versioned + DOVECOT).format(**values))


def _program(name: str) -> str:
    """Return a program's path; `sbin` is not in everybody's."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert path is not None, f"{name} is not installed"
    return path


def _run(name: str, *arguments: str) -> str:
    """Return what a program says; when it fails, show it."""
    done = subprocess.run([_program(name), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    """Return when somebody listens on the port."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on port {port}")
