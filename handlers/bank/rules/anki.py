"""Anki notes: front and back are a card, a cloze is a fill-in."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from bot.questions import Kind, Question
from handlers.bank.rules.found import Findings, Found, Trouble, id_of, objections
from handlers.bank.rules.markup import not_text, plain_text

HEADER = re.compile(r"#([a-z ]+):(.*)")
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::(.*?))?\}\}", re.S)


def looks_like(words: str) -> bool:
    first = words.split("\n", 1)[0]
    return first.startswith(("#separator:", "#html:", "#notetype", "#deck", "#tags")) or (
        first.count("\t") in {1, 2} and not first.startswith("id\t")
    )


def read(words: str) -> Findings:
    findings = Findings()
    lines = words.split("\n")
    headers = dict[str, str]()
    while lines and (found := HEADER.fullmatch(lines[0].rstrip("\r"))):
        headers[found[1].strip()] = found[2].strip()
        lines.pop(0)
    separator = headers.get("separator", "tab")
    delimiter = SEPARATORS.get(separator.lower(), separator[:1] or "\t")
    special = {int(headers[key]) for key in headers if key.endswith(" column")}
    tags = int(headers.get("tags column", 0))
    html = headers.get("html", "true").lower() == "true"
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=delimiter)
    begins = len(headers) + 1
    try:
        for cells in reader:
            fields = [each for at, each in enumerate(cells, start=1) if at not in special]
            topic = cells[tags - 1] if 0 < tags <= len(cells) else ""
            if any(fields):
                take(findings, begins, fields, topic, html=html)
            begins = len(headers) + reader.line_num + 1
    except csv.Error:
        findings.fault(begins, Trouble.NOT_UNDERSTOOD)
    return findings


def read_notes(notes: Iterable[tuple[Sequence[str], str]]) -> Findings:
    """Of a package: fields and tags of each note."""
    findings = Findings()
    for at, (fields, tags) in enumerate(notes, start=1):
        take(findings, at, fields, tags, html=True)
    return findings


def take(findings: Findings, at: int, fields: Sequence[str], tags: str, *, html: bool) -> None:
    for field in fields if html else ():
        if lost := not_text(field):
            findings.fault(at, Trouble.NOT_SUPPORTED, lost)
            return
    texts = [plain_text(each) if html else each.strip() for each in fields]
    while texts and not texts[-1]:
        texts.pop()
    question = question_of(texts).model_copy(update={"topic": topic_of(tags)})
    troubles = objections(question)
    if len(texts) > 2:
        troubles.append((Trouble.NOT_UNDERSTOOD, texts[2]))
    for what, said in troubles:
        findings.fault(at, what, said)
    if not troubles:
        findings.found.append(Found(at, id_of(question), question))


def question_of(texts: Sequence[str]) -> Question:
    front, back = [*texts, "", ""][:2]
    if clozes := CLOZE.findall(front):
        return Question(
            kind=Kind.FILL,
            stem=CLOZE.sub("____", front),
            accepted=tuple((answer.strip(),) for answer, _ in clozes),
            explanation=back,
        )
    return Question(kind=Kind.CARD, stem=front, accepted=((back,),) if back else ())


def topic_of(tags: str) -> str:
    words = tags.split()
    return words[0].replace("_", " ").split("::")[-1] if words else ""


def written(entries: Iterable[tuple[str, Question]]) -> str:
    out = io.StringIO(newline="")
    out.write("#separator:tab\n#html:false\n#tags column:3\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL)
    for _, question in entries:
        tag = re.sub(r"\s", "_", question.topic)
        writer.writerow([question.stem, question.accepted[0][0], tag])
    return out.getvalue()
