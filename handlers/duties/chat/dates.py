"""任期, 政治生日, 党费, 发展进度: the days on record."""

from bot.messages import Refusal, Reply, button
from bot.permissions import Action, authorize
from bot.routing import Context, Router, Said
from handlers.duties.actions import dates as actions
from handlers.duties.rules import asking
from handlers.duties.rules.fulfilling import BY_SPAN
from handlers.duties.rules.taps import Done, Wished
from handlers.duties.text import dates as text
from storage import duties

router = Router()


@router.command("任期", "任期查询", may=Action.SEE_OWN_DUTIES, help="", intent="term_query")
def terms(ctx: Context, _: Said) -> str:
    found, today = actions.terms(ctx.db, ctx.member, ctx.now), ctx.now.date()
    if not found:
        return text.NO_TERM
    return text.terms([text.term(each.of, each.elected, each.ends, today) for each in found])


@router.command(
    "政治生日",
    "我的政治生日",
    may=Action.SEE_OWN_DUTIES,
    help=text.HELP,
    intent="anniversary_query",
)
def anniversary(ctx: Context, said: Said) -> Reply | str:
    if asking.of_birthdays_of_others(said.text):
        return of_others(ctx)
    found = actions.own_anniversary(ctx.db, ctx.member, ctx.now)
    if found is None:
        return text.NO_DAY
    wanted = actions.wants_anniversary(ctx.db, ctx.member)
    label = text.NO_REMIND if wanted else text.REMIND
    return Reply(
        text=text.own_anniversary(found.since, found.next, ctx.now.date(), wanted=wanted),
        buttons=[button(label, Wished(wanted=not wanted))],
    )


def of_others(ctx: Context) -> str:
    found = actions.anniversaries(ctx.db, ctx.member, ctx.now)
    if found is None:
        raise Refusal(text.OF_OTHERS)
    return text.anniversaries(
        [(each.name, each.next, each.next.year - each.since.year) for each in found]
    )


@router.command("政治生日提醒我", "政治生日提醒", may=Action.SEE_OWN_DUTIES, help="")
def want(ctx: Context, _: Said) -> Reply | str:
    return wished(ctx, Wished(wanted=True))


@router.command("不用提醒政治生日", "不要政治生日提醒", may=Action.SEE_OWN_DUTIES, help="")
def do_not_want(ctx: Context, _: Said) -> Reply | str:
    return wished(ctx, Wished(wanted=False))


@router.tap(Wished, may=Action.SEE_OWN_DUTIES)
def wished(ctx: Context, tap: Wished) -> str:
    actions.want_anniversary(ctx.db, ctx.member, ctx.now, wanted=tap.wanted)
    return text.WILL if tap.wanted else text.WILL_NOT


@router.command("党费", "我的党费", may=Action.SEE_OWN_DUTIES, help="", intent="dues_query")
def dues(ctx: Context, _: Said) -> Reply | str:
    """Whether it is on record, to the member alone."""
    found = actions.dues(ctx.db, ctx.member, ctx.now)
    if found.now is None or found.now.due is None:
        return text.NO_DUES
    done = found.now.done_on if found.now.state == duties.DONE else None
    before = [row.due for row in found.before if row.due]
    paid = done is not None and found.now.fulfilled_by == BY_SPAN[found.now.rule_id]
    said = text.dues(found.now.due.month, found.now.due, done, before, in_register=paid)
    unpaid = [] if done else [found.now]
    rows = [*unpaid, *found.before][:1]
    return Reply(text=said, buttons=[button(text.PAID, Done(duty_id=row.id)) for row in rows])


@router.wish("development_query", may=Action.SEE_OWN_DUTIES)
def development(ctx: Context, _: Said) -> str:
    if not authorize(ctx.member, Action.SEE_DUTIES):
        raise Refusal(text.STEPS_OF_OTHERS)
    found = actions.development(ctx.db, ctx.member, ctx.now)
    if not found:
        return text.NO_STEPS
    return text.steps([(each.who, each.what, each.due) for each in found], ctx.now.date())
