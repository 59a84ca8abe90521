#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A gigabyte over one hop of a mesh and over two, in turns: three real daemons in network
namespaces, the second and the third of which reach each other over the first.

  bench_hops.py --weftd PATH --weftctl PATH [--rounds N] [--bytes N]
  bench_hops.py --engine PATH [--rounds N] [--bytes N]   three interfaces set up by hand, without
                                                         a mesh and its rules: weft-tunnel
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
import tunnel_net  # noqa: E402

LIMIT = 300


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--weftd", default=mesh_net.find_program("weftd", "daemon"))
    parser.add_argument("--weftctl", default=mesh_net.find_program("weftctl", "cli"))
    parser.add_argument("--engine")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bytes", type=int, default=1_000_000_000)
    return parser.parse_args()


def inside(namespace, *command):
    return subprocess.run(["ip", "netns", "exec", namespace, *command], capture_output=True,
                          text=True, timeout=LIMIT)


def send(source, sink, where, amount):
    """Megabytes a second over TCP from one namespace to the address of another, and how many
    segments were sent again."""
    server = subprocess.Popen(["ip", "netns", "exec", sink, "iperf3", "-s", "-1", "-B", where],
                              stdout=subprocess.DEVNULL)
    try:
        mesh_net.wait_until("the receiver listens",
                            lambda: ":5201" in inside(sink, "ss", "-tln").stdout, limit=10)
        done = inside(source, "iperf3", "-c", where, "-n", str(amount), "-J")
        if done.returncode != 0:
            raise mesh_net.Failure(f"iperf3: {done.stdout} {done.stderr}")
    finally:
        server.kill()
        server.wait(timeout=10)
    end = json.loads(done.stdout)["end"]
    # The receiver counts until the sender has sent all, with the rest on its way.
    return end["sum_received"]["bits_per_second"] / 8e6, end["sum_sent"].get("retransmits", 0)


def measure(source, paths, options):
    """In turns to each of `paths`: a name, a namespace, an address in it."""
    for _name, _sink, where in paths:
        mesh_net.wait_until(f"{where} is reached", lambda w=where: inside(
            source, "ping", "-n", "-c", "1", "-W", "1", w).returncode == 0, limit=30)
    best = {}
    for number in range(1, options.rounds + 1):
        for name, sink, where in paths:
            rate, again = send(source, sink, where, options.bytes)
            best[name] = max(best.get(name, 0), rate)
            print(f"round {number}  {name:8}  {rate:7.1f} MB/s  {again} segments sent again",
                  flush=True)
    print(f"best     one hop {best['one hop']:.1f} MB/s, two hops {best['two hops']:.1f} MB/s: "
          f"{best['two hops'] / best['one hop']:.2f} of it")


def measure_mesh(options):
    with mesh_net.MeshNet(options.weftd, options.weftctl) as net:
        first, second, third = net.add(3)
        first.start().create_mesh()
        for node in (second, third):
            node.start().join(first.invite())
        measure(second.namespace,
                [(name, node.namespace, node.connection()["addressIpv4"].split("/")[0])
                 for name, node in (("one hop", first), ("two hops", third))], options)


def measure_engine(options):
    net = tunnel_net.TunnelNet().open()
    try:
        first, second, third = (net.add(options.engine) for _ in range(3))
        for end in (first, second, third):
            end.start()
            end.bring_up()
        for end in (second, third):
            first.add_peer(end)
            end.add_peer(first, endpoint=f"{first.outer4}:{tunnel_net.PORT}",
                         allowed="10.88.0.0/24")
            end.reaches(first.inner4)
        first.inside("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
        measure(second.namespace,
                [("one hop", first.namespace, first.inner4),
                 ("two hops", third.namespace, third.inner4)], options)
    finally:
        net.close()


def main():
    options = parse()
    reason = mesh_net.missing()
    if not reason and not shutil.which("iperf3"):
        reason = "needs iperf3"
    if not (reason or options.engine or (options.weftd and options.weftctl)):
        reason = "needs weftd and weftctl: build them first"
    if reason:
        print(f"bench_hops: {reason}", file=sys.stderr)
        return 1
    if options.engine:
        measure_engine(options)
    else:
        measure_mesh(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
