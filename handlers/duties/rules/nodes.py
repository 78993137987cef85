"""YAML with the line of everything, and a place to note what is wrong."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import yaml

Value = TypeVar("Value")
Default = TypeVar("Default")
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the rules, and where."""

    line: int
    where: str
    """The rule's id and the field, `OL06 due.expr`; empty for the whole file."""
    what: str
    said: str = ""
    hint: str = ""


@dataclass
class Node:
    """A piece of the file. Every reader gives a value to go on with, even after a fault."""

    raw: yaml.Node
    where: str
    faults: list[Fault] = field(repr=False)

    @property
    def line(self) -> int:
        return int(self.raw.start_mark.line) + 1

    def wrong(self, what: str, said: str = "", hint: str = "") -> None:
        self.faults.append(Fault(self.line, self.where, what, said[:40], hint))

    def text(self) -> str:
        if isinstance(self.raw, yaml.ScalarNode):
            return "" if self.raw.tag == NULL else str(self.raw.value).strip()
        self.wrong("not_text")
        return ""

    def number(self) -> int | None:
        said = self.text()
        if said.lstrip("-").isdecimal() and len(said) < 6:
            return int(said)
        if said:
            self.wrong("not_a_number", said)
        return None

    def choice(self, kind: type[StrEnum], what: str) -> Any:
        """One of the words of `kind`; its first one after a fault."""
        return kind(self.word(list(kind), what))

    def word(self, known: Collection[str], what: str) -> str:
        said = self.text()
        if said not in known:
            self.wrong(what, said, "、".join(known))
            return next(iter(known), "")
        return said

    def items(self) -> list["Node"]:
        if isinstance(self.raw, yaml.SequenceNode):
            return [Node(each, self.where, self.faults) for each in self.raw.value]
        self.wrong("not_a_list")
        return []

    def texts(self) -> tuple[str, ...]:
        return tuple(each.text() for each in self.items())

    def fields(self, known: Collection[str] = (), needed: Collection[str] = ()) -> "Fields":
        """By name. Unknown names, names that stand twice and absent ones are faults; without
        `known` any name will do."""
        found: dict[str, Node] = {}
        if not isinstance(self.raw, yaml.MappingNode):
            self.wrong("not_a_mapping")
            return Fields(self, found)
        for key, value in self.raw.value:
            name = str(key.value)
            named = Node(key, f"{self.where} {name}".strip(), self.faults)
            if name in found:
                named.wrong("twice", name)
            elif known and name not in known:
                named.wrong("unknown_key", name, "、".join(known))
            found[name] = Node(value, named.where, self.faults)
        for name in needed:
            if name not in found:
                self.wrong("absent", name)
        return Fields(self, found)


@dataclass
class Fields:
    node: Node
    by_name: Mapping[str, Node]

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def get(self, name: str, read: Callable[[Node], Value], default: Default) -> Value | Default:
        found = self.by_name.get(name)
        return default if found is None else read(found)

    def text(self, name: str) -> str:
        return self.get(name, Node.text, "")


def compose(words: str, faults: list[Fault]) -> Node | None:
    """The root of a document; None when it is no YAML, or when it refers to itself."""
    try:
        root = yaml.compose(words, Loader=Loader)
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(words, Loader=Loader)):
            faults.append(Fault(0, "", "aliases"))
            return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.append(Fault(mark.line + 1 if mark else 1, "", "not_yaml"))
        return None
    except (yaml.YAMLError, RecursionError):
        faults.append(Fault(1, "", "not_yaml"))
        return None
    if root is None:
        faults.append(Fault(1, "", "empty"))
        return None
    return Node(root, "", faults)
