"""逾期任务, 零报告, 催一下; for those above the units."""

from bot.messages import Refusal, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.tasks.actions import finding, listing, morning
from handlers.tasks.actions import overseeing as actions
from handlers.tasks.actions.taps import AcceptAll, Look, NudgeAll, Unit
from handlers.tasks.chat.listing import listed
from handlers.tasks.rules import naming
from handlers.tasks.text import listing as text
from handlers.tasks.text import stepping
from handlers.tasks.text.common import matter, named
from storage import reports

router = Router()
BUTTONS = 3


class NudgeNow(Tap, prefix="task_nudge_now"):
    """Confirmed."""

    item_id: int = 0
    org_id: str = ""
    who: str = ""


class WithdrawAll(Tap, prefix="task_withdraw"):
    """Confirmed."""

    item_id: int


class Keep(Tap, prefix="task_keep"):
    pass


@router.command("任务情况", "任务进展", may=Action.SEE_TASKS, help=text.HELP_DIGEST)
def digest(ctx: Context, _: Said) -> Reply:
    """Counts for those above, and the way to what is behind."""
    found = morning.digest_of(ctx.db, ctx.member, ctx.now)
    buttons = [button(text.OVERDUE, Say(words=text.OVERDUE))] if found.overdue else []
    buttons += [button(text.NIL, Say(words=text.NIL))] if found.nil else []
    why = text.because(found.closed, found.issued, found.overdue, ctx.now)
    reports.telling(ctx.db, ctx.member.id, why, ctx.now)
    said = text.digest(
        found.issued,
        found.closed,
        found.waiting,
        found.overdue,
        len(found.units_overdue),
        found.nil,
    )
    return Reply(text=said, buttons=buttons)


@router.command("撤销任务", may=Action.DECIDE_TASKS, help="")
def withdraw(ctx: Context, said: Said) -> Reply | str:
    """Shown first: whoever has it is told that it is over."""
    found = listing.issued(ctx.db, ctx.member, ctx.now, naming.number_in(said.after))
    if found is None:
        raise Refusal(text.NOTHING_TO_WITHDRAW)
    row, count = found
    return Reply(
        text=text.confirm_withdraw(named(row.number, row.title), count),
        buttons=[
            button(text.WITHDRAW, WithdrawAll(item_id=row.item_id)),
            button(text.KEEP_IT, Keep()),
        ],
    )


@router.tap(WithdrawAll, may=Action.DECIDE_TASKS)
def withdraw_all(ctx: Context, tap: WithdrawAll) -> str:
    done = actions.withdraw_all(ctx.db, ctx.member, ctx.now, tap.item_id)
    if not done:
        raise Refusal(text.NOTHING_TO_WITHDRAW)
    return text.withdrawn(named(done[0].row.number, done[0].row.title), len(done))


@router.command("逾期任务", may=Action.DO_TASKS, help=text.HELP_OVERDUE)
def overdue(ctx: Context, _: Said) -> Reply | str:
    """What is one's own first, then what is late below."""
    own = listing.own_overdue(ctx.db, ctx.member, ctx.now)
    found = listing.overdue(ctx.db, ctx.member, ctx.now)
    if not found.rows and not own:
        return text.NOTHING_OVERDUE
    if not found.rows:
        return listed(text.own_overdue_head(len(own)), own)
    if not own:
        return below(ctx, found)
    mine, theirs = listed(text.own_overdue_head(len(own)), own), below(ctx, found)
    buttons = [*mine.buttons[:1], *theirs.buttons]
    return Reply(text=f"{mine.text}\n{theirs.text}", buttons=buttons)


def below(ctx: Context, found: listing.Overdue) -> Reply:
    head = text.overdue_head(len(found.rows), len(found.by_unit))
    nudge_all = button(text.NUDGE_ALL, NudgeAll())
    if len(found.by_unit) == 1:
        lines = [
            text.line(at, matter(row.number, row.title, "", row.due, ctx.now.date()))
            for at, row in enumerate(found.rows[: text.AT_MOST], start=1)
        ]
        looks = [
            button(text.look_nth(at), Look(task_id=row.id))
            for at, row in enumerate(found.rows[: BUTTONS - 1], start=1)
        ]
        return Reply(text="\n".join([head, *lines]), buttons=[nudge_all, *looks])
    shown = found.by_unit[: text.AT_MOST]
    lines = [
        text.line(at, text.unit_line(found.names[org], late, total))
        for at, (org, late, total) in enumerate(shown, start=1)
    ]
    if len(found.by_unit) > len(shown):
        lines.append(text.more_units(len(found.by_unit) - len(shown)))
    units = [
        button(text.nth_unit(at), Unit(org_id=org))
        for at, (org, _, __) in enumerate(shown[:BUTTONS], start=1)
    ]
    return Reply(text="\n".join([head, *lines]), buttons=[*units, nudge_all])


