#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whole meshes of real daemons in network namespaces.

  mesh_test.py --weftd PATH --weftctl PATH [--call PATH] [--fault PATH] [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import argparse
import concurrent.futures
import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)

SKIPPED = 77
PROGRAMS = {}


class MeshTest(unittest.TestCase):
    count = 2

    def setUp(self):
        self.net = mesh_net.MeshNet(PROGRAMS["weftd"], PROGRAMS["weftctl"])
        self.addCleanup(self.net.close)
        self.net.__enter__()
        self.nodes = self.net.add(self.count)
        self.first = self.nodes[0].start()

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        done = super().run(result)
        if len(result.failures) + len(result.errors) > before:
            for node in self.net.nodes:
                print(f"--- {node.name}\n{node.log_tail(40)}", file=sys.stderr)
        return done

    def join(self, node, **more):
        node.join(self.first.invite(), **more)


class Tunnel(MeshTest):
    """Two nodes whose packets flow, without anything said to the hosts by hand."""

    def setUp(self):
        super().setUp()
        self.first.create_mesh()
        self.join(self.nodes[1].start())

    @staticmethod
    def check_of(node, name):
        checks = {c["id"]: c for c in node.connection().get("checklist", [])}
        return checks.get(name, {"state": "absent"})

    def wait_tunnel(self, node):
        return mesh_net.wait_until(f"the tunnel of {node.name} stands",
                                   lambda: self.check_of(node, "tunnel")["state"] == "ok")

    @staticmethod
    def interfaces(node):
        links = json.loads(mesh_net.ip("-j", "-n", node.namespace, "link", "show"))
        return [link["ifname"] for link in links if link["ifname"].startswith("weft")]

    def ping(self, node, other, key):
        address = other.connection()[key].split("/")[0]
        done = node.run_inside("ping", "-n", "-c", "3", "-i", "0.2", "-W", "5", address)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_packets_cross_both_ways_in_both_families(self):
        for node in self.nodes:
            self.wait_tunnel(node)

        for key in ("addressIpv4", "addressIpv6"):
            self.ping(self.nodes[0], self.nodes[1], key)
            self.ping(self.nodes[1], self.nodes[0], key)

    def test_the_interface_goes_with_the_connection_and_comes_back(self):
        second = self.nodes[1]
        self.wait_tunnel(second)

        second.must("disconnect")
        self.assertEqual(self.interfaces(second), [])
        second.must("connect")

        self.wait_tunnel(second)
        self.assertEqual(self.interfaces(second), ["weft0"])
        self.ping(second, self.first, "addressIpv4")

    def test_nothing_is_left_of_a_node_that_was_killed(self):
        second = self.nodes[1]
        self.wait_tunnel(second)

        second.kill()
        self.assertEqual(self.interfaces(second), [])
        second.start()

        self.wait_tunnel(second)
        # Its stamps go on above those that it sent before, so that it is answered at once.
        self.ping(second, self.first, "addressIpv4")

    def test_without_the_right_to_make_interfaces_the_rest_works(self):
        second = self.nodes[1]
        self.assertEqual(second.stop(), 0)

        second.start(wrapper=["capsh", "--drop=cap_net_admin", "--", "-c", 'exec "$@"', "--"])

        second.wait_state("connected", "degraded")
        check = self.check_of(second, "tunnel")
        self.assertEqual(check["state"], "failed")
        problems = " ".join(p["text"] + p.get("remedy", "") for p in second.connection()["problems"])
        self.assertIn("setcap", problems)
        self.first.wait_members("node-1", "node-2")


class Places(MeshTest):
    """A node that says several addresses of itself, of which others reach only one."""

    def test_a_node_is_called_at_each_of_its_addresses(self):
        first, second = self.nodes
        # Nobody has the primary one, and nobody can call the second node.
        first.must("mesh", "create", "--domain=test.internal", f"--node-id={first.name}",
                   "--endpoint=198.51.100.1", f"--endpoint={first.address}")
        first.wait_state("connected")
        self.join(second.start())

        address = first.connection()["addressIpv6"].split("/")[0]
        mesh_net.wait_until(
            "a packet comes back from the first node",
            lambda: second.run_inside("ping", "-n", "-c", "1", "-W", "1", address).returncode == 0)

        peers = second.read("peers")
        places = [p["tunnel"]["endpoint"] for p in peers if p.get("tunnel")]
        self.assertEqual(places, [f"{first.address}:51820"])


