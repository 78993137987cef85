"""What the operator reads on the command line."""

from collections.abc import Mapping, Sequence

from storage.outbox import State

STARTED = """
  支部助手已启动

  网页聊天   {web}
  控制台     {web_console}
  终端聊天   zhibu chat --as M001
  数据库     {database}
  平台       {platforms}

  按 Ctrl-C 停止。
"""
NO_PLATFORM = "网页聊天（其他平台未配置，见 zhibu doctor）"
DEMO_LOADED = "已载入演示组织：青禾市市直机关工委（示例），{members} 名党员，{activities} 场活动。"
MIGRATED = "数据库已就绪：{database}"
PORT_TAKEN = "端口 {port} 已被占用。换一个端口：zhibu run --port {other}，或先停掉占用它的程序。"
OLD_SQLITE = (
    "本机的 SQLite 是 {found}，太旧，至少要 {wanted}。请换一个自带新版 SQLite 的 Python，"
    "或改用 PostgreSQL。"
)
RUNS_ALREADY = (
    "这个数据库已有一个 zhibu run 在用。SQLite 只能由一个进程写；要开几个进程，请改用 PostgreSQL，"
    "见 docs/operations.md。"
)
NEWER_DATABASE = (
    "数据库由更新的版本创建，本程序不敢动它。请升级程序，或用 zhibu restore 恢复旧备份。"
)
CANNOT_CONNECT = "连不上数据库 {database}：{reason}"
INCOMPLETE = "平台配置不完整，还缺：{missing}。在 .env 里补上，或去掉这个平台的全部设置。"
NO_SUCH_MEMBER = "没有编号为 {id} 的党员。用 zhibu export members 可以看到全部编号。"
NO_SUCH_ORGANISATION = "没有编号为 {id} 的组织。用 zhibu export organisation 可以看到全部编号。"
NOT_MIGRATED = "数据库还没有建好，先运行 zhibu migrate。"
BAD_TIME = "时间「{words}」看不懂，请写成 2026-11-23T09:00。"
DRAFTED = "迁移草稿已写入 migrations/versions，请检查后提交。"
BACKED_UP = "已备份到 {file}（{size} KB，完整性检查通过）。"
BACKUP_EXISTS = "{file} 已经存在，没有覆盖。换一个文件名再来。"
RESTORED = "已从 {file} 恢复，原数据库保留为 {kept}。"
ERASED_AGAIN = "其中 {count} 人在备份之后要求删除数据，已再次删除。"
RESTORE_NEWER = "{file} 由更新的版本创建，没有恢复。请先升级程序。"
RESTORE_BROKEN = "{file} 不是完好的备份：{reason}。没有恢复，现有数据未动。"
RESTORE_BUSY = "数据库正在使用，请先停止 zhibu run 再恢复。"
ONLY_SQLITE = "PostgreSQL 请用 pg_dump 和 pg_restore，步骤见 docs/operations.md。"


def where(url: str) -> str:
    """A database without its password."""
    before, at, after = url.rpartition("@")
    if not at or ":" not in before.partition("//")[2]:
        return url
    scheme, _, account = before.partition("//")
    return f"{scheme}//{account.partition(':')[0]}@{after}"


NOTHING = "（无）"
NO_SUCH_FILE = "没有这个文件"
BACKING_UP = "备份中"
NO_DATABASE = "数据库还不存在：{database}"
NO_DATABASE_REMEDY = "运行 make run 或 zhibu run，会自动建好。"
DATABASE_OK = "数据库可以连接：{database}"
CANNOT_CONNECT_REMEDY = "检查 ZHIBU_DATABASE_URL、网络和数据库服务。"
NOT_DURABLE = "数据库的提交不保证落盘（{found}），断电可能丢失已确认的签到。"
LOG_GROWS = "SQLite 的写前日志（-wal）已有 {size} MB，一直清不掉：有一处读取没有结束。"
LOG_REMEDY = (
    "停下手工打开这个数据库的程序；还不行就重启 zhibu run。不要删除 -wal 文件，里面是刚写的记录。"
)
NOT_DURABLE_REMEDY = "在 PostgreSQL 里设 synchronous_commit = on、fsync = on。"
CLOCK_SKEW = "本机时钟和数据库时钟相差 {seconds} 秒。"
CLOCK_REMEDY = "打开两台机器的时间同步（NTP），再运行一次。"
ZONE = "时区 {zone}，现在 {now}"
WORKDAYS_OK = "{year} 年的工作日和调休安排已知"
WORKDAYS_MISSING = "还不知道 {year} 年的工作日和调休，暂按周一至周五计算。"
WORKDAYS_REMEDY = (
    "国务院办公厅的通知发布后（通常在 11 月），升级程序，或执行 zhibu import workdays 文件。"
)
MOVED = (
    "已搬好：{tables} 张表，{rows} 行，逐表核对一致；原数据库没有改动。"
    "把 ZHIBU_DATABASE_URL 改成 {database}（连同密码），再启动助手。"
)
MOVE_NOT_EMPTY = "{database} 里已经有数据，什么也没有搬。请另建一个空的数据库。"
MOVE_DIFFERENT = "表 {table} 搬过去后和原来不一样，什么也没有留下。请把这句话和日志交给开发者。"
LETTERS_HELD = "{count} 条到期的消息不知道发过没有，先搁着不发。"
LANE_PAUSED = "{name} 暂停发送到 {until}："
LANE_REMEDY = "平台恢复后会自己接着发；密钥、IP 白名单或额度的问题请到平台后台处理。"
ENDS = {
    "sent": "送达",
    "failed": "没送到",
    "uncertain": "不确定",
    "expired": "过期",
    "cancelled": "撤回",
    "held": "搁置",
}


