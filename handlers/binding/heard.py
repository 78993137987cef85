"""How somebody says who they are, and how they leave."""

from bot.understanding import Intent, sentences
from bot.understanding.slots import branch, matching, person

ACCOUNT = "绑定|账号|账户|微信|身份|关联|号|手机|帐号|账号绑定|绑定关系"

INTENTS = (
    Intent(
        id="bind",
        zh="绑定",
        effect="write",
        role="guest",
        policy="roster match plus invitation code",
        slots=(
            person(said_after="绑定|我是|我叫|姓名|名字是|名字叫|叫|认证|本人"),
            branch(),
            matching(
                "code",
                r"(?:邀请码|绑定码|验证码|码)(?:是|为|:|：|\s)*([a-z0-9]{4,10})(?![a-z0-9])",
                upper=True,
            ),
            matching(
                "code",
                r"(?<![a-z0-9])((?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,10})(?![a-z0-9])",
                upper=True,
            ),
        ),
        says=(
            "register_me|bind_me|bind_my !!",
            "=登录|登陆|登入|我要登录",
            "绑定|帮定|绑个定|认证身份|身份认证|绑一下|实名认证|注册|认证一下|登记身份|验证身份",
            "绑定 {person}|{branch}|{code}|身份|账号|微信 !",
            "我是|我叫|本人 {person}",
            "我是|我叫 {branch}|支部 -谁|的积分",
            "邀请码|绑定码 {code}|{digits}|是|为",
            "邀请码|绑定码",
            "<要> 注册|加入|认证|登录|登陆|激活 -会议|活动|竞赛|志愿",
            "bind|register_me|link_my_account|link_account|bind_my_account|invitation_code",
            "={code}",
            "我是 新 +党员|来的|人|加入",
            "关联 账号|身份|微信",
        ),
        unless=(
            "解绑|解除|取消 绑定",
            "解除|取消|不 绑定|绑",
            "怎么 解绑",
            "没|拿 邀请码",
            "绑定 是什么|什么用|安全吗",
            "退出",
        ),
        examples=sentences(
            "绑定|我要绑定|绑定身份|我是张三第一党支部的|邀请码 AB12CD|帮我绑定一下|怎么绑定|"
            "我叫李四，绑定一下|绑定账号|我是第一党支部张一|绑定李二 第一党支部|邀请码AB3K9Z|"
            "我叫王三，绑定|身份绑定|帮我绑一下|绑定邀请码 7KX2M9|"
            "我是赵四，苗圃党支部的，邀请码QW12ER|认证身份|bind|绑订|邦定|我的邀请码是 K8P2ZX|"
            "綁定 孫六|注册|我想绑定我的身份|本人周七，离退休党支部|登录|绑定一下账号|绑身份|"
            "我是王三，第二党支部|身份认证一下|邀请码是 X9Y8Z7|我是新来的，要绑定|绑定吧|"
            "我叫李二|邀请码7H2K9P绑定|我是离退休党支部的谢三十四|怎样绑定账号|"
            "加入支部，邀请码 ABC123|link my account|绑定 韩十六 第二党支部|身份登记|"
            "我要加入，邀请码 M4N5P6|新人报到，绑定身份|怎么把我绑上|我是孙六，请绑定|绑定本人|"
            "邀请码K2J8H6|绑定：周七 第一党支部|认证，我是督查队支部的|账号绑定一下|"
            "帮我登记身份，钱五|绑我|用邀请码绑定|bind account|我是刚调来的，怎么绑定|"
            "register me|绑定微信"
        ),
    ),
    Intent(
        id="unbind",
        zh="解绑",
        effect="write",
        role="member",
        policy="confirm",
        says=(
            "退出|取消|解除 绑定 !!",
            "解绑|解除绑定|取消绑定|解除关联|解开绑定|不绑了|注销账号|退出账号|退出登录|注销账户|换绑|取消关联|解邦|松绑|解除微信绑定|注销帐号",
            "解除|取消|解开|断开|解掉|撤销 绑定|关联|账号|号|微信|绑 -报名 !",
            "把 号|账号|微信|我 解开|解绑|解除|退出|断开|下线",
            "退出|注销|登出 账号|登录|登陆|账户|系统|帐号 -数据|资料|清空|删",
            "换 手机|号|微信|账号 +了 绑|解",
            "unbind|unlink|log_out|sign_out|logout|disconnect_my_account",
            "不 +想|要|再 绑定|绑 +了",
            "别|不 +再 绑 +我|着",
        ),
        unless=("删|清空|数据|资料|信息 都|全",),
        examples=sentences(
            "解绑|我要解绑|解除绑定|取消绑定我的微信|退出账号|换手机了要解绑|解绑账号|取消绑定|"
            "解除绑定关系|我想解绑|解绑微信|不想用了，解绑|把账号解绑|换号了，解绑|退出绑定|"
            "解邦|unbind|解綁|注销账号|我要退出|解除账号绑定|换微信了要解绑|帮我解绑|不绑定了|"
            "把绑定解除|解绑手机|解除我的账号|账号不用了，解绑|取消账号绑定|退出登录|"
            "unlink my account|撤销绑定|解绑一下|我调走了，解绑吧|把我的账号解绑了|不想绑了|"
            "解除和微信的绑定|取消关联|我退休了不用了，解绑|解绑这个号|断开绑定|帮我退出登录|"
            "账号解绑怎么弄|松绑|unbind me"
        ),
    ),
)
