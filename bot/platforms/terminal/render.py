"""A `Reply` as lines of text: plain for a pipe and for `zhibu say`, styled for a terminal."""

import re

from prompt_toolkit.formatted_text import StyleAndTextTuples

from bot.messages import Reply

_INVISIBLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What would command the terminal instead of being shown on it."""


def plain(reply: Reply) -> str:
    """Title, text, 「名目：内容」 a line, and the buttons as 「［1 签到］［2 请假］」."""
    buttons = "".join(f"［{n} {one.label}］" for n, one in enumerate(reply.buttons, start=1))
    lines = [reply.title, reply.text, *(f"{k}：{v}" for k, v in reply.fields.items()), buttons]
    return "\n".join(_visible(line) for line in lines if line)


def styled(reply: Reply) -> StyleAndTextTuples:
    """The same, with what it is beside each piece: `title`, `text`, `name`, `number`, `button`."""
    lines: list[StyleAndTextTuples] = []
    if reply.title:
        lines.append([("class:title", _visible(reply.title))])
    if reply.text:
        lines.append([("class:text", _visible(reply.text))])
    for name, value in reply.fields.items():
        lines.append([("class:name", f"{_visible(name)}："), ("class:text", _visible(value))])
    if reply.buttons:
        lines.append(
            [piece for n, one in enumerate(reply.buttons, 1) for piece in _button(n, one.label)]
        )
    return [piece for line in lines for piece in (*line, ("", "\n"))]


def _button(number: int, label: str) -> StyleAndTextTuples:
    return [
        ("class:edge", "［"),
        ("class:number", f"{number} "),
        ("class:button", _visible(label)),
        ("class:edge", "］"),
    ]


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", text)
