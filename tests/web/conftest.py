"""A canned store with hostile text in it, the app over it, and a browser where there is one."""

from __future__ import annotations

import importlib.util
import shutil
import threading
import time
from pathlib import Path

import pytest

from detente.pipeline import read_pile
from detente.store import open_store
from tests import canned

HOSTILE = {
    "evil.txt": "Evil<b>Post | 1962-10-26 | <script>alert('head')</script>\n"
    'Norda said "><img src=x onerror=alert(1)> must go.\nKuba attacked Norda. 99 killed.\n',
    "formula.txt": "=Sum(A1) | 1962-10-27 | =HYPERLINK(A1)\nKuba said =1+1 and more.\n",
}


def make_store(folder: Path) -> Path:
    reports = canned.write_reports(folder / "reports", {**canned.REPORTS, **HOSTILE})
    path = folder / "crisis.db"
    store = open_store(str(path))
    read_pile([str(reports)], store, parts=canned.parts())
    store.close()
    return path


@pytest.fixture(scope="session")
def hostile_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="session")
def client(hostile_db: Path):
    pytest.importorskip("starlette", reason="the web extra is not installed")
    from starlette.testclient import TestClient

    from detente.web.app import make_app

    with TestClient(
        make_app(str(hostile_db)), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as opened:
        yield opened


CHROMIUM = next(
    (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None
)


class Served:
    """An app served on a free port of this machine."""

    def __init__(self, app) -> None:
        import uvicorn

        self.server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("playwright is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def served(hostile_db: Path):
    pytest.importorskip("uvicorn", reason="the web extra is not installed")
    from detente.web.app import make_app

    running = Served(make_app(str(hostile_db)))
    yield running
    running.stop()
