from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.messages import Button, Matter, Refusal, Reply, button
from bot.permissions import Action, authorize
from bot.routing import Context, Router, Said
from handlers.duties.actions import listing as actions
from handlers.duties.actions.listing import AHEAD, AlreadyClosed, Closed, Desk, Item
from handlers.duties.rules import asking
from handlers.duties.rules.taps import Done, More, PressUnit
from handlers.duties.text import listing as text
from handlers.duties.text import pressing
from storage import duties, reports
from storage.database import Session
from storage.members import Speaker

router = Router()
BUTTONS = 3


@router.owes
def owes(db: Session, member: Speaker, now: datetime, until: date) -> list[Matter]:
    """His own duties, for whoever is asked what is owed; those of his posts are on the desk."""
    found = actions.own(db, member, now, (until - now.date()).days)
    return matters([*found.overdue, *found.soon], now.date())


@router.command(
    "逾期", "今天要看什么", "今天有什么要看",
    may=Action.SEE_OWN_DUTIES, help=text.HELP_DESK, intent="task_overdue",
)  # fmt: skip
def overdue(ctx: Context, said: Said) -> Reply | str:
    if asking.of_others(said.text) and not authorize(ctx.member, Action.SEE_DUTIES):
        raise Refusal(text.OF_OTHERS)
    return desk(ctx, int(said.slots.get("within_days", AHEAD)), 0)


@router.tap(More, may=Action.SEE_OWN_DUTIES)
def more(ctx: Context, tap: More) -> Reply | str:
    return desk(ctx, tap.days, tap.start)


def desk(ctx: Context, days: int, start: int) -> Reply | str:
    """Worst first, a few at a time."""
    today = ctx.now.date()
    others = ctx.owed(today + timedelta(days))
    if duties.started(ctx.db) is None and not others:
        return text.NOTHING_PLANNED
    found = actions.at_the_desk(ctx.db, ctx.member, ctx.now, days)
    above = any(post.role in {"committee_office", "organ_committee"} for post in ctx.member.posts)
    lines = [*matters([*found.overdue, *found.soon], today, short=above), *others]
    lines.sort(key=lambda each: each.due)
    late = sum(each.due < today for each in lines)
    reports.telling(ctx.db, ctx.member.id, text.because(late, ctx.now), ctx.now)
    own = not authorize(ctx.member, Action.SEE_DUTIES)
    head = text.desk_head(late, len(lines) - late, found.days, own=own)
    reply = listed(head, lines, start, More(days=days, start=start + text.AT_MOST))
    if start:
        return reply
    ends = [text.roll_up([each[1:] for each in found.by_branch])] if above else []
    ends += [text.question(*asked) for asked in found.questions[:1]]
    words = "\n".join([reply.text, *ends])
    return reply.model_copy(update={"text": words, "buttons": with_press(reply, found, above)})


def with_press(reply: Reply, found: Desk, above: bool) -> list[Button]:
    """For those above: the branch with the most, one tap away."""
    if not above or not found.by_branch:
        return reply.buttons
    org_id, name, _ = found.by_branch[0]
    press = button(pressing.press_unit(name), PressUnit(org_id=org_id))
    more = [each for each in reply.buttons if each.label == text.MORE]
    others = [each for each in reply.buttons if each.label != text.MORE]
    return [*others[: BUTTONS - 1 - len(more)], press, *more]


@router.tap(Done, may=Action.SEE_OWN_DUTIES)
def done(ctx: Context, tap: Done) -> str:
    match actions.close(ctx.db, ctx.member, tap.duty_id, ctx.now):
        case Closed(name, on):
            return text.closed(name, on)
        case AlreadyClosed():
            return text.ALREADY
        case None:
            raise Refusal(text.NOT_YOURS)


def matters(items: Sequence[Item], today: date, *, short: bool = False) -> list[Matter]:
    say = text.short_item if short else text.item
    return [
        Matter(
            say(each.name, each.of, each.due, today),
            each.due,
            None if each.by_record else button(text.DONE, Done(duty_id=each.id)),
        )
        for each in items
    ]


def listed(head: str, found: Sequence[Matter], start: int, following: More) -> Reply:
    """The first ones, or those after `start`; each keeps its number."""
    shown = list(enumerate(found, start=1))[start : start + text.AT_MOST]
    lines = [text.line(number, each.text) for number, each in shown]
    buttons = [
        Button(label=text.nth(number, each.button.label), tap=each.button.tap)
        for number, each in shown
        if each.button
    ]
    left = len(found) - start - len(shown)
    if left <= 0:
        return Reply(text="\n".join([head, *lines]), buttons=buttons[:BUTTONS])
    buttons = [*buttons[: BUTTONS - 1], button(text.MORE, following)]
    return Reply(text="\n".join([head, *lines, text.more(left)]), buttons=buttons)
