"""«述职报告交了», «F05整改进展：…»: said in one's own words."""

from bot.messages import Button, Refusal, Reply
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.tasks.actions import listing, reporting
from handlers.tasks.actions.reporting import None_, One, Several, This
from handlers.tasks.actions.stepping import Wish
from handlers.tasks.chat.stepping import Telling, finished, stepped
from handlers.tasks.rules import hearing, naming
from handlers.tasks.rules.machine import Step
from handlers.tasks.text import listing as text
from handlers.tasks.text import stepping
from handlers.tasks.text.common import named

router = Router()
FEW = 3


@router.command("完成", "办结", may=Action.DO_TASKS, help="", intent="task_complete")
def complete(ctx: Context, said: Said) -> Reply | str:
    """A number or a name that only one has is enough; otherwise it is shown before it is done."""
    name = str(said.slots.get("task", "")) or said.after
    index = int(said.slots["index"]) if "index" in said.slots else None
    heard = reporting.Said(said.text, name, index)
    owed = ctx.owed(ctx.now.date() + reporting.A_YEAR)
    match reporting.meant(ctx.db, ctx.member, ctx.now, owed, heard):
        case This(task_id):
            return finished(ctx, task_id, "")
        case One(matter) if matter.button:
            return Reply(text=f"{text.IS_IT_THIS}{matter.text}", buttons=[matter.button])
        case Several(matters):
            shown = matters[:FEW]
            lines = [text.line(at, each.text) for at, each in enumerate(shown, start=1)]
            buttons = [
                Button(label=text.nth(at, each.button.label), tap=each.button.tap)
                for at, each in enumerate(shown, start=1)
                if each.button
            ]
            return Reply(text="\n".join([text.WHICH_IS_DONE, *lines]), buttons=buttons)
        case None_() | One():
            raise Refusal(text.NOT_FOUND_TO_FINISH)


@router.wish("rectification_update", may=Action.DO_TASKS)
def about_a_finding(ctx: Context, said: Said) -> Reply | str:
    number = str(said.slots.get("finding", "")) or naming.finding_in(said.text)
    found = listing.finding(ctx.db, ctx.member, ctx.now, number)
    if found is None:
        raise Refusal(text.NO_SUCH_FINDING)
    row, words = found.row, str(said.slots.get("content", "")) or said.text
    match hearing.about_a_finding(said.text):
        case Step.EXTEND:
            asked = hearing.extension(said.text, row.due, ctx.now)
            if asked.until is None:
                name = named(row.number, row.title)
                then = Telling(step="extend", task_id=row.id)
                return Reply(text=stepping.ask_until(name, row.due), then=then)
            reason = str(said.slots.get("reason", "")) or asked.reason
            return stepped(ctx, row.id, Wish(Step.EXTEND, reason, asked.until))
        case Step.REPORT:
            return stepped(ctx, row.id, Wish(Step.REPORT, words))
        case _ if not said.slots.get("content"):
            then = Telling(step="progress", task_id=row.id)
            return Reply(text=stepping.WHAT_PROGRESS, then=then)
        case _:
            return stepped(ctx, row.id, Wish(Step.PROGRESS, words))
