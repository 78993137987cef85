"""The command line: `zhibu`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

main = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="支部助手：在聊天里签到、请假、提醒、学习。先运行 zhibu run。",
)


@main.command()
def run(
    host: Annotated[str | None, typer.Option(help="监听的地址，默认只本机可见")] = None,
    port: Annotated[int | None, typer.Option(help="端口，默认 8600")] = None,
) -> None:
    """启动助手：建好数据库，首次运行载入演示组织，然后开始接收消息。"""
    from bot.commands.run import run

    run(host, port)


@main.command()
def say(
    words: Annotated[str, typer.Argument(help="要说的话；tap:… 表示点按钮，scene:… 表示扫码")],
    member: Annotated[str, typer.Option("--as", help="以谁的身份，例如 M001；guest 是未绑定的人")],
    platform: Annotated[str, typer.Option(help="从哪个平台说")] = "terminal",
    at: Annotated[str | None, typer.Option(help="什么时候说，例如 2026-11-23T09:00")] = None,
    json: Annotated[bool, typer.Option("--json", help="按 JSON 打印回复")] = False,
) -> None:
    """替某人说一句话，走真实的处理路径，打印回复。"""
    from bot.commands.say import say

    say(member, words, platform, at, json)


@main.command()
def chat(
    member: Annotated[str, typer.Option("--as", help="以谁的身份，例如 M001")] = "guest",
) -> None:
    """在终端里和助手聊天。"""
    from bot.commands.say import chat

    chat(member)


@main.command()
def understand(
    now: Annotated[str | None, typer.Option(help="以哪一刻为准，例如 2026-11-23T09:00")] = None,
    role: Annotated[
        str, typer.Option(help="guest、member、assignee、organiser 或 committee；不改变听懂什么")
    ] = "member",
) -> None:
    """逐行读标准输入，打印听懂了什么（JSON）。"""
    from bot.commands.understand import understand

    understand(now, role)


@main.command()
def demo() -> None:
    """载入演示组织，或让它的一场活动重新开放签到。"""
    from bot.commands.demo import demo

    demo()


@main.command()
def migrate(
    to: Annotated[str, typer.Option(help="目标版本")] = "head",
    draft: Annotated[str, typer.Option(help="开发用：按源码起草一个迁移", hidden=True)] = "",
) -> None:
    """把数据库升级到本程序需要的结构。"""
    from bot.commands.migrate import migrate

    migrate(to, draft)


@main.command()
def plan() -> None:
    """按规则文件排出未来一年的各项到期日；随时可以再排，已办的不动。"""
    from bot.commands.plan import plan_year

    plan_year()


@main.command()
def preview(
    days: Annotated[int, typer.Option(min=1, max=60, help="往后看几天")] = 14,
    branch: Annotated[str, typer.Option(help="只看这个支部的人，例如 BR-A1")] = "",
    to: Annotated[str, typer.Option(help="只看说给这个人的，例如 M001")] = "",
    at: Annotated[str | None, typer.Option(help="从哪一刻看起，例如 2026-11-23T08:00")] = None,
) -> None:
    """预览：未来会在何时、通过哪个平台、对谁说什么、依据是什么；什么也不发出。"""
    from bot.commands.ahead import preview

    preview(days, branch, to, at)


@main.command()
def why(
    letter: Annotated[str, typer.Argument(help="信的编号或名称，如 morning:2026-11-23:M001")],
) -> None:
    """这封信为什么发：从条文、记录、提醒阶梯一直到每一次发送。"""
    from bot.commands.ahead import explain

    explain(letter)


@main.command()
def password(
    member: Annotated[str, typer.Argument(help="谁的，例如 M001")],
) -> None:
    """给有职务的人设控制台的密码和动态码；一般在聊天里发「控制台」就能进，不用它。"""
    from bot.commands.password import set_password

    set_password(member)


@main.command()
def doctor() -> None:
    """检查数据库、时钟、时区、工作日和各平台，并告诉您该怎么办。"""
    from bot.commands.doctor import doctor

    doctor()


@main.command()
def key() -> None:
    """换一把新钥匙：控制台动态码的密钥都改用它加密，旧钥匙留在文件后面。"""
    from bot.commands.password import renew_key

    renew_key()


@main.command()
def audit(
    restored: Annotated[
        bool, typer.Option("--restored", help="刚用 pg_restore 恢复过，以现在的末条为准")
    ] = False,
) -> None:
    """核对操作记录有没有被改过、删过，并打印末条的摘要，供另存一处。"""
    from bot.commands.trail import check

    check(restored)


@main.command()
def backup(
    to: Annotated[Path | None, typer.Argument(help="备份文件，默认放在数据库旁的 backups")] = None,
) -> None:
    """备份数据库，助手运行时也可以。"""
    from bot.commands.backup import backup

    backup(to)


@main.command()
def restore(backup: Annotated[Path, typer.Argument(help="zhibu backup 生成的文件")]) -> None:
    """从备份恢复；原数据库会保留在旁边。"""
    from bot.commands.backup import restore

    restore(backup)


@main.command()
def move(
    to: Annotated[str, typer.Argument(help="搬到哪里，例如 postgresql://zhibu:密码@db/zhibu")],
) -> None:
    """把整个数据库搬进另一个空的数据库，例如从 SQLite 到 PostgreSQL；先停下助手。"""
    from bot.commands.move import move

    move(to)


@main.command("import")
def import_(
    what: Annotated[
        Literal[
            "organisation",
            "members",
            "accounts",
            "activities",
            "tasks",
            "candidates",
            "workdays",
            "questions",
            "contests",
        ],
        typer.Argument(
            help="导入什么：组织、党员、账号、活动、任务、发展对象（只记日期）、工作日、题库、竞赛"
        ),
    ],
    file: Annotated[Path, typer.Argument(help=".csv、.xlsx、.yaml；题库还可以是 Word、纯文本等")],
    as_of: Annotated[str, typer.Option(help="自哪天起生效，例如 2026-11-23；默认今天")] = "",
    author: Annotated[
        str, typer.Option(help="题库的出题人、竞赛的组织人，例如 M002；反馈和申诉会告诉他")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览")] = False,
) -> None:
    """导入名册：先预览，确认后一次写入；有一处不对就什么也不改。"""
    if what == "workdays":
        from bot.commands.workdays import import_workdays

        return import_workdays(file, yes=yes, dry_run=dry_run)
    if what == "questions":
        from bot.commands.questions import import_questions

        return import_questions(file, author=author, yes=yes, dry_run=dry_run)
    if what == "contests":
        from bot.commands.contests import import_contests

        return import_contests(file, author=author)
    from bot.commands.imports import import_file

    return import_file(what, file, as_of, yes=yes, dry_run=dry_run)


@main.command()
def export(
    what: Annotated[
        Literal[
            "organisation",
            "members",
            "accounts",
            "activities",
            "tasks",
            "attendance",
            "questions",
            "ledger",
        ],
        typer.Argument(help="导出什么：组织、党员、账号、活动、任务、出勤、题库、支部工作台账"),
    ],
    file: Annotated[Path | None, typer.Argument(help=".csv、.xlsx 或 .yaml；台账可以不写")] = None,
    branch: Annotated[str, typer.Option(help="台账：哪个支部，例如 BR-A1；不写就是每个")] = "",
    year: Annotated[int, typer.Option(help="台账：哪一年，默认今年")] = 0,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
) -> None:
    """导出名册和题库：和导入用的是同样的文件；或导出支部一年的工作台账。"""
    if what == "ledger":
        from bot.commands.ledgers import export_ledger

        return export_ledger(file, branch, year, force=force)
    if file is None:
        raise typer.BadParameter("请写上文件名，例如 members.xlsx。", param_hint="FILE")
    if what == "questions":
        from bot.commands.questions import export_questions

        return export_questions(file, force=force)
    from bot.commands.exports import export_file

    return export_file(what, file, force=force)


@main.command()
def sandbox(
    port: Annotated[int, typer.Option(help="端口，只在本机监听")] = 8700,
    speed: Annotated[float, typer.Option(help="时间走多快，1 是实时")] = 1.0,
    members: Annotated[int, typer.Option(help="有多少虚拟成员")] = 100,
    assistant: Annotated[
        str, typer.Option(help="助手在哪里，消息推到它的 /webhooks")
    ] = "http://127.0.0.1:8600",
    transcript: Annotated[Path | None, typer.Option(help="记录写到哪个文件")] = None,
) -> None:
    """启动微信、企业微信、Telegram 的本地替身，打印助手要用的环境变量。"""
    from bot.commands.sandbox import sandbox

    sandbox(port, speed, members, assistant, transcript)


@main.command()
def rehearse(
    members: Annotated[int, typer.Option(help="多少名党员", min=10)] = 300,
    branches: Annotated[int, typer.Option(help="多少个支部", min=1)] = 6,
    days: Annotated[int, typer.Option(help="多少天", min=1, max=366)] = 30,
    faults: Annotated[bool, typer.Option(help="平台和进程是否出故障")] = False,
    seed: Annotated[int, typer.Option(help="同一个数，同一年")] = 1,
    transcript: Annotated[Path | None, typer.Option(help="记录写到哪个文件")] = None,
) -> None:
    """在虚拟时间里排练一年：真实的日程、投递和签到，对着平台替身，最后给出检查结论。"""
    if branches * 10 > members:
        raise typer.BadParameter("每个支部至少要有 10 名党员。", param_hint="--branches")
    from bot.commands.rehearse import rehearse

    rehearse(members, branches, days, faults, seed, transcript)


if __name__ == "__main__":
    main()
