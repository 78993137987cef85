"""我的提醒: seen, called off, moved, put off."""

import re

from bot.messages import Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding import times
from bot.understanding.times import Moment
from handlers.reminders import text
from handlers.reminders.actions import keeping as actions
from handlers.reminders.actions import setting
from handlers.reminders.actions.keeping import AllOfThem, Cancelled, NoneSuch, Several
from handlers.reminders.actions.posting import PutOff
from handlers.reminders.actions.setting import Set
from handlers.reminders.chat.setting import Cancel, Retime, answer, confirmed
from handlers.reminders.rules.choosing import CHANGE

router = Router()
SHOWN = 8
"""Lines of a list on a small phone."""


class CancelAll(Tap, prefix="owncancelall"):
    pass


class Keep(Tap, prefix="ownkeep"):
    pass


class Restore(Tap, prefix="ownrestore"):
    reminder_id: int


@router.command("我的提醒", may=Action.OWN_REMINDERS, help=text.HELP_LIST, intent="reminder_list")
def listed(ctx: Context, _: Said) -> Reply:
    rows = actions.listed(ctx.db, ctx.member, ctx.now)
    if not rows:
        return Reply(text=text.NONE_YET)
    said = text.listing([line(ctx, row) for row in rows[:SHOWN]], len(rows[SHOWN:]))
    change = button(text.CHANGE_TIME, Say(words=text.CHANGE_ONE))
    return Reply(text=said, buttons=[change, button(text.DROP_ONE, Say(words=text.DROP))])


@router.command("取消提醒", may=Action.OWN_REMINDERS, help="", intent="reminder_cancel")
def cancel_in_words(ctx: Context, said: Said) -> Reply:
    match actions.cancel_in_words(ctx.db, ctx.member, ctx.now, said.text, said.slots):
        case Cancelled(was):
            return undoable(ctx, was)
        case AllOfThem(count):
            return Reply(
                text=text.confirm_all(count),
                buttons=[button(text.ALL_OF_THEM, CancelAll()), button(text.KEEP, Keep())],
            )
        case Several(rows):
            choices = [button(line(ctx, row), Cancel(reminder_id=row.id)) for row in rows[:SHOWN]]
            return Reply(text=text.WHICH_TO_CANCEL, buttons=choices)
        case NoneSuch(rows):
            return Reply(text=text.none_such(len(rows)))


@router.tap(Cancel, may=Action.OWN_REMINDERS)
def cancel(ctx: Context, tap: Cancel) -> Reply:
    return undoable(ctx, actions.cancel(ctx.db, ctx.member, ctx.now, tap.reminder_id).was)


@router.tap(CancelAll, may=Action.OWN_REMINDERS)
def cancel_all(ctx: Context, _: CancelAll) -> str:
    return text.all_cancelled(actions.cancel_all(ctx.db, ctx.member, ctx.now))


@router.tap(Keep, may=Action.OWN_REMINDERS)
def keep(_: Context, __: Keep) -> str:
    return text.KEPT


@router.tap(Restore, may=Action.OWN_REMINDERS)
def restore(ctx: Context, tap: Restore) -> Reply:
    return confirmed(ctx, actions.restore(ctx.db, ctx.member, ctx.now, tap.reminder_id))


@router.tap(PutOff, may=Action.OWN_REMINDERS)
def put_off(ctx: Context, tap: PutOff) -> Reply:
    done = actions.put_off(ctx.db, ctx.member, ctx.now, tap.reminder_id, tap.minute, tap.tomorrow)
    return Reply(text=text.put_off(done.content, times.echo(Moment(done.at), ctx.now)))


@router.command("改提醒", may=Action.OWN_REMINDERS, help="")
def change(ctx: Context, said: Said) -> Reply:
    rows = actions.listed(ctx.db, ctx.member, ctx.now)
    return which_to_change(ctx, Several(rows)) if rows else Reply(text=text.NONE_YET)


@router.pattern(CHANGE, may=Action.OWN_REMINDERS)
def change_in_words(ctx: Context, said: Said) -> Reply:
    told = re.fullmatch(CHANGE, said.text)
    assert told
    slots = {"content": told["which"]}
    match actions.meant(ctx.db, ctx.member, ctx.now, told["which"], slots):
        case Set() as row:
            return answer(ctx, setting.move(ctx.db, ctx.member, ctx.now, row.id, told["when"]))
        case Several() as several:
            return which_to_change(ctx, several)
        case NoneSuch(rows):
            return Reply(text=text.none_such(len(rows)))


def which_to_change(ctx: Context, several: Several) -> Reply:
    choices = [button(line(ctx, row), Retime(reminder_id=row.id)) for row in several.rows[:SHOWN]]
    return Reply(text=text.WHICH_TO_CHANGE, buttons=choices)


def undoable(ctx: Context, was: Set) -> Reply:
    said = text.cancelled(was.content, times.echo(Moment(was.at), ctx.now), was.again)
    return Reply(text=said, buttons=[button(text.UNDO, Restore(reminder_id=was.id))])


def line(ctx: Context, row: Set) -> str:
    return text.line(row.content, times.echo(Moment(row.at), ctx.now), row.again)
