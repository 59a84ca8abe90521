# SPDX-License-Identifier: Apache-2.0
"""A network of its own for real daemons: a bridge and N nodes, each in a network namespace that this
program made, and everything removed at the end. The machine's own network is not touched: the
bridge too lives in a namespace.

Needs root and iproute2. Python's standard library alone.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUBNET = "10.77.0"
CALL_LIMIT = 60
WAIT_LIMIT = 60


class Failure(Exception):
    """Something that was expected did not happen in time."""


def wait_until(what, test, limit=WAIT_LIMIT, step=0.05):
    """Polls `test` until it returns something true, which is returned."""
    pause = threading.Event()
    end = time.monotonic() + limit
    last = None
    while time.monotonic() < end:
        try:
            last = test()
        except Failure as error:
            last = error
        if last and not isinstance(last, Failure):
            return last
        pause.wait(step)
    raise Failure(f"not within {limit} s: {what} (last seen: {last})")


def find_program(name, folder):
    """The program of this build, else the one of the release build."""
    candidates = [
        Path(os.environ[f"WEFT_{name.upper()}"]) if f"WEFT_{name.upper()}" in os.environ else None,
        ROOT / "build/release/app" / folder / name,
        ROOT / "build/dev/app" / folder / name,
    ]
    for candidate in candidates:
        if candidate and os.access(candidate, os.X_OK):
            return str(candidate.resolve())
    return None


def ip(*arguments):
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, timeout=CALL_LIMIT)
    if done.returncode != 0:
        raise Failure(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


class Result:
    """What one run of weftctl gave."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.strip()
        self.error = done.stderr.strip()

    @property
    def text(self):
        return f"{self.out}\n{self.error}".strip()


class Node:
    """One machine: a namespace with an address, and weftd in it."""

    def __init__(self, net, number):
        self.net = net
        self.number = number
        self.name = f"node-{number}"
        self.namespace = f"{net.prefix}-{number}"
        self.address = f"{SUBNET}.{number}"
        self.folder = net.folder / self.name
        self.socket = self.folder / "run" / "weft.sock"
        self.log = self.folder / "log"
        self.process = None

    def plug_in(self):
        self.folder.mkdir(parents=True)
        ip("netns", "add", self.namespace)
        self.net.namespaces.append(self.namespace)
        port = f"port{self.number}"
        ip("-n", self.net.hub, "link", "add", port, "type", "veth", "peer", "name", "eth0",
           "netns", self.namespace)
        ip("-n", self.net.hub, "link", "set", port, "master", "bridge", "up")
        ip("-n", self.namespace, "addr", "add", f"{self.address}/24", "dev", "eth0")
        ip("-n", self.namespace, "link", "set", "eth0", "up")
        ip("-n", self.namespace, "link", "set", "lo", "up")

    def keep_apart(self):
        """From now on nothing passes between it and others that are kept apart: they reach each
        other over the rest alone."""
        ip("-n", self.net.hub, "link", "set", f"port{self.number}", "type", "bridge_slave",
           "isolated", "on")

    def start(self, *options, wrapper=()):
        """Starts weftd, behind the words of `wrapper`, and waits until its socket answers."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.namespace, *wrapper, self.net.weftd,
                 f"--weft.state-dir={self.folder / 'state'}",
                 f"--weft.local-socket={self.socket}",
                 *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        wait_until(f"{self.name} serves", self._serves)
        return self

    def _serves(self):
        if self.process.poll() is not None:
            raise Failure(f"weftd of {self.name} ended with {self.process.returncode}: "
                          f"{self.log_tail()}")
        return self.socket.exists() and self.ctl("version").code == 0

    def stop(self):
        """Ends weftd as the service manager does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self._ended()

    def kill(self):
        """Ends weftd without a chance to do anything."""
        self.process.kill()
        return self._ended()

    def _ended(self):
        try:
            code = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)
            raise Failure(f"weftd of {self.name} did not end: {self.log_tail()}") from None
        self.process = None
        return code

    def ctl(self, *arguments, limit=CALL_LIMIT, text=None):
        done = subprocess.run(
            [self.net.weftctl, f"--socket={self.socket}", "--no-color", *arguments],
            capture_output=True, text=True, timeout=limit, input=text,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder)})
        return Result(done)

    def must(self, *arguments, **more):
        """Like ctl, and a failure when weftctl fails."""
        result = self.ctl(*arguments, **more)
        if result.code != 0:
            raise Failure(f"{self.name}: weftctl {' '.join(arguments)} ended with {result.code}: "
                          f"{result.text}\n{self.log_tail()}")
        return result

    def read(self, *arguments):
        return json.loads(self.must("-o", "json", *arguments).out)

    def connection(self):
        """The connection of the default profile, as weftctl describes it."""
        status = self.read("status")
        return status.get("connection", status)

    def state(self):
        return self.connection()["state"]

    def wait_state(self, *states, limit=WAIT_LIMIT):
        return wait_until(f"{self.name} is {' or '.join(states)}",
                          lambda: self.state() in states, limit)

    def members(self):
        """The ids of the mesh's nodes as this node sees them."""
        return sorted(node["id"] for node in self.read("get", "nodes"))

    def wait_members(self, *names):
        wait_until(f"{self.name} sees {sorted(names)}", lambda: self.members() == sorted(names))

    def create_mesh(self, domain="test.internal"):
        self.must("mesh", "create", f"--domain={domain}", f"--node-id={self.name}",
                  f"--endpoint={self.address}")
        self.wait_state("connected")

    def invite(self, *options):
        return self.must("-q", "invite", "create", *options).out

    def join(self, code, node_id=None):
        self.must("join", "-", f"--node-id={node_id or self.name}", text=code + "\n")
        self.wait_state("connected")

    def run_inside(self, *command, limit=CALL_LIMIT):
        return subprocess.run(["ip", "netns", "exec", self.namespace, *command],
                              capture_output=True, text=True, timeout=limit)

    def log_tail(self, lines=15):
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def resident_kib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


