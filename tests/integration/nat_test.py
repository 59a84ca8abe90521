#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nodes behind routers that translate addresses, and how they come to talk directly.

  nat_test.py --weftd PATH --weftctl PATH [--call PATH] [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402

DIRECT_WITHIN = 5.0
# One that answers nothing is found after 1 to 1.5 s and given up 2 s later.
RELAYED_WITHIN = 8.0
# What a router at home does: what was not asked for from inside does not come in.
FILTER = """
table inet home {
    chain input { type filter hook input priority 0; policy accept;
        iifname "wan" ct state established,related accept
        iifname "wan" drop
    }
    chain forward { type filter hook forward priority 0; policy accept;
        iifname "wan" ct state established,related accept
        iifname "wan" drop
    }
}
"""
OK, DENIED, INVALID = 0, 7, 3


def report(node, sightings):
    """weft.mesh.v1.DirectReport, in hex: `sightings` are pairs of a node and a place."""
    def field(number, content):
        return bytes((number << 3 | 2, len(content))) + content
    seen = (field(2, field(1, who.encode()) + field(2, where.encode())) for who, where in sightings)
    return (field(1, node.encode()) + b"".join(seen)).hex()


class Home(mesh_net.Node):
    """A machine behind a router of its own, which has an address on the bridge."""

    def plug_in(self):
        self.router = f"{self.net.prefix}-r{self.number}"
        self.outside = f"{mesh_net.SUBNET}.{100 + self.number}"
        inside = f"192.168.{self.number}"
        self.address = f"{inside}.2"
        self.folder.mkdir(parents=True)
        for namespace in (self.router, self.namespace):
            mesh_net.ip("netns", "add", namespace)
            self.net.namespaces.append(namespace)
            mesh_net.ip("-n", namespace, "link", "set", "lo", "up")
        port = f"port{self.number}"
        mesh_net.ip("-n", self.net.hub, "link", "add", port, "type", "veth", "peer", "name", "wan",
                    "netns", self.router)
        mesh_net.ip("-n", self.net.hub, "link", "set", port, "master", "bridge", "up")
        mesh_net.ip("-n", self.router, "link", "add", "lan", "type", "veth", "peer", "name", "eth0",
                    "netns", self.namespace)
        for namespace, link, address in ((self.router, "wan", f"{self.outside}/24"),
                                         (self.router, "lan", f"{inside}.1/24"),
                                         (self.namespace, "eth0", f"{self.address}/24")):
            mesh_net.ip("-n", namespace, "addr", "add", address, "dev", link)
            mesh_net.ip("-n", namespace, "link", "set", link, "up")
        mesh_net.ip("-n", self.namespace, "route", "add", "default", "via", f"{inside}.1")
        self.in_router("sysctl", "-qw", "net.ipv4.ip_forward=1")
        self.nft(FILTER)
        self.translate("masquerade")

    def in_router(self, *command, text=None):
        done = subprocess.run(["ip", "netns", "exec", self.router, *command], capture_output=True,
                              text=True, timeout=mesh_net.CALL_LIMIT, input=text)
        if done.returncode != 0:
            raise mesh_net.Failure(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def nft(self, rules):
        self.in_router("nft", "-f", "-", text=rules)

    def translate(self, how):
        """From now on, for what begins from now on."""
        self.nft(f"""
table ip nat {{ }}
flush table ip nat
table ip nat {{
    chain out {{
        type nat hook postrouting priority 100;
        oifname "wan" {how}
    }}
}}
""")


class Nat(mesh_test.MeshTest):
    """A founder and a member whom everybody can call, and two members at home."""

    def setUp(self):
        self.net = mesh_net.MeshNet(mesh_test.PROGRAMS["weftd"], mesh_test.PROGRAMS["weftctl"])
        self.addCleanup(self.net.close)
        self.net.__enter__()
        self.first, self.public = self.net.add(2)
        self.homes = []
        for number in (3, 4):
            home = Home(self.net, number)
            self.net.nodes.append(home)
            home.plug_in()
            self.homes.append(home)
        for node in (self.first, self.public, *self.homes):
            node.start()
        self.first.create_mesh()
        self.public.must("join", "-", "--node-id=node-2", f"--endpoint={self.public.address}",
                         text=self.first.invite() + "\n")

    @staticmethod
    def peers(node):
        return {peer["id"]: peer for peer in node.read("peers")}

    def edges(self):
        graph = self.first.read("get", "edges")
        return {tuple(sorted((edge["source"], edge["target"]))) for edge in graph}

    @staticmethod
    def address(node):
        return node.connection()["addressIpv4"].split("/")[0]

    @staticmethod
    def pings(node, target, count=1, limit=2):
        done = node.run_inside("ping", "-n", "-c", str(count), "-i", "0.2", "-W", str(limit), target)
        found = re.search(r"(\d+) received", done.stdout)
        return int(found[1]) if found else 0

    def is_direct(self, node, other):
        peer = self.peers(node).get(other.name, {})
        place = (peer.get("tunnel") or {}).get("endpoint", "")
        return place.startswith(other.outside + ":") and self.way(node, other)["kind"] == "direct"

    def way(self, node, other):
        """How packets go, and why, as the node says."""
        return self.peers(node).get(other.name, {}).get("way") or {"kind": "", "reason": ""}

    def path(self, node, other):
        """What "explain path" says: the reason of the way that would be direct."""
        ways = node.read("explain", "path", other.name)["alternatives"]
        return next(way["reason"] for way in ways if way["kind"] == "direct")

    def says(self, node, *sightings):
        """What comes of a report of the public node that speaks for `node`."""
        key = next((self.public.folder / "state").rglob("node-tls.key"))
        done = self.public.run_inside(
            mesh_test.PROGRAMS["call"], f"{self.first.address}:8443", self.first.name,
            str(key.parent), "/weft.mesh.v1.DirectWays/Report", report(node.name, sightings))
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["code"]

    def check_lies_cut_nobody_off(self):
        """The public node, a member like others, tells where it sees the two: not true."""
        left, right = self.homes
        mesh_net.wait_until("the public node is linked to both", lambda: {
            ("node-2", home.name) for home in self.homes} <= self.edges(), limit=20)
        lie = f"{right.outside}:9"
        self.assertEqual(self.says(left, (right.name, lie)), DENIED)
        self.assertEqual(self.says(self.public, (right.name, "127.0.0.1:9")), INVALID)
        self.assertEqual(self.says(self.public, (right.name, lie), (left.name, lie)), OK)

        mesh_net.wait_until("the lie is told", lambda: lie in [
            place["endpoint"] for place in self.peers(left)[right.name]["tunnel"]["candidates"]],
            limit=10)
        self.assertEqual(self.pings(left, self.address(right), count=10), 10)
        self.assertIn((left.name, right.name), self.edges())
        self.assertTrue(self.is_direct(left, right) and self.is_direct(right, left))

    def test_cones_talk_directly_and_fall_back_to_the_relay(self):
        left, right = self.homes
        left.join(self.first.invite())
        right.join(self.first.invite())
        began = time.monotonic()
        mesh_net.wait_until("both are linked",
                            lambda: ("node-3", "node-4") in self.edges(), limit=20, step=0.02)
        took = time.monotonic() - began
        mesh_net.wait_until("both send directly", lambda: self.is_direct(left, right)
                            and self.is_direct(right, left), limit=10)
        print(f"direct after {took:.2f} s")
        self.assertLess(took, DIRECT_WITHIN)
        target = self.address(right)
        mesh_net.wait_until("pings pass", lambda: self.pings(left, target))
        if mesh_test.PROGRAMS["call"]:
            self.check_lies_cut_nobody_off()

        # From here on the two routers drop what is for each other.
        left.nft(f"add rule inet home forward ip daddr {right.outside} drop")
        right.nft(f"add rule inet home forward ip daddr {left.outside} drop")
        began = time.monotonic()
        mesh_net.wait_until("pings pass over the relay", lambda: self.pings(left, target, limit=1),
                            limit=30)
        relayed = time.monotonic() - began
        print(f"relayed after {relayed:.2f} s")
        self.assertLess(relayed, RELAYED_WITHIN)
        self.assertNotIn(("node-3", "node-4"), self.edges())
        self.assertGreaterEqual(self.pings(left, target, count=5), 5)

    def test_symmetric_routers_stay_relayed(self):
        left, right = self.homes
        for home in self.homes:
            home.translate("masquerade random,fully-random")
            home.join(self.first.invite())
        # Whom everybody can call is talked to directly all the same.
        for home in self.homes:
            mesh_net.wait_until(f"{home.name} is linked to the public node",
                                lambda home=home: ("node-2", home.name) in self.edges(), limit=20)
        target = self.address(right)
        mesh_net.wait_until("pings pass over the relay", lambda: self.pings(left, target))
        self.assertNotIn(("node-3", "node-4"), self.edges())
        self.assertGreaterEqual(self.pings(left, target, count=5), 5)
        for pair in ((left, right), (right, left)):
            mesh_net.wait_until("both say why", lambda pair=pair: (
                self.way(*pair)["kind"], self.way(*pair)["reason"], self.path(*pair)
            ) == ("relayed", "symmetric_nat", "symmetric_nat"), limit=30)
        self.assertIn("relayed: symmetric nat", left.must("peers").out)
        self.assertIn("gives each destination another port", left.must(
            "explain", "path", right.name).out)


def main():
    if not shutil.which("nft"):
        print("nat_test: skipped: needs the nft program (nftables)")
        return mesh_test.SKIPPED
    return mesh_test.main()


if __name__ == "__main__":
    sys.exit(main())
