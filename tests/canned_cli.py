"""``python -m tests.canned_cli …``: the command line over the canned language, for tests in a process of their own.

CANNED_SLOW is how many seconds each article takes to read.
"""

import os
import time

import detente.pipeline
import detente.reading
from tests import canned

SLOW = float(os.environ.get("CANNED_SLOW", "0"))


def read_slowly(articles, store):
    for reading in canned.read_articles(articles, store):
        time.sleep(SLOW)
        yield reading


detente.pipeline.BATCH = detente.reading.BATCH = 4
detente.pipeline.our_parts = lambda: canned.parts(read=read_slowly)

if __name__ == "__main__":
    from detente.cli import main

    main()
