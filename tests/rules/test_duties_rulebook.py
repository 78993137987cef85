"""What is refused in a file of rules, where, and with which remedy."""

from dataclasses import astuple
from pathlib import Path

import pytest

from handlers.duties.rules import reading
from handlers.duties.rules.reading import Faulty, read
from handlers.duties.rules.rulebook import Filter, Level, Per, Rulebook
from handlers.duties.text.rulebook import TROUBLES, fault

SEED = (Path(__file__).parents[2] / "storage" / "seeds" / "rules.yaml").read_text()

SMALL = """\
schema_version: 1
rules_version: "test"
escalation_profiles:
  branch:
    - {after_days: 0, to: secretary, channel: private}
roles:
  secretary: 党支部书记
sources:
  regs: {title: 条例}
rules:
- id: A1
  name_zh: 会
  group: org_life
  applies_to: {level: branch}
  cadence: {per: month, min_times: 1}
  due: {kind: deadline, expr: "period_end(month)", anchor: month}
  responsible: [secretary]
  remind_days_before: [3]
  escalation: branch
  limit_basis: draft
  binding: local
  source: {ref: regs, article: 第一条, verification: text}
"""
DUE = 'due: {kind: deadline, expr: "period_end(month)", anchor: month}'
# ruff: noqa: E501
BROKEN = [
    # what is replaced, by what, what is said
    (SMALL, "", "第 1 行：文件是空的"),
    ("rules:\n", "rules: [\n", "：从这里起读不懂"),
    ("schema_version: 1", "schema_version: 2", "第 1 行（schema_version）：是第 2 版格式"),
    ("schema_version: 1\n", "", "第 1 行：缺少「schema_version」"),
    ("sources:", "source:", "第 8 行（source）：没有「source」这一项。可以写 schema_version"),
    ("level: branch", "level: team", "第 14 行（A1 applies_to level）：对象「team」不认识"),
    ("level: branch}", "level: branch, filter: tall}", "第 14 行（A1 applies_to filter）：条件"),
    ("per: month", "per: fortnight", "第 15 行（A1 cadence per）：周期「fortnight」不认识"),
    ("min_times: 1", "min_times: often", "第 15 行（A1 cadence min_times）：写的是「often」"),
    ("kind: deadline", "kind: soon", "第 16 行（A1 due kind）：日期性质「soon」不认识"),
    ("period_end(month)", "perod_end(month)", "第 16 行（A1 due expr）：没有函数「perod_end」"),
    ("period_end(month)", "period_end(month", "第 16 行（A1 due expr）：「period_end(month」没有写完"),
    ("period_end(month)", "period_end(month, 2)", "「period_end」的参数个数不对。它要 1 个"),
    ("period_end(month)", "period_end(3)", "第 16 行（A1 due expr）：「period_end」的第 1 个参数"),
    ("period_end(month)", "period_end(month) + 1", "第 16 行（A1 due expr）：「+ 1」读不懂"),
    ("period_end(month)", "add_days(branch.built_on, 1)", "没有字段「branch.built_on」"),
    ("period_end(month)", "add_days(branch.theme_day, 1)", "「branch.theme_day」不能用在 add_days"),
    ("period_end(month)", "fixed_day(month, branch.elected_on)", "不能用在 fixed_day 里"),
    ("period_end(month)", "year_date(02-30)", "没有「02-30」这一天"),
    ("period_end(month)", "month", "「month」算不出一个日期"),
    ("period_end(month)", "period_end(year)", "到期按 year 算，比周期 month 还长"),
    ("period_end(month)", "", "「」没有写完"),
    ("anchor: month", "anchor: moon", "第 16 行（A1 due anchor）：没有字段「moon」"),
    (
        DUE,
        'due: {kind: deadline, expr: "add_days(org.elected_on, 1)", anchor: branch.elected_on}',
        "第 16 行（A1 due anchor）：「branch.elected_on」没有用在 expr 里。请改成 org.elected_on",
    ),
    ("per: month", "per: once", "第 16 行（A1 due）：周期是 once，却没有起算的日期"),
    ("responsible: [secretary]", "responsible: [boss]", "第 17 行（A1 responsible）：角色「boss」"),
    ("responsible: [secretary]", "responsible: secretary", "第 17 行（A1 responsible）：这里应当是"),
    ("to: secretary", "to: boss", "第 5 行（escalation_profiles branch to）：角色「boss」"),
    ("remind_days_before: [3]", "remind_days_before: [-3]", "提前天数写成了 -3"),
    ("escalation: branch", "escalation: steep", "「steep」不在 escalation_profiles 里。可以写 branch"),
    ("limit_basis: draft", "limit_basis: rumour", "第 20 行（A1 limit_basis）：「rumour」不认识"),
    ("binding: local", "binding: iron", "第 21 行（A1 binding）：「iron」不认识"),
    ("ref: regs", "ref: gossip", "第 22 行（A1 source ref）：出处「gossip」不在 sources 里"),
    ("verification: text", "verification: sure", "第 22 行（A1 source verification）：核对程度"),
    ("  name_zh: 会\n", "", "第 11 行（A1）：缺少「name_zh」"),
    ("  name_zh: 会\n", "  name_zh: [会]\n", "第 12 行（A1 name_zh）：这里应当是一个词"),
    ("  group: org_life\n", "  group: a\n  group: b\n", "第 14 行（A1 group）：「group」写了两次"),
    ("  group: org_life\n", "  grupp: org_life\n", "第 13 行（A1 grupp）：没有「grupp」这一项"),
    ("applies_to: {level: branch}", "applies_to: branch", "第 14 行（A1 applies_to）：这里应当是「"),
]  # fmt: skip


