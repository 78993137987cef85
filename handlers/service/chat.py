"""登记志愿服务, 我的服务: one sentence, said back, and put right by another."""

from bot.messages import Dialog, NotAnAnswer, Refusal, Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.service import actions, rules, text
from handlers.service.actions import HowLong, Impossible, Logged, SaidBefore
from handlers.service.rules import Served
from storage.service import ServiceRecord

router = Router()
SHOWN = 4
"""Lines of a list on a small phone."""


class Logging(Dialog, name="service_log"):
    """How long it took is asked; the rest is known."""

    said: str
    slots: dict[str, str | int | float]


class Remove(Tap, prefix="service_gone"):
    record_id: int


class Again(Tap, prefix="service_again"):
    """The same once more on the same day."""

    record_id: int


class Keep(Tap, prefix="service_keep"):
    pass


@router.command(
    "登记志愿服务", "志愿登记", "服务登记",
    may=Action.LOG_SERVICE, help=text.HELP, intent="service_log",
)  # fmt: skip
def log(ctx: Context, said: Said) -> Reply | str:
    if rules.ONLY_CORRECTS.match(said.text) and not actions.has_any(ctx.db, ctx.member):
        return text.NOTHING_TO_CORRECT
    found = actions.log(ctx.db, ctx.member, ctx.now, rules.served(said.text, said.slots))
    match found:
        case HowLong():
            slots = {name: value for name, value in said.slots.items() if is_plain(value)}
            return Reply(
                text=text.HOW_LONG, then=Logging(step="how_long", said=said.text, slots=slots)
            )
        case _:
            return answer(found)


def is_plain(value: object) -> bool:
    return isinstance(value, str | int | float)


@router.answer(Logging, "how_long", may=Action.LOG_SERVICE)
def told_length(ctx: Context, dialog: Logging, words: str) -> Reply | str:
    minutes = rules.minutes_in(words)
    if minutes is None:
        raise NotAnAnswer(Reply(text=text.LENGTH_UNCLEAR, then=dialog))
    slots = {**dialog.slots, "minutes": minutes}
    found = actions.log(ctx.db, ctx.member, ctx.now, rules.served(dialog.said, slots))
    return text.HOW_LONG if isinstance(found, HowLong) else answer(found)


def answer(found: Logged | SaidBefore | Impossible) -> Reply:
    match found:
        case Logged(row, year, corrected):
            said = text.logged(
                line(row), row.served_on.year, year.times, year.minutes, corrected=corrected
            )
            return Reply(text=said, buttons=[button(text.REMOVE, Remove(record_id=row.id))])
        case SaidBefore(row):
            return Reply(
                text=text.said_before(line(row)),
                buttons=[
                    button(text.AGAIN, Again(record_id=row.id)),
                    button(text.KEEP, Keep()),
                ],
            )
        case Impossible(why):
            raise Refusal(text.WHY[why])


@router.tap(Again, may=Action.LOG_SERVICE)
def again(ctx: Context, tap: Again) -> Reply:
    row = actions.of(ctx.db, ctx.member, tap.record_id)
    if row is None:
        raise Refusal(text.GONE)
    said = Served(row.minutes, row.served_on, row.kind, row.place, corrects=False)
    found = actions.log(ctx.db, ctx.member, ctx.now, said, again=True)
    assert not isinstance(found, HowLong)
    return answer(found)


@router.tap(Keep, may=Action.LOG_SERVICE)
def keep(_: Context, __: Keep) -> str:
    return text.KEPT


@router.tap(Remove, may=Action.LOG_SERVICE)
def remove(ctx: Context, tap: Remove) -> str:
    row = actions.remove(ctx.db, ctx.member, ctx.now, tap.record_id)
    if row is None:
        raise Refusal(text.GONE)
    return text.removed(line(row))


@router.command(
    "我的服务", "服务记录", may=Action.LOG_SERVICE, help=text.HELP_QUERY, intent="service_query"
)
def query(ctx: Context, said: Said) -> Reply | str:
    period = str(said.slots.get("period", ""))
    if said.slots.get("scope"):
        return of_branches(ctx, period)
    found = actions.mine(ctx.db, ctx.member, ctx.now, period, SHOWN)
    if not found.total.times:
        return text.none_yet(found.first, found.last)
    lines = [line(row) for row in found.rows]
    newest = button(text.REMOVE_NEWEST, Remove(record_id=found.rows[0].id))
    return Reply(
        text=text.mine(found.first, found.last, found.total.times, found.total.minutes, lines),
        buttons=[newest],
    )


def of_branches(ctx: Context, period: str) -> Reply:
    """Counts, so they may be said where others listen."""
    sums = actions.branches(ctx.db, ctx.member, ctx.now, period)
    people = sum(each.people for _, each in sums.found)
    if people < text.FEWEST:
        return said_anywhere(text.few(sums.first, sums.last))
    shown = [
        text.branch(name, each.people, each.minutes)
        for name, each in sums.found[:SHOWN]
        if len(sums.found) > 1 and each.people >= text.FEWEST
    ]
    times = sum(each.times for _, each in sums.found)
    minutes = sum(each.minutes for _, each in sums.found)
    return said_anywhere(text.branches(sums.first, sums.last, people, times, minutes, shown))


def said_anywhere(words: str) -> Reply:
    return Reply(text=words, in_group=words)


def line(row: ServiceRecord) -> str:
    return text.one(row.served_on, row.minutes, row.kind, row.place)
