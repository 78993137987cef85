"""待验收: what waits for whoever issued it, one after the other."""

from bot.messages import Reply, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.tasks.actions import listing
from handlers.tasks.actions.stepping import Done
from handlers.tasks.actions.taps import Take
from handlers.tasks.chat.listing import decisions
from handlers.tasks.rules.machine import State, Step
from handlers.tasks.text import listing as listing_text
from handlers.tasks.text import stepping as text
from handlers.tasks.text.common import named
from storage.tasks import Row

router = Router()


def decided(found: Done, name: str, unit: str) -> str:
    row = found.row
    match found.step:
        case Step.ACCEPT:
            return text.accepted(name, unit, closed=row.state == State.CLOSED)
        case Step.RETURN:
            return text.returned(name, unit)
        case Step.CLOSE:
            return text.closed(name, unit)
        case Step.GRANT:
            return text.extension_granted(name, unit, row.due)
        case _:
            return text.extension_declined(name, unit, row.due)


def with_next(ctx: Context, said: str, row: Row) -> Reply:
    """What waits next, so that one tap follows the other."""
    if row.state == State.ACCEPTED:
        close = button(text.CLOSE, Take(task_id=row.id, step="close"))
        return Reply(text=said, buttons=[close])
    upcoming = next_waiting(ctx)
    if upcoming is None:
        return Reply(text=said)
    return upcoming.model_copy(update={"text": f"{said}\n{upcoming.text}"})


@router.command("待验收", "验收", may=Action.DECIDE_TASKS, help=listing_text.HELP_WAITING)
def waiting(ctx: Context, _: Said) -> Reply | str:
    return next_waiting(ctx) or listing_text.NOTHING_WAITS


def next_waiting(ctx: Context) -> Reply | None:
    found = listing.waiting(ctx.db, ctx.member, ctx.now)
    if found is None:
        return None
    row, name = found.row, named(found.row.number, found.row.title)
    if row.asked_until:
        line = listing_text.waiting_extension(name, found.unit, row.due, row.asked_until)
    elif row.state == State.REPORTED:
        late = (row.since.date() - row.due).days
        line = listing_text.waiting_report(name, found.unit, row.said, late)
    else:
        line = listing_text.waiting_check(name, found.unit)
    head = [listing_text.waiting_head(found.count)] if found.count > 1 else []
    return Reply(
        text="\n".join([*head, line]),
        buttons=decisions(row.id, row.state, extension=row.asked_until is not None),
    )
