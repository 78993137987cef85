from datetime import datetime

from bot.messages import Button, Dialog, NotAnAnswer, Refusal, Reply, Say, Tap, button
from bot.permissions import Action
from bot.questions import LETTERS, Kind
from bot.routing import Asked, Context, Router, Said
from handlers.contests.actions import joining, standing
from handlers.contests.actions import playing as actions
from handlers.contests.actions.hall import NotYet
from handlers.contests.actions.joining import Joined, Which
from handlers.contests.actions.playing import (
    Finished,
    Marking,
    NoAnswer,
    NoneOpen,
    Outcome,
    Seen,
    Shown,
    Taken,
    TimeUp,
    UsedUp,
)
from handlers.contests.text import playing as text
from storage import contests
from storage.contests import Heat, Sitting
from storage.database import Session
from storage.members import Speaker

router = Router()
LONGEST = 58
"""Bytes that a button can carry."""


class Choose(Tap, prefix="c"):
    attempt_id: int
    place: int
    option: int
    """As shown, not as the author numbered them."""


class HandIn(Tap, prefix="cdone"):
    attempt_id: int
    place: int


class Competing(Dialog, name="contest"):
    attempt_id: int
    place: int
    aside: bool = False
    """They have talked about something else since."""


@router.command("竞赛", may=Action.PLAY, help=text.HELP, intent="contest_info")
def what_is_on(ctx: Context, said: Said) -> Reply | str:
    heats = joining.coming(ctx.db, ctx.member, ctx.now)
    if not heats:
        last = standing.last_played(ctx.db, ctx.member)
        if last and not last.round.published_at:
            return text.being_checked(last.contest.name)
        return text.NONE
    names = {heat.contest.name: [h for h in heats if h.contest is heat.contest] for heat in heats}
    shown = [text.contest(name, [line(each) for each in rounds]) for name, rounds in names.items()]
    return Reply(
        text="\n".join([*shown, text.TIES]), buttons=[button(text.JOIN, Say(words=text.JOIN))]
    )


def line(heat: Heat) -> str:
    it = heat.round
    return text.round_line(
        it.name, it.kind, it.opens, it.closes, len(it.papers[0]), it.seconds_each, it.attempts
    )


@router.command("参赛", may=Action.PLAY, help="", intent="contest_join")
def join(ctx: Context, said: Said) -> Reply | str:
    match joining.join(ctx.db, ctx.member, ctx.now, said.text):
        case None:
            return text.NONE
        case Which(names):
            shown = [button(name, Say(words=f"{text.JOIN} {name}")) for name in names[:3]]
            return Reply(text=text.which(names), buttons=shown)
        case Joined(contest, new):
            words = text.joined(contest.name) if new else text.already_joined(contest.name)
            return Reply(
                text=words,
                buttons=[
                    button(text.START, Say(words=text.START)),
                    button(text.PRACTISE, Say(words=practice(ctx, contest.id))),
                ],
            )


def practice(ctx: Context, contest_id: int) -> str:
    """Of the contest's topic where it has one, and a button can carry it."""
    words = text.practise(joining.topic(ctx.db, contest_id))
    return words if len(words.encode()) < LONGEST else text.QUIZ_ME


@router.command("退出竞赛", "退赛", may=Action.PLAY, help="", intent="contest_leave")
def leave(ctx: Context, said: Said) -> str:
    return text.LEFT if joining.leave(ctx.db, ctx.member) else text.NOT_JOINED


@router.command("开始答题", "继续答题", "开始竞赛", may=Action.PLAY, help="")
def start(ctx: Context, said: Said) -> Reply | str:
    match actions.start(ctx.db, ctx.member, ctx.now):
        case Shown() as shown:
            return put("", shown)
        case NotYet(place):
            return look_at_the_wall("", place)
        case NoneOpen(joined):
            return text.NOTHING_OPEN if joined else text.NOT_JOINED
        case UsedUp():
            return text.NO_ATTEMPT_LEFT
        case TimeUp(by):
            return text.paper_over(by)


@router.tap(Choose, may=Action.PLAY)
def choose(ctx: Context, tap: Choose) -> Reply | str:
    row = mine(ctx, tap.attempt_id)
    return answer(actions.tap(ctx.db, row, tap.place, tap.option, ctx.now))


@router.tap(HandIn, may=Action.PLAY)
def hand_in(ctx: Context, tap: HandIn) -> Reply | str:
    return answer(actions.hand_in(ctx.db, mine(ctx, tap.attempt_id), tap.place, ctx.now))


@router.expects
def in_the_middle(db: Session, member: Speaker, now: datetime) -> Asked | None:
    row = actions.under_way(db, member.id, now)
    if row is None:
        return None
    asked = Competing(step="answer", attempt_id=row.id, place=row.place, aside=True)
    return Asked(row.shown_at, asked)


@router.answer(Competing, "answer", may=Action.PLAY)
def said_while_it_waits(ctx: Context, dialog: Competing, words: str) -> Reply | str:
    row = mine(ctx, dialog.attempt_id)
    outcome = actions.say(ctx.db, row, dialog.place, words, ctx.now)
    if isinstance(outcome, NoAnswer):
        raise NotAnAnswer(None if dialog.aside else put("", outcome.shown))
    return answer(outcome)


def mine(ctx: Context, attempt_id: int) -> Sitting:
    row = contests.attempt(ctx.db, attempt_id, ctx.member.id)
    if row is None:
        raise Refusal(text.NOT_YOURS)
    return row


def answer(outcome: Outcome) -> Reply | str:
    match outcome:
        case Taken(place, late, then):
            told = text.late(place, late) if late else text.taken(place)
            if isinstance(then, NotYet):
                return look_at_the_wall(told, then.place)
            return put(told, then)
        case Finished(place, late, total, seconds):
            told = text.finished(total, seconds)
            return f"{text.late(place, late)}\n{told}" if late else told
        case TimeUp(by):
            return text.paper_over(by)
        case NotYet(place):
            return look_at_the_wall("", place)
        case Seen():
            return text.SEEN
        case Marking(shown):
            letters = "".join(LETTERS[place] for place in shown.marked)
            return put(text.marked(letters), shown)
        case NoAnswer(shown):
            return put(text.MARK_FIRST, shown)


def look_at_the_wall(before: str, place: int) -> Reply:
    said = "\n".join(filter(None, [before, text.not_yet(place)]))
    return Reply(text=said, buttons=[button(each, Say(words=each)) for each in text.IN_THE_HALL])


def put(before: str, shown: Shown) -> Reply:
    asked = text.question(shown.question, shown.options, shown.place, shown.total, shown.seconds)
    return Reply(
        text="\n".join(filter(None, [before, asked])),
        buttons=buttons(shown),
        then=Competing(step="answer", attempt_id=shown.attempt_id, place=shown.place),
    )


def buttons(shown: Shown) -> list[Button]:
    labels = list(LETTERS[: len(shown.order)])
    if shown.question.kind is Kind.TRUE_FALSE:
        labels = [text.TRUE, text.FALSE]
    chosen = [
        button(label, Choose(attempt_id=shown.attempt_id, place=shown.place, option=option))
        for option, label in enumerate(labels)
    ]
    if shown.question.kind is Kind.MULTIPLE:
        done = HandIn(attempt_id=shown.attempt_id, place=shown.place)
        chosen.append(button(text.HAND_IN, done))
    return chosen
