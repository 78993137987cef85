"""Aiken: a stem, options «A. …» or «A) …», and «ANSWER: A». Single choice, nothing else."""

import re
from collections.abc import Iterable, Sequence

from bot.questions import LETTERS, Kind, Question
from handlers.bank.rules.found import Findings, Found, Trouble, id_of, letters, objections

OPTION = re.compile(r"([A-Z])[.)]\s+(.*)")
ANSWER = re.compile(r"ANSWER:\s*([A-Za-z])\s*")


def looks_like(words: str) -> bool:
    return bool(re.search(r"^ANSWER:\s*[A-Za-z]\s*$", words, re.M))


def read(lines: Sequence[str]) -> Findings:
    findings = Findings()
    begins, stem, options = 0, list[str](), list[str]()
    for at, line in enumerate([*lines, ""], start=1):
        words = line.strip()
        if found := ANSWER.fullmatch(words):
            taken(findings, begins or at, " ".join(stem), options, found[1].upper())
            begins, stem, options = 0, [], []
        elif found := OPTION.fullmatch(words):
            if found[1] != LETTERS[len(options) : len(options) + 1]:
                findings.fault(at, Trouble.LETTER_MISSING, found[1])
            options.append(found[2].strip())
        elif words and options:
            findings.fault(at, Trouble.NOT_UNDERSTOOD, words)
        elif words:
            begins = begins or at
            stem.append(words)
    if stem or options:
        findings.fault(begins or len(lines), Trouble.NO_ANSWER, " ".join(stem))
    return findings


def taken(findings: Findings, at: int, stem: str, options: Sequence[str], answer: str) -> None:
    right = LETTERS.find(answer)
    question = Question(
        kind=Kind.SINGLE, stem=stem, options=tuple(options), right=(right,) if right >= 0 else ()
    )
    troubles = objections(question)
    for what, said in troubles:
        findings.fault(at, what, said)
    if not troubles:
        findings.found.append(Found(at, id_of(question), question))


def written(entries: Iterable[tuple[str, Question]]) -> str:
    return "\n".join(
        "\n".join(
            [
                question.stem,
                *(f"{x}. {o}" for x, o in zip(LETTERS, question.options, strict=False)),
                f"ANSWER: {letters(question.right)}",
                "",
            ]
        )
        for _, question in entries
    )
