"""A day at the branch, as told in the voice of the assistant: for pictures and for tests."""

from bot.messages import Button, Incoming, Kind, Reply
from bot.platforms.webchat import Persona

PEOPLE = (
    Persona("M001", "张一", "支部书记", "数字服务中心第一党支部"),
    Persona("M002", "李二", "组织委员", "数字服务中心第一党支部"),
    Persona("M005", "钱五", "党员", "数字服务中心第一党支部"),
    Persona("M006", "孙六", "党员", "数字服务中心第一党支部"),
    Persona("M015", "沈十五", "支部书记", "数字服务中心第二党支部"),
    Persona("M019", "秦十九", "党员", "数字服务中心第二党支部"),
    Persona("M029", "许廿九", "党员", "离退休党支部"),
)

HELLO = Reply(
    text="您好，我是支部助手。签到、请假、查活动，打字或说话都行，写错字我也认得。",
    buttons=[Button(label="本周活动", tap="week"), Button(label="会记录我的什么", tap="privacy")],
)

ANSWERS = {
    "签到": Reply(
        text="现在有两场可以签到，您在哪一场？",
        buttons=[
            Button(label="主题党日 三楼", tap="in:1"),
            Button(label="消防志愿服务 南门广场", tap="in:2"),
        ],
    ),
    "in:1": Reply(text="已签到：11月主题党日，08:26。今天到会 17／24 人。"),
    "in:2": Reply(text="已签到：消防志愿服务，08:31。结束时发「签退」，时长自动记入。"),
    "我到了": Reply(text="已签到：11月主题党日，08:26。今天到会 17／24 人。"),
    "remind": Reply(text="已提醒这 5 位。09:00 前有人签到，我会告诉您。"),
    "谢谢": Reply(text="不客气。会议 09:00 开始，三楼党员活动室。"),
    "下周三那个会去不了要请假": Reply(
        title="请假",
        text="为您请假，需要写原因吗？不写也可以。",
        fields={"活动": "支部党员大会", "时间": "12月2日（周三）15:00", "地点": "三楼会议室"},
        buttons=[
            Button(label="提交", tap="leave:yes"),
            Button(label="写原因", tap="leave:why"),
            Button(label="不请了", tap="leave:no"),
        ],
    ),
    "leave:yes": Reply(text="已提交给李书记，结果会告诉您。"),
    "还有谁没签到": Reply(
        text="24 人应到，17 人已到，2 人请假。还没有记录的 5 位：赵四、周七、吴八、郑九、冯十。",
        buttons=[
            Button(label="提醒这 5 位", tap="remind"),
            Button(label="点名", tap="roll"),
            Button(label="结束签到", tap="close"),
        ],
    ),
}


def answer(incoming: Incoming) -> Reply | None:
    if incoming.kind is Kind.FOLLOW:
        return HELLO
    return ANSWERS.get(
        incoming.text or incoming.tap, Reply(text="没听明白，发「帮助」看看我会什么。")
    )
