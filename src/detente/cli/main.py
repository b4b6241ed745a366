"""The group of commands, each imported only when it is called, and the one place where errors end.

Exit codes: 0 done · 1 failed · 2 usage · 3 done, but some inputs were refused · 4 a check found faults ·
5 the store is locked or newer · 130 interrupted with the work so far kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from detente.errors import DetenteError
from detente.version import VERSION

# name, module under detente.cli.commands, what it does (said here so that help imports nothing)
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("demo", "demo", "Read a packaged crisis and show what comes of it."),
    ("read", "read", "Read reports into the record: only what is new."),
    ("watch", "watch", "Follow a folder or a growing file."),
    ("load", "load", "Take in what an engine read: a folder, or one story of it."),
    ("status", "status", "What came in, what was refused and why, what was found."),
    ("timeline", "layers", "What happened, day by day."),
    ("statements", "layers", "Who said what."),
    ("events", "layers", "Who did what to whom."),
    ("meetings", "layers", "Who met whom."),
    ("positions", "layers", "Who wants what."),
    ("measures", "layers", "Aid, sanctions, deployments and other acts with weight."),
    ("plans", "layers", "What was planned, and what became of it."),
    ("figures", "layers", "Quantities claimed, and by whom."),
    ("differences", "layers", "Where independent accounts do not agree."),
    ("origins", "layers", "Who first wrote what many carry."),
    ("actors", "layers", "Persons, states, organisations and groups."),
    ("articles", "layers", "The articles read."),
    ("versions", "layers", "Pages read in more than one version, and what changed."),
    ("search", "search", "Find words in articles and statements."),
    ("show", "show", "One record with the words it rests on."),
    ("trace", "show", "From a record back to sentence, origin, reader and input."),
    ("check", "check", "Prove the record: every citation re-read, every id, every name."),
    ("diff", "diff", "What changed between two records, or between two days of one."),
    ("review", "review", "Judge what is unsure, item by item; kept with who, when and why."),
    ("brief", "brief", "Write the dossier: HTML and Markdown."),
    ("model", "model", "The conflict model: draft, show, compare, convert, draw."),
    ("solve", "solve", "What a conflict model says: what holds, why, and the ways out."),
    ("export", "export", "Write the record in an exchange format."),
    ("serve", "serve", "Open the record in a browser."),
    ("doctor", "doctor", "What runs here: versions, model, index, disk."),
)


class _HungUp(Exception):
    """The reader of the pipe has gone."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and first lines, and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer meets them."""
        return [name for name, _, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        for name, module, _ in COMMANDS:
            if name == cmd_name:
                found = getattr(import_module(f"detente.cli.commands.{module}"), name)
                assert isinstance(found, click.Command)
                return found
        return None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of our pipe that has gone is no failure (click would exit with 1)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _HungUp from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is answered with the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if near and "No such command" in error.message:
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, _, line in COMMANDS])


class ExamplesFirst(click.Command):
    """A command whose help shows its examples before anything else."""

    def __init__(self, *args: Any, examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then usage, text and options."""
        if self.examples:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {line}\n" for line in self.examples.strip().splitlines()))
            formatter.write_paragraph()
        super().format_help(ctx, formatter)


class GroupExamplesFirst(ExamplesFirst, click.Group):
    """A group of commands whose help shows its examples before anything else."""


_EXAMPLES = """\
Examples:
  detente demo                          read a packaged crisis of October 1962
  detente read reports/ --db crisis.db  read your own reports
  detente timeline                      what happened, each line with its count
  detente trace st-3f9a1                from a statement to its words and origin

"""


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Read what many outlets report about a crisis; keep a record, each line of it cited.",
    epilog="Every command takes --db PATH (else DETENTE_DB, else crisis.db) and -h.",
)
@click.version_option(VERSION, "--version", prog_name="detente")
def cli() -> None:
    """Read what many outlets report about a crisis; keep a record, each line of it cited."""


def _format_help(ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write(_EXAMPLES)
    click.Group.format_help(cli, ctx, formatter)


cli.format_help = _format_help  # type: ignore[method-assign]


def run(args: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; every error of ours becomes two lines on stderr."""
    try:
        result = cli.main(args=None if args is None else list(args), standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DetenteError as error:
        return _told(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nInterrupted; the work so far is kept. Run the same command to go on.", err=True)
        return 130
    except (BrokenPipeError, _HungUp):
        return _hung_up()
    except Exception as error:
        if os.environ.get("DETENTE_DEBUG"):
            raise
        return _fault(error)


def _hung_up() -> int:
    """The reader of the pipe has gone: what Python still wants to flush goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _fault(error: Exception) -> int:
    """A fault of ours: where it happened, in one line, and how to report it."""
    trace, place = error.__traceback__, "?"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    click.echo(f"Error D99: a fault of detente at {place} ({type(error).__name__}: {error}).", err=True)
    click.echo("Please report it with: detente doctor --markdown   (DETENTE_DEBUG=1 shows all)", err=True)
    return 1


def _told(error: DetenteError) -> int:
    click.echo(f"Error {error.code}: {error.message}", err=True)
    if error.hint:
        click.echo(error.hint, err=True)
    return error.exit_code
