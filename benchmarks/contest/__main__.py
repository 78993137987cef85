import argparse

from benchmarks import contest
from benchmarks.contest.standings import standings
from benchmarks.contest.storm import storm

USUAL = {"people": 13_000, "questions": 20, "rate": 300, "seconds": 0, "answers": 4_700_000}


def main() -> None:
    options = argparse.ArgumentParser(
        description=contest.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, usual in USUAL.items():
        options.add_argument(f"--{name}", type=int, default=usual)
    options.add_argument("--only", choices=["storm", "standings"])
    said = options.parse_args()
    if said.people < 10 * said.rate:
        options.error("at this rate somebody would be asked twice within ten seconds")
    if said.only != "standings":
        storm(said.people, said.questions, said.rate, said.seconds)
    if said.only != "storm":
        standings(said.people, said.questions, said.answers)


if __name__ == "__main__":
    main()
