"""Build `reports/crawl.warc.gz` from the pages in `warc_pages/`, the same bytes every time.

Record ids and dates are fixed, so a second run changes nothing:

    python src/detente/sample/october_1962/build_warc.py

The archive holds two HTML pages, a style sheet (which is no article) and a revisit record (a second
fetch that found the first page unchanged): the four cases that a reader of web archives must tell apart.
Needs the `warcio` library; reading the sample does not need this script.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).parent
PAGES = (
    ("https://graniteherald.example/world/1962/10/29/cuba-accord.html", "granite-county-herald-29oct.html"),
    ("https://kestreldispatch.example/late/uthant-havana", "kestrel-dispatch-31oct.html"),
)
STYLE = ("https://graniteherald.example/style.css", b"body { font-family: serif; }\n")
DATE = "2024-05-01T12:00:%02dZ"


def _fixed(number: int) -> dict[str, str]:
    """Return the headers that would otherwise hold a random id and the clock's time."""
    return {
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "WARC-Date": DATE % number,
    }


def _http(content_type: str, length: int) -> StatusAndHeaders:
    headers = [("Content-Type", content_type), ("Content-Length", str(length))]
    return StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")


def build_warc(target: Path) -> None:
    """Write the archive to `target`: two pages, one style sheet, one revisit."""
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        documents = [
            (url, (HERE / "warc_pages" / name).read_bytes(), "text/html; charset=utf-8")
            for url, name in PAGES
        ]
        documents.append((*STYLE, "text/css"))
        digest = ""
        for number, (url, payload, content_type) in enumerate(documents, start=1):
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(payload),
                http_headers=_http(content_type, len(payload)),
                warc_headers_dict=_fixed(number),
            )
            writer.write_record(record)
            digest = digest or record.rec_headers.get_header("WARC-Payload-Digest")
        revisit = writer.create_revisit_record(
            PAGES[0][0],
            digest,
            PAGES[0][0],
            DATE % 1,
            http_headers=_http("text/html; charset=utf-8", 0),
            warc_headers_dict=_fixed(9),
        )
        writer.write_record(revisit)


if __name__ == "__main__":
    build_warc(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "reports" / "crawl.warc.gz")
