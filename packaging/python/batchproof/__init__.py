"""Verifies a Lambda function on random batches, as Lambda starts it."""

import json
import os
import shutil
import site
import subprocess
import sys
import tempfile

#: The command, an executable file.
COMMAND = os.path.join(os.path.dirname(__file__), "bin", "batchproof")


def main():
    """The command `batchproof`."""
    os.execv(COMMAND, ["batchproof", *sys.argv[1:]])


def _write_payloads(folder, payloads):
    """One payload a file, in their order, so that a payload may hold any text."""
    os.mkdir(folder)
    digits = len(str(len(payloads)))
    for index, payload in enumerate(payloads):
        content = payload if isinstance(payload, (str, bytes)) else json.dumps(payload)
        with open(os.path.join(folder, str(index).zfill(digits)), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    return folder


def verify_function(source, *, accepted=(), rejected=(), handler=None, command=None, folder=None, environment=None,
                    handled=None, skip_group_on_error=False, stop_on_first_failure=False, cases=200, seed=None,
                    time_limit=None, arguments=()):
    """Returns the report when every law held. Raises AssertionError, with the report, when one was violated, and
    RuntimeError when nothing could be verified.

    source: "sqs", "sqs_fifo", "kinesis", "dynamodb" or "kafka". accepted, rejected: payloads that the function must accept
    or reject; what is neither str nor bytes is written as JSON. handler: as Lambda names it, such as "app.handler", a
    function of app.py in `folder`; or command: what Lambda would start, of any language. handled: a regular expression
    that finds the identifiers of handled records in the log. time_limit: seconds of an invocation, whose deadline the function
    is told; without it an answer must come within 3 s, and the function is told that it has 60 s. arguments: further
    options of `batchproof verify`, such as ["--cold"].
    """
    __tracebackhide__ = True  # pytest shows the test, and not this
    if not handler and not command:
        raise TypeError("verify_function needs a handler, or a command")
    given = [COMMAND, "verify", "--function", "--source", source, "--cases", str(cases)]
    for name, value in (("--seed", seed), ("--handled", handled)):
        if value is not None:
            given += [name, str(value)]
    if time_limit is not None:
        given += ["--time-limit", str(round(time_limit * 1000))]
    if skip_group_on_error:
        given.append("--skip-group-on-error")
    if stop_on_first_failure:
        given.append("--stop-on-first-failure")
    # The variables of this process are not the function's: without its base, packages of the user would not be found.
    variables = {"_HANDLER": handler, "PYTHONUSERBASE": site.getuserbase()} if handler else {}
    for name, value in {**variables, **(environment or {})}.items():
        given += ["--env", f"{name}={value}"]
    given += ["--working-directory", os.path.abspath(folder or os.getcwd()), *arguments]

    scratch = tempfile.mkdtemp(prefix="batchproof-")
    is_repeated = False  # by the command in the report, which reads the payloads again
    try:
        for name, payloads in (("accepted", accepted), ("rejected", rejected)):
            if payloads:
                given += ["--" + name, _write_payloads(os.path.join(scratch, name), payloads)]
        runtime = os.path.join(os.path.dirname(__file__), "runtime.py")
        given += ["--", *(command or [sys.executable, runtime])]
        result = subprocess.run(given, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                                errors="replace", check=False)
        is_repeated = result.returncode == 1
    finally:
        if not is_repeated:
            shutil.rmtree(scratch)
    if result.returncode == 0:
        return result.stdout
    if is_repeated:
        # From the violated law on; the table before it is for terminals.
        raise AssertionError(result.stdout[max(0, result.stdout.find("batchproof: the law")):])
    raise RuntimeError(result.stderr or f"batchproof ended with status {result.returncode}")
