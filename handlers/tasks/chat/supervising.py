"""问题清单; 督查 and who has been visited."""

from bot.messages import Refusal, Reply, Say, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.tasks.actions import listing
from handlers.tasks.actions import visiting as actions
from handlers.tasks.actions.taps import Look, NudgeAll
from handlers.tasks.rules import drawing
from handlers.tasks.text import listing as text
from handlers.tasks.text import supervising
from handlers.tasks.text.common import matter

router = Router()
BUTTONS = 2


@router.command(
    "问题清单", "督办清单", "整改清单",
    may=Action.SEE_TASKS, help=text.FINDINGS_HELP, intent="supervision_list",
)  # fmt: skip
def findings(ctx: Context, _: Said) -> Reply | str:
    rows, units = listing.findings(ctx.db, ctx.member, ctx.now)
    if not rows:
        return text.NO_FINDINGS
    today = ctx.now.date()
    lines = [
        text.line(
            at,
            text.finding_line(
                matter(row.number, row.title, units[row.org_id], row.due, today), row.state
            ),
        )
        for at, row in enumerate(rows[: text.AT_MOST], start=1)
    ]
    if len(rows) > len(lines):
        lines.append(text.more(len(rows) - len(lines)))
    late = sum(row.due < today for row in rows)
    buttons = [
        button(text.look_nth(at), Look(task_id=row.id))
        for at, row in enumerate(rows[:BUTTONS], start=1)
    ]
    nudge_all = [button(text.NUDGE_ALL, NudgeAll())] if late else []
    return Reply(
        text="\n".join([text.findings_head(len(rows), late), *lines]),
        buttons=[*buttons, *nudge_all],
    )


@router.command("督查覆盖", "督查进度", may=Action.SUPERVISE, help=supervising.HELP_COVERAGE)
def coverage(ctx: Context, _: Said) -> Reply:
    found = actions.coverage(ctx.db, ctx.member, ctx.now)
    lines = [
        supervising.coverage(found.number, found.since, len(found.visited), found.left),
        supervising.findings(*found.found, found.before),
    ]
    draw = button(supervising.DRAW, Say(words=supervising.SAY_DRAW))
    return Reply(text="\n".join(lines), buttons=[draw] if found.left else [])


@router.command("督查抽签", "随机抽查", may=Action.SUPERVISE, help="")
def draw(ctx: Context, said: Said) -> Reply:
    found = actions.draw(ctx.db, ctx.member, ctx.now, drawing.count_in(said.after))
    return Reply(
        text=supervising.drawn(found.number, found.names, found.pool, found.seed),
        buttons=[button(supervising.PROOF, Say(words=supervising.SAY_PROOF))],
    )


@router.command("抽签依据", may=Action.SUPERVISE, help="")
def proof(ctx: Context, _: Said) -> str:
    found = actions.proof(ctx.db, ctx.member, ctx.now)
    if found is None:
        return supervising.NO_DRAW
    return supervising.proof(found.number, found.names, found.pool, found.seed, proven=found.proven)


@router.command("督查记录", "记督查", may=Action.SUPERVISE, help="")
def visit(ctx: Context, said: Said) -> str:
    found = actions.visit(ctx.db, ctx.member, ctx.now, said.after)
    if found is None:
        raise Refusal(supervising.WHICH_UNIT)
    if not found.new:
        return supervising.visited_before(found.name)
    return supervising.visited(found.name, found.left)


@router.command("新一轮督查", may=Action.SUPERVISE, help="")
def begin(ctx: Context, _: Said) -> str:
    turn = actions.begin(ctx.db, ctx.member, ctx.now)
    found = actions.coverage(ctx.db, ctx.member, ctx.now)
    return supervising.begun(turn.number, len(found.left))