class Moves(MeshTest):
    """A node that joins, and then goes to another network."""

    # The protocol's own timers would take five seconds for the first, and more for the others.
    FIRST_PACKET, AFTER_MOVE = 4, 5

    def reaches(self, node, address):
        return node.run_inside("ping", "-n", "-c", "1", "-W", "1", address).returncode == 0

    def move(self, node, address):
        """Another cable to the bridge, and the first one is pulled."""
        mesh_net.ip("-n", self.net.hub, "link", "add", "port-new", "type", "veth", "peer", "name",
                    "eth1", "netns", node.namespace)
        mesh_net.ip("-n", self.net.hub, "link", "set", "port-new", "master", "bridge", "up")
        mesh_net.ip("-n", node.namespace, "addr", "add", f"{address}/24", "dev", "eth1")
        mesh_net.ip("-n", node.namespace, "link", "set", "eth0", "down")
        mesh_net.ip("-n", node.namespace, "link", "set", "eth1", "up")

    def places_of(self, name):
        return {peer["id"]: peer for peer in self.first.read("peers")}[name]["wireguardEndpoints"]

    def test_packets_flow_soon_after_the_join_and_after_a_move(self):
        second = self.nodes[1]
        self.first.create_mesh()
        self.join(second.start("--global.detect-private-endpoints=true"))
        inside = self.first.connection()["addressIpv4"].split("/")[0]
        mesh_net.wait_until("the first packet crosses", lambda: self.reaches(second, inside),
                            limit=self.FIRST_PACKET, step=0.02)
        mesh_net.wait_until("the address of node-2 is known",
                            lambda: self.places_of("node-2") == [f"{second.address}:51820"])

        self.move(second, "10.77.0.102")

        mesh_net.wait_until("packets flow again", lambda: self.reaches(second, inside),
                            limit=self.AFTER_MOVE, step=0.02)
        # Told by a connection to the server that was made anew.
        mesh_net.wait_until("the new address of node-2 is known",
                            lambda: self.places_of("node-2") == ["10.77.0.102:51820"],
                            limit=self.AFTER_MOVE)
        # A busy machine may have it dial twice.
        second.wait_state("connected")
        peer = {peer["id"]: peer for peer in second.read("peers")}["node-1"]
        self.assertEqual(peer["liveness"], "fresh")
        self.assertEqual([c for c in peer["tunnel"]["candidates"] if c["inUse"]],
                         [{"endpoint": f"{self.first.address}:51820", "inUse": True}])


class Filter(MeshTest):
    """Three nodes, of which the second and the third talk over the first."""

    LIMIT = 3

    def setUp(self):
        super().setUp()
        self.first.create_mesh()
        self.nodes.append(self.net.add()[0])
        for node in self.nodes[1:]:
            node.keep_apart()
            self.join(node.start())
        self.wait_pairs(set())

    @staticmethod
    def reaches(node, other, key):
        address = other.connection()[key].split("/")[0]
        return node.run_inside("ping", "-n", "-c", "1", "-W", "1", address).returncode == 0

    def broken(self):
        """Who does not reach whom, by number and family."""
        return {(one, other, key)
                for one, node in enumerate(self.nodes) for other, far in enumerate(self.nodes)
                for key in ("addressIpv4", "addressIpv6")
                if one != other and not self.reaches(node, far, key)}

    def wait_pairs(self, expected, limit=mesh_net.WAIT_LIMIT):
        mesh_net.wait_until(f"only {expected} is cut off", lambda: self.broken() == expected,
                            limit=limit)

    def assert_stops(self, one, other, key):
        for node, far in ((one, other), (other, one)):
            mesh_net.wait_until(f"{node.name} no longer reaches {far.name}",
                                lambda n=node, f=far: not self.reaches(n, f, key),
                                limit=self.LIMIT)

    @staticmethod
    def redirects(node):
        """How often it was told of a shorter way."""
        names, values = (line.split() for line in
                         node.run_inside("cat", "/proc/net/snmp").stdout.splitlines()
                         if line.startswith("Icmp:"))
        return int(values[names.index("InRedirects")])

    @staticmethod
    def pair(one, other, *keys):
        return {(a, b, key) for a, b in ((one, other), (other, one)) for key in keys}

    def test_a_denied_pair_is_cut_off_and_no_other(self):
        second, third = self.nodes[1:]
        self.assertEqual([self.redirects(node) for node in (second, third)], [0, 0],
                         "there is no shorter way than over the first node")
        self.first.must("put", "acl", "apart", "--priority=1000", "--deny",
                        "--src-node=node-2", "--dst-node=node-3")

        self.assert_stops(second, third, "addressIpv4")
        self.assert_stops(second, third, "addressIpv6")
        self.assertEqual(self.broken(), self.pair(1, 2, "addressIpv4", "addressIpv6"))

        self.first.must("delete", "acl", "apart", "--yes")
        self.wait_pairs(set())

    def test_packets_of_a_denied_family_are_dropped_by_the_receiver_and_counted(self):
        # The lists stay as they are, so that the second node goes on sending.
        second, third = self.nodes[1:]
        address = second.connection()["addressIpv4"].split("/")[0]
        self.first.must("put", "acl", "no-ipv4", "--priority=1000", "--deny",
                        "--src-node=node-2", f"--src-cidr={address}/32")

        self.assert_stops(second, self.first, "addressIpv4")
        self.assert_stops(second, third, "addressIpv4")
        self.assertEqual(self.broken(),
                         self.pair(0, 1, "addressIpv4") | self.pair(1, 2, "addressIpv4"))
        mesh_net.wait_until("the first node has counted them",
                            lambda: "denied" in self.first.must("-o", "json", "peers").out)
        why = self.first.must("explain", "access", "node-2", "node-1").text
        self.assertIn("Nodes of Weft drop IPv4 packets from node-2 to node-1", why)

        self.first.must("delete", "acl", "no-ipv4", "--yes")
        self.wait_pairs(set())