@router.tap(Unit, may=Action.SEE_TASKS)
def unit(ctx: Context, tap: Unit) -> Reply | str:
    name, rows = listing.at_unit(ctx.db, ctx.member, ctx.now, tap.org_id)
    lines = [
        text.line(at, matter(row.number, row.title, "", row.due, ctx.now.date()))
        for at, row in enumerate(rows[: text.AT_MOST], start=1)
    ]
    if len(rows) > len(lines):
        lines.append(text.more(len(rows) - len(lines)))
    looks = [
        button(text.look_nth(at), Look(task_id=row.id))
        for at, row in enumerate(rows[: BUTTONS - 1], start=1)
    ]
    nudge_all = [button(text.NUDGE_ALL, NudgeAll(org_id=tap.org_id))] if rows else []
    return Reply(
        text="\n".join([text.unit_head(name, len(rows)), *lines]), buttons=[*nudge_all, *looks]
    )


@router.command("零报告", may=Action.SEE_TASKS, help=text.HELP_NIL)
def nil_returns(ctx: Context, _: Said) -> Reply | str:
    found = listing.nil_returns(ctx.db, ctx.member, ctx.now)
    if not found:
        return text.NO_NIL
    lines = [text.nil_line(name, count) for name, count in found[: text.AT_MOST]]
    if len(found) > len(lines):
        lines.append(text.more_units(len(found) - len(lines)))
    return "\n".join([text.nil_head(len(found)), *lines])


@router.command("催一下", "催办", may=Action.NUDGE_TASKS, help="", intent="nudge")
def nudge(ctx: Context, said: Said) -> Reply | str:
    """Whom it is about is said back first; nothing is sent before the second tap."""
    if elsewhere := naming.reminded_of_elsewhere(said.text):
        where = text.ELSEWHERE[elsewhere]
        return Reply(text=text.nudge_there(where), buttons=[button(where, Say(words=where))])
    org_id = finding.unit_named(ctx.db, ctx.member, ctx.now, said.text)
    who = "" if org_id else finding.person_named(ctx.db, ctx.member, ctx.now, said.text)
    return preview(ctx, NudgeNow(org_id=org_id, who=who))


@router.tap(NudgeAll, may=Action.NUDGE_TASKS)
def nudge_which(ctx: Context, tap: NudgeAll) -> Reply | str:
    return preview(ctx, NudgeNow(item_id=tap.item_id, org_id=tap.org_id))


def preview(ctx: Context, wanted: NudgeNow) -> Reply | str:
    found = chosen(ctx, wanted)
    if not found.rows:
        return text.NOTHING_TO_NUDGE
    lines = [
        matter(row.number, row.title, found.units[row.org_id], row.due, ctx.now.date())
        for row in found.rows
    ]
    return Reply(
        text=text.nudge_preview(len(found.rows), len(found.people), lines),
        buttons=[button(text.NUDGE_THEM, wanted), button(text.KEEP, Keep())],
    )


def chosen(ctx: Context, tap: NudgeNow) -> actions.Chosen:
    return actions.to_nudge(
        ctx.db, ctx.member, ctx.now, item_id=tap.item_id, org_id=tap.org_id, who=tap.who
    )


@router.tap(NudgeNow, may=Action.NUDGE_TASKS)
def nudge_now(ctx: Context, tap: NudgeNow) -> str:
    found = chosen(ctx, tap)
    if not found.rows:
        return text.NOTHING_TO_NUDGE
    actions.nudge(ctx.db, ctx.member, ctx.now, found)
    return text.nudged_all(len(found.rows), len(found.people))


@router.tap(Keep, may=Action.GET_HELP)
def keep(_: Context, __: Keep) -> str:
    return text.KEPT


@router.tap(AcceptAll, may=Action.DECIDE_TASKS)
def accept_all(ctx: Context, tap: AcceptAll) -> str:
    done = actions.accept_all(ctx.db, ctx.member, ctx.now, tap.item_id)
    if not done:
        raise Refusal(stepping.NOTHING_ASKED)
    return text.accepted_all(len(done), named(done[0].row.number, done[0].row.title))
