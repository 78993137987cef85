"""What fulfils a duty: the record that is there anyway. Nobody enters anything a second time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

RULES_OF: Mapping[str, tuple[str, ...]] = {
    "general_meeting": ("OL01",),
    "committee_meeting": ("OL02",),
    "group_meeting": ("OL03",),
    "party_lecture": ("OL04", "OL05"),
    "theme_day": ("OL06",),
    "org_life_meeting": ("OL07",),
    "democratic_review": ("OL08",),
    "democratic_life_meeting": ("OL13",),
    "study_session": ("OL14",),
    "work_meeting": ("OL15",),
    "inspection": ("LD05",),
    "coop_group": ("LD10",),
}
"""Kind of activity → the rules it fulfils, for the organisation that holds it. Which of them apply
follows from their level: a lecture is OL04 in a branch and OL05 in an organ."""
ARRANGED_AS: Mapping[str, str] = {
    "OL01": "支部党员大会",
    "OL02": "支委会",
    "OL03": "党小组会",
    "OL04": "党课",
    "OL05": "党课",
    "OL06": "主题党日",
    "OL07": "组织生活会",
    "OL08": "民主评议党员",
    "OL13": "民主生活会",
    "OL14": "中心组学习",
    "OL15": "党员干部大会",
    "LD05": "督查",
    "LD10": "协作组交流",
}
"""What to say in 「安排活动 …」 so that the activity fulfils the rule."""
ALSO_SAID = {
    "支部党员大会": "general_meeting",
    "党员大会": "general_meeting",
    "党课": "party_lecture",
    "主题党日": "theme_day",
    "组织生活会": "org_life_meeting",
    "民主评议": "democratic_review",
}
"""What a title may name besides: 「主题党日加党课」, 「组织生活会并民主评议」."""
NOT_YET = ("准备", "筹备", "动员", "部署", "培训", "通知")
BY_ACTIVITY = frozenset(id for rules in RULES_OF.values() for id in rules)
BY_FACT: Mapping[str, str] = {
    "MD02": "candidate.talked_on",
    "MD15": "candidate.accepted_on",
    "MD17": "candidate.approved_on",
    "MD22": "candidate.full_meeting_on",
    "MD23": "candidate.full_meeting_on",
    "MD24": "candidate.full_approved_on",
}
"""Steps of a candidate that a later day on record shows to be done."""
BY_SPAN: Mapping[str, str] = {"DU01": "member.dues_paid_through"}
"""What is done for every turn that ends by a day on record."""


@dataclass(frozen=True)
class Deed:
    """An activity that has been held."""

    activity_id: int
    org_id: str
    kind: str
    title: str
    day: date


def fulfilled_by(kind: str, title: str) -> frozenset[str]:
    """The rules that an activity of that kind and title fulfils. What follows a colon is the
    topic: 「12月主题党日：组织生活会准备」 is a theme day."""
    head = title.partition("：")[0].partition(":")[0]
    kinds = {kind}
    if not any(word in head for word in NOT_YET):
        kinds |= {meant for word, meant in ALSO_SAID.items() if word in head}
    return frozenset(id for each in kinds for id in RULES_OF.get(each, ()))


class Deeds:
    """What has been held, by rule and organisation."""

    def __init__(self, deeds: Iterable[Deed]) -> None:
        self._by: dict[tuple[str, str], list[Deed]] = {}
        for deed in sorted(deeds, key=lambda it: (it.day, it.activity_id)):
            for id in fulfilled_by(deed.kind, deed.title):
                self._by.setdefault((id, deed.org_id), []).append(deed)

    def enough(
        self, rule_id: str, org_ids: Sequence[str], first: date, last: date, times: int
    ) -> Deed | None:
        """The one that made it enough."""
        held = [
            deed
            for org_id in org_ids
            for deed in self._by.get((rule_id, org_id), ())
            if first <= deed.day <= last
        ]
        held.sort(key=lambda it: (it.day, it.activity_id))
        return held[times - 1] if len(held) >= times else None
