"""Starts a sandbox in memory and tests it from the document: every operation, and no answer beside it."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = HERE.parents[2] / "public" / "openapi" / "experts-v1.yaml"
# The same cases each time; thorough runs make more of them and walk from answer to answer as well.
THOROUGH = os.environ.get("PORTAL_THOROUGH") == "1"
PHASES = "examples,coverage,fuzzing,stateful" if THOROUGH else "examples,coverage,fuzzing"
CASES = "100" if THOROUGH else "8"


def steer(port, name, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/sandbox/{name}", data)
    request.add_header("content-type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def port_of(sandbox):
    for line in sandbox.stdout:
        found = re.search(r"http://portal\.localhost:(\d+)", line)
        if found:
            return int(found[1])
    sys.exit("The sandbox did not tell where it is.")


def run(port):
    token = steer(port, "tokens", {"person": "Ada Lindqvist", "resource": "experts"})["access_token"]
    address = f"http://127.0.0.1:{port}/v1"
    config = ["--config-file", str(HERE / "schemathesis.toml")]
    command = [sys.executable, "-m", "schemathesis.cli", *config, "run", str(DOCUMENT), "--url", address]
    command += ["--phases", PHASES, "--max-examples", CASES, "--generation-deterministic", "--no-color"]
    environment = {
        **os.environ,
        "EXPERTS_TOKEN": token,
        "EXPERTS_URL": address,
        "EXPERTS_HOST": f"experts.localhost:{port}",
        "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    # What the tool keeps between runs is no part of the project; a cached failure would be tried first.
    with tempfile.TemporaryDirectory() as folder:
        limit = 1800 if THOROUGH else 240
        try:
            status = subprocess.run(command, cwd=folder, env=environment, timeout=limit).returncode
        except subprocess.TimeoutExpired:
            sys.exit(f"Schemathesis did not end within {limit} seconds.")
    for line in steer(port, "contract"):
        print("beside the document:", line)
        status = 1
    return status


if __name__ == "__main__":
    options = ["--port", "0", "--db", ":memory:", "--incidents", "200", "--action-seconds", "1"]
    with subprocess.Popen([os.environ["SANDBOX_BIN"], *options], stdout=subprocess.PIPE, text=True) as sandbox:
        try:
            status = run(port_of(sandbox))
        finally:
            sandbox.terminate()
    sys.exit(status)
