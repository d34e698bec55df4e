"""Mail addresses, read strictly: one address, nothing that a header or a server could take for something else."""

import re
from typing import NamedTuple

from briefing.errors import UsageError

# RFC 5322's dot-atom. Quoted local parts, comments and routes are left out: nobody's mailbox needs them, and each has
# carried an attack. The first character is no hyphen, so that no program takes an address for an option.
_LOCAL = re.compile(r"(?!-)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NAMED = re.compile(r"(?P<name>[^<>]*+)<(?P<address>[^<>]*+)>\s*+")

# What ends a line for one reader of headers or another: controls, NEL, U+2028, U+2029; and lone surrogates.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ENCODED_WORD = "=?"  # opens a word in which a line break can hide (RFC 2047)


class Address(NamedTuple):
    """A mailbox: its owner's name (or nothing), the local part, and the domain in lower-case ASCII."""

    name: str
    local: str
    domain: str

    @property
    def mailbox(self) -> str:
        """The address alone, as a server takes it."""
        return f"{self.local}@{self.domain}"


def parse_address(text: str, where: str) -> Address:
    """Return the one address of a text such as `ann@example.org` or `Ann <ann@example.org>`.

    Raises UsageError that begins with `where`, the option or key that it comes from.
    """
    plain = header_text(text, where)
    named = _NAMED.fullmatch(plain)
    name, mailbox = (named["name"].strip().strip('" '), named["address"]) if named else ("", plain)
    local, at, domain = mailbox.strip().rpartition("@")
    if "@" in local or any(mark in mailbox for mark in ",;"):
        raise UsageError(f"{where}: one address at a time, not {plain!r}; give the others by themselves")
    if not local.isascii():
        raise UsageError(f"{where}: {plain!r}: most servers take only ASCII letters before the @; use another address")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        raise UsageError(f"{where}: {plain!r} is no mail address; one looks like ann@example.org")
    return Address(name, local, _domain(domain, plain, where))


def _domain(domain: str, text: str, where: str) -> str:
    """Return a domain as servers know it; names in other scripts become their ASCII form (IDNA 2008)."""
    if not domain.isascii():
        import idna  # big tables, for few

        try:
            domain = idna.encode(domain, uts46=True).decode()
        except idna.IDNAError as error:
            raise UsageError(f"{where}: {text!r}: no such domain can exist: {error}") from error
    domain = domain.lower().removesuffix(".")
    if len(domain) > 253 or not all(_LABEL.fullmatch(label) for label in domain.split(".")):
        raise UsageError(f"{where}: {text!r}: {domain!r} is no domain; one looks like example.org")
    return domain


def header_text(text: str, where: str) -> str:
    """Return a text on one line, fit for a header; raise UsageError for anything that could begin another header."""
    breaking = _BREAKING.search(text)
    if breaking:
        raise UsageError(f"{where}: {text!r} has a control character (U+{ord(breaking[0]):04X}); leave it out")
    if _ENCODED_WORD in text:
        raise UsageError(f"{where}: {text!r} has {_ENCODED_WORD!r}, which mail programs decode; write it out")
    return " ".join(text.split())
