#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A member that ignores the rules: another WireGuard, set up by hand with the member's key, that
sends what it likes. Each node keeps out what it is not to get.

  breaker_test.py --weftd PATH --weftctl PATH [--tunnel PATH] [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import base64
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402

CONTROL_FOLDER = Path("/var/run/wireguard")
FAMILIES = ("Ipv4", "Ipv6")
STRANGERS = {"Ipv4": "192.0.2.99", "Ipv6": "2001:db8::99"}
ENGINE = []


def wireguard_key(node):
    """The private key of a node in the form of wg: of its Ed25519 key, as RFC 7748 wants it."""
    path = next((node.folder / "state").rglob("node.key"))
    # A type and a length stand before the seed.
    seed = base64.b64decode(path.read_text().strip())[4:36]
    key = bytearray(hashlib.sha512(seed).digest()[:32])
    key[0] &= 0xF8
    key[31] = key[31] & 0x7F | 0x40
    return base64.b64encode(key).decode()


def public_key(private):
    return subprocess.run(["wg", "pubkey"], input=private, capture_output=True, text=True,
                          check=True, timeout=30).stdout.strip()


class Breaker(mesh_test.MeshTest):
    """The third of three nodes, which reaches the second over the first, is played by hand."""

    count = 3

    def setUp(self):
        super().setUp()
        self.second, self.third = self.nodes[1:]
        self.first.create_mesh()
        for node in self.nodes[1:]:
            node.keep_apart()
            self.join(node.start())
        self.known = [{family: node.connection()[f"address{family}"].split("/")[0]
                       for family in FAMILIES} for node in self.nodes]
        self.networks = [self.first.connection()[f"network{family}"] for family in FAMILIES]
        self.play_third()

    def play_third(self):
        """Its daemon dies without a word, and an engine with its key takes its place."""
        self.third.kill()
        self.device = f"wb{os.getpid() % 1000000}"
        environment = dict(os.environ, WG_PROCESS_FOREGROUND="1", LOG_LEVEL="error")
        engine = subprocess.Popen(
            ["ip", "netns", "exec", self.third.namespace, *ENGINE, self.device],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=environment)

        def end():
            engine.terminate()
            engine.wait(timeout=15)
        self.addCleanup(end)
        socket = CONTROL_FOLDER / f"{self.device}.sock"
        mesh_net.wait_until("the engine is there", socket.exists)
        private = self.net.folder / "third.key"
        private.write_text(wireguard_key(self.third) + "\n")
        private.chmod(0o600)
        done = self.third.run_inside(
            "wg", "set", self.device, "private-key", str(private), "listen-port", "51820", "peer",
            public_key(wireguard_key(self.first)), "endpoint", f"{self.first.address}:51820",
            "allowed-ips", "0.0.0.0/0,::/0", "persistent-keepalive", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        for address in self.known[2].values():
            self.add_address(address)
        mesh_net.ip("-n", self.third.namespace, "link", "set", self.device, "up")
        for network in self.networks:
            mesh_net.ip("-n", self.third.namespace, "route", "add", network, "dev", self.device)
        for family in FAMILIES:
            self.wait_asks(family, {0, 1})

    def add_address(self, address):
        length, options = (128, ["nodad"]) if ":" in address else (32, [])
        mesh_net.ip("-n", self.third.namespace, "addr", "add", f"{address}/{length}", "dev",
                    self.device, *options)

    def asks(self, family):
        """Which of the other two answer the one who ignores the rules."""
        words = " & ".join(f"(ping -n -c 1 -W 0.5 {self.known[number][family]} >/dev/null && echo "
                           f"{number})" for number in (0, 1))
        return {int(n) for n in self.third.run_inside("sh", "-c", f"{words} & wait").stdout.split()}

    def wait_asks(self, family, expected):
        mesh_net.wait_until(f"{family}: {expected} answer",
                            lambda: self.asks(family) == expected, limit=20)

    def drops(self, reason):
        """What the first node has dropped of the third for a reason."""
        third = next(p for p in self.first.read("peers") if p["id"] == "node-3")
        return third["tunnel"]["drops"].get(reason, 0)

    def test_what_is_not_let_in_stays_out(self):
        for check in (self.check_a_denied_family_is_dropped_and_counted,
                      self.check_a_source_that_is_not_its_own_is_dropped_and_counted):
            for family in FAMILIES:
                with self.subTest(check.__name__, family=family):
                    check(family)

    def check_a_denied_family_is_dropped_and_counted(self, family):
        other = FAMILIES[1 - FAMILIES.index(family)]
        before = self.drops("denied")
        length = 128 if family == "Ipv6" else 32
        # The nodes may talk by the other family, so that the session stays.
        self.first.must("put", "acl", "out", "--priority=1000", "--deny", "--src-node=node-3",
                        f"--src-cidr={self.known[2][family]}/{length}")
        mesh_net.wait_until("nobody answers", lambda: self.asks(family) == set(), limit=5)

        mesh_net.wait_until("they are counted", lambda: self.drops("denied") > before, limit=5)
        counted = self.drops("denied")
        self.assertEqual(self.asks(family), set())
        mesh_net.wait_until("each is counted", lambda: self.drops("denied") >= counted + 2, limit=5)
        self.assertEqual(self.asks(other), {0, 1})
        print(f"   {family}: {self.drops('denied') - before} packets denied", file=sys.stderr)
        self.first.must("delete", "acl", "out", "--yes")
        self.wait_asks(family, {0, 1})

    def check_a_source_that_is_not_its_own_is_dropped_and_counted(self, family):
        for name, source in (("another node's", self.known[1][family]),
                             ("the receiver's own", self.known[0][family]),
                             ("a stranger's", STRANGERS[family])):
            with self.subTest(source=name):
                before = self.drops("wrong_source")
                self.add_address(source)
                # The second has its own address answered by itself.
                answered = self.third.run_inside(
                    "ping", "-n", "-c", "3", "-i", "0.1", "-W", "0.3", "-I", source,
                    self.known[1 if name == "the receiver's own" else 0][family])
                self.assertNotEqual(answered.returncode, 0, answered.stdout)
                mesh_net.wait_until("they are counted",
                                    lambda b=before: self.drops("wrong_source") >= b + 3, limit=5)
                mesh_net.ip("-n", self.third.namespace, "addr", "del",
                            f"{source}/{128 if family == 'Ipv6' else 32}", "dev", self.device)
        self.wait_asks(family, {0, 1})


def main():
    if "--tunnel" in sys.argv:
        at = sys.argv.index("--tunnel")
        ENGINE[:] = [sys.argv[at + 1]]
        del sys.argv[at:at + 2]
    else:
        ENGINE[:] = ["wireguard-go", "-f"]
    for program in ("wg", ENGINE[0]):
        if not shutil.which(program):
            print(f"breaker_test: skipped: needs the program {program}")
            return mesh_test.SKIPPED
    return mesh_test.main()


if __name__ == "__main__":
    sys.exit(main())
