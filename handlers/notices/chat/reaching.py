"""联系不上: names, reasons and remedies, in private; in a group only how many."""

from functools import partial

from bot.messages import Reply
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.notices.actions import reaching as actions
from handlers.notices.text import reaching as text
from storage import reports

router = Router()


@router.command(
    "联系不上", "谁联系不上", "联系不上的人", "谁收不到", may=Action.SEE_REACH, help=text.HELP
)
def out_of_reach(ctx: Context, _: Said) -> Reply:
    found = ctx.read_beside(partial(actions.out_of_reach, actor=ctx.member, now=ctx.now))
    if not found.count:
        return Reply(text=text.ALL_REACHED, in_group=text.ALL_REACHED)
    total = text.counted(found.count, found.of)
    reports.telling(ctx.db, ctx.member.id, text.because(total, ctx.now), ctx.now)
    lines = [text.group(why, names) for why, names in found.names.items()]
    return Reply(text="\n".join([total, *lines]), in_group=total)
