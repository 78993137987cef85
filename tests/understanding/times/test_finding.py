"""The examples that the issue names, each as a person would expect it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.times import find, iso

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

NAMED = {
    "明早七点": "2026-11-24T07:00",
    "下周五前": "2026-12-04",
    "本月底": "2026-11-30",
    "下个月第一个周一": "2026-12-07",
    "每周一三五早八点": "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=8;BYMINUTE=0",
    "每个工作日": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "每月25号遇节假日顺延": "FREQ=MONTHLY;BYMONTHDAY=25",
    "国庆前一天": "2027-09-30",
    "除夕": "2027-02-05",
    "农历八月十五": "2027-09-15",
    "两小时后": "2026-11-23T11:00",
    "三天内": "2026-11-26",
    "上半年": "2026-01-01/2026-06-30",
    "第三季度": "2026-Q3",
    "周末": "2026-11-28/2026-11-29",
    "大后天晚上": "2026-11-26",
    "十一点一刻": "2026-11-23T11:15",
    "2026年11月底": "2026-11-30",
    "11.30": "2026-11-30",
    "礼拜天": "2026-11-29",
    "下下周二下午三点半到五点": "2026-12-08T15:30/2026-12-08T17:00",
    "25点": "",
    "2月30日": "",
    "周八": "",
    "下周五的大前天": "",
}


@pytest.mark.parametrize(("said", "meant"), NAMED.items())
def test_what_the_issue_names(said: str, meant: str) -> None:
    [found] = find(said, now=NOW)

    assert found.text == said
    assert iso(found.value) == meant


@pytest.mark.parametrize(
    "said", ["第3题选D", "4826", "三楼", "F05", "三会一课", "五十人", "我投3号"]
)
def test_numbers_that_are_no_times(said: str) -> None:
    assert find(said, now=NOW) == ()
