"""安排活动: in one line, or with at most three questions."""

from datetime import date

from bot.messages import Button, Dialog, NotAnAnswer, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.activities.actions import arranging as actions
from handlers.activities.actions.arranging import Ask, Preview
from handlers.activities.rules.arranging import (
    IN_ONE_LINE,
    NO_PLACE,
    OPENS_BEFORE,
    WISHED,
    Question,
)
from handlers.activities.text import arranging as text

router = Router()


class Publish(Tap, prefix="publish"):
    draft_id: int


class ChangeTime(Tap, prefix="retime"):
    draft_id: int


class Discard(Tap, prefix="discard"):
    draft_id: int


class Arranging(Dialog, name="arranging"):
    """We have asked what, when or where; `day` is known where only the hour is missing."""

    step: Question
    draft_id: int
    title: str = ""
    day: date | None = None


@router.command("安排活动", "安排会议", may=Action.ARRANGE_ACTIVITY, help=text.HELP)
def arrange(ctx: Context, said: Said) -> Reply:
    return answer(actions.begin(ctx.db, ctx.member, ctx.now, said.after))


@router.pattern(IN_ONE_LINE, may=Action.ARRANGE_ACTIVITY)
@router.pattern(WISHED, may=Action.ARRANGE_ACTIVITY)
def arrange_in_one_line(ctx: Context, said: Said) -> Reply:
    return answer(actions.begin(ctx.db, ctx.member, ctx.now, said.text))


@router.answer(Arranging, "what", may=Action.ARRANGE_ACTIVITY)
@router.answer(Arranging, "when", may=Action.ARRANGE_ACTIVITY)
@router.answer(Arranging, "where", may=Action.ARRANGE_ACTIVITY)
def learn(ctx: Context, dialog: Arranging, words: str) -> Reply:
    asked = Ask(dialog.draft_id, dialog.step, dialog.title, dialog.day)
    if dialog.step == "where" and all(NO_PLACE.fullmatch(each) for each in words.split()):
        raise NotAnAnswer(answer(asked))
    return answer(actions.learn(ctx.db, ctx.member, ctx.now, asked, words))


@router.tap(Publish, may=Action.ARRANGE_ACTIVITY)
def publish(ctx: Context, tap: Publish) -> str:
    done = actions.publish(ctx.db, ctx.member, ctx.now, tap.draft_id)
    return text.published(
        done.title, done.starts, done.venue, done.opens, to_sign_up=done.to_sign_up
    )


@router.tap(ChangeTime, may=Action.ARRANGE_ACTIVITY)
def change_time(ctx: Context, tap: ChangeTime) -> Reply:
    return answer(actions.ask_time(ctx.db, ctx.member, tap.draft_id))


@router.tap(Discard, may=Action.ARRANGE_ACTIVITY)
def discard(ctx: Context, tap: Discard) -> str:
    actions.discard(ctx.db, ctx.member, tap.draft_id)
    return text.DISCARDED


def answer(found: Ask | Preview) -> Reply:
    match found:
        case Ask():
            return Reply(
                text=question(found),
                buttons=suggestions(found),
                then=Arranging(
                    step=found.question,
                    draft_id=found.draft_id,
                    title=found.title,
                    day=found.day,
                ),
            )
        case Preview():
            return preview(found)


def question(asked: Ask) -> str:
    match asked.question:
        case "what":
            return text.what()
        case "when":
            return text.when(asked.title, asked.day, asked.trouble, asked.doubtful)
        case "where":
            return text.where(asked.title)


def suggestions(asked: Ask) -> list[Button]:
    match asked.question:
        case "what":
            words: tuple[str, ...] = text.EXAMPLES
        case "when":
            words = ()
        case "where":
            words = (asked.venue, text.UNDECIDED) if fits(asked.venue) else (text.UNDECIDED,)
    return [button(each, Say(words=each)) for each in words]


def fits(venue: str) -> bool:
    """Whether a button can carry it."""
    return 0 < len(venue.encode()) < 58


def preview(found: Preview) -> Reply:
    said = text.preview(
        found.title,
        found.starts,
        found.ends,
        found.venue,
        found.starts - OPENS_BEFORE,
        found.organiser,
        found.expected,
        found.clash,
    )
    return Reply(
        text=said,
        buttons=[
            button(text.PUBLISH, Publish(draft_id=found.draft_id)),
            button(text.CHANGE_TIME, ChangeTime(draft_id=found.draft_id)),
            button(text.DISCARD, Discard(draft_id=found.draft_id)),
        ],
    )
