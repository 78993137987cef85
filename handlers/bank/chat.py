from bot.messages import Refusal, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.bank import text
from handlers.bank.actions import keeping as actions
from storage import questions
from storage.questions import Entry, State

router = Router()
AT_ONCE = 5


class Decide(Tap, prefix="bank"):
    question_id: str
    state: State


@router.command("题目反馈", may=Action.KEEP_BANK, help=text.HELP)
def feedback(ctx: Context, said: Said) -> Reply | str:
    found = actions.doubted(ctx.db, ctx.member, ctx.now)[:AT_ONCE]
    if not found:
        return text.NO_FEEDBACK
    lines = [(each.id, each.stem, each.count) for each in found]
    buttons = [button(each.id, Say(words=text.look_at(each.id))) for each in found[:3]]
    return Reply(text=text.feedback(lines), buttons=buttons)


@router.command("题目", may=Action.STUDY, help="")
def one_question(ctx: Context, said: Said) -> Reply | str:
    """With its key, and so only for those who keep it; the author may be anybody."""
    if not said.after:
        return text.WHICH
    entry = questions.bank(ctx.db).get(said.after.upper())
    if entry is None:
        return text.NO_SUCH
    if not actions.mine(ctx.db, ctx.member, entry, ctx.now):
        raise Refusal(text.NOT_YOURS)
    return shown(ctx, entry)


@router.tap(Decide, may=Action.STUDY)
def decide(ctx: Context, tap: Decide) -> str:
    if not actions.decide(ctx.db, ctx.member, tap.question_id, tap.state, ctx.now):
        raise Refusal(text.NOT_YOURS)
    words = text.DONE_WITHDRAWN if tap.state is State.WITHDRAWN else text.DONE_KEPT
    return words.format(id=tap.question_id)


def shown(ctx: Context, entry: Entry) -> Reply:
    waiting = questions.doubts(ctx.db, [entry.id])
    withdrawn = entry.state == State.WITHDRAWN
    choices = {text.ASK_AGAIN: State.ASKED} if withdrawn else {text.WITHDRAW: State.WITHDRAWN}
    if waiting and not withdrawn:
        choices[text.KEEP] = State.ASKED
    words = [each.words for each in waiting if each.words]
    concealed = actions.concealed(ctx.db, ctx.member, entry, ctx.now)
    return Reply(
        text=text.whole(entry.id, entry.question, words, withdrawn=withdrawn, concealed=concealed),
        buttons=[
            button(label, Decide(question_id=entry.id, state=state))
            for label, state in choices.items()
        ],
    )
