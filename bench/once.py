"""Runs one command and prints what it took, for `timing`, from a process that holds little itself.

Linux counts what the parent of a process held when it started among that process's own peak.
"""

import json
import os
import subprocess
import sys
import time


def main() -> None:
    """Run the words of the command line, their output thrown away; print a list of figures."""
    start = time.perf_counter()
    process = subprocess.Popen(
        sys.argv[1:],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with process:
        errors = process.stderr.read() if process.stderr else b""
        status, megabytes, busy = _ended(process)
    seconds = time.perf_counter() - start
    sys.stderr.buffer.write(errors[-2000:])
    print(json.dumps([status, seconds, megabytes, busy]))


def _ended(process: "subprocess.Popen[bytes]") -> tuple[int, float, float]:
    """Wait for the end; return the exit status, the peak in MB and the seconds of computing."""
    if sys.platform == "win32":
        return process.wait(), 0.0, 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return process.returncode, usage.ru_maxrss / unit, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
