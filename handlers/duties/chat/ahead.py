from functools import partial

from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.duties.actions import ahead as actions
from handlers.duties.actions.ahead import Foreseen
from handlers.duties.text import ahead as text
from storage import duties
from storage.ladders import Sort

router = Router()
DAYS = 14


@router.command(
    "未来两周提醒", "未来两周会提醒什么", "接下来会提醒什么",
    may=Action.SEE_DUTIES, help=text.HELP,
)  # fmt: skip
def ahead(ctx: Context, said: Said) -> str:
    if duties.started(ctx.db) is None:
        return text.NOTHING_PLANNED
    found = ctx.aside(partial(actions.ahead, actor=ctx.member, now=ctx.now, days=DAYS))
    days = [
        (day, [shown(each, ctx.member.id) for each in lines])
        for day, lines in actions.by_day(found)
    ]
    return text.fortnight(days)


def shown(each: Foreseen, reader: str) -> tuple[str, str, str]:
    """(what, when, to whom)"""
    when = text.before(each.number) if each.sort == Sort.BEFORE else text.after(each.after_days)
    whom = text.YOU if each.to == reader else each.name or text.members(each.people)
    return text.what(each.rule.name, each.occurrence), when + text.channel(each.channel), whom
