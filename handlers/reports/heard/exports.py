"""How tables are asked for."""

import re

from bot.understanding import Intent, Slots, sentences
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find
from bot.understanding.slots import matching, period
from bot.understanding.slots.trimming import EDGES, blanked, trimmed

TABLE = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:表|台账|名册|名单|清单|台帐|汇总|明细|通讯录|记录|统计|数据|情况|题库|档案|"
    r"材料|纪要|报告|成绩|结果|时长|学时|人数|考勤|出勤率|出勤|签到|任务|到会率|党费|积分|值班|请假|安排|计划|日程)"
)
ASIDE = re.compile(
    r"(?:excel|pdf|word|csv|xlsx|docx|wps)\s*(?:版本?|格式)?的?|导出来?|导一?[份下个]|导成|导到|汇出|下载|输出|打印|生成|发我|发给我|给我|excel|pdf|word|csv|xlsx|表格(?=$|\W)|"
    r"(?:请(?!假)|帮|把|将|我要?|想|要|来|能|可以|一?[个份张下]|各|整个?(?![改理治顿])|全部|所有|的|存成|转成|导(?![员师览])|(?:打|做|弄|整|列|生|形|编)成(?:一[个份张])?(?:表格?)?|打出来|列出来|调出来|拉出来|格式|(?:出|拉|做|弄)(?=一|个|份|张))"
)
ENGLISH = re.compile(
    r"(?:the|our|'s|all|\n) ((?:[a-z-]+ )?(?:sheet|attendance|statistics|minutes|data|summary|list|table|roster|records?|report|register|hours|log))"
)


def table() -> Find:
    """`what` is exported, in the speaker's words."""

    def find(hearing: Hearing) -> Slots:
        text = blanked(hearing, [span for span, _ in hearing.times])
        text = ASIDE.sub(lambda found: "\n" * len(found[0]), text)
        for found in TABLE.finditer(text):
            start, end = trimmed(text, *found.span(), EDGES)
            if end - start >= 2:
                return {"what": hearing.surface((start, end))}
        sheet = ENGLISH.search(text)
        return {"what": hearing.surface(sheet.span(1))} if sheet else {}

    return find


EXPORT = "导出|导出来|导|导一份|下载|汇出|输出|导成|打印|export|download|导一下|导个|存成|转成|生成excel|拉一份|拉个|倒出|拉出来|导到|另存"
FILES = "签到表|台账|名册|名单|清单|记录|统计表|表|表格|汇总|明细|报表|excel|pdf|word|csv|xlsx|花名册|服务时长|出勤表|考勤表|任务清单|sheet|list|数据|情况|docx|wps"

INTENTS = (
    Intent(
        id="export",
        zh="导出",
        effect="read",
        role="organiser",
        policy="scope by role; file to private chat",
        slots=(
            table(),
            period(),
            matching("format", r"(excel|pdf|word|csv|xlsx|docx|wps|ppt|表格)", as_heard=True),
        ),
        says=(
            "export|download roster|list|sheet|table|tasks|records|report|hours !!",
            "要|来|给我|弄 excel|pdf|word|表格 !!",
            "导成|导出|转成|存成|导 word|excel|pdf|csv !!",
            "出|生成|做|弄|来|要|整|给我|拿 统计表|报表|台账|名册|时长表|出勤表|签到表|汇总表|学时表|明细表|一览表|考勤表|花名册 -通报|好了|完了|看 !!",
            "导出|下载|打印 学时|统计|汇总|记录|明细|情况 -我的 !!",
            "导出|下载|导|打印 值班表|轮班表|排班表|安排表 !!",
            f"{EXPORT} {FILES} -我的数据|我的信息|个人信息|个人资料|我的个人 !",
            f"{FILES} {EXPORT}|发我|发给我|给我|发一份|要一份|打印 -汇报|报告|念|说说|讲讲|报一下|看|看下|看看|看一下|我哪些|你存|关于我|身份证|我的数据|我的信息|个人|我的个人|涉密 !",
            "导出|汇出|导出来|export|下载|导一份|导出表格 -我的数据|我的信息|个人信息|个人资料|我的个人|个人数据|我的资料|隐私|my_data|my_information|我的所有|我的全部|我的记录",
            "给我|发我|我要|来|要|弄|做|整|把|帮我|生成 {time}|个|份|一份|签到|任务|服务|学时|出勤 excel|表格|pdf|word|csv|表|台账|报表|汇总表|花名册 -通报 ",
            "excel|pdf|xlsx|csv|word 导|给|发|格式|版|文件|表|版本 ",
            "打包|备份 签到|台账|名册|任务 ",
            "={time} 签到表|台账|报表",
        ),
        unless=("我的 数据|信息|资料|个人", "怎么 填", "隐私", "通报 写|起草"),
        examples=sentences(
            "导出|导出本月签到表|把名册导出来|签到表下载一下|导出excel|给我一份任务清单的表格|"
            "服务台账导一份|导出第三季度出勤表|导出签到表|导出名单|把任务清单导出来|"
            "导出excel表|下载签到表|给我导一份党员名册|导出上个月的考勤表|导出第三季度活动记录|"
            "签到表发我一份excel|出一份出勤统计表|生成服务时长表|把学时表导出成pdf|下载名册|"
            "导出逾期任务清单|12月活动表导出|打印签到表|export excel|export the member list|"
            "匯出簽到表|导出今年志愿服务台账|帮我导出本周值班表|名册导出一下|要一份党费台账|"
            "导个表|导出报表|导出今年的主题党日记录|考勤表导出|下载台账|学时明细导出来|"
            "把请假记录导出|导出pdf|来一份签到表|任务表导出excel|服务时长台账导出|"
            "帮我下载上个月的签到表|导出到excel|党员名册导一份|第二季度出勤汇总导出|"
            "把督办清单导成word|export attendance|积分表导出|弄个名单给我excel|给我一份签到表|"
            "名单导一下|下载本月台账|我要任务表格|把志愿服务时长导成excel|整理一份名册给我|"
            "活动表导出来|把通知签收情况导出|学时表发我|逾期表导出|值班表导一份|导出全年出勤|"
            "下载10月份考勤|拉一个党员名单|打印出勤表|导pdf|年度报表导出|download the roster|"
            "export tasks to excel|导出会议记录|出表"
        ),
    ),
)