def letters(waiting: int, minutes: int, ended: Mapping[State, int]) -> str:
    waits = f"，最早的等了 {minutes} 分钟" if waiting else ""
    done = "，".join(f"{ENDS.get(state, state)} {count}" for state, count in ended.items())
    return f"待发消息 {waiting} 条{waits}；一天内{done or '没有发过'}"


PLATFORM_OK = "{name} 已配置"
PLATFORM_WRONG = "{name} 配置不完整或有误：{trouble}"
PLATFORM_REMEDY = "在 .env 里补上（说明见 .env.example），或去掉它的全部设置。"
PLATFORM_ABSENT = "{name} 未配置，不占用任何资源"
PLATFORM_ABSENT_REMEDY = "需要时在 .env 里填写 ZHIBU_{prefix}_ 开头的各项，步骤见 README.zh-CN.md。"
SHAPE_CURRENT = "数据库结构是最新的"
SHAPE_BEHIND = "数据库结构需要升级"
SHAPE_BEHIND_REMEDY = "运行 zhibu migrate；升级前先 zhibu backup。"
SHAPE_EMPTY = "数据库还是空的"
DEMO_REFRESHED = "演示组织里有一场活动正开放签到。"
DEMO_REFUSED = (
    "数据库里已有别的组织，没有载入演示数据。用 ZHIBU_DATABASE_URL 另指一个空数据库再试。"
)
RULES_OK = "规则文件 {version} 可以用"
NO_RULES = "规则文件 {file} 打不开（{reason}）。请核对 ZHIBU_RULES，或清空它用自带的规则。"
SANDBOX = """{environment}

把上面各行贴进运行助手的终端，再执行 zhibu run。{members} 名虚拟成员已关注。
替他们说话：
  curl -s {control} -d '{{"do": "say", "words": "签到"}}'
记录写在 {transcript}。按 Ctrl+C 停止。"""

NEW_WORD = "新密码"
NO_POST = "{id} 没有可以进控制台的职务，或者没有这个人。先在名册里任职。"
WEAK = "密码至少 {count} 个字符，不要用姓名、编号或重复的字符。没有改动。"
SET = "设好了。登录名 {id}；把验证器密钥 {secret} 当面交给本人，扫码或手工输入都行。"
REHEARSING = "排练"
REHEARSED = "签到 {check_ins} 人次，都有回音。"
BURDEN = (
    "{role}：{people} 人，每人每天平均 {mean:.3f} 条，99% 的日子不超过 {p99} 条，最多 {most} 条。"
)
OPERATOR, LEDGERS = "管理员", "支部工作台账"

KEY_MISSING = "控制台动态码的钥匙不在 {file}，用密码登录的人暂时进不去。"
KEY_REMEDY = (
    "把保存的钥匙文件放回去；实在找不到，请各人在聊天里发「控制台」进门，在设置里重设密码和动态码。"
)
KEY_OPEN = "{file} 别的用户也能读，请运行 chmod 600 {file}"
KEY_RENEWED = (
    "换好了新钥匙，{count} 人的动态码已改用它。{file} 请另存一份，不要和数据库备份放在一起。"
)


def those(members: Sequence[str]) -> str:
    more = f"等 {len(members)} 人" if len(members) > 3 else ""
    return f"（{'、'.join(members[:3])}{more}）"


TRAIL_OK = "操作记录完整，共 {count} 条"
TRAIL_HEAD = "最后一条是第 {row} 条，它的摘要请另存一处（抄在纸上也行）：\n{seal}"
TRAIL_FORGOTTEN = "其中 {count} 条按本人要求去掉了姓名编号，不影响核对。"
TRAIL_REMEDY = "先保全数据库、{file} 和日志，再查是谁动过数据库；不要自行修补。"
TRAIL_RESTORED = "已记下：数据库是从较早的备份恢复的，以第 {row} 条为准接着核对。"
TRAIL_WORSE = {
    "altered": "操作记录第 {row} 条与写下时不一样",
    "missing": "操作记录第 {row} 条不见了",
    "cut": "操作记录从第 {row} 条起被删掉了，或数据库是从较早的备份恢复的",
    "added": "操作记录第 {row} 条是从旁边添进去的",
    "rewritten": "操作记录到第 {row} 条为止被整个改写过，与以前另存的摘要不符",
}


def trail_broken(row: int, how: str) -> str:
    return TRAIL_WORSE[how].format(row=row)


def no_branch(branch: str) -> str:
    return f"没有编号是「{branch}」的组织。用 zhibu export organisation 可以看到所有编号。"


def ledger_name(name: str, days: str) -> str:
    return f"{name}{days}{LEDGERS}.xlsx"


def written(name: str) -> str:
    return f"已写好 {name}，里面有姓名，请妥善保管。"


def ledgers(count: int, folder: str) -> str:
    return f"已写好 {count} 个支部的台账，在 {folder} 里，里面有姓名，请妥善保管。"
