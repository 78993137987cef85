"""问题清单; 督查 and who has been visited."""

from bot.messages import Reply, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.tasks.actions import listing
from handlers.tasks.actions.taps import Look, NudgeAll
from handlers.tasks.text import listing as text
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
