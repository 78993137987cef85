"""Whole sentences that mean what has a command word but is no intent of its own. What each hears,
and what it must not, is a table: `tests/test_whole_sentences.py`."""

import re

NOT_ASKED = r"(?!.*(?:吗|么|怎么|如何|没有?$|不是))"
FILLERS = r"(?:好了?|那个?|嗯|呃|请|麻烦|帮我|现在|可以|我们|大家|[，,、\s])*"

TAKEN_BACK = (
    NOT_ASKED + r".*(?:(?:请假|请的假|的假|假)(?:我|就|也)?"
    r"(?:不请了|不用了|不用请了|取消|撤回|撤了|撤销|作废)"
    r"|(?:取消|撤回|撤销|撤掉).{0,8}(?:请假|的假)|(?:又|我)能(?:去|来|参加)了).*"
)
"""周三的假不请了: without it the wish would be heard as one for leave."""
ASKS_FOR_RESULT = (
    r".*我.{0,8}(?:请假|补签|假|申请).{0,4}(?:批了|批下来|批没批|通过|同意|批准).{0,3}"
    r"(?:没有?|吗|没|了)?.*"
    r"|(?:请假|补签|申请|假)(?:的事)?(?:批了|批下来|批没批|通过|同意).{0,3}(?:没有?|吗|没)"
    r"|.*我的?(?:请假|补签|申请|假).{0,4}(?:没|不|还没)(?:有)?(?:批|同意|通过).{0,4}"
)
OF_ANOTHER = (
    r"(?!我|上|昨|今|前|那|这|刚|周)[\u4e00-\u9fff]{2,3}的?"
    r"(?:请假|补签|申请).{0,2}批(?:了没有?|没批|了吗)"
)
WILL_DECIDE = (
    OF_ANOTHER + r"|(?!.*我的?(?:请假|补签|假)).*(?:(?:要|等|待)我.{0,2}批.*"
    r"|(?:批准|同意|批一下|批了).{1,6}的?(?:请假|补签|假|申请)吧?)"
)
"""Decides nothing by itself: it shows what waits, with a button for each way."""
CLOSES = (
    NOT_ASKED + FILLERS + r"(?:把签到(?:关|结束|停|截)[了掉止]?"
    r"|签到(?:可以|就|先)?(?:结束|关闭|关掉|关)了?)吧?"
)
"""Closing is at once, so no other word may stand there: 九点签到结束 is none."""
OPENS = (
    NOT_ASKED + FILLERS + r"(?:把签到(?:打开|开了|开一下|开)"
    r"|(?:打开|开启|开始|开放)一?下?签到了?)吧?"
)
REMINDS = (
    FILLERS
    + r"(?:都|全都|挨个|把他们都?|全部)(?:再)?(?:提醒|催)(?:一下|一遍|一声|下)吧?|"
    + FILLERS
    + r"再?提醒(?:一下|下)?(?:他们|她们|(?:还?没(?:有)?(?:到|来|签到?)的?(?:人|同志|几位|几个)?))"
    r"(?:一下|签到)?吧?"
)
"""Sends nothing by itself: it shows who is meant, with the button."""
LATE = (
    r"(?!.*(?:不了|不成|请假|不去|不来|算|罚|怎么|谁|几|没来)).{0,12}"
    r"(?:(?:要|会|可能|得|恐怕|估计)(?:迟到|晚到|晚点到|来晚|晚来)|(?:要|会|得)晚.{0,6}(?:到|来)).{0,8}"
)
"""Nothing is asked; nobody is told. It only says what to do."""
KIN = (
    "爱人|老伴|妻子|丈夫|老公|老婆|媳妇|妈妈?|爸爸?|母亲|父亲|儿子|女儿|同事|邻居|他|她|他们|"
    "老(?!师|伴)[\u4e00-\u9fff]|小(?![助秘同])[\u4e00-\u9fff]"
)
FOR_ANOTHER = (
    rf".{{0,14}}(?:帮|替|给|代)(?:我们?|俺|咱)?(?:家)?(?:{KIN})也?"
    r"(?:请.{0,4}假|报个?名|补个?签|记上).{0,20}"
)
AM_I_IN = re.compile(
    r"(?:签[上成到]|记上|签进去|签到成功)了?(?:没有?|吗|了没)|"
    r"(?:为啥|为什么|怎么|咋).{0,4}我(?:还)?没(?:到|来|签)"
)
ASKS_FOR_CODE = (
    r"(?:现在|今天|现场|签到)?的?(?:签到)?(?:口令|签到码)(?:现在)?(?:是|有)?(?:多少|什么|啥|几)"
    r"(?:呀|啊|呢)?"
)


def asks_of_now(said: str) -> bool:
    """Whether they are in at the activity that is on, instead of how often they came: 签上没有."""
    return bool(AM_I_IN.search(said))
