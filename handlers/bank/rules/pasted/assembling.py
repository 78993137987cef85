"""From lines to questions. Every line belongs to something, or is named with its number."""

import re
from collections.abc import Sequence

from bot.questions import LETTERS, Kind
from handlers.bank.rules import tables
from handlers.bank.rules.found import Findings, Trouble
from handlers.bank.rules.pasted import keys
from handlers.bank.rules.pasted.draft import Draft, finished
from handlers.bank.rules.pasted.lines import (
    Blank,
    Free,
    KeyList,
    Labelled,
    Section,
    Stem,
    line_of,
    parts,
)
from handlers.bank.rules.pasted.options import options_in

TEXTS = frozenset({"explanation", "answer", "source"})
"""What may go on in the next line."""


def read(lines: Sequence[str]) -> Findings:
    reader = Reader(numbered=any(isinstance(line_of(each), Stem) for each in lines))
    for number, words in enumerate(lines, start=1):
        reader.take(number, words)
    for draft in reader.drafts:
        finished(draft, reader.findings)
    tables.repeated(reader.findings)
    return reader.findings


NUMBER = re.compile(r"\d{1,4}\s*[^\d\s年月日.%％]")


class Reader:
    """Where in the paper we are."""

    def __init__(self, numbered: bool) -> None:
        self.numbered = numbered
        self.findings = Findings()
        self.drafts: list[Draft] = []
        self.section: Kind | None = None
        self.first_of_section = 0
        self.last_label = ""
        """What a line without a mark goes on with."""
        self.listed = 0
        """The last item of a list 1. 2. 3. within an explanation or an answer."""
        self.after_blank = False
        self.in_key_list = False
        self.topic = ""

    @property
    def draft(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    def take(self, at: int, words: str) -> None:
        line = line_of(words)
        if self.in_key_list and not isinstance(line, Blank | Section | KeyList):
            return self.key(at, words)
        match line:
            case Blank():
                pass
            case Section(kind):
                self.section, self.last_label = kind, ""
                self.first_of_section = 0 if self.in_key_list else len(self.drafts)
            case KeyList():
                self.key_list(at, words)
            case Labelled("stem", text):
                self.begin(at, self.next_number(), text)
            case Labelled():
                self.labelled(at, line)
            case Stem(number, text):
                self.stem(at, number, text, words)
            case Free(text):
                self.free(at, text)
        self.after_blank = isinstance(line, Blank)
        return None

    def key_list(self, at: int, words: str) -> None:
        """«答案：» with nothing behind it: of this question where it has none yet, and others
        before it have; else of all."""
        waiting = [each for each in self.drafts if not each.answered]
        if self.draft and not self.draft.answered and len(waiting) == 1 and not self.after_blank:
            self.last_label = "answer"
            self.draft.facts["answer"] = ""
        else:
            self.in_key_list = True

    def next_number(self) -> int:
        return self.draft.number + 1 if self.draft else 1

    def begin(self, at: int, number: int, text: str) -> None:
        facts = {"topic": self.topic} if self.topic else {}
        self.drafts.append(Draft(at, number, text, self.section, facts=facts))
        self.last_label, self.listed = "stem", 0

    def stem(self, at: int, number: int, text: str, words: str) -> None:
        fresh = len(self.drafts) == self.first_of_section
        expected = {1, self.next_number()} if fresh else {self.next_number()}
        if self.last_label in TEXTS and number not in expected and number == self.listed + 1:
            self.listed = number
            self.goes_on(words.strip())
            return
        if number not in expected and self.draft:
            self.findings.fault(at, Trouble.NUMBER_GAP, f"{self.draft.number} → {number}")
        self.begin(at, number, text)

    def labelled(self, at: int, line: Labelled) -> None:
        for each in parts(line):
            if self.draft is None:
                if each.name == "topic":
                    self.topic = each.text
                else:
                    self.findings.fault(at, Trouble.NOT_UNDERSTOOD, each.text or each.name)
                continue
            if self.draft.facts.get(each.name) and not (each.name == "topic" and self.topic):
                self.findings.fault(at, Trouble.ANSWER_TWICE, each.text)
            self.draft.facts[each.name] = each.text
            self.last_label, self.listed = each.name, 0

    def free(self, at: int, text: str) -> None:
        if self.draft is None and self.numbered:
            self.findings.passed.append((at, text))  # a title, a line for the name
            return
        begins = not self.numbered and (
            self.draft is None or (self.after_blank and self.draft.answered)
        )
        if begins:
            self.begin(at, self.next_number(), text)
            return
        assert self.draft
        if self.last_label in {"stem", "options"}:
            found = options_in(text, len(self.draft.options))
            if found:
                self.options(at, found)
                return
        if self.last_label == "stem" or (
            self.last_label in TEXTS and not self.after_blank and not looks_like_another(text)
        ):
            self.goes_on(text)
        else:
            self.findings.fault(at, Trouble.NOT_UNDERSTOOD, text)

    def options(self, at: int, found: list[tuple[str, str]]) -> None:
        assert self.draft
        for letter, text in found:
            due = LETTERS[len(self.draft.options)]
            if letter != due:
                known = LETTERS.find(letter) < len(self.draft.options)
                what = Trouble.LETTER_TWICE if known else Trouble.LETTER_MISSING
                self.findings.fault(at, what, letter)
            self.draft.options.append(text)
        self.last_label = "options"

    def goes_on(self, text: str) -> None:
        assert self.draft
        if self.last_label == "stem":
            self.draft.stem += f"\n{text}"
            return
        said = self.draft.facts.get(self.last_label, "")
        self.draft.facts[self.last_label] = f"{said}\n{text}".strip()

    def key(self, at: int, words: str) -> None:
        """One line of the list at the end."""
        found = keys.listed(words)
        if found is None:
            self.findings.fault(at, Trouble.NOT_UNDERSTOOD, words.strip())
            return
        for number, answer in found:
            meant = [
                each
                for each in self.drafts
                if each.number == number and (self.section is None or each.kind is self.section)
            ]
            if len(meant) != 1:
                self.findings.fault(at, Trouble.NO_SUCH_NUMBER, str(number))
            elif meant[0].listed and meant[0].listed != answer:
                self.findings.fault(at, Trouble.ANSWER_TWICE, f"{number} {answer}")
            else:
                meant[0].listed = answer


def looks_like_another(text: str) -> bool:
    """A stem whose number lost its point, an option, an answer in brackets: rather asked about
    than swallowed by the explanation before it."""
    return bool(
        options_in(text, 0)
        or any(keys.in_stem(text, options)[0] for options in (0, 4))
        or NUMBER.match(text)
    )
