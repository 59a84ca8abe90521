#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs Weft against programs from elsewhere and writes what it saw.

  run.py --weftd PATH --weftctl PATH --peer NAME=PATH ... [--report FOLDER] [CASE ...]
Peers: dig, dot, grpcurl, openssl, promtool, wireguard-go, wireguard-go-current. One that could not be
had is given without a path, as NAME=. Exit status: 0 all good, 1 something is red or a peer is missing,
77 skipped (the reason is printed).
"""
import argparse
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import app_daemon
import bench
import hostile
import plain_node
import standard_tools
import tls_kinds

CASES = {"plain-node": plain_node, "app-daemon": app_daemon, "hostile": hostile, "tls": tls_kinds,
         "tools": standard_tools}
SKIPPED = 77
HOW_TO_ASK = {"weftctl": ("version",), "dig": ("-v",), "dot": ("-V",), "openssl": ("version",)}


def version_of(name, path):
    """That of the module, for a program that was built as one, else what it says of itself."""
    if not path:
        return "could not be had"
    if shutil.which("go"):
        module = re.search(r"^\tmod\t\S+\t(v\S+)", output_of("go", "version", "-m", path), re.MULTILINE)
        if module:
            return module[1]
    told = re.search(r"\d+\.\d+\S*", output_of(path, *HOW_TO_ASK.get(name, ("--version",))))
    return told[0] if told else "unknown"


def output_of(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    return done.stdout + done.stderr


def peer(text):
    name, separator, path = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=PATH")
    return name, path


def main():
    parser = argparse.ArgumentParser(description="Runs Weft against programs from elsewhere.")
    parser.add_argument("--weftd", required=True)
    parser.add_argument("--weftctl", required=True)
    parser.add_argument("--peer", type=peer, action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--report", type=Path, help="the folder of interop.md and interop.json")
    parser.add_argument("case", nargs="*", choices=[[], *CASES], help="default: all")
    options = parser.parse_args()
    reason = bench.mesh_net.missing()
    if reason:
        print(f"skipped: {reason}")
        return SKIPPED

    programs = {"weftd": options.weftd, "weftctl": options.weftctl, **dict(options.peer)}
    versions = {name: version_of(name, path) for name, path in programs.items()}
    table = bench.Bench(programs, versions)
    # What was made goes away also when somebody ends this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        for name in options.case or CASES:
            table.run(name, CASES[name])
    finally:
        if options.report:
            table.report.write(options.report)
    print(table.report.as_markdown().splitlines()[-1])
    return 0 if table.report.all_green() else 1


if __name__ == "__main__":
    sys.exit(main())
