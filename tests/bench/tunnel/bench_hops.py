#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A gigabyte over one hop of a mesh and over two, in turns: three real daemons in network
namespaces, the second and the third of which reach each other over the first.

  bench_hops.py --weftd PATH --weftctl PATH [--rounds N] [--bytes N]
Prints the rate of each round and the best of each path. Needs root and iperf3.
"""
import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/integration"))
sys.dont_write_bytecode = True
import mesh_net  # noqa: E402  (found in the folder of the integration tests)

LIMIT = 300


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--weftd", default=mesh_net.find_program("weftd", "daemon"))
    parser.add_argument("--weftctl", default=mesh_net.find_program("weftctl", "cli"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bytes", type=int, default=1_000_000_000)
    return parser.parse_args()


def address(node):
    return node.connection()["addressIpv4"].split("/")[0]


def send(source, sink, amount):
    """Megabytes a second over TCP, and how many segments were sent again."""
    where = address(sink)
    server = subprocess.Popen(
        ["ip", "netns", "exec", sink.namespace, "iperf3", "-s", "-1", "--forceflush", "-B", where],
        stdout=subprocess.PIPE, text=True)
    try:
        server.stdout.readline()
        mesh_net.wait_until("the receiver listens", lambda: ":5201" in sink.run_inside(
            "ss", "-tln").stdout, limit=10)
        done = source.run_inside("iperf3", "-c", where, "-n", str(amount), "-J", limit=LIMIT)
        if done.returncode != 0:
            raise mesh_net.Failure(f"iperf3: {done.stdout} {done.stderr}")
    finally:
        server.kill()
        server.wait(timeout=10)
        server.stdout.close()
    end = json.loads(done.stdout)["end"]
    # The receiver counts until the sender has sent all, with the rest on its way.
    return end["sum_received"]["bits_per_second"] / 8e6, end["sum_sent"].get("retransmits", 0)


def measure(net, options):
    first, second, third = net.add(3)
    first.start().create_mesh()
    for node in (second, third):
        node.start().join(first.invite())
    mesh_net.wait_until("the third is reached", lambda: second.run_inside(
        "ping", "-n", "-c", "1", "-W", "1", address(third)).returncode == 0, limit=30)
    paths = (("one hop", first), ("two hops", third))
    best = {}
    for number in range(1, options.rounds + 1):
        for name, sink in paths:
            rate, again = send(second, sink, options.bytes)
            best[name] = max(best.get(name, 0), rate)
            print(f"round {number}  {name:8}  {rate:7.1f} MB/s  {again} segments sent again",
                  flush=True)
    print(f"best     one hop {best['one hop']:.1f} MB/s, two hops {best['two hops']:.1f} MB/s: "
          f"{best['two hops'] / best['one hop']:.2f} of it")


def main():
    options = parse()
    reason = mesh_net.missing()
    if not reason and not shutil.which("iperf3"):
        reason = "needs iperf3"
    if not reason and not (options.weftd and options.weftctl):
        reason = "needs weftd and weftctl: build them first"
    if reason:
        print(f"bench_hops: {reason}", file=sys.stderr)
        return 1
    with mesh_net.MeshNet(options.weftd, options.weftctl) as net:
        measure(net, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