class Proxy(MeshTest):
    """What others reach of a plain node, through its tunnel."""

    UNAVAILABLE, PRECONDITION = 14, 9

    def setUp(self):
        if not PROGRAMS["call"]:
            self.skipTest("needs mesh_call: build it first")
        super().setUp()
        self.first.create_mesh()
        self.second = self.nodes[1]
        self.join(self.second.start())
        self.first.wait_members("node-1", "node-2")
        self.inside = self.second.connection()["addressIpv4"].split("/")[0]
        mesh_net.wait_until("node-2 is served", lambda: self.call("/v1.Node/GetStatus")["code"] == 0)

    def call(self, method, *headers, to=None):
        """A call of node-1 to node-2."""
        key = next((self.first.folder / "state").rglob("node-tls.key"))
        done = self.first.run_inside(PROGRAMS["call"], f"{to or self.inside}:8443", "node-2",
                                     str(key.parent), method, "", *headers)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_a_plain_node_answers_for_itself_on_its_tunnel_alone(self):
        status = self.call("/v1.Node/GetStatus")

        self.assertIn(b"node-2", bytes.fromhex(status["answer"]))
        outside = self.call("/v1.Node/GetStatus", to=self.second.address)
        self.assertEqual(outside["code"], self.UNAVAILABLE, outside)
        self.second.must("disconnect")
        self.assertEqual(self.call("/v1.Node/GetStatus")["code"], self.UNAVAILABLE)

    def test_the_rest_goes_to_the_leader_once_the_node_may_hand_calls_on(self):
        method = "/v1.Membership/GetStorageConfiguration"
        # The node is refused, and not its caller.
        self.assertEqual(self.call(method)["code"], self.PRECONDITION)

        self.first.must("put", "role", "proxy", "--verb=put", "--resource=observers")
        self.first.must("put", "rolebinding", "proxies", "--role=proxy", "--node=node-2")

        # It hears of its right, and advertises that it is a proxy.
        mesh_net.wait_until("node-2 is a proxy", lambda: self.call(method)["code"] == 0)
        answer = self.call(method)
        self.assertEqual(answer["code"], 0, answer)
        self.assertIn(b"node-1", bytes.fromhex(answer["answer"]))
        forged = self.call(method, "x-webmesh-proxied-for=somebody")
        self.assertEqual(forged["code"], self.PRECONDITION, forged)


