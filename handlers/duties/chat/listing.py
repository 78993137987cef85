from datetime import date

from bot.messages import Refusal, Reply, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.duties.actions import listing as actions
from handlers.duties.actions.listing import AHEAD, AlreadyClosed, Closed, Desk, Item
from handlers.duties.rules.taps import Done
from handlers.duties.text import listing as text
from storage import duties

router = Router()
BUTTONS = 3


@router.command(
    "我还欠什么", "我欠什么", "我还欠哪些",
    may=Action.SEE_OWN_DUTIES, help=text.HELP_OWN, intent="task_list",
)  # fmt: skip
def owed(ctx: Context, said: Said) -> Reply | str:
    found = actions.own(ctx.db, ctx.member, ctx.now)
    if not found.overdue and not found.soon:
        return text.own_clear(found.days)
    head = text.own_head(len(found.overdue), len(found.soon), found.days)
    return listed(head, found, ctx.now.date())


@router.command(
    "逾期", "今天要看什么", "今天有什么要看",
    may=Action.SEE_DUTIES, help=text.HELP_DESK, intent="task_overdue",
)  # fmt: skip
def overdue(ctx: Context, said: Said) -> Reply | str:
    if duties.started(ctx.db) is None:
        return text.NOTHING_PLANNED
    days = int(said.slots.get("within_days", AHEAD))
    found = actions.at_the_desk(ctx.db, ctx.member, ctx.now, days)
    head = text.desk_head(len(found.overdue), len(found.soon), found.days)
    reply = listed(head, found, ctx.now.date())
    above = any(post.role in {"committee_office", "organ_committee"} for post in ctx.member.posts)
    ends = [text.roll_up(found.by_branch)] if above else []
    ends += [text.question(*asked) for asked in found.questions[:1]]
    return reply.model_copy(update={"text": "\n".join([reply.text, *ends])})


@router.tap(Done, may=Action.SEE_OWN_DUTIES)
def done(ctx: Context, tap: Done) -> str:
    match actions.close(ctx.db, ctx.member, tap.duty_id, ctx.now):
        case Closed(name, on):
            return text.closed(name, on)
        case AlreadyClosed():
            return text.ALREADY
        case None:
            raise Refusal(text.NOT_YOURS)


def listed(head: str, found: Desk, today: date) -> Reply:
    items: list[Item] = [*found.overdue, *found.soon]
    shown = items[: text.AT_MOST]
    lines = [
        text.item(number, each.name, each.of, each.due, today)
        for number, each in enumerate(shown, start=1)
    ]
    if len(items) > len(shown):
        lines.append(text.more(len(items) - len(shown)))
    buttons = [
        button(text.done_label(number), Done(duty_id=each.id))
        for number, each in enumerate(shown, start=1)
        if not each.by_record
    ]
    return Reply(text="\n".join([head, *lines]), buttons=buttons[:BUTTONS])
