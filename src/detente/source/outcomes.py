"""What reading an input can end in, beside a page: a refusal, something passed over, a file done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from detente.errors import InputError
from detente.record import Page, Refusal

REASONS: dict[str, str] = {
    "missing": "There is nothing at this path, or the glob matches nothing. Check the spelling.",
    "dangling-link": "The link points to nothing. Restore its target or remove the link.",
    "symlink-loop": "Following the link would come back to where it started. Remove the link.",
    "special-file": "A pipe, socket or device. Send its content through '-' instead.",
    "unreadable": "The system would not give the content. Check permissions and the disk.",
    "vanished": "The file went away before it could be read. Read again.",
    "changed": "The file changed while it was read. Read again when nothing writes to it.",
    "too-many-names": "More names than the limit. Read the folders one by one or raise max_names.",
    "too-deep": "Folders nested deeper than the limit. Name the inner folder or raise max_folder_depth.",
    "empty": "No content at all.",
    "blank": "Nothing but white space.",
    "binary": "NUL or control characters: no text. Convert it to text first.",
    "unsupported": "A kind of file that is not read. Convert it as the message says.",
    "too-large": "Larger than a limit; the message names the limit. Split it or raise that limit.",
    "long-line": "One line longer than max_line_chars: no prose. Wrap the text or raise the limit.",
    "deep-markup": "Elements nested deeper than max_markup_depth: a page made to break parsers.",
    "entities": "The markup declares entities, which are never expanded. Remove the declarations.",
    "truncated": "The file breaks off. The pages before the break were read; fetch the file again.",
    "broken-gzip": "The compressed data is damaged. Fetch the file again.",
    "broken-record": "A WARC record that does not hold together. The records around it were read.",
    "broken-feed": "XML that cannot be read to its end. The items before the break were read.",
    "bad-json": "Not JSON. The other rows of the file were read.",
    "deep-json": "JSON nested too deeply for a row of text.",
    "bad-row": "JSON, but no row: an object with text of type string is needed.",
    "missing-text": "The row has neither text nor html, under any of the names that are read.",
    "no-pages": "The file was read to its end and holds no page.",
    "too-many-pages": "More pages than max_pages_in_file. Split the file or raise the limit.",
    "more-refused": "More rows or records were refused than are listed one by one.",
    "fault": "A fault of detente met while reading this file. Please report it with the file.",
}
"""Every reason code with its meaning and what to do; ``docs/inputs.md`` holds the same table."""

PASSED_OVER: dict[str, str] = {
    "unchanged": "the whole file was read before and has not changed",
    "http-status": "WARC responses whose HTTP status is not 200",
    "revisit": "WARC revisit records: the page is stored elsewhere",
    "not-html": "WARC records that are neither HTML nor plain text",
    "duplicate": "the same content under the same name, again in the same file",
    "no-text": "feed items without any text",
}
"""Every reason for passing something over; these are no refusals."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something rightly passed over: an unchanged file, or ``count`` records of one kind in a file."""

    source: str
    sha256: str | None = None
    reason: str = "unchanged"
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FileDone:
    """A file was read to its end, unchanged from first byte to last; comes after its last page.

    Remember ``sha256`` (of the raw bytes) once the pages before it are stored, and answer ``seen`` from
    it on the next run. A file that broke off, changed or was refused as a whole has no ``FileDone``.
    """

    source: str
    sha256: str
    pages: int
    refused: int = 0


Outcome = Page | Refusal | Skipped | FileDone


class Refused(InputError):
    """Raised inside this layer where a page or file cannot be read; ends as a ``Refusal``."""

    code = "I02"

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail, hint=REASONS[reason])
        self.reason = reason
        self.detail = detail

    def at(self, source: str, *, sha256: str | None = None) -> Refusal:
        """The refusal of ``source`` for this reason."""
        return Refusal(source=source, reason=self.reason, detail=self.detail, sha256=sha256)


class Tally:
    """Counts what one file gave and keeps its refusals from flooding the run."""

    def __init__(self, source: str, *, max_refusals: int) -> None:
        self.source = source
        self.pages = 0
        self.refused = 0
        self.whole = True
        """False once a break was met behind which nothing more could be read."""
        self._max_refusals = max_refusals
        self._unlisted: Counter[str] = Counter()
        self._passed_over: Counter[str] = Counter()
        self._details: dict[str, Counter[str]] = {}

    def count(self, outcome: Page | Refusal) -> Iterator[Page | Refusal]:
        """Pass a page or refusal on, unless too many refusals came before."""
        if isinstance(outcome, Page):
            self.pages += 1
            yield outcome
            return
        self.refused += 1
        self.whole = self.whole and outcome.reason != "truncated"
        if self.refused <= self._max_refusals:
            yield outcome
        else:
            self._unlisted[outcome.reason] += 1

    def pass_over(self, reason: str, detail: str = "") -> None:
        """Count one record passed over; ``detail`` is counted beside (at most 20 kinds of it)."""
        self._passed_over[reason] += 1
        if detail:
            details = self._details.setdefault(reason, Counter())
            details[detail if detail in details or len(details) < 20 else "other"] += 1

    def summary(self) -> Iterator[Refusal | Skipped]:
        """What was counted but not listed: one line a reason."""
        if self._unlisted:
            listed = ", ".join(f"{reason} {n}" for reason, n in sorted(self._unlisted.items()))
            detail = f"{sum(self._unlisted.values())} more refused in this file: {listed}."
            yield Refusal(source=self.source, reason="more-refused", detail=detail)
        for reason, number in sorted(self._passed_over.items()):
            details = sorted(self._details.get(reason, {}).items(), key=lambda item: (-item[1], item[0]))
            counts = ", ".join(f"{detail} {n}" for detail, n in details)
            yield Skipped(
                self.source,
                reason=reason,
                count=number,
                detail=f"{PASSED_OVER[reason]}{': ' if counts else ''}{counts}",
            )

    @property
    def passed_over(self) -> int:
        """How many records were passed over."""
        return self._passed_over.total()
