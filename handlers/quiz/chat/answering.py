from datetime import datetime

from bot.messages import Button, NotAnAnswer, Refusal, Reply, Say, button
from bot.permissions import Action
from bot.routing import Asked, Context, Router, Said
from handlers.quiz.actions import answering as actions
from handlers.quiz.actions.answering import (
    AlreadyAnswered,
    Back,
    HeldBack,
    Marked,
    NoAnswer,
    OnceMore,
    Outcome,
    Told,
    Withdrawn,
)
from handlers.quiz.actions.showing import Choose, HandIn, Next, Reveal, back, marked
from handlers.quiz.chat.asking import Answering
from handlers.quiz.rules.wishes import gives_up
from handlers.quiz.text import asking as text
from storage import study
from storage.database import Session
from storage.members import Speaker
from storage.study import Asking

router = Router()


@router.tap(Choose, may=Action.STUDY)
def choose(ctx: Context, tap: Choose) -> Reply | str:
    return answer(actions.tap(ctx.db, ctx.member, mine(ctx, tap.asking_id), tap.place, ctx.now))


@router.tap(HandIn, may=Action.STUDY)
def hand_in(ctx: Context, tap: HandIn) -> Reply | str:
    return answer(actions.hand_in(ctx.db, ctx.member, mine(ctx, tap.asking_id), ctx.now))


@router.tap(Reveal, may=Action.STUDY)
def reveal(ctx: Context, tap: Reveal) -> Reply | str:
    return answer(actions.reveal(ctx.db, ctx.member, mine(ctx, tap.asking_id), ctx.now))


@router.command(text.REVEAL, "不会", "不知道", may=Action.STUDY, help="")
def show_answer(ctx: Context, said: Said) -> Reply | str:
    row = actions.waiting(ctx.db, ctx.member.id)
    return answer(actions.reveal(ctx.db, ctx.member, row, ctx.now)) if row else text.NOTHING_ASKED


@router.expects
def sent(db: Session, member: Speaker, now: datetime) -> Asked | None:
    if found := actions.sent(db, member.id, now):
        return Asked(found.asked_at, Answering(step="answer", asking_id=found.id, sent=True))
    return None


@router.answer(Answering, "answer", may=Action.STUDY)
def said_while_it_waits(ctx: Context, dialog: Answering, words: str) -> Reply | str:
    """What is no answer is another wish; only if it is none either, the question is recalled."""
    row = mine(ctx, dialog.asking_id)
    match heard(ctx, dialog, row, words):
        case NoAnswer() if dialog.sent:
            raise NotAnAnswer
        case NoAnswer() | OnceMore() as missed:
            raise NotAnAnswer(waiting_on(missed, dialog.tries))
        case HeldBack():
            raise NotAnAnswer(Reply(text=text.HELD_BACK))
        case outcome:
            return answer(outcome)


def heard(ctx: Context, dialog: Answering, row: Asking, words: str) -> Outcome:
    """A number presses the button of a letter; in a conversation that is done before."""
    if gives_up(words) and not dialog.sent:
        return actions.reveal(ctx.db, ctx.member, row, ctx.now)
    if dialog.sent and words.isdecimal() and len(words) == 1:
        pressed = actions.press(ctx.db, ctx.member, row, int(words), ctx.now)
        if pressed is not None:
            return pressed
    return actions.say(ctx.db, ctx.member, row, words, ctx.now, dialog.tries)


@router.wish("quiz_answer", may=Action.STUDY)
def said_at_some_time(ctx: Context, said: Said) -> Reply | str:
    """After a letter: no question waits in the conversation, but one was sent."""
    row = actions.waiting(ctx.db, ctx.member.id)
    if row is None:
        return text.NOTHING_ASKED
    outcome = actions.say(ctx.db, ctx.member, row, said.text, ctx.now)
    if isinstance(outcome, NoAnswer) and (letters := str(said.slots.get("answer", ""))):
        outcome = actions.say(ctx.db, ctx.member, row, letters, ctx.now)
    return answer(outcome)


@router.command("解析", may=Action.STUDY, help="", intent="quiz_explain")
def explain(ctx: Context, said: Said) -> str:
    asked = actions.last_answered(ctx.db, ctx.member, ctx.now)
    if asked is None:
        return text.NOTHING_ANSWERED
    if isinstance(asked, HeldBack):
        return text.HELD_BACK
    right = text.answer_of(asked.question, asked.shown, asked.right)
    return text.explained(asked.question, right)


def mine(ctx: Context, asking_id: int) -> Asking:
    row = study.asking(ctx.db, asking_id, ctx.member.id)
    if row is None:
        raise Refusal(text.NOT_YOURS)
    return row


def answer(outcome: Outcome) -> Reply | str:
    match outcome:
        case Told():
            return told(outcome)
        case Marked(asked):
            return marked(asked).model_copy(update={"then": waiting(asked.id)})
        case Back(asked):
            return back(asked).model_copy(update={"then": waiting(asked.id)})
        case OnceMore() | NoAnswer():
            return waiting_on(outcome)
        case AlreadyAnswered():
            return text.ALREADY
        case Withdrawn():
            return text.WITHDRAWN
        case HeldBack():
            return text.HELD_BACK


def told(outcome: Told) -> Reply:
    asked = outcome.asked
    right = text.answer_of(asked.question, asked.shown, asked.right)
    head = (text.right if outcome.right else text.wrong)(right, text.why(asked.question))
    lines = [f"{head}{text.back_in(outcome.days)}"]
    lines += [text.belongs_to(outcome.late)] if outcome.late else []
    return Reply(text="\n".join(lines), buttons=after(outcome))


def after(outcome: Told) -> list[Button]:
    label = text.NEXT if outcome.more else text.MORE
    go_on = Next(asking_id=outcome.asked.id) if outcome.more else Say(words=text.QUIZ_ME)
    return [
        button(label, go_on),
        button(text.ENOUGH_WORDS, Say(words=text.ENOUGH_WORDS)),
        button(text.FAULTY, Say(words=text.FAULTY)),
    ]


def waiting_on(outcome: OnceMore | NoAnswer, tries: int = 0) -> Reply:
    asked = outcome.asked
    if isinstance(outcome, NoAnswer):
        words, again = text.not_an_answer(asked.question), tries
    else:
        words, again = text.once_more(asked.question, outcome.hits), tries + 1
    return Reply(text=words, then=Answering(step="answer", asking_id=asked.id, tries=again))


def waiting(asking_id: int) -> Answering:
    return Answering(step="answer", asking_id=asking_id)