def told(words: str) -> str:
    found = read(words)
    assert isinstance(found, Faulty), found
    return "\n".join(fault(*astuple(each)) for each in found.faults)


def test_the_small_file_is_whole() -> None:
    assert isinstance(read(SMALL), Rulebook)


@pytest.mark.parametrize(("part", "instead", "said"), BROKEN)
def test_what_is_broken_is_named(part: str, instead: str, said: str) -> None:
    assert SMALL.count(part) == 1
    assert said in told(SMALL.replace(part, instead))


def test_everything_at_once() -> None:
    words = SMALL.replace("level: branch", "level: team").replace("ref: regs", "ref: gossip")
    assert told(words).count("\n") == 1


def test_what_cannot_be_read_is_said_once() -> None:
    assert told(SMALL.replace("period_end(month)", "period_end(moonth)")).count("\n") == 0


def test_one_rule_twice() -> None:
    again = SMALL + SMALL[SMALL.index("- id: A1") :]
    assert told(again) == "第 23 行（A1 id）：编号「A1」与第 11 行重复。请换一个编号。"


def test_references_within_the_file() -> None:
    words = SMALL.replace("roles:", "roles: &r").replace("  regs:", "  others: *r\n  regs:")
    assert told(words).startswith("整个文件：用了 YAML 的引用")


def test_every_trouble_is_worded() -> None:
    source = Path(reading.__file__).parent
    written = "".join(path.read_text() for path in source.glob("*.py"))
    assert {what for what in TROUBLES if f'"{what}"' not in written} == set()


def test_our_own_rules() -> None:
    found = read(SEED)
    assert isinstance(found, Rulebook)
    assert len(found.rules) == 82
    assert found.version == "2026-11-draft-1"
    assert {rule.level for rule in found.rules} == set(Level) - {Level.TASK}  # ours, in no file
    assert {rule.filter for rule in found.rules} == {None, *Filter}
    assert {rule.per for rule in found.rules} == set(Per)
    assert "aged_or_infirm" in found.exempt
    assert found.ladders["branch"][3].to == "committee_office"
    assert read(SEED + "\n# edited\n") != found
