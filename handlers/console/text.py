"""How the console's door is spoken of."""

from datetime import datetime

HELP = "控制台：在电脑或手机上打开管理页面"
ONCE = "进控制台的链接只给一次。要新的，请再发一次「控制台」。"
IN_PRIVATE = "控制台的链接已私信您。"
NO_ADDRESS = "控制台还没有地址。请管理员先启动 zhibu run，并设置 ZHIBU_PUBLIC_URL。"


SECURED = (
    "您的控制台密码刚刚设过。不是您本人设的，请马上发「控制台」进去，"
    "在「设置」里退出其他地方并重设密码。"
)


def link(address: str, until: datetime) -> str:
    return (
        f"点开进入控制台，{until:%H:%M} 前有效，只能用一次：\n{address}\n"
        "这是您本人的门，请不要转给别人。"
    )
