"""看全文: what came together in one message, one letter after the other, as it was written."""

from collections.abc import Sequence

from bot.messages import Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.notices.text import rereading as text
from storage import sent

router = Router()


class Further(Tap, prefix="further"):
    letter_id: int


@router.command("看全文", may=Action.READ_NOTICES, help=text.HELP)
def from_the_first(ctx: Context, _: Said) -> Reply:
    return shown(sent.together(ctx.db, ctx.member.id))


@router.tap(Further, may=Action.READ_NOTICES)
def further(ctx: Context, tap: Further) -> Reply:
    return shown(sent.together(ctx.db, ctx.member.id), tap.letter_id)


def shown(found: Sequence[tuple[int, str]], letter_id: int = 0) -> Reply:
    """This one of them; the first, where there is no such letter any more."""
    if not found:
        return Reply(text=text.NOTHING)
    place = next((place for place, (id, _) in enumerate(found) if id == letter_id), 0)
    letter, following = Reply.model_validate_json(found[place][1]), found[place + 1 :]
    more = [button(text.FURTHER, Further(letter_id=following[0][0]))] if following else []
    said = text.one_of(letter.text, place + 1, len(found))
    return letter.model_copy(update={"text": said, "buttons": [*letter.buttons, *more]})
