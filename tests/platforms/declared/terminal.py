from collections.abc import Sequence

from bot.messages import Address, Ask, Reply
from bot.platforms.terminal import Terminal
from bot.platforms.terminal.render import plain, styled
from tests.platforms.declared import Declared, Shown


def in_a_pipe(reply: Reply) -> Sequence[Shown]:
    return [Shown(text=plain(reply), size=0, room=0)]


def on_the_screen(reply: Reply) -> Sequence[Shown]:
    return [Shown(text="".join(piece[1] for piece in styled(reply)), size=0, room=0)]


def made(ask: Ask) -> Terminal:
    return Terminal(ask, Address("terminal", "M001"))


DECLARED = Declared(user="M001", answered=on_the_screen, unasked=in_a_pipe, made=made)
