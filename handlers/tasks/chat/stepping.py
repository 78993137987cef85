"""签收, 完成, 进展, 延期, 转交; 通过, 退回, 销号, 同意: one tap, or one sentence."""

from typing import Literal

from bot.messages import Dialog, NotAnAnswer, Reply, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.tasks.actions import stepping as actions
from handlers.tasks.actions.stepping import Done, Elsewhere, Objected, Waits, Wish
from handlers.tasks.actions.taps import (
    Extend,
    Finish,
    FinishBare,
    HandTo,
    History,
    SignAll,
    Take,
    Tell,
)
from handlers.tasks.chat.deciding import decided, with_next
from handlers.tasks.chat.listing import keep
from handlers.tasks.rules import evidence, hearing
from handlers.tasks.rules.machine import NotLater, Refused, State, Step
from handlers.tasks.text import listing as listing_text
from handlers.tasks.text import refusing
from handlers.tasks.text import stepping as text
from handlers.tasks.text.common import named
from storage.tasks import Row

router = Router()
FEW = 3
Asking = Literal["progress", "return", "extend", "hand_over", "report"]


class Telling(Dialog, name="task_tell"):
    """A sentence is waited for: progress, a reason, a day, a name, or evidence."""

    step: Asking
    task_id: int


@router.tap(Take, may=Action.DO_TASKS)
def take(ctx: Context, tap: Take) -> Reply | str:
    return answer(ctx, actions.take(ctx.db, ctx.member, ctx.now, tap.task_id, Wish(Step(tap.step))))


@router.tap(SignAll, may=Action.DO_TASKS)
def sign_all(ctx: Context, _: SignAll) -> str:
    count = actions.sign_all(ctx.db, ctx.member, ctx.now)
    return text.signed_all(count) if count else text.NOTHING_NEW


@router.tap(History, may=Action.DO_TASKS)
def past(ctx: Context, tap: History) -> str:
    row, steps = actions.past(ctx.db, ctx.member, ctx.now, tap.task_id)
    name = named(row.number, row.title)
    return listing_text.past(name, row.issued_at, [listing_text.step(*each) for each in steps])


@router.command("签收", may=Action.DO_TASKS, help="")
def sign(ctx: Context, _: Said) -> Reply | str:
    return sign_all(ctx, SignAll())


@router.tap(Finish, may=Action.DO_TASKS)
def finish(ctx: Context, tap: Finish) -> Reply | str:
    return finished(ctx, tap.task_id, "")


@router.tap(FinishBare, may=Action.DO_TASKS)
def finish_bare(ctx: Context, tap: FinishBare) -> Reply | str:
    return stepped(ctx, tap.task_id, Wish(Step.REPORT))


def finished(ctx: Context, task_id: int, words: str) -> Reply | str:
    """Reported; but first asked for the evidence that the list wants, once."""
    row, _ = actions.seen(ctx.db, ctx.member, ctx.now, task_id)
    known = words or not row.evidence
    if known or actions.objection(ctx.db, ctx.member, ctx.now, row, Step.REPORT):
        return stepped(ctx, task_id, Wish(Step.REPORT, words))
    name = named(row.number, row.title)
    wanted, link = evidence.description(row.evidence), evidence.is_link(row.evidence)
    return Reply(
        text=text.ask_evidence(name, wanted, link=link),
        buttons=[button(text.NO_WORDS, FinishBare(task_id=task_id))],
        then=Telling(step="report", task_id=task_id),
    )


@router.tap(Tell, may=Action.DO_TASKS)
def tell(ctx: Context, tap: Tell) -> Reply | str:
    """What can be refused at once is not asked for."""
    row, _ = actions.seen(ctx.db, ctx.member, ctx.now, tap.task_id)
    if no := actions.objection(ctx.db, ctx.member, ctx.now, row, Step(tap.step)):
        return refused(row, no)
    name, then = named(row.number, row.title), Telling(step=tap.step, task_id=row.id)
    match tap.step:
        case "progress":
            return Reply(text=text.WHAT_PROGRESS, then=then)
        case "return":
            return Reply(text=text.WHAT_WRONG, then=then)
        case "extend":
            buttons = [
                button(label, Extend(task_id=row.id, until=row.due + days))
                for label, days in text.SOON
            ]
            return Reply(text=text.ask_until(name, row.due), buttons=buttons, then=then)
        case "hand_over":
            people = actions.candidates(ctx.db, ctx.member, row, ctx.now)
            few = list(people.items()) if len(people) <= FEW else []
            buttons = [button(who, HandTo(task_id=row.id, member=id)) for id, who in few]
            asked = text.ask_person(name, list(people.values())[:1])
            return Reply(text=asked, buttons=buttons, then=then)


@router.tap(Extend, may=Action.DO_TASKS)
def extend(ctx: Context, tap: Extend) -> Reply | str:
    return stepped(ctx, tap.task_id, Wish(Step.EXTEND, until=tap.until))


