"""What the operator reads on the command line."""

STARTED = """
  支部助手已启动

  网页聊天   {web}
  终端聊天   zhibu chat --as M001
  数据库     {database}
  平台       {platforms}

  按 Ctrl-C 停止。
"""
NO_PLATFORM = "网页聊天（其他平台未配置，见 zhibu doctor）"
DEMO_LOADED = "已载入演示组织：青禾市市直机关工委（示例），{members} 名党员，{activities} 场活动。"
MIGRATED = "数据库已就绪：{database}"
PORT_TAKEN = "端口 {port} 已被占用。换一个端口：zhibu run --port {other}，或先停掉占用它的程序。"
NEWER_DATABASE = (
    "数据库由更新的版本创建，本程序不敢动它。请升级程序，或用 zhibu restore 恢复旧备份。"
)
CANNOT_CONNECT = "连不上数据库 {database}：{reason}"
INCOMPLETE = "平台配置不完整，还缺：{missing}。在 .env 里补上，或去掉这个平台的全部设置。"
NO_SUCH_MEMBER = "没有编号为 {id} 的党员。用 zhibu export members 可以看到全部编号。"
NOT_MIGRATED = "数据库还没有建好，先运行 zhibu migrate。"
BAD_TIME = "时间「{words}」看不懂，请写成 2026-11-23T09:00。"
DRAFTED = "迁移草稿已写入 migrations/versions，请检查后提交。"
BACKED_UP = "已备份到 {file}（{size} KB，完整性检查通过）。"
BACKUP_EXISTS = "{file} 已经存在，没有覆盖。换一个文件名再来。"
RESTORED = "已从 {file} 恢复，原数据库保留为 {kept}。"
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
