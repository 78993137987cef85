"""`zhibu rehearse`: a synthetic year against the stand-ins, and the checker's verdict."""

from pathlib import Path

import typer

from bot.commands import text


def rehearse(
    members: int, branches: int, days: int, faults: bool, seed: int, transcript: Path | None
) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from bot import logs
    from rehearsal.running import Plan, rehearse

    logs.set_up("CRITICAL")  # what goes wrong is meant to
    with Progress(
        TextColumn(text.REHEARSING), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    ) as progress:
        task = progress.add_task("", total=days)
        verdict = rehearse(
            Plan(
                members, branches, days, faults, seed, transcript=transcript,
                told_of_day=lambda day: progress.update(task, completed=day),
            )
        )  # fmt: skip
    typer.echo(str(verdict.report))
    typer.echo(text.REHEARSED.format(check_ins=verdict.check_ins))
    for role, each in verdict.burdens.items():
        typer.echo(
            text.BURDEN.format(
                role=role, people=each.people, mean=each.mean, p99=each.p99, most=each.most
            )
        )
    for finding in verdict.report.findings[:20]:
        typer.echo(f"  {finding.rule} {finding.person} {finding.key}: {finding.what}")
    if not verdict.ok:
        raise typer.Exit(1)
