from collections.abc import Sequence

import orjson

from bot.messages import Reply
from bot.platforms.webchat.render import card
from tests.platforms.declared import Declared, Shown


def shown(reply: Reply) -> Sequence[Shown]:
    """The page shows everything as text, and has no limit."""
    told = orjson.loads(orjson.dumps(card(reply)))
    lines = [told["title"], told["text"]]
    lines += [f"{name}：{value}" for name, value in told["fields"].items()]
    lines += [each["label"] for each in told["buttons"]]
    return [
        Shown(
            text="\n".join(lines),
            taps=[each["tap"] for each in told["buttons"]],
            size=0,
            room=0,
        )
    ]


DECLARED = Declared(user="v1", answered=shown, unasked=shown)
