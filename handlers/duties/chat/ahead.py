from collections.abc import Sequence
from functools import partial

from bot.messages import Reply, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.duties.actions import ahead as actions
from handlers.duties.actions.ahead import Foreseen
from handlers.duties.rules.taps import MoreAhead
from handlers.duties.text import ahead as text
from storage import duties
from storage.ladders import Sort

router = Router()
DAYS = 14


@router.command(
    "未来两周提醒", "未来两周会提醒什么", "接下来会提醒什么",
    may=Action.SEE_DUTIES, help=text.HELP,
)  # fmt: skip
def ahead(ctx: Context, said: Said) -> Reply | str:
    return from_line(ctx, 0)


@router.tap(MoreAhead, may=Action.SEE_DUTIES)
def more(ctx: Context, tap: MoreAhead) -> Reply | str:
    return from_line(ctx, tap.start)


def from_line(ctx: Context, start: int) -> Reply | str:
    if duties.started(ctx.db) is None:
        return text.NOTHING_PLANNED
    found = ctx.aside(partial(actions.ahead, actor=ctx.member, now=ctx.now, days=DAYS))
    lines = [(day, said) for day, each in actions.by_day(found) for said in together(ctx, each)]
    if not lines:
        return text.NONE
    following = start + text.AT_MOST
    more = [button(text.MORE, MoreAhead(start=following))] if following < len(lines) else []
    return Reply(text=text.fortnight(lines, start), buttons=more)


def together(ctx: Context, lines: Sequence[Foreseen]) -> list[str]:
    """Those who read the same are named together."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in lines:
        what, when, whom = shown(each, ctx.member.id)
        found.setdefault((what, when), []).append(whom)
    return [text.line(what, when, whom) for (what, when), whom in found.items()]


def shown(each: Foreseen, reader: str) -> tuple[str, str, str]:
    """(what, when, to whom)"""
    when = text.before(each.number) if each.sort == Sort.BEFORE else text.after(each.after_days)
    whom = text.YOU if each.to == reader else each.name or text.members(each.people)
    return text.what(each.rule.name, each.occurrence), when + text.channel(each.channel), whom
