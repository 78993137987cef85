"""Polls and quizzes, as Bot API 9.6 has them."""

from dataclasses import dataclass, field

from sandbox.ids import letters
from sandbox.telegram.wire import bad, flag, number, units
from sandbox.values import Impossible, Json

OPTIONS = range(2, 13)


@dataclass
class Poll:
    shown: Json
    chat: int
    message: int = 0
    votes: dict[int, list[int]] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        return bool(self.shown["is_closed"])


@dataclass
class Polls:
    by_id: dict[str, Poll] = field(default_factory=dict)

    def make(self, asked: Json, chat: int) -> Poll:
        """Raises `Refused`."""
        question, options = str(asked.get("question", "")), wordings(asked.get("options"))
        if not 1 <= units(question) <= 300:
            raise bad("poll question must be non-empty and at most 300 characters")
        if len(options) not in OPTIONS:
            raise bad(
                "poll must have at least 2 option" if len(options) < 2 else "too many options"
            )
        if any(not 1 <= units(each) <= 100 for each in options):
            raise bad("poll options length must not exceed 100")
        id = str(5_000_000_000_000_000 + len(self.by_id))
        poll = Poll(described(id, asked, question, options), chat)
        self.by_id[id] = poll
        return poll

    def vote(self, id: str, user: int, options: list[int]) -> Poll:
        """Raises `Impossible`."""
        poll = self.by_id.get(id)
        if poll is None or poll.closed:
            raise Impossible("no such open poll")
        if poll.shown["type"] == "quiz" and user in poll.votes:
            raise Impossible("an answer to a quiz stands")
        if any(not 0 <= each < len(poll.shown["options"]) for each in options):
            raise Impossible("no such option")
        for number_of in poll.votes.get(user, []):
            poll.shown["options"][number_of]["voter_count"] -= 1
        for number_of in options:
            poll.shown["options"][number_of]["voter_count"] += 1
        poll.votes[user] = options
        poll.shown["total_voter_count"] = sum(bool(each) for each in poll.votes.values())
        return poll


def wordings(options: object) -> list[str]:
    given = options if isinstance(options, list) else []
    return [str(each["text"] if isinstance(each, dict) else each) for each in given]


def described(id: str, asked: Json, question: str, options: list[str]) -> Json:
    kind = str(asked.get("type") or "regular")
    poll: Json = {
        "id": id,
        "question": question,
        "options": [
            {"text": each, "voter_count": 0, "persistent_id": letters("option", id, n, length=12)}
            for n, each in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": str(asked.get("is_anonymous", "true")).lower() == "true",
        "type": kind,
        "allows_multiple_answers": flag(asked, "allows_multiple_answers"),
        "allows_revoting": kind != "quiz",
        "members_only": False,
    }
    if kind == "quiz":
        correct = asked.get("correct_option_ids", [])
        if not correct and "correct_option_id" in asked:
            correct = [number(asked, "correct_option_id")]
        if not correct or not all(each in range(len(options)) for each in correct):
            raise bad("wrong correct option ID specified")
        poll["correct_option_ids"] = correct
        if explanation := str(asked.get("explanation", "")):
            if units(explanation) > 200 or explanation.count("\n") > 2:
                raise bad("message is too long")
            poll["explanation"] = explanation
    return poll
