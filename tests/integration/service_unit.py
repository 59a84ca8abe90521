# SPDX-License-Identifier: Apache-2.0
"""The packaged unit of weftd, and what it lets the daemon do: rights, user and system calls as the
service manager sets them.

  service_unit.py COMMAND...   runs a command in these bounds, as the user "nobody"
"""
import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "installer/linux/weftd.service"
NUMBERS = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
USER = 65534

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000


def settings():
    """The lines of [Service], by name."""
    found = {}
    for line in UNIT.read_text().splitlines():
        if match := re.match(r"(\w+)=(.*)", line):
            found.setdefault(match[1], []).append(match[2])
    return found


def missing():
    """Why the bounds cannot be set here; empty when they can."""
    if not shutil.which("systemd-analyze"):
        return "needs systemd-analyze, which knows the sets of system calls"
    if not shutil.which("setpriv"):
        return "needs setpriv"
    if os.uname().machine != "x86_64" or not NUMBERS.exists():
        return "needs the numbers of the system calls of x86-64"
    return ""


def calls_of(name):
    """The system calls of a set, or the one of this name."""
    if not name.startswith("@"):
        return {name}
    listed = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True,
                            text=True, timeout=60, check=True).stdout
    words = [line.split()[0] for line in listed.splitlines()[1:] if line.split()]
    return set().union(*(calls_of(word) for word in words if not word.startswith("#")))


def allowed_calls():
    # What every filter of the service manager lets pass, whatever the unit says.
    allowed = calls_of("@default") | {"execve"}
    for line in settings()["SystemCallFilter"]:
        for name in line.lstrip("~").split():
            allowed = allowed - calls_of(name) if line.startswith("~") else allowed | calls_of(name)
    return allowed


def filter_of(names):
    numbers = dict(re.findall(r"#define __NR_(\w+) (\d+)", NUMBERS.read_text()))
    steps = [struct.pack("HBBI", LOAD, 0, 0, 0)]
    for number in sorted(int(numbers[name]) for name in names if name in numbers):
        steps.append(struct.pack("HBBI", EQUAL, 0, 1, number))
        steps.append(struct.pack("HBBI", RETURN, 0, 0, ALLOW))
    steps.append(struct.pack("HBBI", RETURN, 0, 0, KILL))
    return b"".join(steps)


def enter_filter():
    code = filter_of(allowed_calls())
    program = ctypes.create_string_buffer(code, len(code))
    head = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
                      (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(head), 0, 0)):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), f"prctl {arguments[0]}")


def main():
    if sys.argv[1] == "--filtered":
        enter_filter()
        os.execvp(sys.argv[2], sys.argv[2:])
    rights = ",".join(f"+{name[4:].lower()}" for name in settings()["AmbientCapabilities"][0].split())
    os.execvp("setpriv", ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups",
                          f"--inh-caps={rights}", f"--ambient-caps={rights}",
                          f"--bounding-set=-all,{rights}", "--no-new-privs",
                          sys.executable, __file__, "--filtered", *sys.argv[1:]])


if __name__ == "__main__":
    main()
