"""``detente serve``: the web app on this machine."""

from __future__ import annotations

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option
from detente.errors import MissingPart, UsageError


@click.command(
    cls=ExamplesFirst,
    examples="detente serve\ndetente serve --db crisis.db --port 8001\n"
    "detente serve --review --model crisis.toml",
    help="Open the record in a browser: briefing, timeline, accounts, reader, conflict. It answers on this "
    "machine alone (127.0.0.1), asks nothing of the network, and writes nothing; with --review a token is "
    "printed, and who has it may add judgements.",
)
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0: any free one."
)
@click.option("--review", is_flag=True, help="Let the holder of the printed token judge.")
@click.option("--who", default="reviewer", show_default=True, metavar="NAME", help="Who judges.")
@click.option(
    "--model",
    default="",
    metavar="MODEL",
    help="A conflict model to show: a file, or one that ships.",
)
@db_option
def serve(db: str, port: int, review: bool, who: str, model: str) -> None:
    """Serve the web app."""
    try:
        import uvicorn

        from detente.store import shown_path
        from detente.web.app import make_app
        from detente.web.pages.review import Reviewer
    except ImportError as error:
        raise MissingPart(
            f"The web app needs {error.name}, which is not installed.", hint="Run: pip install 'detente[web]'"
        ) from error
    reviewer = Reviewer(db, who=who) if review else None
    if model:
        from detente.conflict.shipped import find_model

        find_model(model)  # what is wrong with it is told now
    app = make_app(db, review=reviewer, model=model)
    listening = _listen(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    click.echo(f"{shown_path(db)} is open at {address}/   (Ctrl+C ends it)", err=True)
    if reviewer is not None:
        click.echo(f"To judge: {address}/review?token={reviewer.token}", err=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int):  # type: ignore[no-untyped-def]  # a socket
    """A socket on this machine alone.

    Raises:
        UsageError: the port is taken.
    """
    import socket

    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror}).", hint="Try: detente serve --port 0"
        ) from error
    listening.listen(128)
    return listening
