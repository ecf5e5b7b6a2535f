"""Where a command spends its time: runs iacctl in this process under cProfile.

`python -m benchmarks.profiling [--top N] [--sort KEY] [--save FILE] ARGUMENT...`, where ARGUMENT... is what would
follow `iacctl`, for example `-chdir=examples/quickstart plan`. The table goes to standard error.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys

from benchmarks import tools


def main(arguments: list[str]) -> int:
    """Profile one command.

    Args:
        arguments: options of this program, then iacctl's command line.

    Returns:
        The exit status of the profiled command.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profiling", description="Profile an iacctl command.")
    parser.add_argument("--top", type=int, default=40, metavar="N", help="functions to show (40)")
    parser.add_argument("--sort", default="tottime", metavar="KEY", help="tottime, cumulative, ncalls, ...")
    parser.add_argument("--save", metavar="FILE", help="also keep the raw profile, for snakeviz and the like")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="iacctl's arguments")
    options = parser.parse_args(arguments)
    tools.compile_sources()
    profile = cProfile.Profile()
    status = profile.runcall(_command, options.command)
    if options.save:
        profile.dump_stats(options.save)
    sys.stdout.flush()
    pstats.Stats(profile, stream=sys.stderr).sort_stats(options.sort).print_stats(options.top)
    return status


def _command(arguments: list[str]) -> int:
    """Run one iacctl command as the console script does, and give its exit status."""
    sys.argv = ["iacctl", *arguments]
    try:
        # Imported here: what the imports cost belongs to the profile.
        from iacctl.cli import main as cli

        status = cli.run()
    except SystemExit as stop:
        status = stop.code
    return status if isinstance(status, int) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
