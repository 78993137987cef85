from functools import partial

from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.later import text

router = Router()


def say_so(intent: str, _: Context, __: Said) -> str:
    return text.INSTEAD[intent]


for intent in text.INSTEAD:
    router.wish(intent, may=Action.GET_HELP)(partial(say_so, intent))