@router.tap(HandTo, may=Action.DO_TASKS)
def hand_to(ctx: Context, tap: HandTo) -> Reply | str:
    match actions.hand_over(ctx.db, ctx.member, ctx.now, tap.task_id, tap.member):
        case Elsewhere(name):
            return text.elsewhere(name)
        case Waits(name, since):
            row, _ = actions.seen(ctx.db, ctx.member, ctx.now, tap.task_id)
            said = text.waits(named(row.number, row.title), name, since)
            return Reply(text=said, buttons=[keep(row.id)])
        case taken:
            return answer(ctx, taken)


@router.answer(Telling, "progress", may=Action.DO_TASKS)
def told_progress(ctx: Context, dialog: Telling, words: str) -> Reply | str:
    check_answer(words, text.WHAT_PROGRESS, dialog)
    return stepped(ctx, dialog.task_id, Wish(Step.PROGRESS, words))


@router.answer(Telling, "report", may=Action.DO_TASKS)
def told_evidence(ctx: Context, dialog: Telling, words: str) -> Reply | str:
    check_answer(words, text.WHAT_EVIDENCE, dialog)
    said = "" if words == text.NO_WORDS else words
    return stepped(ctx, dialog.task_id, Wish(Step.REPORT, said))


@router.answer(Telling, "return", may=Action.DO_TASKS)
def told_reason(ctx: Context, dialog: Telling, words: str) -> Reply | str:
    check_answer(words, text.WHAT_WRONG, dialog)
    return stepped(ctx, dialog.task_id, Wish(Step.RETURN, words))


def check_answer(words: str, asked: str, dialog: Telling) -> None:
    """Who asks something meanwhile has not answered: it would be put on record as theirs."""
    if hearing.asks(words):
        raise NotAnAnswer(Reply(text=asked, then=dialog))


@router.answer(Telling, "extend", may=Action.DO_TASKS)
def told_day(ctx: Context, dialog: Telling, words: str) -> Reply | str:
    row, _ = actions.seen(ctx.db, ctx.member, ctx.now, dialog.task_id)
    asked = hearing.extension(words, row.due, ctx.now)
    if asked.until is None:
        raise NotAnAnswer(Reply(text=text.DAY_UNCLEAR, then=dialog))
    return stepped(ctx, row.id, Wish(Step.EXTEND, asked.reason, asked.until), dialog)


@router.answer(Telling, "hand_over", may=Action.DO_TASKS)
def told_person(ctx: Context, dialog: Telling, words: str) -> Reply | str:
    row, _ = actions.seen(ctx.db, ctx.member, ctx.now, dialog.task_id)
    people = actions.candidates(ctx.db, ctx.member, row, ctx.now)
    named_ = [id for id, name in people.items() if name in words]
    if not named_:
        raise NotAnAnswer(Reply(text=text.NOBODY_NAMED, then=dialog))
    if len(named_) == 1:
        return hand_to(ctx, HandTo(task_id=row.id, member=named_[0]))
    buttons = [button(people[id], HandTo(task_id=row.id, member=id)) for id in named_[:FEW]]
    return Reply(text=text.NOBODY_NAMED, buttons=buttons, then=dialog)


def stepped(ctx: Context, task_id: int, wish: Wish, asking: Dialog | None = None) -> Reply | str:
    found = actions.take(ctx.db, ctx.member, ctx.now, task_id, wish)
    said = answer(ctx, found)
    if isinstance(found, Objected) and isinstance(found.why, NotLater) and asking:
        return Reply(text=said if isinstance(said, str) else said.text, then=asking)
    return said


def answer(ctx: Context, found: Done | Objected) -> Reply | str:
    return refused(found.row, found.why) if isinstance(found, Objected) else done(ctx, found)


def refused(row: Row, why: Refused) -> str:
    return refusing.refused(named(row.number, row.title), why)


def done(ctx: Context, found: Done) -> Reply | str:
    row, name = found.row, named(found.row.number, found.row.title)
    unit = actions.name_of(ctx.db, ctx.now, row.org_id)
    match found.step:
        case Step.REPORT:
            return Reply(
                text=text.reported(name, actions.name_of(ctx.db, ctx.now, row.issuer)),
                buttons=[button(text.TAKE_BACK, Take(task_id=row.id, step="take_back"))],
            )
        case Step.NUDGE:
            people = actions.names_of_doers(ctx.db, ctx.now, row)
            return text.nudged(name, people, row.said if row.state == State.WORKING else "")
        case Step.ACCEPT | Step.RETURN | Step.CLOSE | Step.GRANT | Step.DECLINE:
            return with_next(ctx, decided(found, name, unit), row)
        case _:
            return worded(found, name, unit)


def worded(found: Done, name: str, unit: str) -> str:
    row = found.row
    match found.step:
        case Step.SIGN:
            return text.signed(name, row.due)
        case Step.PROGRESS:
            return text.progress(name, row.said)
        case Step.TAKE_BACK:
            return text.taken_back(name)
        case Step.EXTEND:
            return text.extension_asked(name, row.asked_until or row.due)
        case Step.HAND_OVER:
            return text.handed_over(name, found.name)
        case Step.TAKE:
            return text.taken(name, row.due)
        case Step.KEEP:
            return text.kept(name)
        case _:
            return text.withdrawn(name, unit)
