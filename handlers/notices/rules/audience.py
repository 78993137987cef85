"""Whom a notice is for, in words: 全体党员, 各支部书记, 还没签到的, 第一党小组."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.understanding import Names
from bot.understanding.normal import normalise

Kind = Literal["members", "posts", "absent", "unread", "signed_up"]
BRANCH_POSTS = (
    "secretary",
    "deputy_secretary",
    "org_commissioner",
    "publicity_commissioner",
    "discipline_commissioner",
)
POSTS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    (r"支委|委员们|各位委员|委员会成员", "支委", BRANCH_POSTS),
    (r"副书记", "副书记", ("deputy_secretary",)),
    (r"组织委员", "组织委员", ("org_commissioner",)),
    (r"宣传委员", "宣传委员", ("publicity_commissioner",)),
    (r"纪检委员", "纪检委员", ("discipline_commissioner",)),
    (r"小组长|(?:各|所有)组长|各(?:党)?小组", "党小组组长", ("group_leader",)),
    (r"书记|各(?:基层)?(?:党)?支部|各单位|各部门", "支部书记", ("secretary",)),
)
STATUSES = (("预备党员", "probationary"), ("正式党员", "full"), ("离退休|退休|老党员", "retired"))
ABSENT = r"(?:还没|没有|没|未)(?:签到|签|到)"
UNREAD = r"(?:还没|没有|没|未)(?:确认|看|读|回执|签收|回)"
SIGNED_UP = r"报(?:了)?名(?:了)?的"
EVERYBODY = re.compile(r"大家|全体|所有|全员|全支部|各位|同志们|党员们|everyone", re.IGNORECASE)
GROUP = re.compile(r"第?([一二三四五六七八九十\d]+)(?:党)?(?:小)?组")
DIGITS = dict(zip("123456789", "一二三四五六七八九", strict=True))
TO_THOSE = (
    rf"(?:请|帮我)?(?:给|向|通知|告诉)(?P<whom>(?:{ABSENT}|{UNREAD}|{SIGNED_UP})(?:的)?(?:人|同志|党员)?)"
    r"(?:群?发(?:一?[个条])?(?:通知|消息)?|说)?(?:一下)?[:，, ]+(?P<what>.{2,})"
)
"""«tell those who have not checked in: …»: in so many words, or it would be a nudge."""


@dataclass(frozen=True)
class Audience:
    kind: Kind = "members"
    roles: tuple[str, ...] = ()
    """Of those who hold posts."""
    status: str = ""
    """full, probationary or retired; empty: everybody."""
    of: int = 0
    """The activity or the notice that absence or silence is about; 0: the nearest."""

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "roles": list(self.roles)}


def from_plain(values: Mapping[str, Any]) -> Audience:
    return Audience(**{**values, "roles": tuple(values["roles"])})


@dataclass(frozen=True)
class Told:
    """What the words say; `audience` is None where they name nobody."""

    audience: Audience | None
    words: str
    group: str = ""
    """第一党小组, in its full form, where a group was named."""


def told(words: str) -> Told:
    """Whom the words before the text of a notice name."""
    plain = normalise(words).plain
    for expression, kind, said in (
        (ABSENT, "absent", "还没签到的"),
        (UNREAD, "unread", "还没确认的"),
        (SIGNED_UP, "signed_up", "报了名的"),
    ):
        if re.search(expression, plain):
            return Told(_of_kind(kind), said)
    if group := GROUP.search(plain):
        number = "".join(DIGITS.get(char, char) for char in group[1])
        name = f"第{number}党小组"
        return Told(Audience(), "全体党员", name)
    for expression, said, roles in POSTS:
        if re.search(expression, plain):
            return Told(Audience("posts", roles), said)
    for expression, status in STATUSES:
        if found := re.search(expression, plain):
            return Told(Audience(status=status), found[0])
    if EVERYBODY.search(plain):
        return Told(Audience(), "全体党员")
    return Told(None, "全体党员")


def _of_kind(kind: str) -> Audience:
    match kind:
        case "absent":
            return Audience("absent")
        case "unread":
            return Audience("unread")
        case _:
            return Audience("signed_up")


def branch_in(words: str, names: Sequence[str]) -> str:
    """The organisation that is named in full or in short; empty for none."""
    found = Names(branches=names).branches_in(normalise(words).plain)
    return found[0][1] if found else ""


def is_group(name: str, wanted: str) -> bool:
    """第一党小组 of whichever branch."""
    return GROUP.search(normalise(name).plain) is not None and told(name).group == wanted
