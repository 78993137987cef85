"""Understanding: how right, how fast, how large, how soon ready.

python -m benchmarks.understanding

Accuracy on the given utterances and on our own corpus; milliseconds for each of its messages and
for messages of 64 characters joined from it; memory and time from an empty process to the first
answer, measured in one of its own.
"""

import subprocess
import sys
import time
from statistics import median

START = """
import time
def resident():
    fields = dict(line.split(":") for line in open("/proc/self/status") if ":" in line)
    return int(fields["VmRSS"].split()[0]) / 1024
before, began = resident(), time.process_time()
import handlers
from datetime import UTC, datetime
from bot.understanding import Understander
understander = Understander(tuple(handlers.intents()))
understander.understand("明天签到", now=datetime.now(UTC))
print(time.process_time() - began, resident() - before)
"""


def main() -> None:
    accuracy()
    speed()
    readiness()


def accuracy() -> None:
    from bot.commands.understand import demo_names
    from tests.understanding.conftest import NOW
    from tests.understanding.measuring import CORPUS, SHARED, measure, read, score

    understander = ready()
    files = [SHARED / "utterances_dev.csv", *sorted(CORPUS.glob("*.csv"))]
    print(f"{'':20} rows  intents  slots  precision of changes")
    for file in (each for each in files if each.exists()):
        got = score(measure(understander, read(file), NOW, demo_names()))
        print(
            f"{file.name:20} {got.rows:4}  {got.intents:7.1%}  {got.slots:5.1%}"
            f"  {got.precision_of_changes:.1%} ({got.wrong_changes} of {got.changes} wrong)"
        )


def ready():  # type: ignore[no-untyped-def]
    import handlers
    from bot.understanding import Understander

    return Understander(tuple(handlers.intents()))


def speed() -> None:
    from bot.commands.understand import demo_names
    from tests.understanding.conftest import NOW
    from tests.understanding.measuring import CORPUS, read

    understander, names = ready(), demo_names()
    said = [row.text for row in read(CORPUS / "dev.csv")]
    joined = ["".join(said[at : at + 12])[:64] for at in range(0, len(said) - 12, 3)]
    for text in said[:20]:
        understander.understand(text, now=NOW, names=names)
    for name, texts in (("as said", said), ("64 characters", joined)):
        took = []
        for text in texts:
            began = time.process_time()
            understander.understand(text, now=NOW, names=names)
            took.append((time.process_time() - began) * 1000)
        print(f"{name:20} median {median(took):.2f} ms, worst {max(took):.2f} ms of {len(took)}")


def readiness() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    seconds, megabytes = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    print(f"{'from nothing':20} {min(seconds):.2f} s, {max(megabytes):.0f} MB")


if __name__ == "__main__":
    main()
