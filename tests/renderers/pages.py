"""What a test wants to know of an HTML page."""

from html.parser import HTMLParser

VOID = frozenset(["meta", "link", "br", "hr", "img", "input", "rect", "circle", "path"])


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, its ids, its links, its text without style sheets."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.text = ""
        self.unclosed: list[str] = []
        self._open_ids: list[str | None] = []
        self.feed(html)
        self.close()

    @property
    def ids(self) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get("id")) is not None]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.elements if tag == "a" and "href" in attributes]

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), f"an attribute twice in <{tag}>"
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.unclosed.append(tag)
            self._open_ids.append(attributes.get("id"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag
        self._open_ids.pop()

    def handle_data(self, data: str) -> None:
        if "style" in self.unclosed:
            return
        self.text += data
        for id in self._open_ids:
            if id is not None:
                self.texts[id] = self.texts.get(id, "") + data
