"""A question as it may be seen before the answer: stem, options in one's own order, and buttons
that name places. Nothing in it depends on what is right; a test compares."""

from bot.messages import Button, Reply, Tap, button
from bot.questions import LETTERS, Kind
from handlers.quiz.actions.asking import Asked
from handlers.quiz.text import asking as text


class Choose(Tap, prefix="q"):
    """The option shown at `place`."""

    asking_id: int
    place: int


class HandIn(Tap, prefix="qdone"):
    asking_id: int


class Reveal(Tap, prefix="qshow"):
    asking_id: int


class Next(Tap, prefix="qnext"):
    """One more of the sort that `asking_id` was."""

    asking_id: int


def shown(asked: Asked) -> Reply:
    return Reply(text=text.question(asked.question, asked.shown), buttons=buttons(asked))


def marked(asked: Asked) -> Reply:
    words = text.marked(asked.question, asked.shown, asked.marked)
    return Reply(text=words, buttons=buttons(asked))


def buttons(asked: Asked) -> list[Button]:
    match asked.question.kind:
        case Kind.SINGLE:
            return letters(asked)
        case Kind.MULTIPLE:
            return [*letters(asked), button(text.HAND_IN, HandIn(asking_id=asked.id))]
        case Kind.TRUE_FALSE:
            return [
                button(text.TRUE, Choose(asking_id=asked.id, place=0)),
                button(text.FALSE, Choose(asking_id=asked.id, place=1)),
            ]
        case Kind.CARD:
            return [button(text.REVEAL, Reveal(asking_id=asked.id))]
        case Kind.FILL | Kind.SHORT:
            return []  # «1» must be the answer, and not the first button


def letters(asked: Asked) -> list[Button]:
    return [
        button(letter, Choose(asking_id=asked.id, place=place))
        for place, letter in enumerate(LETTERS[: len(asked.order)])
    ]


def back(asked: Asked) -> Reply:
    """The answer of a card, and whether one knew it."""
    answer = text.answer_of(asked.question, (), ())
    reason = text.why(asked.question)
    return Reply(
        text="\n".join(filter(None, [text.revealed(answer), reason])),
        buttons=[
            button(text.KNOWN, Choose(asking_id=asked.id, place=0)),
            button(text.UNKNOWN, Choose(asking_id=asked.id, place=1)),
        ],
    )
