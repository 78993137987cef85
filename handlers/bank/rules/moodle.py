"""Moodle XML. What has no place in it is written as tags «difficulty:2»."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from bot.questions import Kind, Question
from handlers.bank.rules import gift
from handlers.bank.rules.found import Findings, Found, Trouble, id_of, objections
from handlers.bank.rules.gift import NotThis
from handlers.bank.rules.markup import not_text, plain_text
from handlers.bank.rules.tables import ID


def looks_like(words: str) -> bool:
    return bool(re.search(r"<quiz[\s>]", words[:2000]))


def read(words: str) -> Findings:
    findings = Findings()
    try:
        root = fromstring(words)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        findings.fault(1, Trouble.NOT_UNDERSTOOD, words)
        return findings
    topic = ""
    for at, each in zip(lines_of(words), root.findall("question"), strict=False):
        if each.get("type") == "category":
            topic = text_in(each, "category").split("/")[-1].removeprefix("$course$")
            topic = "" if topic == "top" else topic
            continue
        take(findings, at, each, topic)
    return findings


def lines_of(words: str) -> Iterator[int]:
    """On which line each question begins."""
    line, before = 1, 0
    for mark in re.finditer(r"<question[\s>]", words):
        line, before = line + words.count("\n", before, mark.start()), mark.start()
        yield line


def take(findings: Findings, at: int, each: Element, topic: str) -> None:
    try:
        facts = facts_of(each)
        meta = dict(pair for pair in tags(each))
        question = gift.with_meta(
            Question(
                **facts,
                topic=meta.pop("topic", topic),
                explanation=text_in(each, "generalfeedback"),
            ),
            meta,
        )
    except NotThis as reason:
        findings.fault(at, reason.what, reason.said)
        return
    troubles = objections(question)
    for what, said in troubles:
        findings.fault(at, what, said)
    if not troubles:
        id = (each.findtext("idnumber") or "").strip()
        findings.found.append(Found(at, id if ID.fullmatch(id) else id_of(question), question))


def facts_of(each: Element) -> dict[str, Any]:
    if each.find(".//file") is not None:
        raise NotThis(Trouble.NOT_SUPPORTED, "file")
    stem = text_in(each, "questiontext")
    answers = [(text_of(one), float(one.get("fraction") or 0)) for one in each.findall("answer")]
    texts, weights = [text for text, _ in answers], [weight for _, weight in answers]
    match each.get("type"):
        case "multichoice":
            if (each.findtext("single") or "true").strip() in {"true", "1"}:
                return single(texts, weights, stem)
            return gift.choice(texts, weights, stem) | {"kind": Kind.MULTIPLE}
        case "truefalse":
            right = [text for text, weight in answers if weight == 100]
            if len(right) != 1 or right[0].upper() not in gift.TRUTH:
                raise NotThis(Trouble.NO_ANSWER, stem)
            truth = gift.TRUTH[right[0].upper()]
            return {"kind": Kind.TRUE_FALSE, "stem": stem, "right": (truth,)}
        case "shortanswer":
            return gift.words_of(texts, weights, stem)
        case "numerical":
            loose = [one.findtext("tolerance") or "0" for one in each.findall("answer")]
            if any(float(value) != 0 for value in loose):
                raise NotThis(Trouble.NOT_SUPPORTED, "numerical")
            return gift.words_of(texts, weights, stem)
        case "matching":
            pairs = [(text_of(one), text_in(one, "answer")) for one in each.iter("subquestion")]
            return gift.matched(pairs, stem)
        case "essay":
            answer = text_in(each, "graderinfo")
            if not answer:
                raise NotThis(Trouble.NO_ANSWER, stem)
            return {"kind": Kind.CARD, "stem": stem, "accepted": ((answer,),)}
        case other:
            raise NotThis(Trouble.NOT_SUPPORTED, str(other))


def single(texts: list[str], weights: list[float], stem: str) -> dict[str, Any]:
    right = tuple(at for at, weight in enumerate(weights) if weight == 100)
    partly = [text for text, weight in zip(texts, weights, strict=True) if 0 < weight < 100]
    if partly:
        raise NotThis(Trouble.ALL_ANSWERS_NEEDED, partly[0])
    return {"kind": Kind.SINGLE, "stem": stem, "options": tuple(texts), "right": right}


def text_in(each: Element, name: str) -> str:
    inner = each.find(name)
    return text_of(inner) if inner is not None else ""


def text_of(each: Element) -> str:
    words = (each.findtext("text") or "").strip()
    if each.get("format") in {None, "html", "moodle_auto_format"} and "<" in words:
        if lost := not_text(words):
            raise NotThis(Trouble.NOT_SUPPORTED, lost)
        return plain_text(words)
    return words


def tags(each: Element) -> Iterator[tuple[str, str]]:
    for tag in each.iterfind("tags/tag/text"):
        name, _, value = (tag.text or "").partition(":")
        if name in {"topic", *gift.META_FIELDS}:
            yield name, value


def written(entries: Iterable[tuple[str, Question]]) -> str:
    quiz = Element("quiz")
    for id, question in entries:
        add(quiz, id, question)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def add(quiz: Element, id: str, question: Question) -> None:
    kinds = {Kind.TRUE_FALSE: "truefalse", Kind.FILL: "shortanswer", Kind.CARD: "essay"}
    each = SubElement(quiz, "question", type=kinds.get(question.kind, "multichoice"))
    put(SubElement(each, "name"), id)
    put(SubElement(each, "questiontext", format="plain_text"), question.stem)
    put(SubElement(each, "generalfeedback", format="plain_text"), question.explanation)
    SubElement(each, "idnumber").text = id
    if question.kind in {Kind.SINGLE, Kind.MULTIPLE}:
        SubElement(each, "single").text = "true" if question.kind is Kind.SINGLE else "false"
    if question.kind is Kind.CARD:
        put(SubElement(each, "graderinfo", format="plain_text"), question.accepted[0][0])
    for text, fraction in fractions(question):
        put(SubElement(each, "answer", fraction=f"{fraction:g}", format="plain_text"), text)
    kept = SubElement(each, "tags")
    for name in ("topic", "difficulty", "source", "verification", "valid_until"):
        if value := getattr(question, name):
            put(SubElement(kept, "tag"), f"{name}:{value}")


def put(into: Element, words: str) -> None:
    SubElement(into, "text").text = words


def fractions(question: Question) -> Iterator[tuple[str, float]]:
    match question.kind:
        case Kind.TRUE_FALSE:
            yield "true", 100 if question.right == (0,) else 0
            yield "false", 100 if question.right == (1,) else 0
        case Kind.SINGLE | Kind.MULTIPLE:
            for at, option in enumerate(question.options):
                yield option, round(100 / len(question.right), 5) if at in question.right else 0
        case Kind.FILL:
            for variant in question.accepted[0]:
                yield variant, 100
        case _:
            return
