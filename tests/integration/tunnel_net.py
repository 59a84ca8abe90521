# SPDX-License-Identifier: Apache-2.0
"""Two ends of a WireGuard tunnel, each a process in a network namespace of its own, joined by a
bridge in a third. Everything is made here and removed at the end; the machine's own network is not
touched.

Needs root, iproute2 and wg. Python's standard library alone.
"""
import itertools
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import mesh_net
from mesh_net import Failure, ip, wait_until

CONTROL_FOLDER = Path("/var/run/wireguard")
STREAM = Path(__file__).resolve().parent / "tunnel_stream.py"
PORT = 51820
CALL_LIMIT = 120
_serial = itertools.count()


def wg_key():
    """A fresh private key and its public key."""
    private = subprocess.run(["wg", "genkey"], capture_output=True, text=True, check=True).stdout.strip()
    public = subprocess.run(["wg", "pubkey"], input=private, capture_output=True, text=True,
                            check=True).stdout.strip()
    return private, public


class End:
    """One end: a namespace, an engine in it, an interface with a key."""

    def __init__(self, net, command, number):
        self.net = net
        self.command = shlex.split(command)
        self.number = number
        self.namespace = f"{net.prefix}-{number}"
        # The control sockets of all namespaces share one folder.
        self.name = f"wt{os.getpid() % 1000000}x{next(_serial) % 1000}"
        self.private, self.public = wg_key()
        self.outer4 = f"10.77.1.{number}"
        self.outer6 = f"fd77:1::{number}"
        self.inner4 = f"10.88.0.{number}"
        self.inner6 = f"fd88::{number}"
        self.log = net.folder / f"end-{number}.log"
        self.process = None

    @property
    def socket(self):
        return CONTROL_FOLDER / f"{self.name}.sock"

    def plug_in(self):
        ip("netns", "add", self.namespace)
        self.net.namespaces.append(self.namespace)
        port = f"port{self.number}"
        ip("-n", self.net.hub, "link", "add", port, "type", "veth", "peer", "name", "eth0",
           "netns", self.namespace)
        ip("-n", self.net.hub, "link", "set", port, "master", "bridge", "up")
        self.ip("addr", "add", f"{self.outer4}/24", "dev", "eth0")
        self.ip("addr", "add", f"{self.outer6}/64", "dev", "eth0", "nodad")
        self.ip("link", "set", "eth0", "up")
        self.ip("link", "set", "lo", "up")

    def start(self, *options):
        """Starts the engine and waits until its control socket answers."""
        environment = dict(os.environ, WG_PROCESS_FOREGROUND="1", LOG_LEVEL="error")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.namespace, *self.command, *options, self.name],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        wait_until(f"{self.command[0]} serves {self.name}", self._serves, limit=20, step=0.01)

    def _serves(self):
        if self.process.poll() is not None:
            raise Failure(f"{self.command[0]} ended with {self.process.returncode}: {self.log_tail()}")
        return self._listens() and self.try_wg("show", self.name).returncode == 0

    def _listens(self):
        """Whether somebody listens at the control socket. Asked before wg is, since wg removes a
        socket that refuses it, while a starting engine looks at what a killed one has left."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(str(self.socket))
            except OSError:
                return False
        return True

    def bring_up(self, mtu=1420):
        """Key, port, inner addresses, up."""
        self.wg_set("private-key", self.secret("key", self.private), "listen-port", str(PORT))
        self.ip("addr", "add", f"{self.inner4}/24", "dev", self.name)
        self.ip("addr", "add", f"{self.inner6}/64", "dev", self.name, "nodad")
        self.ip("link", "set", self.name, "mtu", str(mtu), "up")

    def stop(self):
        if not self.process:
            return None
        self.process.terminate()
        try:
            code = self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)
            raise Failure(f"{self.command[0]} did not end: {self.log_tail()}") from None
        finally:
            self.process = None
        return code

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=10)
        self.process = None

    def secret(self, name, text):
        """A file with a key, for wg, which takes keys from files alone."""
        path = self.net.folder / f"{self.number}-{name}"
        path.write_text(text + "\n")
        path.chmod(0o600)
        return str(path)

    def inside(self, *command, limit=CALL_LIMIT, **more):
        return subprocess.run(["ip", "netns", "exec", self.namespace, *command],
                              capture_output=True, text=True, timeout=limit, **more)

    def ip(self, *arguments):
        return ip("-n", self.namespace, *arguments)

    def try_wg(self, *arguments, **more):
        return self.inside("wg", *arguments, **more)

    def wg(self, *arguments, **more):
        done = self.try_wg(*arguments, **more)
        if done.returncode != 0:
            raise Failure(f"wg {' '.join(arguments)}: {done.stderr.strip()}\n{self.log_tail()}")
        return done.stdout

    def wg_set(self, *arguments):
        self.wg("set", self.name, *arguments)

    def add_peer(self, other, *more, endpoint=None, allowed=None):
        allowed = allowed or f"{other.inner4}/32,{other.inner6}/128"
        where = ["endpoint", endpoint] if endpoint else []
        self.wg_set("peer", other.public, "allowed-ips", allowed, *where, *more)

    def of_peer(self, what, other):
        """One column of `wg show`, for the peer."""
        for line in self.wg("show", self.name, what).splitlines():
            key, *values = line.split("\t")
            if key == other.public:
                return values
        raise Failure(f"{self.name} has no peer {other.public}")

    def handshake_time(self, other):
        return int(self.of_peer("latest-handshakes", other)[0])

    def received(self, other):
        return int(self.of_peer("transfer", other)[0])

    def ping(self, address, *options, count=1, wait=5):
        return self.inside("ping", "-n", "-q", "-c", str(count), "-W", str(wait), *options, address)

    def reaches(self, address, limit=20):
        wait_until(f"{self.name} reaches {address}",
                   lambda: self.ping(address, wait=1).returncode == 0, limit=limit)

    def status_kib(self, field):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1])
        raise Failure(f"no {field} in the status of {self.command[0]}")

    def waited_for_a_core(self):
        """Seconds that the threads of its engine were ready to run and did not."""
        waits = []
        for each in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                waits.append(int((each / "schedstat").read_text().split()[1]) / 1e9)
            except OSError:  # the thread has ended
                continue
        return sum(waits)

    def link_bytes(self):
        """Bytes that its outer link has sent and received."""
        (link,) = json.loads(self.ip("-s", "-j", "link", "show", "eth0"))
        counters = link.get("stats64", link.get("stats"))
        return counters["tx"]["bytes"], counters["rx"]["bytes"]

    def talk(self, text, answers=1, limit=20):
        """Says `text` to the control socket; what it answers, until so many answers have come."""
        heard = b""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(limit)
            client.connect(str(self.socket))
            client.sendall(text)
            while heard.count(b"\n\n") < answers:
                piece = client.recv(65536)
                if not piece:
                    return heard + b"<closed>"
                heard += piece
        return heard

    def log_tail(self, lines=15):
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""


class TunnelNet:
    """The bridge, the ends and the folder of their files."""

    def __init__(self):
        self.prefix = f"wtun{os.getpid()}-{next(_serial)}"
        self.hub = f"{self.prefix}-hub"
        self.folder = Path(tempfile.mkdtemp(prefix="weft-tunnel-"))
        self.folder.chmod(0o700)
        self.namespaces = []
        self.ends = []
        self.helpers = []

    def open(self):
        ip("netns", "add", self.hub)
        self.namespaces.append(self.hub)
        ip("-n", self.hub, "link", "add", "bridge", "type", "bridge")
        ip("-n", self.hub, "link", "set", "bridge", "up")
        return self

    def add(self, command):
        end = End(self, command, len(self.ends) + 1)
        self.ends.append(end)
        end.plug_in()
        return end

    def start_inside(self, end, *command):
        """A program that runs beside the test; ended with the net at the latest."""
        return self.start_inside_namespace(end.namespace, *command)

    def start_inside_namespace(self, namespace, *command):
        helper = subprocess.Popen(["ip", "netns", "exec", namespace, *command],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.helpers.append(helper)
        return helper

    def close(self):
        for helper in self.helpers:
            if helper.poll() is None:
                helper.kill()
            helper.communicate()
        for end in self.ends:
            if end.process:
                end.process.terminate()
        for end in self.ends:
            if end.process:
                try:
                    end.process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    end.process.kill()
                    end.process.wait(timeout=10)
                end.process = None
        for namespace in self.namespaces:
            subprocess.run(["ip", "netns", "del", namespace], capture_output=True, timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


class Stream:
    """Random bytes over TCP from one end to the other, compared by their digest."""

    def __init__(self, net, source, sink, address, amount):
        self.amount = amount
        self.sink = net.start_inside(sink, sys.executable, str(STREAM), "receive", address)
        port = self.sink.stdout.readline().strip()
        if not port:
            raise Failure(f"the receiver did not start: {self.sink.communicate()[1]}")
        self.source = net.start_inside(source, sys.executable, str(STREAM), "send", address, port,
                                       str(amount))

    def running(self):
        return self.source.poll() is None and self.sink.poll() is None

    def finish(self, limit=600):
        """Seconds that it took. A failure when something was lost or altered."""
        try:
            sent, trouble = self.source.communicate(timeout=limit)
            got, more = self.sink.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            raise Failure(f"{self.amount} bytes have not arrived in {limit} s") from None
        if self.source.returncode or self.sink.returncode:
            raise Failure(f"the stream broke: {trouble.strip()} {more.strip()}")
        sent, got = json.loads(sent), json.loads(got)
        if sent["digest"] != got["digest"] or got["bytes"] != self.amount:
            raise Failure(f"sent {sent}, received {got}")
        return got["seconds"]


def busy_machine():
    """How much of the machine's time others use, in percent, over a second."""
    def read():
        fields = [int(each) for each in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
        return sum(fields), fields[3] + fields[4]
    all_before, idle_before = read()
    threading.Event().wait(1)
    all_after, idle_after = read()
    return 100 - 100 * (idle_after - idle_before) / max(all_after - all_before, 1)


def find_engine():
    """weft-tunnel of the optimised build, else of the other one."""
    for build in ("release", "bench", "dev"):
        candidate = mesh_net.ROOT / "build" / build / "app/tunnel/weft-tunnel"
        if os.access(candidate, os.X_OK):
            return str(candidate)
    return None


def missing(programs=("wg", "ip", "ping")):
    """What stands in the way of a test here; empty when nothing does."""
    reason = mesh_net.missing()
    for program in programs:
        if not reason and not shutil.which(program):
            reason = f"needs the program {program}"
    if not reason and not os.path.exists("/dev/net/tun"):
        reason = "needs /dev/net/tun"
    return reason
