"""办竞赛: in one line or by answering when, shown back, changed by a word, then made."""

from bot.messages import Dialog, NotAnAnswer, Reply, Say, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.contests.actions import planning as actions
from handlers.contests.actions.planning import AskWhen, NotUnderstood, Preview
from handlers.contests.actions.running import Impossible, Made
from handlers.contests.chat.running import chosen
from handlers.contests.rules import planning as rules
from handlers.contests.rules.planning import Known
from handlers.contests.text import planning as text

router = Router()


class Planning(Dialog, name="contest_plan"):
    """`step`: when or confirm."""

    known: Known


@router.command("办竞赛", "办一场竞赛", "办知识竞赛", may=Action.RUN_CONTEST, help=text.HELP)
@router.pattern(rules.IN_ONE_LINE, may=Action.RUN_CONTEST)
def begin(ctx: Context, said: Said) -> Reply:
    return answer(actions.begin(ctx.db, ctx.member, ctx.now, said.text))


@router.answer(Planning, "when", may=Action.RUN_CONTEST)
def at_that_time(ctx: Context, dialog: Planning, words: str) -> Reply | str:
    if words in text.NO:
        return text.DISCARDED
    found = actions.learn(ctx.db, ctx.member, ctx.now, dialog.known, words)
    if isinstance(found, NotUnderstood):
        raise NotAnAnswer(answer(AskWhen(dialog.known)))
    return answer(found)


@router.answer(Planning, "confirm", may=Action.RUN_CONTEST)
def confirm(ctx: Context, dialog: Planning, words: str) -> Reply | str:
    if words.lower() in text.YES:
        return make(ctx, dialog)
    if words in text.NO:
        return text.DISCARDED
    if words == text.OTHER_TIME:
        return answer(AskWhen(dialog.known))
    found = actions.learn(ctx.db, ctx.member, ctx.now, dialog.known, words)
    if isinstance(found, NotUnderstood):
        raise NotAnAnswer(Reply(text=text.UNCLEAR, then=dialog))
    return answer(found)


def make(ctx: Context, dialog: Planning) -> Reply:
    match actions.make(ctx.db, ctx.member, ctx.now, dialog.known):
        case Made(name):
            opens = dialog.known.opens
            assert opens  # or nothing was made
            button_ = button(text.NOTICE, Say(words=text.NOTICE))
            return Reply(text=text.made(name, opens), buttons=[button_])
        case Impossible(reason):
            return Reply(text=f"{reason}\n{text.HOW_TO_CHANGE}", then=dialog)


def answer(found: AskWhen | Preview) -> Reply:
    match found:
        case AskWhen(known, doubtful, past):
            asked = text.WHEN_PAST if past else text.WHEN.format(title=known.title)
            asked = text.WHEN_DOUBTFUL.format(said=doubtful) if doubtful else asked
            return Reply(text=asked, then=Planning(step="when", known=known))
        case Preview():
            return preview(found)


def preview(found: Preview) -> Reply:
    known = found.known
    assert known.opens  # or it would have been asked
    assert known.closes
    cells = [(each.topic, each.count) for each in known.cells]
    said = text.preview(
        known.title, known.opens, known.closes, known.kind, cells, known.seconds_each,
        found.organiser,
    )  # fmt: skip
    words = [text.OTHER_TIME, text.DISCARD] if found.trouble else [
        text.PUBLISH, text.OTHER_TIME, text.DISCARD,
    ]  # fmt: skip
    return Reply(
        text="\n".join(filter(None, [said, found.trouble, text.HOW_TO_CHANGE])),
        buttons=[button(each, Say(words=each)) for each in words],
        then=Planning(step="confirm", known=known),
    )


@router.command(text.TAKE_BACK, may=Action.RUN_CONTEST, help="")
def take_back(ctx: Context, said: Said) -> str:
    heat = chosen(ctx, said.after)
    if not actions.take_back(ctx.db, ctx.member, heat, ctx.now):
        return text.BEGUN
    return text.TAKEN_BACK.format(name=heat.contest.name)
