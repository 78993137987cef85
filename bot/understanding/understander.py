"""From a message to what it asks for: hear, weigh, decide, fill in the slots."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import exp

from bot.understanding import certainty
from bot.understanding.corrections import corrected
from bot.understanding.hearing import Hearing, content_of
from bot.understanding.intents import SURE, Guess, Intent, Slots, Understanding, Value
from bot.understanding.names import NOBODY, Names
from bot.understanding.negation import after_refusal
from bot.understanding.normal import normalise
from bot.understanding.phrases import Vocabulary
from bot.understanding.places import add_places, add_titles, people_in, times_in
from bot.understanding.repair import Ear
from bot.understanding.slots.branches import named_in as branches_named
from bot.understanding.slots.people import named_in as people_named
from bot.understanding.sounds import sound_of, spelling_of
from bot.understanding.splitting import split
from bot.understanding.weighing import Evidence, Scales, wanted
from bot.understanding.words import ACTIVITIES, SOFT, TIMES

LIKELIEST = 3
SAMPLE = 70
"""Examples of an intent."""
WORTH_OFFERING = 4.0
"""A guess that weighs so much less than the best is not offered."""
RIVAL = 0.85
"""A clause asks for something of its own if the whole message speaks for that this much, too."""
CLEAR = 3.5
"""A clause that weighs this much is a wish of its own."""


class Understander:
    """Knows what can be asked for, and recognises it. Pure: the same words mean the same."""

    def __init__(self, intents: Sequence[Intent]) -> None:
        """ValueError where two intents share an id or a phrase can never match."""
        self.intents = {intent.id: replace(intent, examples=()) for intent in intents}
        if len(self.intents) != len(intents):
            raise ValueError("two intents with the same id")
        self._scales = Scales(intents)
        self._vocabulary = Vocabulary(self._scales.words | SOFT | ACTIVITIES)
        self._ear = Ear.for_words(
            (self._scales.words | ACTIVITIES) - SOFT,
            SOFT | TIMES,
            often=_spoken(intents),
            commands=_commands(intents, self._scales.words),
        )
        sound_of()
        spelling_of.cache_clear()  # seven thousand syllables, which only the ear was made from

    def understand(
        self,
        text: str,
        *,
        now: datetime,
        names: Names = NOBODY,
    ) -> Understanding:
        """Never raises. `now` is aware, in the organisation's zone; `names` are those the speaker
        may see. Who speaks makes no difference to what is meant, only to what is granted."""
        hearing = self._hear(text, now, names)
        hearing, whole = self._weigh(hearing)
        understood = self._decide(hearing, whole)
        wishes = self._wishes(hearing, whole) if whole else []
        if len(wishes) > 1:
            return replace(understood, wishes=tuple(wishes))
        if wishes and _is_said_along(whole[0], understood, wishes[0]):
            return replace(wishes[0], text=text)
        return understood

    def slots(self, intent: str, text: str, *, now: datetime, names: Names = NOBODY) -> Slots:
        """The slots of a message whose intent is known, because we asked. KeyError if it is not."""
        hearing = self._hear(text, now, names)
        known = [each for each in self._scales.weigh(hearing) if each.intent.id == intent]
        return self._slots(hearing, known[0] if known else Evidence(self.intents[intent]))

    def _hear(self, text: str, now: datetime, names: Names) -> Hearing:
        said = normalise(text)
        named = [span for span, _ in names.people_in(said.plain)]
        named += [*people_named(said.plain), *branches_named(said.plain)]
        said = self._ear.correct(said, frozenset(at for span in named for at in range(*span)))
        times_found = times_in(said, now)
        people = people_in(said, names)
        meant = corrected(said, times_found, [span for span, _ in people], now)
        if meant is not said:
            said, times_found, people = meant, times_in(meant, now), people_in(meant, names)
        hits = self._vocabulary.scan(said.plain)
        branches = tuple(names.branches_in(said.plain))
        titles = add_titles(hits, said.plain, names, times_found)
        add_places(hits, said.plain, times_found, people, branches, titles)
        content = content_of(said.plain, hits)
        return Hearing(said, now, names, hits, times_found, people, branches, content, titles)

    def _weigh(self, hearing: Hearing) -> tuple[Hearing, list[Evidence]]:
        """What speaks for each intent; of 「不是请假，是签到」 only what follows counts."""
        meant = after_refusal(hearing)
        if meant and (weighed := self._scales.weigh(meant)) and wanted(weighed[0]):
            return meant, weighed
        return hearing, self._scales.weigh(hearing, instead=meant is not None)

    def _decide(self, hearing: Hearing, weighed: list[Evidence]) -> Understanding:
        if not weighed:
            return Understanding(hearing.said.text)
        best = weighed[0]
        slots = self._slots(hearing, best)
        sure = certainty.confidence(hearing, best, weighed[1:], slots)
        return Understanding(
            text=hearing.said.text,
            likeliest=best.intent.id,
            slots=slots,
            confidence=sure,
            changes=best.intent.changes,
            alternatives=_guesses(weighed, sure),
            why=_why(hearing, best),
        )

    def _slots(self, hearing: Hearing, best: Evidence) -> Slots:
        heard = hearing.recognised_by(best.spans)
        if best.intent.looking and hearing.times:
            found = times_in(hearing.said, hearing.now, best.intent.looking)
            heard = replace(heard, times=found)
        slots: dict[str, Value] = {}
        for find in best.intent.slots:
            slots |= {name: value for name, value in find(heard).items() if name not in slots}
        return slots

    def _wishes(self, hearing: Hearing, whole: list[Evidence]) -> list[Understanding]:
        """One for each clause that asks for something else than the last.

        Where only a comma parts two clauses, the second is often no wish but a reason: it counts
        if the message as a whole speaks for it nearly as much as for the likeliest.
        """
        clauses = split(hearing)
        if len(clauses) < 2:  # weighed already
            return []
        likely = {each.intent.id for each in whole if each.phrased >= RIVAL * whole[0].phrased}
        one = _spans_clauses(hearing, whole[0])
        wishes: list[Understanding] = []
        for clause, begins_anew in clauses:
            wish = self._wish(clause)
            if wish is None or (wishes and wishes[-1].likeliest in self._answered_by(wish)):
                continue
            if begins_anew or (not one and wish.likeliest in likely) or not wishes:
                wishes.append(wish)
            if self.intents[wish.likeliest or ""].takes_rest:
                break
        return wishes

    def _answered_by(self, wish: Understanding) -> frozenset[str]:
        """After which wishes this one asks for nothing more: after itself, for one."""
        intent = self.intents[wish.likeliest or ""]
        return intent.offered_by | {intent.id}

    def _wish(self, clause: Hearing) -> Understanding | None:
        weighed = self._scales.weigh(clause, least=CLEAR)
        if not weighed or weighed[0].phrased < CLEAR or weighed[0].intent.aside:
            return None
        understood = self._decide(clause, weighed)
        said = clause.surface((0, len(clause.plain)))
        return replace(understood, text=said) if understood.confidence >= SURE else None


def _is_said_along(best: Evidence, whole: Understanding, wish: Understanding) -> bool:
    """早，到了，谢谢; 还有谁没到，催一下: what is wanted is what the one clause asks for."""
    in_passing = best.intent.aside and best.phrased > 0
    return in_passing or (not whole.sure and wish.likeliest in best.intent.offered_by)


def _spoken(intents: Sequence[Intent]) -> str:
    """A sample: how often a word is said in it decides between two that sound alike."""
    return "\n".join(text for intent in intents for text in intent.examples[:SAMPLE])


def _commands(intents: Sequence[Intent], heard: frozenset[str]) -> frozenset[str]:
    """The words of two characters by which wishes are called: 签到, 任务, 查询."""
    called = {part for intent in intents for part in (intent.zh[:2], intent.zh[-2:])}
    called |= {text for intent in intents for text in intent.examples[:1] if len(text) == 2}
    return frozenset(word for word in (called & heard) - SOFT if "我" not in word)


def _spans_clauses(hearing: Hearing, best: Evidence) -> bool:
    """Whether the strongest phrase reaches over a comma: 昨天忘签到了，能补签吗 is one wish."""
    if not best.spans:
        return True
    start, end = best.spans[0][0], best.spans[-1][1]
    return any(char in "，。！？；,!?;" for char in hearing.plain[start:end])


def _guesses(weighed: list[Evidence], sure: float) -> tuple[Guess, ...]:
    best = weighed[0].score
    return tuple(
        Guess(each.intent.id, each.intent.zh, round(sure * exp(each.score - best), 3))
        for each in weighed[:LIKELIEST]
        if each.score > best - WORTH_OFFERING and each.score > 0
    )


def _why(hearing: Hearing, best: Evidence) -> str:
    if best.phrased <= 0:
        return f"like its examples ({best.alike:.1f})"
    heard = "…".join(hearing.surface(span) for span in best.spans)
    return f"{best.phrase} ← {heard}"
