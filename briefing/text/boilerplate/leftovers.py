"""What a page's machinery leaves in its text: menus of networks, bare addresses, templates, glued dates."""

import re
from functools import cache

_compiled = cache(re.compile)  # most articles need none

_NETWORK = (
    r"(?:facebook|twitter|instagram|pinterest|linkedin|whatsapp|youtube|telegram|reddit|tumblr|snapchat|flipboard|"
    r"tiktok|mastodon|bluesky|threads|messenger|viber|vkontakte|bloglovin|google|pocket|stumbleupon|digg|xing|weibo)"
)
# What stands beside them in the menus of many languages; "facebook-f" and "linkedin-in" are the names of their icons.
_BESIDE = (
    r"(?:e-?mail|mail|print|share|link|copy|more|sms|rss|comments?|posts?|icon|logo|follow|tweet|like|pin|plus|save|"
    r"compartir|imprimir|partager|imprimer|condividi|stampa|compartilhar|teilen|drucken|поделиться|вконтакте|одноклассники)"
)
_SIGN = r"(?:-(?:f|in|p|t|square|alt|official|brands|icon))?"
_NETWORKS = rf"(?i)(?:{_BESIDE}[\W_\d]*+)*{_NETWORK}{_SIGN}(?:[\W_\d]*+(?:{_NETWORK}{_SIGN}|{_BESIDE}))*[\W_\d]*"
_NETWORK_NAMES = ("acebook", "witter", "nstagram", "interest", "inked", "hatsApp", "hatsapp", "elegram", "essenger")
# "{* backButton *}", "{{ share.title }}", "[caption id=…]", "<!-- more -->", "${headline}", "[object Object]".
_TEMPLATE = (
    r"(?:(?:\{\*[^{}]*\*\}|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[^{}]*\}|%%[\w.]+%%|<!--.*-->|\[object Object\]"
    r"|\[/?(?:caption|gallery|embed|video|audio|playlist|contact-form|ad|adsense|sc|vc|et_pb|shareaholic|youtube|tweet"
    r"|newsletter|related|more)(?:[\s_=:-][^\]]*)?\])[\s|,/]*)+"
)
_TEMPLATES = ("{", "[", "<!--", "$", "%%")
_SCRIPT = r"(?:\(?adsbygoogle\b|googletag\.|window\.\w+\s*=|jQuery\(|document\.write|!?function\s*\(|_gaq\.push|fbq\()"
# "Published Wed, Nov 20 20194:29 AM ESTUpdated an hour ago": the places where a blank is lost.
_GLUE = (
    r"(?<=(?:19|20)\d\d)(?=\d{1,2}[:.]\d\d)"
    r"|(?<=[^\W_A-Z])(?=(?:Last )?(?:Updated|Published|Posted|Modified|UPDATED|PUBLISHED)\b)"
    r"|(?<=\b[A-Z]{3})(?=(?:Updated|Published|Posted|Modified)\b)|(?<=[AaPp][Mm])(?=(?:[A-Z]{3}|Updated|Published)\b)"
)
_DATED = ("Updated", "Published", "Posted", "Modified", "UPDATED", "PUBLISHED")
_PULLED = ("weet", "weet this", "weet This", "weet that", "weet That", "weet it")
_PULL = (
    r"(?<![a-z])(?:[Cc]lick [Tt]o [Tt]weet|CLICK TO TWEET|[Tt]weet [Tt]h(?:is|at)|[Tt]weet [Ii]t)$|[.!?”\"]\s?Tweet$"
)
# A menu of networks run on into one line ("Share this with Email Facebook Share this with Facebook Messenger ...").
_MENU = (
    r"(?i)(?:" + _NETWORK + r"|e-?mail|share|sharing|print|copy|link|links|follow|tweet|pin|save|click|window|opens?|"
    r"new|this|with|these|are|external|and|will|in|a|on|via|to|the|us|or|by|close|panel|more|about|read|for|of|is)"
)
_MENU_NAMES = 4  # so many names at the least, and of its words so many in ten
_MENU_SHARE = 0.8
_WORDS = r"[^\W\d_]+"


def leftover(line: str) -> str:
    """Return the class of a line without a stop at its end that a page's machinery left, '' for any other."""
    if " " not in line and line.startswith(("http://", "https://", "www.")):
        return "contact"
    if line.endswith(_PULLED) and _compiled(_PULL).search(line):  # the line of the article that was pulled out
        return "share"
    if line.startswith(_TEMPLATES) and _compiled(_TEMPLATE).fullmatch(line):
        return "leftover"
    if line[-1] in ";})>" and _compiled(_SCRIPT).match(line):
        return "leftover"
    if any(map(line.__contains__, _NETWORK_NAMES)) and _compiled(_NETWORKS).fullmatch(line):
        return "share"
    return "leftover" if is_menu(line) else ""


def is_menu(line: str) -> bool:
    """Return whether a line has little but the names of networks and what stands beside them."""
    if "acebook" not in line or sum(map(line.count, _NETWORK_NAMES)) < _MENU_NAMES:
        return False
    words = _compiled(_WORDS).findall(line)
    return len(list(filter(_compiled(_MENU).fullmatch, words))) >= _MENU_SHARE * len(words)


def unglued(line: str) -> str:
    """Return a line that says when it was published with the blanks that its page lost between two dates."""
    return _compiled(_GLUE).sub(" ", line) if any(map(line.__contains__, _DATED)) else line
