"""The service units and the compose file of docs/server.md: what they call is what detente takes."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from detente.cli.main import cli

TEXT = (Path(__file__).parent.parent.parent / "docs" / "server.md").read_text(encoding="utf-8")
UNITS = re.findall(r"```ini\n(.*?)```", TEXT, re.S)
COMPOSE = re.findall(r"```yaml\n(.*?)```", TEXT, re.S)[0]
LINES = [shlex.split(line)[1:] for unit in UNITS for line in re.findall(r"^ExecStart=(.*)$", unit, re.M)]
LINES += [json.loads(re.findall(r"^ +command: (\[.*\])$", COMPOSE, re.M)[0])]
ENTRY = json.loads(re.findall(r"^ +ENTRYPOINT (\[.*\])$", COMPOSE, re.M)[0])


def test_there_are_two_units_and_one_compose_file():
    assert (len(UNITS), len(LINES)) == (2, 3)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_a_service_calls_a_command_with_options_that_it_has(line):
    with cli.make_context("detente", list(line)) as context:
        command = cli.get_command(context, line[0])
        assert command is not None
        command.make_context(line[0], line[1:], parent=context).close()


def test_compose_leaves_every_dollar_of_the_shell_alone():
    """Compose fills in ``$NAME`` and refuses ``$(``; a doubled one is a dollar."""
    assert "$" not in COMPOSE.replace("$$", "")


@pytest.mark.skipif(sys.platform == "win32", reason="the entry point is a shell's")
def test_the_container_hands_its_command_on_with_the_password(tmp_path):
    (tmp_path / "db").write_text("secret word\n")
    program = tmp_path / "detente"
    program.write_text('#!/bin/sh\nprintf "%s|" "$PGPASSWORD" "$@"\n')
    program.chmod(0o755)
    script = ENTRY[2].replace("$$", "$").replace("/run/secrets/db", str(tmp_path / "db"))
    script = script.replace("/opt/detente/bin/detente", str(program))
    line = [*ENTRY[:2], script, ENTRY[3], "watch", "a b"]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout == "secret word|watch|a b|"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=["watch", "serve"])
def test_systemd_understands_every_line_of_a_unit(tmp_path, unit):
    program = tmp_path / "detente"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    file = tmp_path / "detente-x.service"
    file.write_text(unit.replace("/opt/detente/bin/detente", str(program)))
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True)
    assert [line for line in done.stderr.splitlines() if "detente-x" in line] == []
