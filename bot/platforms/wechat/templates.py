"""A letter fitted into the fields of a template (模板消息, 订阅通知): what WeChat lets an account
say while a member's window is shut. Pure.

Which template is for which kind of letter stands in the settings, as it was chosen at
mp.weixin.qq.com: `{"notice": {"id": "…", "fields": {"thing1": "{text}", "time2": "{time}"}}}`.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, field_validator

from bot.clock import HOME
from bot.messages import Reply
from bot.platforms.tencent.wording import body
from bot.platforms.wechat import text

TEXT, TIME = "{text}", "{time}"
"""What may stand for a field: the letter's words, which flow from one field into the next, and
when it was due. Anything else is said as it stands there."""
MORE = "…"

LONGEST: Mapping[str, int] = {
    "thing": 20,
    "name": 10,
    "phrase": 5,
    "const": 20,
    "number": 32,
    "letter": 32,
    "symbol": 5,
    "character_string": 32,
    "time": 32,
    "date": 32,
    "keyword": 20,
}
"""Characters that a field of each sort takes; `thing` is the only one for free words."""
WORDS = frozenset({"thing", "keyword"})
SORT = re.compile(r"([a-z_]+?)_?\d*")

ANY = "*"
NEVER = frozenset({"quiz", "contest", "security"})
"""Kinds of letters for which ANY does not stand: WeChat forbids games in templates, and what opens
a door is not said where it may be read over a shoulder."""


class Template(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    by: Literal["template", "subscription"] = "template"
    """A subscription notice reaches only who has agreed to it, once for each time."""
    lasting: bool = False
    """One consent to it is good for any number of notices (长期订阅)."""
    fields: Mapping[str, str]

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: Mapping[str, str]) -> Mapping[str, str]:
        for name, said in fields.items():
            sort = sort_of(name)
            if sort not in LONGEST:
                raise ValueError(f"{name}: unknown sort of field, known are {', '.join(LONGEST)}")
            if said == TEXT and sort not in WORDS:
                raise ValueError(f"{name}: free words go into a thing only")
            if said == TIME and sort not in {"time", "date", *WORDS}:
                raise ValueError(f"{name}: a time goes into a time, a date or a thing")
            if said not in {TEXT, TIME} and not 0 < len(said) <= LONGEST[sort]:
                raise ValueError(f"{name}: has to have 1 to {LONGEST[sort]} characters")
        if TEXT not in fields.values():
            raise ValueError(f"no field says what the letter says: put {TEXT} into a thing")
        return fields


class Filled(NamedTuple):
    data: dict[str, dict[str, str]]
    whole: bool
    """Nothing of the letter is missing."""


def sort_of(name: str) -> str:
    """thing3 and thing.3 are things."""
    found = SORT.fullmatch(name.removesuffix(".DATA").replace(".", ""))
    return found[1] if found else ""


def fill(template: Template, reply: Reply, due: datetime) -> Filled:
    """Cut to what the fields take; buttons and pictures have no place in any."""
    rest = " ".join(body(reply).split())
    last = [name for name, said in template.fields.items() if said == TEXT][-1]
    data: dict[str, dict[str, str]] = {}
    for name, said in template.fields.items():
        sort = sort_of(name)
        if said == TEXT:
            here, rest = head(rest, LONGEST[sort], last=name == last)
            said = here or "-"  # an empty field is refused
        elif said == TIME:
            said = moment(due, sort)
        data[name] = {"value": said}
    return Filled(data, not (rest or reply.buttons or reply.picture))


def head(words: str, room: int, *, last: bool) -> tuple[str, str]:
    """What fits, and the rest. Where nothing follows, a sign says that something is missing."""
    if len(words) <= room:
        return words, ""
    cut = room - len(MORE) if last else room
    return words[:cut].rstrip() + (MORE if last else ""), words[cut:].lstrip()


def moment(at: datetime, sort: str) -> str:
    here = at.astimezone(HOME)
    return text.day(here) if sort == "date" else f"{text.day(here)} {here:%H:%M}"


def consent_to(template: Template | None) -> str:
    """What somebody must have agreed to; empty where nobody has to."""
    return template.id if template and template.by == "subscription" else ""


def lasts(template: Template | None) -> bool:
    return template is not None and template.lasting


def chosen(templates: Mapping[str, Template], kind: str) -> Template | None:
    """For letters of this kind."""
    if kind in templates:
        return templates[kind]
    return None if kind in NEVER else templates.get(ANY)
