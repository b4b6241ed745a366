"""A run on the local engine with a little language in place of the real one: milliseconds, no model."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from detente.parts import our_parts
from tests import canned


def parts() -> Any:
    """Canned pages to readings; the comparison is the real one."""
    ours = our_parts()
    return canned.parts(compare=ours.compare, compare_name=ours.compare_name)


def put_in_place(setattr: Any = setattr) -> None:
    """Put the canned steps in the place of ours."""
    from detente.scale import pieces, stages
    from detente.scale.apart import Apart

    setattr(stages, "parts", parts)
    setattr(stages, "_parse", lambda articles, kept: None)
    setattr(pieces, "Apart", lambda careful: Apart(False))  # another process would have the real steps


def settings(**changes: Any) -> Any:
    from detente.scale import ScaleSettings

    return ScaleSettings(**{"unit_files": 3, "shard_articles": 4, "batch": 2, "story_articles": 4, **changes})


def reports(folder: Path, count: int = 12) -> Path:
    """Reports of four days of one quarrel, with copies, a refused page and one that breaks a reader."""
    texts = {}
    for n in range(count):
        day = f"1962-10-{20 + n % 4}"
        body = f"Kuba attacked Norda at dawn on hill {n // 2}. At least {10 + n} killed.\nNorda said Kuba must go.\n"
        texts[f"r{n:02}.txt"] = f"Herald{n} | {day} | Ships turn back {n // 2}\n{body}"
    texts["x-index.txt"] = "INDEX of pages"
    texts["y-boom.txt"] = "Courier | 1962-10-24 | Talks open\nKuba met Norda in Vienna. BOOM.\n"
    return canned.write_reports(folder, texts)


def run(source: Path, out: Path, **changes: Any) -> Any:
    from detente.scale import LocalEngine, read_at_scale

    return read_at_scale([str(source)], out, LocalEngine(1), settings=settings(**changes))


def files(folder: Path) -> dict[str, bytes]:
    """Every finished file under a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def die_at(call: int) -> None:
    """Kill this process at the so-many-th rename: before it when the number is odd, after it when even."""
    rename, count = os.replace, [0]

    def counted(source: Any, target: Any) -> None:
        count[0] += 1
        if 2 * count[0] - 1 == call:
            os.kill(os.getpid(), signal.SIGKILL)
        rename(source, target)
        if 2 * count[0] == call:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = counted


if __name__ == "__main__":
    put_in_place()
    die_at(int(sys.argv[3]))
    run(Path(sys.argv[1]), Path(sys.argv[2]))
