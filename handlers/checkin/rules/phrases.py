"""Whole sentences that mean what has a command word but is no intent of its own."""

NOT_ASKED = r"(?!.*(?:吗|么|怎么|如何|没有?$|不是))"
FILLERS = r"(?:好了?|那个?|嗯|呃|请|麻烦|帮我|现在|可以|我们|大家|[，,、\s])*"

TAKEN_BACK = (
    NOT_ASKED + r".*(?:(?:请假|请的假|的假|假)(?:我|就|也)?"
    r"(?:不请了|不用了|不用请了|取消|撤回|撤了|撤销|作废)"
    r"|(?:取消|撤回|撤销|撤掉).{0,8}(?:请假|的假)|又能(?:去|来|参加)了).*"
)
"""周三的假不请了: without it the wish would be heard as one for leave."""
ASKS_FOR_RESULT = (
    r".*我.{0,8}(?:请假|补签|假|申请).{0,4}(?:批了|批下来|批没批|通过|同意|批准).{0,3}"
    r"(?:没有?|吗|没|了)?.*"
)
WILL_DECIDE = (
    r"(?!.*我的?(?:请假|补签|假)).*(?:(?:要|等|待)我.{0,2}批.*"
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
    + r"再?提醒(?:一下|下)?(?:他们|她们|(?:还?没(?:有)?(?:到|来|签到?)的?(?:人|同志|几位|几个)?))"
    r"(?:一下|签到)?吧?"
)
"""Sends nothing by itself: it shows who is meant, with the button."""
