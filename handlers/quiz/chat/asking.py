from bot.messages import Dialog, Refusal, Reply, Say, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.quiz.actions import asking as actions
from handlers.quiz.actions.asking import Asked, Nothing
from handlers.quiz.actions.showing import Next, shown
from handlers.quiz.rules.wishes import A_DAY_AT_MOST, plausible
from handlers.quiz.text import asking as text
from handlers.quiz.text import joining as joining_text
from storage import study
from storage.study import Why

router = Router()


class Answering(Dialog, name="quiz"):
    """A question waits."""

    asking_id: int
    tries: int = 0
    """Answers in words that were not it; one may try again."""
    sent: bool = False
    """Some time ago, so that no conversation is about it."""


@router.command(
    text.QUIZ_ME, "来一题", "再来一题", may=Action.STUDY, help=text.HELP, intent="quiz_today"
)
def quiz_me(ctx: Context, said: Said) -> Reply | str:
    topic = str(said.slots.get("topic", ""))
    topic = topic if plausible(topic) else ""
    count = max(1, min(A_DAY_AT_MOST, int(said.slots.get("count", 1))))
    if not topic and "count" not in said.slots:
        found = actions.for_today(ctx.db, ctx.member, ctx.now)
        if isinstance(found, Asked):
            return put(found)
    return answer(actions.practice(ctx.db, ctx.member, ctx.now, topic=topic, more=count - 1))


@router.command("每日一题", "今日一题", may=Action.STUDY, help="")
def question_of_the_day(ctx: Context, said: Said) -> Reply | str:
    if study.learner(ctx.db, ctx.member.id):
        return answer(actions.for_today(ctx.db, ctx.member, ctx.now))
    return Reply(
        text=text.INVITE,
        buttons=[
            button(text.JOIN_BUTTON, Say(words=joining_text.JOIN)),
            button(text.TRY, Say(words=text.QUIZ_ME)),
        ],
    )


@router.tap(Next, may=Action.STUDY)
def next_one(ctx: Context, tap: Next) -> Reply | str:
    before = study.asking(ctx.db, tap.asking_id, ctx.member.id)
    if before is None:
        raise Refusal(text.NOT_YOURS)
    match Why(before.why):
        case Why.DAILY:
            return answer(actions.for_today(ctx.db, ctx.member, ctx.now))
        case Why.MISTAKES:
            return answer(actions.mistakes(ctx.db, ctx.member, ctx.now))
        case Why.PRACTICE:
            left = max(0, before.left - 1)
            found = actions.practice(ctx.db, ctx.member, ctx.now, topic=before.topic, more=left)
            return answer(found)


@router.command(text.ENOUGH_WORDS, *text.ENOUGH_TOO, may=Action.STUDY, help="")
def enough(ctx: Context, said: Said) -> str:
    return text.ENOUGH


def answer(found: Asked | Nothing) -> Reply | str:
    match found:
        case Asked():
            return put(found)
        case Nothing(empty=True):
            return text.NO_BANK
        case Nothing(held=True, topic=topic):
            return text.held_back(topic)
        case Nothing(topic=topic, topics=there) if topic:
            return text.no_such_topic(topic, there)
        case Nothing(done=done):
            return text.DONE_TODAY if done else text.NOTHING_TODAY


def put(asked: Asked) -> Reply:
    return shown(asked).model_copy(update={"then": Answering(step="answer", asking_id=asked.id)})
