"""Questions in tables: .csv, .xlsx and .yaml, one row or block a question."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.files.tables import Block, Table
from bot.questions import LETTERS, Kind, Question
from bot.questions.values import CHOSEN, Variants
from handlers.bank.rules.found import Findings, Found, Trouble, id_of, letters, objections

COLUMNS = (
    *("id", "type", "topic", "difficulty", "stem"),
    *(f"option_{letter.lower()}" for letter in LETTERS[:6]),
    *("answer", "min_hits", "explanation", "source", "verification", "valid_until"),
)
NESTED = frozenset({"options", "blanks", "keywords"})
"""In YAML."""
WHERE = {
    Trouble.NO_STEM: "stem", Trouble.TOO_LONG: "stem", Trouble.NO_OPTIONS: "option_b",
    Trouble.NO_ANSWER: "answer", Trouble.NO_SUCH_OPTION: "answer",
    Trouble.ONE_ANSWER_ONLY: "answer", Trouble.BAD_HITS: "min_hits",
}  # fmt: skip
NAMES = {
    "编号": "id", "题号": "id", "类型": "type", "题型": "type", "主题": "topic",
    "难度": "difficulty",
    "题干": "stem", "题目": "stem", "答案": "answer", "正确答案": "answer", "命中数": "min_hits",
    "解析": "explanation", "依据": "source", "出处": "source", "核对": "verification",
    "有效期至": "valid_until",
    **{f"选项{letter}": f"option_{letter.lower()}" for letter in LETTERS[:6]},
}  # fmt: skip
KINDS = {
    "单选": "single", "单选题": "single", "单项选择": "single",
    "多选": "multiple", "多选题": "multiple",
    "判断": "true_false", "判断题": "true_false", "填空": "fill", "填空题": "fill", "简答": "short",
    "简答题": "short", "问答": "card", "问答题": "card", "卡片": "card",
}  # fmt: skip
LEVELS = {"": 2, "1": 1, "2": 2, "3": 3, "易": 1, "中": 2, "难": 3, "容易": 1, "中等": 2, "较难": 3}
TRUTH = {
    **dict.fromkeys(("t", "true", "对", "正确", "√", "是", "a"), 0),
    **dict.fromkeys(("f", "false", "错", "错误", "×", "否", "b"), 1),
}
ID = re.compile(r"[\w.-]{1,20}")
Cells = Mapping[str, str]


def read(source: Table | Block) -> Findings:
    findings = Findings()
    if isinstance(source, Table):
        findings.faults += source.faults
        unknown(findings, 1, [NAMES.get(each, each) for each in source.columns])
        for row in source.rows:
            cells = {NAMES.get(key, key): value for key, value in row.cells.items()}
            take(findings, row.number, cells)
    else:
        for block in source.blocks("questions"):
            unknown(findings, block.line, block.values)
            take(findings, block.line, flat(block))
    repeated(findings)
    return findings


def unknown(findings: Findings, line: int, names: Iterable[str]) -> None:
    """A name that is written otherwise would lose what stands under it."""
    for name in names:
        if name and name not in COLUMNS and name not in NESTED:
            findings.fault(line, Trouble.COLUMN_UNKNOWN, column=name)


def repeated(findings: Findings) -> None:
    """The same number must not mean two questions."""
    first: dict[str, int] = {}
    for each in findings.found:
        if each.id in first:
            findings.fault(each.line, Trouble.ID_TWICE, each.id)
        first.setdefault(each.id, each.line)


def flat(block: Block) -> Cells:
    """A block of YAML as the row of a table that says the same."""
    cells = {key: value for key, value in block.values.items() if isinstance(value, str)}
    for options in block.blocks("options"):
        cells |= {f"option_{k.lower()}": v for k, v in options.values.items() if isinstance(v, str)}
    if isinstance(listed := block.values.get("options"), list):
        lettered = zip(LETTERS, listed, strict=False)
        cells |= {f"option_{letter.lower()}": o for letter, o in lettered if isinstance(o, str)}
    given = block.values.get("answer")
    if isinstance(given, Sequence) and not isinstance(given, str):
        cells["answer"] = "".join(each for each in given if isinstance(each, str))
    for key in ("blanks", "keywords"):
        if isinstance(groups := block.values.get(key), list):
            words = [each if isinstance(each, list) else [each] for each in groups]
            cells["answer"] = ";".join(
                "/".join(escaped(w) for w in each if isinstance(w, str)) for each in words
            )
    return cells


def take(findings: Findings, line: int, cells: Cells) -> None:
    if not any(cells.values()):
        return
    before = len(findings.faults)
    kind = kind_of(cells)
    if kind is None:
        findings.fault(line, Trouble.NO_KIND, cells.get("type", ""), "type")
        return
    question = question_of(findings, line, kind, cells)
    for what, said in objections(question) if len(findings.faults) == before else ():
        findings.fault(line, what, said, WHERE.get(what, ""))
    id = cells.get("id", "") or id_of(question)
    if not ID.fullmatch(id):
        findings.fault(line, Trouble.BAD_ID, id, "id")
    if len(findings.faults) == before:
        findings.found.append(Found(line, id, question))


def kind_of(cells: Cells) -> Kind | None:
    said = cells.get("type", "").lower()
    said = KINDS.get(said, said)
    return Kind(said) if said in set(Kind) else None


def question_of(findings: Findings, line: int, kind: Kind, cells: Cells) -> Question:
    options = tuple(options_of(findings, line, cells))
    answer = cells.get("answer", "")
    chosen = kind in CHOSEN
    return Question(
        kind=kind,
        stem=cells.get("stem", ""),
        options=() if kind is Kind.TRUE_FALSE else options,
        right=right_of(findings, line, kind, answer) if chosen else (),
        accepted=() if chosen else accepted_of(kind, answer),
        min_hits=hits_of(findings, line, kind, cells),
        topic=cells.get("topic", ""),
        difficulty=level_of(findings, line, cells),
        explanation=cells.get("explanation", ""),
        source=cells.get("source", ""),
        verification=cells.get("verification", ""),
        valid_until=day_of(findings, line, cells),
    )


def options_of(findings: Findings, line: int, cells: Cells) -> Iterator[str]:
    """In the order of their letters, without a gap."""
    written = [cells.get(f"option_{letter.lower()}", "") for letter in LETTERS]
    while written and not written[-1]:
        written.pop()
    for letter, option in zip(LETTERS, written, strict=False):
        if not option:
            findings.fault(line, Trouble.EMPTY_OPTION, letter, f"option_{letter.lower()}")
        yield option


def right_of(findings: Findings, line: int, kind: Kind, answer: str) -> tuple[int, ...]:
    if kind is Kind.TRUE_FALSE:
        if answer and answer.lower() not in TRUTH:
            findings.fault(line, Trouble.NOT_UNDERSTOOD, answer, "answer")
        return (TRUTH[answer.lower()],) if answer.lower() in TRUTH else ()
    tidy = re.sub(r"[\s,，、;；]", "", answer).upper()
    if any(letter not in LETTERS for letter in tidy):
        findings.fault(line, Trouble.NOT_UNDERSTOOD, answer, "answer")
        return ()
    return tuple(sorted({LETTERS.index(letter) for letter in tidy}))


def accepted_of(kind: Kind, answer: str) -> tuple[Variants, ...]:
    """Blanks or key points apart by ; and their wordings by /; a backslash takes both as they
    are. The answer of a card is one text."""
    if kind is Kind.CARD:
        return ((answer,),) if answer else ()
    groups = cut(answer, ";；")
    return tuple(
        tuple(unescaped(word.strip()) for word in cut(group, "/／") if word.strip())
        for group in groups
        if group.strip()
    )


def cut(words: str, marks: str) -> list[str]:
    parts = [""]
    escape = False
    for char in words:
        if char in marks and not escape:
            parts.append("")
        else:
            parts[-1] += char
        escape = char == "\\" and not escape
    return parts


def escaped(word: str) -> str:
    return re.sub(r"([\\;；/／])", r"\\\1", word)


def unescaped(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word)


def hits_of(findings: Findings, line: int, kind: Kind, cells: Cells) -> int:
    said = cells.get("min_hits", "")
    if kind is not Kind.SHORT:
        return 0
    if said and not said.isdecimal():
        findings.fault(line, Trouble.BAD_HITS, said, "min_hits")
    return int(said) if said.isdecimal() else 1


def level_of(findings: Findings, line: int, cells: Cells) -> int:
    said = cells.get("difficulty", "")
    if said not in LEVELS:
        findings.fault(line, Trouble.BAD_DIFFICULTY, said, "difficulty")
    return LEVELS.get(said, 2)


def day_of(findings: Findings, line: int, cells: Cells) -> date | None:
    said = cells.get("valid_until", "")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        findings.fault(line, Trouble.BAD_DAY, said, "valid_until")
        return None


def row_of(id: str, question: Question) -> Cells:
    """What `read` makes the same question of."""
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {
        "id": id, "type": question.kind.value, "topic": question.topic,
        "difficulty": str(question.difficulty), "stem": question.stem,
        "explanation": question.explanation, "source": question.source,
        "verification": question.verification, "answer": answer_of(question),
        "min_hits": str(question.min_hits) if question.kind is Kind.SHORT else "",
        "valid_until": question.valid_until.isoformat() if question.valid_until else "",
    }  # fmt: skip
    options = zip(LETTERS, question.options, strict=False)
    cells |= {f"option_{letter.lower()}": o for letter, o in options}
    return cells


def answer_of(question: Question) -> str:
    match question.kind:
        case Kind.TRUE_FALSE:
            return "T" if question.right == (0,) else "F"
        case Kind.SINGLE | Kind.MULTIPLE:
            return letters(question.right)
        case Kind.CARD:
            return question.accepted[0][0]
        case Kind.FILL | Kind.SHORT:
            return ";".join("/".join(escaped(w) for w in group) for group in question.accepted)
