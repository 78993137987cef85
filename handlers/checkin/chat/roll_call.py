"""点名, 列席, 免到 and 更正."""

from functools import partial

from bot.messages import Dialog, NotAnAnswer, Reply, Tap
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding.occasions import Occasion
from handlers.checkin.actions import roll_call as actions
from handlers.checkin.actions.choosing import meant
from handlers.checkin.chat.choosing import one_of, with_waiting
from handlers.checkin.rules.roll_call import OTHER_WISH
from handlers.checkin.text import roll_call as text
from storage import dialogs
from storage.attendance import State

router = Router()


class CallRoll(Tap, prefix="roll"):
    activity_id: int


class RollCall(Dialog, name="roll_call"):
    """Numbers mean the people who were shown, whoever else has come since."""

    step: str = "who"
    activity_id: int
    listed: list[str]


class Correction(Dialog, name="correction"):
    """We have asked why a record is to be annulled."""

    step: str = "why"
    activity_id: int
    member_id: str


@router.command("点名", may=Action.RUN_CHECK_IN, help=text.HELP)
def call_roll(ctx: Context, said: Said) -> Reply:
    if said.after and (dialog := open_dialog(ctx)):
        return called(ctx, dialog, said.after)
    found = meant(ctx.db, ctx.member, Action.RUN_CHECK_IN, ctx.now, Occasion())
    return one_of(found, text.NOTHING, CallRoll, partial(call_or_show, ctx, said.after))


@router.tap(CallRoll, may=Action.RUN_CHECK_IN)
def call_roll_there(ctx: Context, tap: CallRoll) -> Reply:
    return show_roll(ctx, tap.activity_id)


@router.answer(RollCall, "who", may=Action.RUN_CHECK_IN)
def hear_names(ctx: Context, dialog: RollCall, words: str) -> Reply:
    if OTHER_WISH.search(words):
        raise NotAnAnswer(Reply(text=text.NOT_HEARD, then=dialog))
    reply, anyone = called_by(ctx, dialog, words)
    if not anyone:
        raise NotAnAnswer(reply)
    return reply


@router.command("列席", may=Action.RUN_CHECK_IN, help=text.HELP_OBSERVER)
def admit(ctx: Context, said: Said) -> Reply | str:
    if not said.after:
        return text.WHO_OBSERVES
    return enter_as(ctx, said.after, State.OBSERVING)


@router.command("免到", may=Action.RUN_CHECK_IN, help=text.HELP_EXEMPT)
def excuse(ctx: Context, said: Said) -> Reply | str:
    if not said.after:
        return text.WHO_IS_EXEMPT
    return enter_as(ctx, said.after, State.EXEMPT)


@router.command("更正", may=Action.ANNUL_ATTENDANCE, help=text.HELP_CORRECT)
def correct(ctx: Context, said: Said) -> Reply | str:
    name, _, reason = said.after.replace("，", " ").partition(" ")
    if not name:
        return text.WHO_IS_WRONG
    found = meant(ctx.db, ctx.member, Action.ANNUL_ATTENDANCE, ctx.now, Occasion())
    return one_of(found[-1:], text.NOTHING, CallRoll, partial(annul, ctx, name, reason.strip()))


@router.answer(Correction, "why", may=Action.ANNUL_ATTENDANCE)
def correct_because(ctx: Context, dialog: Correction, words: str) -> str:
    done = actions.annul(ctx.db, ctx.member, ctx.now, dialog.activity_id, dialog.member_id, words)
    return text.annulled(done.name, done.held.title, done.reason)


def open_dialog(ctx: Context) -> RollCall | None:
    waiting = dialogs.waiting(ctx.db, [ctx.address]).get(ctx.address)
    if waiting is None or waiting.name != RollCall.name or waiting.expires < ctx.now:
        return None
    return RollCall.model_validate(waiting.answers)


def call_or_show(ctx: Context, words: str, activity_id: int) -> Reply:
    if not words:
        return show_roll(ctx, activity_id)
    if any(char.isdecimal() for char in words):  # of a list that nobody has seen
        shown = show_roll(ctx, activity_id)
        return shown.model_copy(update={"text": f"{text.NUMBERS_NEED_A_LIST}\n{shown.text}"})
    return called(ctx, RollCall(activity_id=activity_id, listed=[]), words)


def show_roll(ctx: Context, activity_id: int) -> Reply:
    roll = actions.roll(ctx.db, ctx.member, ctx.now, activity_id)
    said = text.roll(roll.held.title, [each.name for each in roll.missing])
    if not roll.missing:
        return with_waiting(ctx, Reply(text=said))
    listed = [each.id for each in roll.missing] if len(roll.missing) <= text.SHOWN else []
    return Reply(text=said, then=RollCall(activity_id=activity_id, listed=listed))


def called(ctx: Context, dialog: RollCall, words: str) -> Reply:
    return called_by(ctx, dialog, words)[0]


def called_by(ctx: Context, dialog: RollCall, words: str) -> tuple[Reply, bool]:
    """What was recorded and what was not understood, more may follow; and whether anyone was
    named at all."""
    done = actions.call(ctx.db, ctx.member, ctx.now, dialog.activity_id, words, dialog.listed)
    said = worded(done, State.PRESENT)
    if not (done.recorded or done.already):
        return Reply(text=said or text.NOT_HEARD, then=dialog), False
    return with_waiting(ctx, Reply(text=said, then=dialog)), True


def enter_as(ctx: Context, words: str, state: State) -> Reply:
    def enter(activity_id: int) -> Reply:
        done = actions.call(ctx.db, ctx.member, ctx.now, activity_id, words, (), state)
        return Reply(text=worded(done, state) or text.NOT_HEARD)

    found = meant(ctx.db, ctx.member, Action.RUN_CHECK_IN, ctx.now, Occasion())
    return one_of(found, text.NOTHING, CallRoll, enter)


def annul(ctx: Context, name: str, reason: str, activity_id: int) -> Reply:
    found = actions.on_record(ctx.db, ctx.member, ctx.now, activity_id, name)
    if len(found.ids) != 1:
        return Reply(text=text.not_understood(found.unclear, found.ambiguous) or text.NOT_HEARD)
    [member_id] = found.ids
    if not reason:
        return Reply(text=text.WHY, then=Correction(activity_id=activity_id, member_id=member_id))
    done = actions.annul(ctx.db, ctx.member, ctx.now, activity_id, member_id, reason)
    return Reply(text=text.annulled(done.name, done.held.title, done.reason))


def worded(done: actions.Called, state: State) -> str:
    return text.called(
        state,
        done.held.title,
        done.recorded,
        done.already,
        came=done.came,
        expected=done.expected,
    ) + text.not_understood(done.unclear, done.ambiguous)
