"""GIFT, as Moodle documents it. What has no place in it (difficulty, clause …) is written in
comments «// @difficulty 2», which other programs pass over."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.questions import Kind, Question
from handlers.bank.rules.found import Findings, Found, Trouble, id_of, objections
from handlers.bank.rules.markup import not_text, plain_text
from handlers.bank.rules.tables import ID

SPECIAL = "~=#{}:"
ANSWER = re.compile(r"([=~])\s*(?:%(-?\d+(?:\.\d+)?)%)?")
TITLE = re.compile(r"::((?:[^:\\]|\\.|:(?!:))*)::")
FORMAT = re.compile(r"\s*\[(html|plain|markdown|moodle)\]")
ARROW = r"(?<!\\)->"
TRUTH = {"T": 0, "TRUE": 0, "F": 1, "FALSE": 1}
META = re.compile(r"//\s*@(\w+) (.*)")
META_FIELDS = ("difficulty", "source", "verification", "valid_until", "kind", "min_hits")


class NotThis(Exception):
    """Why it is no question of ours."""

    def __init__(self, what: Trouble, said: str = "") -> None:
        super().__init__(what)
        self.what, self.said = what, said


@dataclass
class Block:
    line: int
    words: str
    topic: str
    meta: dict[str, str]


def looks_like(words: str) -> bool:
    return bool(re.search(r"^[ \t]*(::.*::|\$CATEGORY:|//)", words, re.M) and "{" in words) or bool(
        re.search(r"(?<!\\)\{\s*(?:[=~#]|T\b|F\b|TRUE|FALSE)", words)
    )


def read(lines: Sequence[str]) -> Findings:
    findings = Findings()
    for block in blocks(lines):
        try:
            id, question = question_of(block)
        except NotThis as reason:
            findings.fault(block.line, reason.what, reason.said or block.words)
            continue
        troubles = objections(question)
        for what, said in troubles:
            findings.fault(block.line, what, said)
        if not troubles:
            findings.found.append(Found(block.line, id, question))
    return findings


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Questions are apart by empty lines; comments and categories have lines of their own."""
    topic, meta = "", dict[str, str]()
    begins, words = 0, list[str]()
    for at, line in enumerate([*lines, ""], start=1):
        bare = line.strip()
        if found := META.fullmatch(bare):
            meta[found[1]] = unescaped(found[2])
        elif bare.startswith("//"):
            continue
        elif bare.startswith("$CATEGORY:"):
            topic = bare.removeprefix("$CATEGORY:").strip().split("/")[-1].removeprefix("$course$")
            topic = "" if topic == "top" else unescaped(topic)
        elif bare:
            begins = begins or at
            words.append(bare)
        elif words:
            yield Block(begins, "\n".join(words), topic, meta)
            begins, words, meta = 0, [], {}


def question_of(block: Block) -> tuple[str, Question]:
    words, title = block.words, ""
    if found := TITLE.match(words):
        title, words = unescaped(found[1]).strip(), words[found.end() :]
    markup = FORMAT.match(words)
    words = words[markup.end() :] if markup else words
    before, inside, after = braces(words)
    stem = unescaped(before).strip()
    if after.strip():
        stem = f"{stem}____{unescaped(after).strip()}"
    body, _, feedback = apart(inside, "####")
    answered = answers_of(body.strip(), stem)
    answered |= {"explanation": unescaped(feedback).strip(), "topic": block.topic}
    question = with_meta(Question(**answered), block.meta)
    if markup and markup[1] == "html":
        question = without_markup(question)
    return title if ID.fullmatch(title) else id_of(question), question


def braces(words: str) -> tuple[str, str, str]:
    marks = [m for m in re.finditer(r"(?<!\\)[{}]", words)]
    if [m[0] for m in marks] != ["{", "}"]:
        raise NotThis(Trouble.NO_ANSWER if not marks else Trouble.NOT_UNDERSTOOD)
    opens, closes = marks
    return (
        words[: opens.start()],
        words[opens.end() : closes.start()],
        words[closes.end() :],
    )


def apart(words: str, mark: str) -> tuple[str, str, str]:
    """Like `partition`, past what is escaped."""
    found = re.search(rf"(?<!\\){re.escape(mark)}", words)
    if not found:
        return words, "", ""
    return words[: found.start()], mark, words[found.end() :]


def answers_of(body: str, stem: str) -> dict[str, Any]:
    if body.upper().partition("#")[0].strip() in TRUTH:
        truth = TRUTH[body.upper().partition("#")[0].strip()]
        return {"kind": Kind.TRUE_FALSE, "stem": stem, "right": (truth,)}
    if not body:
        raise NotThis(Trouble.NO_ANSWER)
    if body.startswith("#"):
        return number(body[1:].strip(), stem)
    marks = list(re.finditer(rf"(?<!\\){ANSWER.pattern}", body))
    if not marks or body[: marks[0].start()].strip():
        raise NotThis(Trouble.NOT_UNDERSTOOD, body)
    ends = [m.start() for m in marks[1:]] + [len(body)]
    raw = [apart(body[m.end() : end], "#")[0] for m, end in zip(marks, ends, strict=True)]
    if any(re.search(ARROW, each) for each in raw):
        return paired([re.split(ARROW, each, maxsplit=1) for each in raw], stem)
    texts = [unescaped(each).strip() for each in raw]
    weights = [float(m[2]) if m[2] else 100.0 if m[1] == "=" else 0.0 for m in marks]
    if all(m[1] == "=" for m in marks):
        return words_of(texts, weights, stem)
    return choice(texts, weights, stem)


