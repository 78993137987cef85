"""通知情况: who has got it and who has read it; changed and called back."""

import re

from bot.messages import Button, Dialog, Refusal, Reply, Tap, button
from bot.permissions import Action, authorize
from bot.routing import Context, Router, Said
from bot.text import day_and_time
from handlers.notices.actions import drafting, reminding
from handlers.notices.actions import following as actions
from handlers.notices.actions.following import EditAsked, Edited, Status
from handlers.notices.actions.posting import Ack, TakeOver
from handlers.notices.actions.releasing import TakeBack
from handlers.notices.rules.phrases import EDIT, RECALL, UNDO
from handlers.notices.text import following as text
from handlers.notices.text import publishing
from storage import broadcasts
from storage.broadcasts import Broadcast, Stage

router = Router()


class Remind(Tap, prefix="noteremind"):
    broadcast_id: int


class Edit(Tap, prefix="noteedit"):
    broadcast_id: int
    version: int


class Editing(Dialog, name="notice_edit"):
    step: str = "what"
    broadcast_id: int
    version: int


@router.command("通知情况", may=Action.SEND_NOTICE, help=text.HELP, intent="notice_status")
def how_is_it(ctx: Context, _: Said) -> Reply:
    return counts(ctx, drafting.latest(ctx.db, ctx.member, ctx.now))


def counts(ctx: Context, row: Broadcast) -> Reply:
    """Numbers for everybody who listens; names only for whoever asks."""
    return told(actions.status(ctx.db, ctx.member, ctx.now, row))


def told(found: Status) -> Reply:
    row = found.row
    when = day_and_time(row.confirmed_at or row.made_at)
    numbers = text.status(when, row.words, vars(found.counts), text.stage(row.stage))
    if found.unsaid:
        numbers += text.unsaid(found.unsaid, back=row.stage == Stage.CANCELLED)
    lines = [numbers]
    if row.receipt:
        numbers += text.receipts(found.read, len(found.unread)) + "。"
        listed = "：" + text.names(list(found.unread.values())) if found.unread else ""
        lines.append(text.receipts(found.read, len(found.unread)) + listed)
    return Reply(text="\n".join(lines), in_group=numbers, buttons=next_steps(found))


def next_steps(found: Status) -> list[Button]:
    id = found.row.id
    buttons = []
    if found.unread and not found.row.reminded_at:
        buttons.append(button(text.REMIND, Remind(broadcast_id=id)))
    if found.counts.held or found.row.stage == Stage.HELD:
        buttons.append(button(publishing.TAKE_OVER, TakeOver(broadcast_id=id)))
    if found.counts.not_yet and found.row.stage != Stage.CANCELLED:
        buttons.append(button(text.EDIT, Edit(broadcast_id=id, version=found.row.version)))
        buttons.append(button(text.RECALL, TakeBack(broadcast_id=id)))
    return buttons


@router.tap(Remind, may=Action.SEND_NOTICE)
def remind(ctx: Context, tap: Remind) -> str:
    count, before = reminding.remind(ctx.db, ctx.member, ctx.now, tap.broadcast_id)
    return text.reminded(count, before=before)


@router.command("撤回通知", "撤销通知", may=Action.SEND_NOTICE, help=text.HELP_RECALL)
def recall(ctx: Context, _: Said) -> str:
    return stop(ctx, drafting.latest(ctx.db, ctx.member, ctx.now).id)


@router.pattern(RECALL, may=Action.SEND_NOTICE)
def recall_in_words(ctx: Context, _: Said) -> str:
    return stop(ctx, drafting.latest(ctx.db, ctx.member, ctx.now).id)


@router.pattern(UNDO, may=Action.READ_NOTICES)
def undo(ctx: Context, _: Said) -> str:
    """Said alone, by whoever has just sent one."""
    row = drafting.going_out(ctx.db, ctx.member, ctx.now)
    if row is None:
        sends = authorize(ctx.member, Action.SEND_NOTICE)
        raise Refusal(text.NOTHING_TO_UNDO if sends else text.NOTHING_OF_YOURS)
    return stop(ctx, row.id)


@router.tap(TakeBack, may=Action.SEND_NOTICE)
def take_back(ctx: Context, tap: TakeBack) -> str:
    return stop(ctx, tap.broadcast_id)


def stop(ctx: Context, broadcast_id: int) -> str:
    done = actions.stop(ctx.db, ctx.member, ctx.now, broadcast_id)
    if done.before == Stage.CANCELLED:
        return text.stopped_before(vars(done.counts))
    return text.stopped(done.counts.told, done.counts.cancelled, done.taking_back)


@router.tap(TakeOver, may=Action.SEND_NOTICE)
def take_over(ctx: Context, tap: TakeOver) -> Reply:
    return told(actions.take_over(ctx.db, ctx.member, ctx.now, tap.broadcast_id))


@router.tap(Edit, may=Action.SEND_NOTICE)
def edit(_: Context, tap: Edit) -> Reply:
    return Reply(
        text=text.WHAT_INSTEAD, then=Editing(broadcast_id=tap.broadcast_id, version=tap.version)
    )


@router.answer(Editing, "what", may=Action.SEND_NOTICE)
def edited(ctx: Context, dialog: Editing, words: str) -> str:
    return change(ctx, dialog.broadcast_id, words, dialog.version)


@router.pattern(EDIT, may=Action.SEND_NOTICE)
def edit_in_words(ctx: Context, said: Said) -> str:
    found = re.fullmatch(EDIT, said.text)
    assert found
    row = drafting.latest(ctx.db, ctx.member, ctx.now)
    return change(ctx, row.id, found["what"] or found["instead"])


def change(ctx: Context, broadcast_id: int, words: str, seen: int = 0) -> str:
    match actions.edit(ctx.db, ctx.member, ctx.now, broadcast_id, words, seen):
        case Edited(told_old, not_yet, changing):
            return text.edited(told_old, not_yet, changing)
        case EditAsked(names):
            return text.edit_asked(names)


@router.tap(Ack, may=Action.READ_NOTICES)
def acknowledge(ctx: Context, tap: Ack) -> str:
    row = actions.acknowledge(ctx.db, ctx.member, ctx.now, tap.broadcast_id)
    return text.acknowledged(row.text)


@router.command("确认收到", may=Action.READ_NOTICES, help="", intent="notice_ack")
def acknowledge_in_words(ctx: Context, _: Said) -> Reply:
    rows = broadcasts.to_be_read(ctx.db, ctx.member.id, ctx.now - drafting.RECENTLY)
    match rows:
        case ():
            return Reply(text=text.NOTHING_TO_ACK)
        case (row,):
            return Reply(text=acknowledge(ctx, Ack(broadcast_id=row.id)))
        case several:
            buttons = [
                button(text.short(row.text), Ack(broadcast_id=row.id)) for row in several[:4]
            ]
            return Reply(text=text.WHICH, buttons=buttons)
