from bot.messages import Reply, Say, button
from bot.permissions import Action
from bot.pictures import Bar, bars
from bot.routing import Context, Router, Said
from handlers.quiz.actions import asking
from handlers.quiz.actions import progress as actions
from handlers.quiz.actions.progress import Progress
from handlers.quiz.chat.asking import answer
from handlers.quiz.text import asking as asked
from handlers.quiz.text import progress as text

router = Router()


@router.command(
    "学习进度", "我的进度", "连续天数", "连续几天",
    may=Action.STUDY, help=text.HELP, intent="my_points",
)  # fmt: skip
def my_progress(ctx: Context, said: Said) -> Reply | str:
    found = actions.mine(ctx.db, ctx.member, ctx.now)
    if found is None:
        return text.NOTHING_YET
    return Reply(text=in_words(found), picture=drawn(found))


def drawn(found: Progress) -> bytes:
    rows = [Bar(each.name, each.percent, text.count(each.count)) for each in found.topics]
    subtitle = text.overall(found.count, found.percent)
    return bars(text.TITLE, subtitle, rows, text.SMALL_PRINT)


def in_words(found: Progress) -> str:
    head = text.overall(found.count, found.percent)
    topics = [text.topic(t.name, t.percent, t.count) for t in found.topics[: text.SHOWN]]
    return "\n".join(filter(None, [head, *topics, text.streak(found.days), text.SMALL_PRINT]))


@router.command("错题本", "错题", may=Action.STUDY, help=text.HELP_BOOK, intent="quiz_wrong_book")
def wrong_answers(ctx: Context, said: Said) -> Reply | str:
    topics = actions.book(ctx.db, ctx.member, ctx.now)
    if not topics:
        return text.EMPTY_BOOK
    return Reply(
        text=text.book(topics), buttons=[button(text.PRACTISE, Say(words=text.PRACTISE_WORDS))]
    )


@router.command(text.PRACTISE_WORDS, "错题重做", may=Action.STUDY, help="")
def practise(ctx: Context, said: Said) -> Reply | str:
    if not actions.book(ctx.db, ctx.member, ctx.now):
        return text.EMPTY_BOOK
    return answer(asking.mistakes(ctx.db, ctx.member, ctx.now))


@router.command(
    "学习薄弱点", "支部薄弱点",
    may=Action.SEE_TOPICS, help=text.HELP_TOPICS, intent="quiz_weak_topics",
)  # fmt: skip
def weak_topics(ctx: Context, said: Said) -> Reply | str:
    found = actions.of_branch(ctx.db, ctx.member, ctx.now)
    if found is None or not found.topics:
        return text.NO_BRANCH if found is None else text.TOO_FEW
    lecture = text.lecture(found.topics[0][0], [each.stem for each in found.questions])
    return Reply(
        text=f"{text.branch(found.topics)}\n{lecture}",
        buttons=[button(text.WITH_ANSWERS, Say(words=text.HANDOUT))],
    )


@router.command(text.HANDOUT, may=Action.SEE_TOPICS, help="")
def handout(ctx: Context, said: Said) -> str:
    """The five questions with what whoever gives the lecture has to say to them."""
    found = actions.of_branch(ctx.db, ctx.member, ctx.now)
    if found is None or not found.topics:
        return text.NO_BRANCH if found is None else text.TOO_FEW
    points = [(each.stem, asked.in_words(each), asked.why(each)) for each in found.questions]
    return text.handout(found.topics[0][0], points)