def paired(raw: Sequence[Sequence[str]], stem: str) -> dict[str, Any]:
    pairs = [tuple(unescaped(side).strip() for side in each) for each in raw]
    if any(len(pair) != 2 for pair in pairs):
        raise NotThis(Trouble.NO_ANSWER)
    return matched([(left, right) for left, right in pairs], stem)


def matched(pairs: Sequence[tuple[str, str]], stem: str) -> dict[str, Any]:
    """What belongs together becomes a card: both sides are shown, the right one in an order that
    tells nothing, and one judges oneself. A left side that is empty only makes it harder."""
    if any(not right for _, right in pairs):
        raise NotThis(Trouble.NO_ANSWER)
    asked = [(left, right) for left, right in pairs if left]
    if len(asked) < 2:
        raise NotThis(Trouble.NOT_UNDERSTOOD, stem)
    sides = "、".join(left for left, _ in asked), "、".join(sorted({right for _, right in pairs}))
    answer = "；".join(f"{left} → {right}" for left, right in asked)
    return {"kind": Kind.CARD, "stem": "\n".join([stem, *sides]), "accepted": ((answer,),)}


def words_of(texts: Sequence[str], weights: Sequence[float], stem: str) -> dict[str, Any]:
    for text, weight in zip(texts, weights, strict=True):
        if weight != 100:
            raise NotThis(Trouble.ALL_ANSWERS_NEEDED, text)
        if "*" in text:  # Moodle takes it for anything at all
            raise NotThis(Trouble.NOT_SUPPORTED, text)
    stem = stem if "____" in stem else f"{stem}____"
    return {"kind": Kind.FILL, "stem": stem, "accepted": (tuple(texts),)}


def choice(texts: Sequence[str], weights: Sequence[float], stem: str) -> dict[str, Any]:
    """All that is worth something together must be worth everything, and nothing else."""
    right = tuple(at for at, weight in enumerate(weights) if weight > 0)
    worth = sum(weights[at] for at in right)
    if not right:
        raise NotThis(Trouble.NO_ANSWER)
    single = len(right) == 1 and worth == 100
    if not single and not 98 <= worth <= 102:
        raise NotThis(Trouble.ALL_ANSWERS_NEEDED, "、".join(texts[at] for at in right))
    kind = Kind.SINGLE if single else Kind.MULTIPLE
    return {"kind": kind, "stem": stem, "options": tuple(texts), "right": right}


def number(body: str, stem: str) -> dict[str, Any]:
    """Only what is exact: words and numbers are compared, not measured."""
    said = body.removeprefix("=").partition("#")[0].strip()
    value, _, tolerance = said.partition(":")
    if tolerance.strip() not in {"", "0"} or not re.fullmatch(r"-?\d+(\.\d+)?", value.strip()):
        raise NotThis(Trouble.NOT_SUPPORTED, body)
    stem = stem if "____" in stem else f"{stem}____"
    return {"kind": Kind.FILL, "stem": stem, "accepted": ((value.strip(),),)}


def with_meta(question: Question, meta: dict[str, str]) -> Question:
    update: dict[str, Any] = {k: v for k, v in meta.items() if k in {"source", "verification"}}
    if meta.get("difficulty") in {"1", "2", "3"}:
        update["difficulty"] = int(meta["difficulty"])
    if meta.get("kind") == Kind.MULTIPLE and question.kind is Kind.SINGLE:
        update["kind"] = Kind.MULTIPLE
    if "valid_until" in meta:
        try:
            update["valid_until"] = date.fromisoformat(meta["valid_until"])
        except ValueError:
            raise NotThis(Trouble.BAD_DAY, meta["valid_until"]) from None
    return question.model_copy(update=update)


def without_markup(question: Question) -> Question:
    accepted = [each for group in question.accepted for each in group]
    for words in (question.stem, *question.options, *accepted, question.explanation):
        if lost := not_text(words):
            raise NotThis(Trouble.NOT_SUPPORTED, lost)
    return question.model_copy(
        update={
            "stem": plain_text(question.stem),
            "options": tuple(plain_text(each) for each in question.options),
            "accepted": tuple(tuple(map(plain_text, group)) for group in question.accepted),
            "explanation": plain_text(question.explanation),
        }
    )


def unescaped(words: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], words)


def escaped(words: str) -> str:
    tidy = re.sub(rf"([\\{SPECIAL}])", r"\\\1", words)
    return tidy.replace("->", "-\\>").replace("\n", "\\n")


def written(entries: Iterable[tuple[str, Question]]) -> str:
    return "\n".join("\n".join([*block_of(id, question), ""]) for id, question in entries)


def block_of(id: str, question: Question) -> Iterator[str]:
    yield f"$CATEGORY: {escaped(question.topic)}\n"
    for name in ("difficulty", "source", "verification", "valid_until", "kind"):
        if value := getattr(question, name):
            yield f"// @{name} {escaped(str(value))}"
    feedback = f"####{escaped(question.explanation)}" if question.explanation else ""
    yield f"::{escaped(id)}::{escaped(question.stem)}{{{inside(question)}{feedback}}}"


def inside(question: Question) -> str:
    match question.kind:
        case Kind.TRUE_FALSE:
            return "T" if question.right == (0,) else "F"
        case Kind.SINGLE | Kind.MULTIPLE:
            share = round(100 / len(question.right), 5)
            weight = "=" if len(question.right) == 1 else f"~%{share:g}%"
            return " ".join(
                f"{weight if at in question.right else '~'}{escaped(option)}"
                for at, option in enumerate(question.options)
            )
        case _:
            return " ".join(f"={escaped(each)}" for each in question.accepted[0])
