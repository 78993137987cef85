from functools import partial

from bot.messages import Reply, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.duties.actions import ahead as actions
from handlers.duties.rules.taps import MoreAhead
from handlers.duties.text import ahead as text
from storage import duties

router = Router()
DAYS = 14


@router.command(
    "未来两周提醒", "未来两周会提醒什么", "接下来会提醒什么",
    may=Action.SEE_DUTIES, help=text.HELP,
)  # fmt: skip
def ahead(ctx: Context, _: Said) -> Reply | str:
    return from_line(ctx, 0)


@router.tap(MoreAhead, may=Action.SEE_DUTIES)
def more(ctx: Context, tap: MoreAhead) -> Reply | str:
    return from_line(ctx, tap.start)


def from_line(ctx: Context, start: int) -> Reply | str:
    if duties.started(ctx.db) is None:
        return text.NOTHING_PLANNED
    found = ctx.read_beside(partial(actions.ahead, actor=ctx.member, now=ctx.now, days=DAYS))
    said = actions.in_words(found, ctx.member.id)
    lines = [(each.day, text.line(each.what, each.when, each.whom)) for each in said]
    if not lines:
        return text.NONE
    following = start + text.AT_MOST
    more = [button(text.MORE, MoreAhead(start=following))] if following < len(lines) else []
    return Reply(text=text.fortnight(lines, start), buttons=more)
