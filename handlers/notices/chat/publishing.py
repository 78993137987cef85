"""发通知: in one line or by dialogue, seen before it goes, confirmed by a tap."""

import re

from bot.messages import Button, Dialog, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding import times
from bot.understanding.times import Moment
from handlers.notices.actions import drafting, releasing
from handlers.notices.actions.drafting import Ask, Preview, Question
from handlers.notices.actions.releasing import Already, AskedSecond, Declined, Released, Second
from handlers.notices.chat.following import counts
from handlers.notices.rules import wording
from handlers.notices.rules.audience import TO_THOSE
from handlers.notices.text import publishing as text

router = Router()


class Confirm(Tap, prefix="notify"):
    draft_id: int
    version: int
    receipt: bool
    urgent: bool


class Reword(Tap, prefix="notereword"):
    draft_id: int


class Discard(Tap, prefix="notediscard"):
    draft_id: int


class Publishing(Dialog, name="notice"):
    step: Question
    draft_id: int


@router.command("发通知", "通知", may=Action.SEND_NOTICE, help=text.HELP, intent="notice_publish")
def publish(ctx: Context, said: Said) -> Reply:
    content = str(said.slots.get("content", ""))
    if not content and said.after:
        content = wording.without_head(said.after)
    head = said.text.replace(content, "") if content else said.text
    return begin(ctx, head, content, receipt=bool(said.slots.get("receipt")))


@router.pattern(TO_THOSE, may=Action.SEND_NOTICE)
def publish_to_those(ctx: Context, said: Said) -> Reply:
    found = re.fullmatch(TO_THOSE, said.text)
    assert found
    return begin(ctx, found["whom"], found["what"], receipt=False)


def begin(ctx: Context, head: str, content: str, *, receipt: bool) -> Reply:
    found = drafting.begin(
        ctx.db, ctx.member, ctx.now, head, content, ctx.read_beside, receipt=receipt
    )
    return answer(ctx, found)


@router.answer(Publishing, "what", may=Action.SEND_NOTICE)
@router.answer(Publishing, "whom", may=Action.SEND_NOTICE)
def learn(ctx: Context, dialog: Publishing, words: str) -> Reply:
    asked = Ask(dialog.draft_id, dialog.step)
    return answer(ctx, drafting.learn(ctx.db, ctx.member, ctx.now, asked, words, ctx.read_beside))


@router.tap(Reword, may=Action.SEND_NOTICE)
def reword(ctx: Context, tap: Reword) -> Reply:
    drafting.own_draft(ctx.db, ctx.member, tap.draft_id)
    return ask(Ask(tap.draft_id, "what"))


@router.tap(Discard, may=Action.SEND_NOTICE)
def discard(ctx: Context, tap: Discard) -> str:
    drafting.discard(ctx.db, ctx.member, ctx.now, tap.draft_id)
    return text.DISCARDED


@router.tap(Confirm, may=Action.SEND_NOTICE)
def confirm(ctx: Context, tap: Confirm) -> Reply:
    done = releasing.confirm(
        ctx.db,
        ctx.member,
        ctx.now,
        tap.draft_id,
        tap.version,
        ctx.read_beside,
        receipt=tap.receipt,
        urgent=tap.urgent,
    )
    match done:
        case Released():
            return released(ctx, done)
        case AskedSecond(_, count, names, broadcast_id):
            return Reply(text=text.asked_second(count, names), buttons=[take_back(broadcast_id)])
        case Already(row):
            return counts(ctx, row)
        case Preview():
            return preview(ctx, done)


@router.tap(Second, may=Action.SEND_NOTICE)
def second(ctx: Context, tap: Second) -> Reply:
    decide = releasing.agree if tap.agree else releasing.decline
    match decide(ctx.db, ctx.member, ctx.now, tap.broadcast_id, tap.version):
        case Released() as done:
            return released(ctx, done)
        case Declined(author):
            return Reply(text=text.declined(author))
        case Already(row):
            return counts(ctx, row)


def released(ctx: Context, done: Released) -> Reply:
    if done.goes_at > ctx.now:
        said = text.counting_down(done.words, done.count, done.goes_at)
        return Reply(text=said, buttons=[take_back(done.broadcast_id)])
    return Reply(text=text.released(done.words, done.count))


def take_back(broadcast_id: int) -> Button:
    return button(text.TAKE_BACK, releasing.TakeBack(broadcast_id=broadcast_id))


def answer(ctx: Context, found: Ask | Preview) -> Reply:
    match found:
        case Ask():
            return ask(found)
        case Preview():
            return preview(ctx, found)


def ask(asked: Ask) -> Reply:
    then = Publishing(step=asked.question, draft_id=asked.draft_id)
    match asked.question:
        case "what":
            return Reply(text=text.WHAT, then=then)
        case "whom":
            choices = (text.EVERYBODY, text.SECRETARIES)
            buttons = [button(each, Say(words=each)) for each in choices]
            return Reply(text=text.WHOM, buttons=buttons, then=then)


def preview(ctx: Context, found: Preview) -> Reply:
    said = text.preview(found.words, found.text, found.count, ways(ctx, found), list(notes(found)))
    return Reply(text=said, buttons=choices(found))


def ways(ctx: Context, found: Preview) -> str:
    reached = found.ways
    said = text.ways(reached.by, sum(reached.not_reached.values()))
    if reached.last_at and found.count > wording.SECOND_ABOVE:
        said += text.until(times.echo(Moment(reached.last_at), ctx.now))
    return said


def notes(found: Preview) -> list[str]:
    return [
        note
        for note, holds in (
            (text.URGENT, found.urgent),
            (text.WITH_RECEIPT, found.receipt),
            (text.AT_NIGHT, found.at_night and not found.urgent),
            (text.links(found.new_hosts), bool(found.new_hosts)),
            (text.second_needed(wording.SECOND_ABOVE), found.needs_second),
        )
        if holds
    ]


def choices(found: Preview) -> list[Button]:
    def send(label: str, *, receipt: bool = False, urgent: bool = False) -> Button:
        version, id = found.version, found.draft_id
        return button(label, Confirm(draft_id=id, version=version, receipt=receipt, urgent=urgent))

    late = found.at_night and not found.urgent
    buttons = [send(text.SEND_IN_THE_MORNING if late else text.SEND)]
    if late:
        buttons.append(send(text.SEND_NOW, urgent=True))
    elif not found.receipt:
        buttons.append(send(text.SEND_WITH_RECEIPT, receipt=True))
    buttons.append(button(text.CHANGE, Reword(draft_id=found.draft_id)))
    buttons.append(button(text.DISCARD, Discard(draft_id=found.draft_id)))
    return buttons
