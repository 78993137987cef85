"""我还欠什么, 本周任务, 任务 T18."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.messages import Button, Matter, Refusal, Reply, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.tasks.actions import listing as actions
from handlers.tasks.actions.listing import Detail, Overview
from handlers.tasks.actions.taps import (
    AcceptAll,
    Finish,
    History,
    Look,
    LookAt,
    NudgeAll,
    Take,
    Tell,
)
from handlers.tasks.rules import evidence, naming, stages
from handlers.tasks.rules.machine import OWED
from handlers.tasks.text import listing as text
from handlers.tasks.text import stepping
from handlers.tasks.text.common import named

router = Router()
AHEAD, A_MONTH = 7, 31
"""Days."""
BUTTONS = 3
router.owes(actions.mine)


@router.command(
    "我还欠什么", "我欠什么", "我还欠哪些", "本周任务", "我的任务", "待办",
    may=Action.DO_TASKS, help=text.HELP_OWN, intent="task_list",
)  # fmt: skip
def owed(ctx: Context, said: Said) -> Reply | str:
    today = ctx.now.date()
    until = naming.until(said.text, str(said.slots.get("period", "")), today) or today + timedelta(
        AHEAD
    )
    found = within(ctx, until)
    if not found:
        return text.own_clear(until, today)
    late = sum(each.due < today for each in found)
    return listed(text.own_head(late, len(found) - late, until, today), found)


def within(ctx: Context, until: date) -> Sequence[Matter]:
    """Of tasks all until then; of what comes round by itself not more than the next month."""
    near = min(until, ctx.now.date() + timedelta(A_MONTH))
    if near == until:
        return ctx.owed(until)
    others = [each for each in ctx.owed(near) if not each.about.startswith(actions.ABOUT)]
    own = actions.mine(ctx.db, ctx.member, ctx.now, until)
    return sorted([*own, *others], key=lambda each: each.due)


@router.command("任务", "任务清单", may=Action.DO_TASKS, help=text.HELP_ITEM)
def by_number(ctx: Context, said: Said) -> Reply | str:
    return of_number(ctx, said) if said.after else owed(ctx, said)


@router.pattern(naming.ASKS_FOR_ITEM, may=Action.DO_TASKS)
def of_number(ctx: Context, said: Said) -> Reply | str:
    number = naming.number_in(said.text)
    if not number:
        return owed(ctx, said)
    for each in naming.spellings(number):
        if found := actions.item(ctx.db, ctx.member, ctx.now, each):
            return shown(ctx, found)
    raise Refusal(text.no_such_number(number))


@router.tap(Look, may=Action.DO_TASKS)
def look(ctx: Context, tap: Look) -> Reply:
    found = actions.look(ctx.db, ctx.member, ctx.now, tap.task_id)
    if found is None:
        raise Refusal(stepping.NO_SUCH_TASK)
    return shown(ctx, found)


@router.tap(LookAt, may=Action.SEE_TASKS)
def look_at(ctx: Context, tap: LookAt) -> Reply:
    found = actions.of_item(ctx.db, ctx.member, ctx.now, tap.item_id)
    if found is None:
        raise Refusal(stepping.NO_SUCH_TASK)
    return shown(ctx, found)


def listed(head: str, found: Sequence[Matter]) -> Reply:
    """Worst first; one tap each for the first ones."""
    items = found[: text.AT_MOST]
    lines = [text.line(number, each.text) for number, each in enumerate(items, start=1)]
    if len(found) > len(items):
        lines.append(text.more(len(found) - len(items)))
    return Reply(text="\n".join([head, *lines]), buttons=taps_of(items))


def taps_of(items: Sequence[Matter]) -> list[Button]:
    """Of a single one all that can be done with it, of several what settles each."""
    settling = [(at, each.button) for at, each in enumerate(items, start=1) if each.button]
    if len(items) == 1 and settling and settling[0][1].tap.startswith(f"{Finish.prefix}:"):
        task_id = Finish.unpack(settling[0][1].tap).task_id
        return steps_of_doer(task_id)
    return [
        Button(label=text.nth(number, each.label), tap=each.tap)
        for number, each in settling[:BUTTONS]
    ]


def steps_of_doer(task_id: int) -> list[Button]:
    return [
        button(stepping.FINISH, Finish(task_id=task_id)),
        button(stepping.PROGRESS, Tell(task_id=task_id, step="progress")),
        button(stepping.EXTEND, Tell(task_id=task_id, step="extend")),
        button(stepping.HAND_OVER, Tell(task_id=task_id, step="hand_over")),
    ]


def keep(task_id: int) -> Button:
    return button(stepping.KEEP, Take(task_id=task_id, step="keep"))


def shown(ctx: Context, found: Detail | Overview) -> Reply:
    match found:
        case Detail():
            return detail(found, ctx.now.date())
        case Overview():
            return overview(found)


def detail(found: Detail, today: date) -> Reply:
    row = found.row
    stage = stages.stage(row.due, today)
    lines = [
        text.detail(
            named(row.number, row.title), found.unit, found.owner, row.state, row.due, today, stage
        ),
        *text.more_of_it(evidence.description(row.evidence), row.goal, row.suggestion, row.said),
    ]
    if row.asked_until:
        lines.append(text.asked(row.asked_until))
    if found.offered:
        lines.append(text.offered(*found.offered, to_reader=found.to_reader))
    return Reply(text="\n".join(lines), buttons=possible(found))


def possible(found: Detail) -> list[Button]:
    """What the speaker can do next."""
    id, state = found.row.id, found.row.state
    buttons: list[Button] = []
    if found.to_reader and state in OWED:
        buttons.append(button(stepping.TAKE, Take(task_id=id, step="take")))
    if found.is_doer and state in OWED:
        own = steps_of_doer(id)
        buttons += [*own[:-1], keep(id)] if found.offered else own
    if found.is_doer and state == "reported":
        buttons.append(button(stepping.TAKE_BACK, Take(task_id=id, step="take_back")))
    if found.is_issuer:
        buttons += decisions(id, state, extension=found.row.asked_until is not None)
    if found.may_nudge and not found.is_doer and state in OWED:
        buttons.append(button(stepping.NUDGE, Take(task_id=id, step="nudge")))
    if len(buttons) < BUTTONS:
        buttons.append(button(text.PAST, History(task_id=id)))
    return buttons


def decisions(task_id: int, state: str, *, extension: bool) -> list[Button]:
    if extension:
        return [
            button(stepping.GRANT, Take(task_id=task_id, step="grant")),
            button(stepping.DECLINE, Take(task_id=task_id, step="decline")),
        ]
    back = button(stepping.RETURN, Tell(task_id=task_id, step="return"))
    if state == "reported":
        return [button(stepping.ACCEPT, Take(task_id=task_id, step="accept")), back]
    if state == "accepted":
        return [button(stepping.CLOSE, Take(task_id=task_id, step="close")), back]
    return []


def overview(found: Overview) -> Reply:
    row = found.row
    lines = [
        text.item_head(row.number, row.title, row.due, found.units),
        text.item_states(found.states, len(found.overdue)),
    ]
    buttons = []
    if found.overdue:
        lines.append(text.item_late(found.overdue))
    if any(found.states.get(state) for state in OWED):
        buttons.append(button(text.NUDGE_ALL, NudgeAll(item_id=row.item_id)))
    if found.reported and found.may_accept:
        accept = button(text.ACCEPT_ALL, AcceptAll(item_id=row.item_id))
        buttons.insert(0, accept)
    return Reply(text="\n".join(lines), buttons=buttons)
