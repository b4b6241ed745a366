"""The record as JSON Lines, one file a layer: the public data contract (``docs/record.md``). Loses nothing.

Written from a store and read back as a :class:`~detente.store.RecordView`, so that ``check`` proves an
exported folder – ours or another program's – exactly as it proves a store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from detente.errors import InputError, UsageError
from detente.formats.atomic import new_folder, write_lines
from detente.record import LAYERS, Article, from_json
from detente.store.protocol import Filter, Input, Manifest, RecordView

MANIFEST = "manifest.json"


def write_jsonl(view: RecordView, out: Path) -> list[Path]:
    """Write every layer and the manifest into the folder ``out``, all of it or nothing."""
    with new_folder(out, mark=MANIFEST) as folder:
        files: dict[str, dict[str, Any]] = {}
        for name in LAYERS:
            path = folder / f"{name}.jsonl"
            lines = write_lines(path, view.lines(name))
            files[path.name] = {"lines": lines, "sha256": _hash(path)}
        text = json.dumps(_manifest_json(view.manifest(), files), ensure_ascii=False, indent=1)
        write_lines(folder / MANIFEST, [text])
    return [out / MANIFEST, *(out / name for name in files)]


def _manifest_json(manifest: Manifest, files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The manifest; it names no clock and no machine, so two exports of one pile are equal."""
    return {
        "record_version": manifest.record_version,
        "tool_version": manifest.tool_version,
        "model": manifest.model,
        "readers": list(manifest.readers),
        "inputs": [
            {"source": i.source, "sha256": i.sha256 or None, "status": i.status, "article": i.article}
            for i in manifest.inputs
            if i.status in ("read", "duplicate")
        ]
        + [
            {"source": i.source, "sha256": i.sha256 or None, "status": i.status, "reason": i.reason}
            for i in manifest.inputs
            if i.status in ("refused", "skipped")
        ],
        "refused": [_told(i) for i in manifest.inputs if i.status == "refused"],
        "skipped": [{**_told(i), "number": i.number} for i in manifest.inputs if i.status == "skipped"],
        "abstentions": manifest.abstentions,
        "counts": manifest.counts,
        "files": files,
    }


def _told(entry: Input) -> dict[str, Any]:
    return {
        "source": entry.source,
        "sha256": entry.sha256 or None,
        "reason": entry.reason,
        "detail": entry.detail,
    }


class JsonlRecord:
    """An exported folder, looked at like a store. Layers are read line by line; nothing is held."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        if not (folder / "articles.jsonl").is_file():
            raise InputError(f"{folder} is no exported record.", hint=f"Run: detente export jsonl {folder}")
        self._articles: dict[str, Article] | None = None

    def manifest(self) -> Manifest:
        """The run, as far as the manifest tells it."""
        data = self._manifest()
        reasons = {(r["source"], r.get("sha256"), r.get("reason")): r for r in _told_of(data)}
        return Manifest(
            record_version=data.get("record_version", ""),
            tool_version=data.get("tool_version", ""),
            model=data.get("model", ""),
            readers=tuple(data.get("readers", ())),
            inputs=tuple(sorted((_input(i, reasons) for i in data.get("inputs", ())), key=_input_key)),
            counts=data.get("counts", {}),
            abstentions=data.get("abstentions", {}),
        )

    def counts(self) -> dict[str, int]:
        """How many records each layer has."""
        return {name: sum(1 for _ in self.lines(name)) for name in LAYERS}

    def lines(self, layer: str) -> Iterator[str]:
        """A layer's lines; a layer without a file is empty.

        Raises:
            InputError: a line that is no UTF-8.
        """
        path = self.path / f"{layer}.jsonl"
        if not path.is_file():
            return
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    text = line.decode("utf-8")
                except UnicodeDecodeError as error:
                    raise InputError(f"{path}:{number} is no UTF-8 ({error}).") from error
                if text.strip():
                    yield text.rstrip("\n")

    def layer(self, name: str, *, where: Filter | None = None, limit: int | None = None) -> Iterator[Any]:
        """The records of a layer.

        Raises:
            InputError: a line that is no record of this layer.
        """
        if where is not None:
            raise UsageError("An exported folder cannot be filtered.", hint="Read it into a store.")
        yield from islice(self._records(name), limit)

    def article(self, article_id: str) -> Article:
        """One article by its id."""
        if self._articles is None:
            self._articles = {article.id: article for article in self.layer("articles")}
        if article_id not in self._articles:
            raise UsageError(f"There is no article {article_id} in {self.path}.")
        return self._articles[article_id]

    def text_hashes(self) -> Iterator[tuple[str, str, str]]:
        """Nothing by article; the manifest guards whole files (see :meth:`file_hashes`)."""
        return iter(())

    def file_hashes(self) -> Iterator[tuple[str, str, str]]:
        """Each file's name, its SHA-256 as the manifest has it, and as it is now."""
        for name, told in sorted(self._manifest().get("files", {}).items()):
            path = self.path / name
            yield name, str(told.get("sha256", "")), _hash(path) if path.is_file() else "missing"

    def _records(self, name: str) -> Iterator[Any]:
        cls = LAYERS[name].record
        for number, line in enumerate(self.lines(name), 1):
            try:
                yield from_json(cls, json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                where = f"{self.path / name}.jsonl:{number}"
                raise InputError(f"{where} is no record of {name} ({error}).") from error

    def _manifest(self) -> dict[str, Any]:
        path = self.path / MANIFEST
        if not path.is_file():
            return {}
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path} is no JSON ({error}).") from error
        return data if isinstance(data, dict) else {}


def _told_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [*data.get("refused", ()), *data.get("skipped", ())]


def _input(entry: dict[str, Any], reasons: dict[Any, dict[str, Any]]) -> Input:
    told = reasons.get((entry["source"], entry.get("sha256"), entry.get("reason")), {})
    return Input(
        entry["source"],
        entry.get("sha256") or "",
        entry["status"],
        entry.get("reason") or "",
        told.get("detail") or "",
        entry.get("article"),
        told.get("number", 1),
    )


def _input_key(entry: Input) -> tuple[str, str, str]:
    return entry.source, entry.sha256, entry.reason


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
