"""The limits within which inputs are read; each can be set, none can be switched off by a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an input is taken in. Bytes unless the name says characters.

    Containers (JSON Lines, WARC) may be of any size: they are streamed, and each row or record is held
    to the limits of a page. Memory in use is at most about three times ``max_file_bytes``, whatever the pile.

    Attributes:
        max_file_bytes: largest one-page file or feed, after decompression.
        max_page_chars: longest page, counted in characters once decoded. The longest of 411 real pages
            has 2.9 million, most of it scripts.
        max_line_chars: longest line of a text page (markup has no such limit). A paragraph of this
            length is already a hundred times longer than prose.
        max_row_bytes: longest line of a JSON Lines file.
        max_record_bytes: largest WARC record, and largest payload after decompression.
        max_header_bytes: WARC and HTTP headers of one record.
        max_skip_bytes: how far to look for the end of an over-long row or broken record before the
            rest of the file is given up.
        max_markup_depth: elements open at once. The deepest of 411 real pages has 56; libxml2 stops
            at 256 and parsers written with recursion fail not far beyond.
        max_pages_in_file: pages of one container.
        max_names: names met in folders and globs, in all.
        max_folder_depth: folders inside folders.
        max_refusals_in_file: refusals listed one by one; the rest is counted in one line.
        max_field_chars: longest title, date, outlet, URL or identifier kept with a page.
    """

    max_file_bytes: int = 50_000_000
    max_page_chars: int = 6_000_000
    max_line_chars: int = 200_000
    max_row_bytes: int = 16_000_000
    max_record_bytes: int = 50_000_000
    max_header_bytes: int = 65_536
    max_skip_bytes: int = 1_000_000_000
    max_markup_depth: int = 200
    max_pages_in_file: int = 10_000_000
    max_names: int = 10_000_000
    max_folder_depth: int = 100
    max_refusals_in_file: int = 100
    max_field_chars: int = 2_000
