"""Start the app and visit it once before anybody else does.

The first visit of a fresh server loads everything and registers the pages; without it the first reader waits
seconds, and a first reader who follows a deep link is told that the page does not exist.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from settings import ROOT

PATIENCE = 60
"""Seconds to wait for the server, and again for its first page."""


_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Our matrices are small: threads that share one wait for each other longer than they reckon."""


class NotStarted(Exception):
    """The server ended or did not answer in time."""


def start(port: int) -> "subprocess.Popen[bytes]":
    """The server process, once it answers that it is healthy."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = _ONE_THREAD | os.environ
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotStarted(f"The server ended at once: is port {port} already in use?")
        if _is_healthy(port):
            return process
        time.sleep(0.1)
    process.terminate()
    raise NotStarted(f"The server did not answer within {PATIENCE} seconds.")


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def visit(port: int) -> None:
    """Open one session at the root and wait until the page has run."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None) as session:
        session.send(message.SerializeToString())
        while True:
            answer = session.recv(timeout=PATIENCE)
            forward = ForwardMsg.FromString(
                answer if isinstance(answer, bytes) else answer.encode()
            )
            if forward.WhichOneof("type") == "script_finished":
                return


def main() -> int:
    """Serve until interrupted; 1 if the server could not be started."""
    parser = argparse.ArgumentParser(prog="python serve.py", description=__doc__)
    default = int(os.environ.get("PORT") or 8501)
    parser.add_argument("--port", type=int, default=default, help="default: PORT, else 8501")
    port = parser.parse_args().port
    try:
        process = start(port)
    except NotStarted as error:
        print(error, file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        visit(port)
        print(
            f"Oversight Trajectories is ready: http://127.0.0.1:{port} (stop with Ctrl-C)",
            flush=True,
        )
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        process.terminate()


if __name__ == "__main__":
    sys.exit(main())