class MeshNet:
    """The bridge, the nodes and the folder of their files. A context manager."""

    def __init__(self, weftd, weftctl, folder=None):
        self.weftd = weftd
        self.weftctl = weftctl
        self.prefix = f"weft{os.getpid()}-{id(self) & 0xfff:x}"
        self.hub = f"{self.prefix}-hub"
        self.folder = Path(folder or tempfile.mkdtemp(prefix="weft-net-"))
        self.namespaces = []
        self.nodes = []

    def __enter__(self):
        try:
            ip("netns", "add", self.hub)
            self.namespaces.append(self.hub)
            ip("-n", self.hub, "link", "add", "bridge", "type", "bridge")
            ip("-n", self.hub, "link", "set", "bridge", "up")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def add(self, count=1):
        """`count` more nodes, not started."""
        made = []
        for _ in range(count):
            node = Node(self, len(self.nodes) + 1)
            self.nodes.append(node)
            node.plug_in()
            made.append(node)
        return made

    def end_daemons(self):
        """Ends the daemons that were started here."""
        running = [node for node in self.nodes if node.process]
        for node in running:
            node.process.terminate()
        for node in running:
            try:
                node.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                node.process.kill()
                node.process.wait(timeout=10)
            node.process = None

    def close(self, keep_files=False):
        """Ends the daemons that were started here and removes what was made here. Idempotent."""
        self.end_daemons()
        for namespace in self.namespaces:
            subprocess.run(["ip", "netns", "del", namespace], capture_output=True, timeout=30)
        self.namespaces = []
        if not keep_files:
            shutil.rmtree(self.folder, ignore_errors=True)


def missing():
    """What stands in the way of a test here; empty when nothing does."""
    if os.geteuid() != 0:
        return "needs root, to make network namespaces"
    if not shutil.which("ip"):
        return "needs the ip program (iproute2)"
    probe = f"weft{os.getpid()}-probe"
    done = subprocess.run(["ip", "netns", "add", probe], capture_output=True, text=True, timeout=30)
    if done.returncode != 0:
        return f"cannot make network namespaces: {done.stderr.strip()}"
    subprocess.run(["ip", "netns", "del", probe], capture_output=True, timeout=30)
    return ""
