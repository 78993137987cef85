"""How members ask what is stored about them, have it, or have it deleted."""

from bot.understanding import Intent
from bot.understanding.slots import period

DATA = "数据|信息|资料|记录|个人信息|个人数据|档案|个人资料|隐私|data|information|个人档案"
MY_DATA = "我的数据|我的信息|我的资料|我的个人信息|我的个人数据|我的个人资料|我的记录|我的隐私|我所有的数据|我全部数据|我的所有数据|我的全部数据|我的所有信息|我的全部信息|个人数据|个人信息|个人资料|我存在你这的|关于我的数据|关于我的信息|我自己的数据|我本人的数据|我的档案"
PASSED_ON = "给别人|被别人|别人能看|谁能看|谁可以看|谁看得到|别人看|泄露|泄漏|外传|卖给|偷看|监听|偷听|领导能看|领导看|书记能看|同事能看|有人能看|外人|公开"
ERASE = "删|删除|删掉|清空|清除|抹掉|抹去|销毁|删了|清掉|去掉|擦除|全删|都删"

INTENTS = (
    Intent(
        id="privacy_export",
        zh="导出我的数据",
        effect="read",
        role="member",
        policy="immediate, machine readable",
        says=(
            f"导出|下载|打包|拷贝|拷|发|给|导|要|拿|备份|汇出|复制|带走|export|download|get {MY_DATA}|my_data|my_information !",
            f"{MY_DATA} 导出|下载|打包|发给我|发我|给我|导|拷|要一份|备份|一份|来一份|拿走|汇出 !",
            "你|你们|系统 +都|里 存|保存|留|有|记 我 数据|信息|资料|哪些 给我|导出|发|一份 !",
            "我 +的 数据|信息|资料 导出|下载|打包|拷|导 !",
            "export|download|send_me|give_me my_data|my_information|my_records|my_personal_data|everything_about_me !",
            "数据 可携带|可携带权|副本",
            "关于我 全部|所有|数据|资料 给|发|导 !",
            "我 要 +一份|我的 数据|信息 副本|拷贝|备份",
        ),
        unless=(f"{ERASE}|撤回 数据|信息|资料|记录", "签到表|台账|名册|任务清单"),
        examples=(
            "导出我的数据",
            "把我的信息打包给我",
            "下载我的个人资料",
            "你存了我什么，给我一份",
            "我的数据给我导一份",
        ),
    ),
    Intent(
        id="privacy_delete",
        zh="删除/撤回同意",
        effect="write",
        role="member",
        policy="confirm; explain what must be kept and why",
        slots=(period(),),
        says=(
            f"{ERASE} 我|本人|个人 {DATA} -签到码|提醒",
            f"{ERASE} {MY_DATA}|my_data !",
            f"我|本人|个人|把我 {DATA} {ERASE} -提醒 !",
            "撤回|撤销|收回|取消|不 同意|授权|许可 -请假 !",
            "不同意|不愿意|不想|不让|不允许|拒绝 收集|采集|保存|存|记录|授权|用我|使用我 -提醒",
            "注销 +并|账号 清空|删|数据|资料 !",
            "忘掉|忘记|遗忘 我|我的 -签",
            "delete|erase|remove|forget my_data|me|my_information|my_records|my_account|everything",
            "withdraw|revoke consent|my_consent",
            "清空|清除|删除|抹掉|删光 所有|全部|一切|痕迹 -错题|提醒|任务",
            "别|不要|不许|不准 存|保存|留|记 我 数据|信息|资料|记录|东西",
            "被遗忘权|注销我",
            "把我 {time} 记录|数据 删|清",
        ),
        unless=("报名|提醒|任务|错题|通知|绑定关系 删", "谁 能", "会不会 删", "怎么 保护"),
        examples=(
            "删除我的数据",
            "把我的记录删掉",
            "撤回同意",
            "我不同意你们收集我的信息",
            "清空我的资料",
            "注销并删除所有数据",
        ),
    ),
    Intent(
        id="privacy_info",
        zh="隐私说明",
        effect="read",
        role="member",
        says=(
            "隐私|隐私政策|隐私条款|隐私说明|隐私保护|个人信息保护|privacy|privacy_policy|用户协议|数据安全 -删|导出|调",
            "你|你们|系统|机器人|助手|这 会不会|会|是不是|有没有|能不能|要不要 定位|追踪|监控|监听|记录|收集|偷|看到|泄露|采集|录音|偷看 !",
            "会不会|是不是|有没有|会|能 定位|追踪|监控|跟踪|监听|监视|偷听|偷看 我|吗|啊|人 -他|她|同事|王|李|赵 !",
            "你|你们|系统 收集|记录|采集|保存|存|存储|知道|留|记|掌握|要 我 什么|哪些|啥|多少|几 -一份|给我|导出 !",
            "收集|采集|保存|记录|存 +了|我|我的 什么|哪些|啥 信息|数据|资料|东西 -给我|一份|导出 !",
            f"我|聊天|数据|信息|资料|手机号|记录|位置|说的话 {PASSED_ON} -签到表 !",
            f"{PASSED_ON} 我|聊天|数据|信息|记录|手机号 吗|么|不|没 !",
            "数据|信息|资料|记录 存 +在 哪|多久|几年|什么地方|多长",
            "数据|信息|资料|我说的 安全|放心|保密 吗|不|么",
            "我的 手机号|信息|数据|资料|位置 +你们 会 给|被|拿|用",
            "要|需要|开|打开 定位 吗|不|么",
            "你|你们 知道|看得到|看到|查得到 我 在哪|位置|手机号|什么|吗",
            "do_you_track_me|do_you_store|what_data|my_privacy|are_you_tracking|who_can_see|do_you_collect|do_you_record|what_do_you_know_about_me !",
            "我|信息|数据|位置 会不会 被 !",
            "为什么|干嘛|凭什么 要|收集 我 信息|手机号|数据|位置",
        ),
        unless=(
            f"{ERASE} 我|数据|信息|资料|记录",
            "导出|打包|给我一份|发我一份",
            "把 同事|他|她|王三|李二",
            "调出来|身份证",
            "撤回 同意",
        ),
        examples=(
            "你们收集我什么信息",
            "隐私政策",
            "会不会定位我",
            "我的聊天记录别人能看到吗",
            "我的信息安全吗",
            "你会记录我说的话吗",
            "数据存多久",
            "谁能看到我的记录",
        ),
    ),
)
