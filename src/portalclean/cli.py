"""The command line: data on standard output, everything else on standard error.

Exit codes: 0 all good, 1 some files failed, 2 usage; 130 when interrupted and 141 when the reader of the
output has gone, as shells report these two signals.
"""

from __future__ import annotations

from importlib import import_module

import click

from portalclean import __version__
from portalclean.commands.console import INTERRUPTED, discard_output

__all__ = ["main"]

COMMANDS = ("clean", "explain", "gold", "memory", "report")
"""Each stands in the module of `portalclean.commands` that has its name."""


class Commands(click.Group):
    """The commands, loaded when they are asked for: a short one starts fast. An interrupt ends them without a word."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"portalclean.commands.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            discard_output()
            ctx.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="portalclean", message="%(prog)s %(version)s")
def main() -> None:
    """Clean captured portal pages: HTML or flattened text in, typed articles out."""
