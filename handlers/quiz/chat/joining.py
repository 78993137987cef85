from bot.messages import Dialog, NotAnAnswer, Reply, Say, Tap, button
from bot.permissions import Action
from bot.questions import topics_named
from bot.routing import Context, Router, Said
from handlers.quiz.actions import joining as actions
from handlers.quiz.actions.joining import Joined
from handlers.quiz.rules import wishes
from handlers.quiz.text import joining as text

router = Router()


class Wishing(Dialog, name="quiz_wishes"):
    """When, or which topics."""


class Forget(Tap, prefix="qforget"):
    sure: bool


@router.command(
    text.JOIN, "参加学习", "加入每日一题", "参加每日一题",
    may=Action.STUDY, help=text.HELP, intent="quiz_join",
)  # fmt: skip
def join(ctx: Context, said: Said) -> Reply:
    a_day = wishes.number_in(said.text)
    return answer(actions.join(ctx.db, ctx.member, ctx.now, a_day=a_day))


@router.command("每天一题", "每天1题", may=Action.STUDY, help="")
def one_a_day(ctx: Context, said: Said) -> Reply:
    return answer(actions.join(ctx.db, ctx.member, ctx.now, a_day=1))


@router.pattern(r"每[天日]\s*(?:做|来|学|发|出)?\s*[一二两三四五2-9]\s*[道个]?题", may=Action.STUDY)
def some_a_day(ctx: Context, said: Said) -> Reply:
    a_day = wishes.number_in(said.text)
    return answer(actions.join(ctx.db, ctx.member, ctx.now, a_day=a_day))


@router.command(text.TIME_WORDS, may=Action.STUDY, help="")
def when(ctx: Context, said: Said) -> Reply:
    return Reply(text=text.WHEN, then=Wishing(step="when"))


@router.answer(Wishing, "when", may=Action.STUDY)
def at_that_time(ctx: Context, dialog: Wishing, words: str) -> Reply:
    minute = wishes.minute_of_day(words, ctx.now)
    if minute is None:
        raise NotAnAnswer(Reply(text=text.BAD_TIME, then=dialog))
    return answer(actions.join(ctx.db, ctx.member, ctx.now, minute=minute))


@router.command(text.TOPIC_WORDS, may=Action.STUDY, help="")
def which_topics(ctx: Context, said: Said) -> Reply:
    there = actions.topics(ctx.db, ctx.member, ctx.now)
    return Reply(text=text.ask_topics(there), then=Wishing(step="topics"))


@router.answer(Wishing, "topics", may=Action.STUDY)
def those_topics(ctx: Context, dialog: Wishing, words: str) -> Reply:
    there = actions.topics(ctx.db, ctx.member, ctx.now)
    named = topics_named(words, there)
    if not named and words not in text.ALL:
        raise NotAnAnswer(Reply(text=text.no_such_topics(there), then=dialog))
    return answer(actions.join(ctx.db, ctx.member, ctx.now, topics=named))


@router.command(
    "退出学习", "退出每日一题", "不学了", "别发题了",
    may=Action.STUDY, help="", intent="quiz_leave",
)  # fmt: skip
def leave(ctx: Context, said: Said) -> str:
    return text.LEFT if actions.leave(ctx.db, ctx.member, ctx.now) else text.NOT_JOINED


@router.command("删除学习记录", may=Action.STUDY, help="")
def forget(ctx: Context, said: Said) -> Reply:
    choices = [(text.YES_DELETE, True), (text.NO_DELETE, False)]
    buttons = [button(label, Forget(sure=sure)) for label, sure in choices]
    return Reply(text=text.SURE_TO_DELETE, buttons=buttons)


@router.tap(Forget, may=Action.STUDY)
def forgotten(ctx: Context, tap: Forget) -> str:
    if not tap.sure:
        return text.KEPT
    actions.forget(ctx.db, ctx.member, ctx.now)
    return text.DELETED


def answer(joined: Joined) -> Reply:
    more = text.MORE if joined.a_day == 1 else text.FEWER
    return Reply(
        text=text.joined(joined.a_day, joined.minute, joined.topics, first=joined.first),
        buttons=[
            button(more, Say(words=more)),
            button(text.CHANGE_TIME, Say(words=text.TIME_WORDS)),
            button(text.CHANGE_TOPICS, Say(words=text.TOPIC_WORDS)),
        ],
    )
