#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Our engine against wireguard-go: two namespaces, a veth pair, iperf3 and ping.

  bench_tunnel.py [--ours COMMAND] [--current COMMAND] [--debian COMMAND] [--json FILE] [--add FILE] [PART ...]
PART: tcp udp ping hs mem peers dead idle; default: all.
Environment: RUNS=5 rounds, SECONDS_EACH=5 of each iperf3 run.

Engines take turns within each round, so that what the machine does meanwhile meets all of them.
Printed are medians and the ratio to the anchor, with what must be reached and what is aimed at.
With --add the samples are kept in FILE and the table is of all that it holds, so that rounds can be
measured in pieces. Exit status: 0 all musts reached, 1 not, 2 something is missing.
"""
import argparse
import base64
import json
import os
import random
import re
import shutil
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/integration"))
import tunnel_net  # noqa: E402  (found in the folder above)
from mesh_net import ip  # noqa: E402
from tunnel_net import PORT  # noqa: E402

RUNS = int(os.environ.get("RUNS", "5"))
SECONDS = int(os.environ.get("SECONDS_EACH", "5"))
MANY = 10_000
TICKS = os.sysconf("SC_CLK_TCK")


def pause(seconds):
    threading.Event().wait(seconds)


def log(text):
    print(text, file=sys.stderr, flush=True)


class Pair:
    """Two ends of one engine on a veth pair of their own, knowing each other."""

    def __init__(self, command):
        self.net = tunnel_net.TunnelNet()
        self.a = tunnel_net.End(self.net, command, 1)
        self.b = tunnel_net.End(self.net, command, 2)

    def __enter__(self):
        try:
            self.open()
        except BaseException:
            self.net.close()
            raise
        return self

    def __exit__(self, *_):
        self.net.close()

    def open(self):
        for end in (self.a, self.b):
            ip("netns", "add", end.namespace)
            self.net.namespaces.append(end.namespace)
            self.net.ends.append(end)
        ip("-n", self.a.namespace, "link", "add", "eth0", "mtu", "1500", "type", "veth", "peer",
           "name", "eth0", "mtu", "1500", "netns", self.b.namespace)
        for end in (self.a, self.b):
            end.ip("addr", "add", f"{end.outer4}/24", "dev", "eth0")
            end.ip("link", "set", "eth0", "up")
            end.ip("link", "set", "lo", "up")
            end.start()
            end.bring_up()
        self.join()

    def join(self):
        for one, other in ((self.a, self.b), (self.b, self.a)):
            one.add_peer(other, endpoint=f"{other.outer4}:{PORT}", allowed=f"{other.inner4}/32")

    def warm_up(self):
        self.a.reaches(self.b.inner4)
        self.net.start_inside(self.b, "iperf3", "-s", "-B", self.b.inner4)
        tunnel_net.wait_until("iperf3 serves", lambda: self.iperf("-t", "1"))

    def iperf(self, *options):
        """What iperf3 says at the end; tried again when its server is not done with the last run."""
        for _ in range(3):
            done = self.a.inside("iperf3", "-J", "-c", self.b.inner4, *options)
            end = json.loads(done.stdout or "{}").get("end", {})
            if done.returncode == 0 and "cpu_utilization_percent" in end:
                return end
            pause(0.5)
        raise tunnel_net.Failure(f"iperf3 {' '.join(options)}: {done.stdout[-500:]}")

    def cpu(self):
        return sum(cpu_seconds(end) for end in (self.a, self.b))


def cpu_seconds(end):
    fields = Path(f"/proc/{end.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def times_of(done):
    return [float(each) for each in re.findall(r"time=([0-9.]+)", done.stdout)]


def part_tcp(pair):
    pair.warm_up()
    values = {}
    for streams in (1, 4):
        for way, option in (("A>B", []), ("B>A", ["-R"])):
            before = pair.cpu()
            end = pair.iperf("-t", str(SECONDS), "-P", str(streams), *option)
            spent = pair.cpu() - before
            values[f"tcp {streams} {way}"] = end["sum_received"]["bits_per_second"] / 1e6
            if streams == 1:
                values[f"cpu {way}"] = spent / (end["sum_received"]["bytes"] / 1e9)
    return values


def part_udp(pair):
    pair.warm_up()
    values = {}
    for size in (64, 1340):
        total = pair.iperf("-u", "-b", "0", "-l", str(size), "-t", str(SECONDS))["sum"]
        values[f"udp {size}"] = (total["packets"] - total["lost_packets"]) / total["seconds"] / 1e3
    return values


def part_ping(pair):
    pair.warm_up()
    ping = ("ping", "-n", "-c")
    pair.a.inside(*ping, "50", "-i", "0.005", pair.b.inner4)
    idle = times_of(pair.a.inside(*ping, "1000", "-i", "0.005", pair.b.inner4))
    load = pair.net.start_inside(pair.a, "iperf3", "-c", pair.b.inner4, "-t", "5")
    pause(1)
    busy = times_of(pair.a.inside(*ping, "300", "-i", "0.01", pair.b.inner4))
    load.wait(timeout=30)
    return {"ping idle": percentile(idle, 0.5), "ping idle p99": percentile(idle, 0.99),
            "ping busy": percentile(busy, 0.5), "ping busy p99": percentile(busy, 0.99)}


def part_hs(pair):
    pair.warm_up()
    times = []
    for _ in range(30):
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            one.wg_set("peer", other.public, "remove")
        pair.join()
        times += times_of(pair.a.inside("ping", "-n", "-c", "1", "-W", "2", pair.b.inner4))
    return {"handshake": percentile(times, 0.5)}


def part_mem(pair):
    pair.a.reaches(pair.b.inner4)
    before = [end.status_kib("VmRSS") for end in (pair.a, pair.b)]
    pair.warm_up()
    for options in ([], ["-R"], ["-P", "4"], ["-u", "-b", "0", "-l", "64"]):
        pair.iperf("-t", str(SECONDS), *options)
    grown = [end.status_kib("VmHWM") - was for end, was in zip((pair.a, pair.b), before)]
    return {"peak growth": max(grown) / 1024, "rss one peer": max(before) / 1024}


def many_peers(count, more=""):
    source = random.Random(count)
    return "".join(
        f"[Peer]\nPublicKey={base64.b64encode(source.randbytes(32)).decode()}\n"
        f"AllowedIPs=10.{100 + (n >> 16)}.{n >> 8 & 255}.{n & 255}/32\n" + more.format(port=10_000 + n % 50_000)
        for n in range(count))


def load(pair, count, more=""):
    """Milliseconds that wg needs to load the peers."""
    path = pair.a.secret("peers", many_peers(count, more))
    start = time.monotonic()
    pair.a.wg("addconf", pair.a.name, path)
    return (time.monotonic() - start) * 1e3


def busy_share(end, seconds):
    """CPU of the process in percent of a core."""
    before, start = cpu_seconds(end), time.monotonic()
    pause(seconds)
    return (cpu_seconds(end) - before) / (time.monotonic() - start) * 100


def part_peers(pair):
    pair.a.reaches(pair.b.inner4)
    before = pair.a.status_kib("VmRSS")
    milliseconds = load(pair, MANY)
    start = time.monotonic()
    pair.a.wg("show", pair.a.name, "dump")
    dump = (time.monotonic() - start) * 1e3
    pause(2)
    return {"load": milliseconds, "dump": dump,
            "idle growth": (pair.a.status_kib("VmRSS") - before) / 1024}


def part_dead(pair):
    before = pair.a.status_kib("VmRSS")
    load(pair, MANY, f"Endpoint={pair.b.outer4}:{{port}}\nPersistentKeepalive=25\n")
    pause(3)
    share = busy_share(pair.a, 12)
    return {"dead cpu": share, "dead growth": (pair.a.status_kib("VmRSS") - before) / 1024}


def part_idle(pair):
    pair.a.reaches(pair.b.inner4)
    load(pair, 1000)
    pause(2)
    return {"idle cpu": busy_share(pair.a, 10)}


PARTS = {"tcp": part_tcp, "udp": part_udp, "ping": part_ping, "hs": part_hs, "mem": part_mem,
         "peers": part_peers, "dead": part_dead, "idle": part_idle}


@dataclass
class Row:
    """One line of the table. Without must it is for information."""
    key: str
    text: str
    unit: str
    anchor: str = ""        # current, debian, better; empty: the value itself is judged
    must: float | None = None
    aim: float | None = None
    more_is_better: bool = False


def tcp_rows():
    for streams in (1, 4):
        for way in ("A>B", "B>A"):
            name = f"TCP {streams} stream{'s' if streams > 1 else ''} {way}"
            yield Row(f"tcp {streams} {way}", name, "Mbit/s", "current", 1.4, 1.6, True)
            yield Row(f"tcp {streams} {way}", f"{name}, to Debian's", "Mbit/s", "debian", 4.2, None, True)
    for way in ("A>B", "B>A"):
        yield Row(f"cpu {way}", f"CPU of both ends {way}", "s/GB", "current", 0.68, 0.5)


ROWS = [
    *tcp_rows(),
    Row("udp 64", "UDP 64 B received under flood", "k/s", "better", 1.5, 2.1, True),
    Row("udp 1340", "UDP 1340 B received under flood", "k/s", "better", None, None, True),
    Row("ping idle", "ping idle, median", "ms", "current", 0.8, 0.67),
    Row("ping idle p99", "ping idle, p99", "ms", "current", 0.9, 0.67),
    Row("ping busy", "ping under a TCP stream, median", "ms", "better", 1.0, 0.6),
    Row("ping busy p99", "ping under a TCP stream, p99", "ms", "better"),
    Row("handshake", "first packet to first reply", "ms", "current", 0.9, 0.7),
    Row("rss one peer", "resident with one peer", "MiB"),
    Row("idle growth", "growth by 10,000 idle peers", "MiB", "", 25, 12),
    Row("peak growth", "growth under load, peak", "MiB", "", 60, 30),
    Row("dead growth", "growth by 10,000 dead peers", "MiB"),
    Row("load", "load 10,000 peers by wg addconf", "ms", "current", 0.5, 0.2),
    Row("dump", "wg show dump of 10,000 peers", "ms", "current"),
    Row("dead cpu", "10,000 dead peers with keepalive, CPU", "%", "current", 0.75, 0.5),
    Row("idle cpu", "1,000 idle peers, CPU", "%", "", 0.5, 0.1),
]


def anchor_of(row, values):
    if row.anchor == "better":
        known = [values[each] for each in ("current", "debian") if each in values]
        return (max(known) if row.more_is_better else min(known)) if known else None
    return values.get(row.anchor)


def judge(row, values):
    """The number that is judged and the verdict."""
    ours = values.get("ours")
    if ours is None:
        return None, ""
    anchor = anchor_of(row, values)
    if row.anchor and not anchor:
        return None, ""
    measured = ours / anchor if row.anchor else ours
    reached = (lambda goal: goal is not None
               and (measured >= goal if row.more_is_better else measured <= goal))
    if row.must is None:
        return measured, ""
    return measured, "PASS, aim" if reached(row.aim) else "PASS" if reached(row.must) else "FAIL"


def table(samples):
    """The lines of the table, and whether all musts are reached."""
    lines = [f"{'':42} {'ours':>9} {'current':>9} {'Debian':>9}  {'judged':>7} {'must':>6} {'aim':>5}"]
    good = True
    for row in ROWS:
        values = {engine: statistics.median(found[row.key])
                  for engine, found in samples.items() if found.get(row.key)}
        if not values:
            continue
        measured, verdict = judge(row, values)
        good &= verdict != "FAIL"
        cells = " ".join(f"{values[e]:9.4g}" if e in values else f"{'-':>9}"
                         for e in ("ours", "current", "debian"))
        suffix = "x" if row.anchor else ""
        goals = [f"{goal:g}{suffix}" if goal is not None else "" for goal in (row.must, row.aim)]
        judged = f"{measured:.2f}{suffix}" if measured is not None else ""
        lines.append(f"{row.text + ', ' + row.unit:42} {cells}  {judged:>7} {goals[0]:>6} "
                     f"{goals[1]:>5} {verdict}".rstrip())
    return lines, good


def measure(engines, parts, samples):
    for name in engines:
        samples.setdefault(name, {})
    names = list(engines)
    for part in parts:
        for run in range(RUNS):
            for name in names[run % len(names):] + names[:run % len(names)]:
                log(f"{part} {run + 1}/{RUNS} {name}")
                with Pair(engines[name]) as pair:
                    for key, value in PARTS[part](pair).items():
                        samples[name].setdefault(key, []).append(value)


def current_wireguard_go():
    cache = os.environ.get("PEER_CACHE", str(Path.home() / ".cache/weft-peers"))
    version = re.search(r"wireguard_go_version=(\S+)",
                        (ROOT / "scripts/lib/peers.sh").read_text())[1]
    return f"{cache}/wireguard-go-{version}/wireguard -f"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", default=tunnel_net.find_engine())
    parser.add_argument("--current", default=current_wireguard_go())
    parser.add_argument("--debian", default="/usr/bin/wireguard-go -f")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--add", type=Path)
    parser.add_argument("parts", nargs="*", metavar="PART")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {' '.join(sorted(unknown))}")
    reason = tunnel_net.missing(("wg", "ip", "ping", "iperf3"))
    engines = {}
    for name in ("ours", "current", "debian"):
        command = getattr(options, name)
        if command and shutil.which(command.split()[0]):
            engines[name] = command
        else:
            log(f"left out: {name}, {command or 'not built'}")
    if reason or not engines:
        log(f"cannot measure: {reason or 'no engine'}")
        return 2
    if (busy := tunnel_net.busy_machine()) > 8:
        log(f"warning: the machine is {busy:.0f} % busy with something else")
    samples = {}
    if options.add and options.add.exists():
        samples = json.loads(options.add.read_text())
    measure(engines, options.parts or list(PARTS), samples)
    for path in filter(None, (options.json, options.add)):
        path.write_text(json.dumps(samples, indent=1))
    lines, good = table(samples)
    rounds = max(len(values) for found in samples.values() for values in found.values())
    print(f"medians of {rounds}, {SECONDS} s each, {os.cpu_count()} CPUs, Linux {os.uname().release}")
    print("\n".join(lines))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
