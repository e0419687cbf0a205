"""Try to break portalclean for as long as you like.

python -m fuzz list                             the targets and the hostile pages
python -m fuzz run html --seconds 600           one target with coverage-guided mutation (needs atheris)
python -m fuzz draw html --examples 100000      one target with drawn pages (needs hypothesis)
python -m fuzz replay html FILE...              one target on given files: what a run has found
python -m fuzz growth --size 400000             what hostile pages cost as they grow
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from fuzz import TARGET_NAMES
from fuzz.hostile_pages import PAGES

CORPUS = Path(__file__).parent / "corpus"
FOUND = 1
"""Exit code when something was broken."""


def main() -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list")
    run = commands.add_parser("run")
    run.add_argument("target", choices=TARGET_NAMES)
    run.add_argument("--seconds", type=int, default=600)
    draw = commands.add_parser("draw")
    draw.add_argument("target", choices=TARGET_NAMES)
    draw.add_argument("--examples", type=int, default=10_000)
    replay = commands.add_parser("replay")
    replay.add_argument("target", choices=TARGET_NAMES)
    replay.add_argument("files", nargs="+", type=Path)
    growth = commands.add_parser("growth")
    growth.add_argument("--size", type=int, default=400_000)
    growth.add_argument("--page", choices=PAGES, action="append")
    options = parser.parse_args()
    match options.command:
        case "list":
            print(*TARGET_NAMES, "", *PAGES, sep="\n")
            return 0
        case "run":
            return _run(options.target, options.seconds)
        case "draw":
            return _draw(options.target, options.examples)
        case "replay":
            from fuzz.targets import TARGETS

            for file in options.files:
                TARGETS[options.target](file.read_bytes())
            return 0
    return _growth(options.size, options.page or list(PAGES))


def _run(target: str, seconds: int) -> int:
    """Mutate the corpus, guided by what the mutants reach in the package; a finding is written to a file."""
    try:
        import atheris
    except ImportError:
        print("python -m fuzz run needs atheris: pip install 'portalclean[fuzz]'", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["portalclean"]):
        from fuzz.targets import TARGETS
    with tempfile.TemporaryDirectory() as kept:
        arguments = [sys.argv[0], f"-max_total_time={seconds}", "-max_len=20000", "-timeout=60", kept, str(CORPUS)]
        atheris.Setup(arguments, TARGETS[target])
        atheris.Fuzz()  # ends the process, with 77 when it has found something
    return 0


def _draw(target: str, examples: int) -> int:
    """Draw pages, and show the smallest that breaks the target."""
    from hypothesis import HealthCheck, given, settings

    from fuzz.inputs import captures
    from fuzz.targets import TARGETS

    checks = list(HealthCheck)
    given(captures)(settings(max_examples=examples, deadline=None, suppress_health_check=checks)(TARGETS[target]))()
    return 0


def _growth(size: int, names: list[str]) -> int:
    """Print what each hostile page costs; say which costs more than in proportion."""
    from fuzz.growth import growth_of

    out_of_proportion = 0
    for name in names:
        found = growth_of(PAGES[name], size)
        mark = " " if found.in_proportion else "!"
        seconds = " ".join(f"{cost:8.3f}" for cost in found.seconds)
        print(f"{mark} {name:36} {found.microseconds:8.2f} us/character {seconds} s", flush=True)
        out_of_proportion += not found.in_proportion
    return FOUND if out_of_proportion else 0


if __name__ == "__main__":
    sys.exit(main())
