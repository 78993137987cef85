"""One question while it is being read, and what becomes of it."""

import re
from dataclasses import dataclass, field

from bot.files.tables import Fault
from bot.questions import LETTERS, Kind, Question
from bot.questions.judging import BLANK
from handlers.bank.rules import tables
from handlers.bank.rules.found import Findings, Found, Trouble, id_of, objections
from handlers.bank.rules.pasted import keys
from handlers.bank.rules.pasted.lines import folded, kind_marked
from handlers.bank.rules.pasted.options import options_in

SAYS_TRUE, SAYS_FALSE = {"对", "正确", "是", "√"}, {"错", "错误", "否", "×", "不正确"}
STATED = {
    "单选": Kind.SINGLE, "多选": Kind.MULTIPLE, "判断": Kind.TRUE_FALSE, "填空": Kind.FILL,
    "简答": Kind.SHORT, "问答": Kind.CARD,
}  # fmt: skip


@dataclass
class Draft:
    line: int
    number: int
    stem: str
    kind: Kind | None = None
    """As its section or its own mark says."""
    options: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    """What was labelled."""
    listed: str = ""
    """Its answer in the list at the end."""

    @property
    def answered(self) -> bool:
        return bool(self.facts.get("answer") or self.facts.get("points") or self.listed)


def finished(draft: Draft, findings: Findings) -> None:
    """A question, or every reason why not."""
    faults: list[tuple[Trouble, str]] = []
    marked, stem = kind_marked(draft.stem)
    bracketed, stem = keys.in_stem(stem, len(draft.options))
    answer = one_answer(draft, bracketed, faults)
    stated = draft.facts.get("kind", "")
    kind = STATED.get(stated.removesuffix("题")) or marked or draft.kind
    if stated and stated.removesuffix("题") not in STATED:
        faults.append((Trouble.NO_KIND, stated))
    faults += lost(stem, answer, told=kind is not None or bool(draft.options))
    kind = kind or inferred(draft, stem, answer)
    question = made(draft, kind, stem, answer, faults)
    faults += [each for each in objections(question) if each[0] not in {f for f, _ in faults}]
    aside = Findings()
    question = with_facts(draft, question, aside)
    findings.faults += aside.faults
    for what, said in faults:
        findings.faults.append(Fault(draft.line, "", what, said[:30]))
    if not faults and not aside.faults:
        id = draft.facts.get("id", "") or id_of(question)
        findings.found.append(Found(draft.line, id, question))


def lost(stem: str, answer: str, *, told: bool) -> list[tuple[Trouble, str]]:
    """A line that must have been there: options that stand where the stem should, or a letter as
    the answer to what offers none. Unless we are told that letters are the answer."""
    if options_in(stem, 0):
        return [(Trouble.NOT_UNDERSTOOD, stem)]
    letters = keys.letters_in(answer) or ""
    return [(Trouble.NO_SUCH_OPTION, answer)] if letters and not told and is_key(letters) else []


def is_key(letters: str) -> bool:
    """BD, and not AED."""
    return list(letters) == sorted(set(letters))


def one_answer(draft: Draft, bracketed: str, faults: list[tuple[Trouble, str]]) -> str:
    """Said in several places it must be the same."""
    said = [each for each in (draft.facts.get("answer", ""), draft.listed, bracketed) if each]
    if len({keys.letters_in(each) or keys.tidy(each) for each in said}) > 1:
        faults.append((Trouble.ANSWER_TWICE, said[-1]))
    return said[0] if said else ""


def inferred(draft: Draft, stem: str, answer: str) -> Kind:
    if "points" in draft.facts:
        return Kind.SHORT
    if draft.options:
        letters = keys.letters_in(answer) or ""
        return Kind.MULTIPLE if len(letters) > 1 else Kind.SINGLE
    if keys.truth_in(answer) is not None:
        return Kind.TRUE_FALSE
    return Kind.FILL if BLANK.search(folded(stem)) else Kind.CARD


def made(
    draft: Draft, kind: Kind, stem: str, answer: str, faults: list[tuple[Trouble, str]]
) -> Question:
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            right = lettered(answer, faults)
            return Question(kind=kind, stem=stem, options=tuple(draft.options), right=right)
        case Kind.TRUE_FALSE:
            stem = stem.replace(keys.EMPTY, "").strip()
            return Question(kind=kind, stem=stem, right=true_or_false(draft, answer, faults))
        case Kind.FILL:
            return Question(kind=kind, stem=stem, accepted=blanks(stem, answer, faults))
        case Kind.SHORT:
            points = tables.accepted_of(kind, draft.facts.get("points", ""))
            least = draft.facts.get("min_hits", "1").removesuffix("点")
            hits = int(least) if least.isdecimal() else 0
            return Question(kind=kind, stem=stem, accepted=points, min_hits=hits)
        case Kind.CARD:
            return Question(kind=kind, stem=stem, accepted=((answer,),) if answer else ())


def lettered(answer: str, faults: list[tuple[Trouble, str]]) -> tuple[int, ...]:
    letters = keys.letters_in(answer)
    if answer and letters is None:
        faults.append((Trouble.NOT_UNDERSTOOD, answer))
    return tuple(LETTERS.index(each) for each in letters or "")


def true_or_false(draft: Draft, answer: str, faults: list[tuple[Trouble, str]]) -> tuple[int, ...]:
    """With options of its own («A 正确 B 错误») the letter stands for these."""
    truth = keys.truth_in(answer)
    letters = keys.letters_in(answer)
    if draft.options:
        means = [
            0 if each in SAYS_TRUE else 1 if each in SAYS_FALSE else 2 for each in draft.options
        ]
        if sorted(means) != [0, 1]:
            faults.append((Trouble.NOT_UNDERSTOOD, "、".join(draft.options)))
            return (0,)
        if letters in {"A", "B"}:
            truth = means["AB".index(letters)]
    if answer and truth is None:
        faults.append((Trouble.NOT_UNDERSTOOD, answer))
    return () if truth is None else (truth,)


def blanks(
    stem: str, answer: str, faults: list[tuple[Trouble, str]]
) -> tuple[tuple[str, ...], ...]:
    """As many answers as blanks; one blank takes the whole answer."""
    count = len(BLANK.findall(folded(stem).replace(keys.EMPTY, "( )")))
    for marks in (";；", "、，,", " \u3000"):
        groups = [each.strip() for each in tables.cut(answer, marks) if each.strip()]
        if len(groups) == max(1, count) or (marks == ";；" and len(groups) > 1):
            break
    else:
        groups = [answer.strip()] if answer.strip() else []
    if groups and len(groups) != count:
        faults.append((Trouble.BLANKS_DIFFER, f"{count} / {len(groups)}"))
    return tuple(
        tuple(tables.unescaped(w.strip()) for w in tables.cut(each, "/／") if w.strip())
        for each in groups
    )


def with_facts(draft: Draft, question: Question, findings: Findings) -> Question:
    cells = {**draft.facts, "difficulty": re.sub(r"级$", "", draft.facts.get("difficulty", ""))}
    return question.model_copy(
        update={
            "topic": cells.get("topic", ""),
            "explanation": cells.get("explanation", ""),
            "source": cells.get("source", ""),
            "verification": cells.get("verification", ""),
            "difficulty": tables.level_of(findings, draft.line, cells),
            "valid_until": tables.day_of(findings, draft.line, cells),
        }
    )
