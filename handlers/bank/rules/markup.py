"""HTML of other programs, as text."""

from html.parser import HTMLParser

BREAKS = frozenset({"br", "p", "div", "li", "tr"})
NOT_TEXT = frozenset({"img", "audio", "video", "object", "embed", "svg", "math"})


class Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.lost: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in BREAKS:
            self.words.append("\n")
        if tag in NOT_TEXT:
            self.lost.append(tag)
        self.silent += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"} and self.silent > 0
        if tag in BREAKS - {"br"}:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def stripped(markup: str) -> Stripper:
    stripper = Stripper()
    stripper.feed(markup)
    stripper.close()
    return stripper


def plain_text(markup: str) -> str:
    lines = [line.strip() for line in "".join(stripped(markup).words).split("\n")]
    return "\n".join(line for line in lines if line)


def not_text(markup: str) -> str:
    """A picture or a sound that would be lost; empty where there is none."""
    lost = stripped(markup).lost
    return lost[0] if lost else "sound" if "[sound:" in markup else ""
