"""What the parts for organisers share: which activity is meant, and what waits for them."""

from collections.abc import Callable, Sequence

from bot.messages import Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Said
from bot.understanding.occasions import heard
from handlers.checkin.actions import deciding
from handlers.checkin.actions.choosing import meant
from handlers.checkin.text import common, requests
from storage.activities import Held


def wanted(ctx: Context, said: Said, action: Action) -> Sequence[Held]:
    which, _ = heard(said.slots, said.after, ctx.now, "back")
    branch = str(said.slots.get("branch", ""))
    return meant(ctx.db, ctx.member, action, ctx.now, which, branch)


def one_of(
    found: Sequence[Held], nothing: str, kind: Callable[..., Tap], then: Callable[[int], Reply]
) -> Reply:
    """`then` for the one that is meant; where it may be several, a question answered by `kind`."""
    if not found:
        return Reply(text=nothing, in_group=nothing)
    if len(found) == 1:
        return then(found[0].id)
    choices = [
        button(common.label(each.title, each.starts), kind(activity_id=each.id))
        for each in found[:3]
    ]
    return Reply(text=common.WHICH, in_group=common.WHICH_IN_PRIVATE, buttons=choices)


def with_waiting(ctx: Context, reply: Reply) -> Reply:
    """A short line at the end where requests wait for a decision."""
    count = len(deciding.waiting(ctx.db, ctx.member, ctx.now))
    if not count:
        return reply
    return reply.model_copy(update={"text": f"{reply.text}\n{requests.more_waiting(count)}"})
