"""`make bench`: every measurement, one after the other; `make bench ARGS=checkin` for one."""

import subprocess
import sys

ALL = (
    "checkin",
    "times",
    "duties",
    "morning",
    "delivery",
    "understanding",
    "study",
    "contest",
    "pages",
    "circular",
)


def main() -> None:
    for name in sys.argv[1:2] or ALL:
        print(f"== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *sys.argv[2:]], check=True)


if __name__ == "__main__":
    main()
