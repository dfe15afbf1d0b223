"""`python -m tests.bench.weighing COMMAND…`: run it, then print its seconds and peak memory.

A small program of its own: the peak of a process that executes another program counts as the other's, and the
caller has drawn photographs before.
"""

import json
import os
import sys
import time

KIBIBYTE = 1024


def main(command: list[str]) -> int:
    began = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, used = os.wait4(process, 0)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "memory": used.ru_maxrss * KIBIBYTE}))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