class Life(MeshTest):
    count = 3

    def setUp(self):
        super().setUp()
        self.first.create_mesh()
        for node in self.nodes[1:]:
            self.join(node.start())

    def test_members_see_each_other_and_have_addresses_of_their_own(self):
        for node in self.nodes:
            node.wait_members("node-1", "node-2", "node-3")
        connections = [node.connection() for node in self.nodes]
        for key in ("addressIpv4", "addressIpv6", "publicKey"):
            self.assertEqual(len({c[key] for c in connections}), 3, key)
        self.assertEqual({c["meshIdentity"] for c in connections},
                         {connections[0]["meshIdentity"]})
        checks = {c["id"]: c["state"] for c in connections[1]["checklist"]}
        self.assertEqual(checks["leader"], "ok")
        self.assertEqual(checks["certificate"], "ok")
        self.assertIn(checks["tunnel"], ("ok", "pending"))

    def test_a_node_leaves_and_comes_back_with_its_address(self):
        third = self.nodes[2]
        address = third.connection()["addressIpv4"]

        third.must("disconnect")
        self.first.wait_members("node-1", "node-2")
        self.nodes[1].wait_members("node-1", "node-2")
        self.assertEqual(third.state(), "off")
        third.must("connect")

        third.wait_state("connected")
        self.assertEqual(third.connection()["addressIpv4"], address)
        self.first.wait_members("node-1", "node-2", "node-3")

    def test_a_joiner_that_restarts_comes_back_by_itself(self):
        second = self.nodes[1]
        address = second.connection()["addressIpv4"]

        self.assertEqual(second.stop(), 0)
        self.first.wait_members("node-1", "node-3")
        second.start()

        second.wait_state("connected")
        self.assertEqual(second.connection()["addressIpv4"], address)
        self.first.wait_members("node-1", "node-2", "node-3")

    def test_a_joiner_that_was_killed_comes_back_by_itself(self):
        second = self.nodes[1]
        address = second.connection()["addressIpv4"]

        second.kill()
        second.start()

        second.wait_state("connected")
        self.assertEqual(second.connection()["addressIpv4"], address)

    def check_the_mesh_goes_on(self, before):
        self.first.start()
        self.first.wait_state("connected")
        for node in self.nodes[1:]:
            node.wait_state("connected")
        for node in self.nodes:
            node.wait_members("node-1", "node-2", "node-3")
        after = [node.connection() for node in self.nodes]
        for key in ("addressIpv4", "meshIdentity", "listenAddress"):
            self.assertEqual([c[key] for c in before], [c[key] for c in after], key)
        self.assertEqual(self.nodes[1].must("query", "get", "/app/colour").out, "blue")

    def test_the_first_node_restarts_and_the_mesh_goes_on(self):
        self.nodes[0].must("publish", "/app/colour", "blue")
        before = [node.connection() for node in self.nodes]

        self.assertEqual(self.first.stop(), 0)
        for node in self.nodes[1:]:
            node.wait_state("reconnecting")

        self.check_the_mesh_goes_on(before)

    def test_the_first_node_is_killed_and_the_mesh_goes_on(self):
        self.nodes[0].must("publish", "/app/colour", "blue")
        before = [node.connection() for node in self.nodes]

        self.first.kill()
        for node in self.nodes[1:]:
            node.wait_state("reconnecting")

        self.check_the_mesh_goes_on(before)


class Crowd(MeshTest):
    count = 21

    def test_twenty_nodes_join_at_once(self):
        self.first.create_mesh()
        joiners = self.nodes[1:]
        for node in joiners:
            node.start()
        codes = [self.first.invite() for _ in joiners]

        with concurrent.futures.ThreadPoolExecutor(len(joiners)) as pool:
            list(pool.map(lambda pair: pair[0].join(pair[1]), zip(joiners, codes)))

        connections = [node.connection() for node in self.nodes]
        for key in ("addressIpv4", "addressIpv6"):
            self.assertEqual(len({c[key] for c in connections}), len(self.nodes), key)
        names = [node.name for node in self.nodes]
        for node in self.nodes:
            node.wait_members(*names)


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--weftd", default=mesh_net.find_program("weftd", "daemon"))
    parser.add_argument("--weftctl", default=mesh_net.find_program("weftctl", "cli"))
    parser.add_argument("--call")
    parser.add_argument("--fault")
    options, rest = parser.parse_known_args()
    reason = mesh_net.missing()
    if not reason and not (options.weftd and options.weftctl):
        reason = "needs weftd and weftctl: build them first"
    if reason:
        print(f"skipped: {reason}")
        return SKIPPED
    PROGRAMS.update(weftd=options.weftd, weftctl=options.weftctl, call=options.call,
                    fault=options.fault)
    result = unittest.main(argv=[sys.argv[0], *rest], exit=False, verbosity=2).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
