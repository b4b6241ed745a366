"""``docs/cli.md``, made from the commands' own help so that it cannot drift.

``python -m detente.cli.docs`` prints the page; ``python -m scripts.generate_docs`` writes it, and a test
compares.
"""

from __future__ import annotations

import click

from detente import errors
from detente.cli.main import COMMANDS, cli
from detente.formats import FORMATS

_HEAD = """\
# The command line

<!-- Made by `python -m scripts.generate_docs` from the commands' own help. Edit the help, not this page. -->

`detente COMMAND --help` shows what stands here.

**The store** is `--db PATH` on every command, else `DETENTE_DB`, else `crisis.db` in this folder.
Looking never writes: every command but `read` and `demo` opens the store read-only.

**Streams.** Results go to stdout, everything else (progress, notes, errors) to stderr.
Only `--format` changes the form of the output; a pipe or a terminal changes nothing but width and bold type.
`NO_COLOR` turns bold type off, `COLUMNS` sets the width.
A broken pipe ends quietly.

**IDs.** Tables show the shortest beginning of an id that is unique in the store; `show` and `trace` take it.

**Counts** are reports · origins · outlets: ten outlets with one wire story are ten reports of one origin.

**Dates.** `*` marks a date that is not in the words: the day of publication stands in.
`?` marks a date inferred from other reports.

## Exit codes

| code | meaning |
| ---: | --- |
| 0 | done |
| 1 | failed |
| 2 | the call is wrong: an unknown command, option, layer, actor or id |
| 3 | done, but some inputs were refused; they are listed with their reasons (`--strict` makes it 1) |
| 4 | a check found faults |
| 5 | the store is locked by another program, or was made by a newer detente |
| 130 | interrupted; the work so far is kept, and the same command goes on |
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD, _errors(), _formats(), "## Commands\n"]
    top = click.Context(cli, info_name="detente")
    parts += [_section(name, cli.get_command(top, name), top, level=3) for name, _, _ in COMMANDS]
    return "\n".join(parts)


def _section(name: str, command: click.Command | None, parent: click.Context, *, level: int) -> str:
    """A command's heading and help; those of a group's commands below it."""
    if command is None:
        raise KeyError(name)
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    context.help_option_names = ["-h", "--help"]
    parts = [f"{'#' * level} {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        below = [(one, command.get_command(context, one)) for one in command.list_commands(context)]
        parts += [_section(one, sub, context, level=level + 1) for one, sub in below]
    return "\n".join(parts)


def _errors() -> str:
    kinds: list[type[errors.DetenteError]] = [errors.DetenteError, *_below(errors.DetenteError)]
    rows = [
        f"| `{cls.code}` | `{cls.__name__}` | {cls.exit_code} | {(cls.__doc__ or '').splitlines()[0]} |"
        for cls in kinds
    ]
    rows.append("| `D99` | – | 1 | A fault of detente itself; `DETENTE_DEBUG=1` shows where. |")
    head = "## Errors\n\nEvery error is two lines on stderr: what happened, and what to do.\n"
    return "\n".join([head, "| code | class | exit | meaning |", "| --- | --- | ---: | --- |", *rows, ""])


def _below(cls: type[errors.DetenteError]) -> list[type[errors.DetenteError]]:
    found: list[type[errors.DetenteError]] = []
    for one in cls.__subclasses__():
        if one.__module__ == errors.__name__:
            found += [one, *_below(one)]
    return found


def _formats() -> str:
    rows = [f"| `{one.name}` | {one.what} | {one.lost} |" for one in FORMATS.values()]
    head = "## Export formats\n\n| format | what it is | what is lost |\n| --- | --- | --- |"
    return "\n".join([head, *rows, ""])


if __name__ == "__main__":
    click.echo(page(), nl=False)
