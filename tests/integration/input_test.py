#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What people and other nodes may get wrong: each is told in words that help, and the rest works.

  input_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402

WRONG_USE = 2
RIGHT_TO_LEFT = "\u202e"


class Input(mesh_test.MeshTest):
    """Two nodes in a mesh, and a third that is not in it yet."""

    count = 3

    def setUp(self):
        super().setUp()
        self.second, self.third = self.nodes[1:]
        self.first.create_mesh()
        self.join(self.second.start())
        self.wait_reach()

    def wait_reach(self, families=("Ipv4", "Ipv6")):
        for family in families:
            address = self.first.connection()[f"address{family}"].split("/")[0]
            mesh_net.wait_until(
                f"the second node reaches {address}", lambda a=address: self.second.run_inside(
                    "ping", "-n", "-c", "1", "-W", "1", a).returncode == 0, limit=20)

    def refuse(self, result, *words):
        """It was refused in one line with these words, as wrong use."""
        self.assertEqual(result.code, WRONG_USE, result.text)
        for word in words:
            self.assertIn(word, result.error)
        self.assertNotIn(RIGHT_TO_LEFT, result.error)
        # Escaped once, however many have handed it on.
        self.assertNotIn("\\x5c", result.error)

    def test_each_is_told_and_the_rest_works(self):
        """One mesh for all of it."""
        for check in (self.check_networks_that_no_route_may_have,
                      self.check_networks_that_overlap,
                      self.check_the_way_to_everywhere,
                      self.check_names_that_no_node_may_have,
                      self.check_names_that_no_mesh_may_have,
                      self.check_options_that_keep_the_program_from_its_start):
            with self.subTest(check.__name__):
                check()
        self.wait_reach()
        self.assertEqual(self.first.members(), ["node-1", "node-2"])

    def check_networks_that_no_route_may_have(self):
        put = ("put", "route", "wrong", "--node=node-2")
        found = self.first.connection()
        for network, words in (
                ("172.16.5.0/24", "overlaps the mesh's own network 172.16.0.0/12"),
                ("172.0.0.0/8", "overlaps the mesh's own network"),
                # The address of another node would lead its packets here.
                (found["addressIpv4"], "overlaps the mesh's own network"),
                (found["addressIpv6"], "overlaps the mesh's own network"),
                ("300.0.0.0/8", "is not an IP address"),
                ("10.0.0.0/33", "the length must be 0 to 32")):
            with self.subTest(network=network):
                self.refuse(self.first.ctl(*put, f"--cidr={network}"), network.split("/")[0], words)
        self.assertEqual(self.first.read("get", "routes"), [])

    def check_networks_that_overlap(self):
        """The closest holds what it names, and nobody is cut off by another's."""
        for name, node, network in (("wide", "node-1", "10.5.0.0/16"),
                                    ("narrow", "node-2", "10.5.1.0/24"),
                                    # In it lie the addresses at which the nodes call each other.
                                    ("outside", "node-2", "10.0.0.0/8"),
                                    ("door", "node-2", f"{self.first.address}/32")):
            self.first.must("put", "route", name, f"--node={node}", f"--cidr={network}")

        mesh_net.wait_until("the second node routes to the first's network", lambda: "10.5.0.0/16"
                            in self.second.run_inside("ip", "route").stdout)
        routes = self.second.run_inside("ip", "route").stdout
        self.assertNotIn("10.5.1.0/24", routes)
        way = self.first.run_inside("ip", "route", "get", self.second.address).stdout
        self.assertIn("dev eth0", way)
        self.wait_reach()
        problems = str(self.first.connection().get("problems", []))
        self.assertIn("10.77.0", problems)
        for name in ("wide", "narrow", "outside", "door"):
            self.first.must("delete", "route", name, "--yes")

    def check_the_way_to_everywhere(self):
        """It is offered, and taken by nobody who was not asked."""
        self.first.must("put", "route", "everywhere", "--node=node-1", "--cidr=0.0.0.0/0")

        mesh_net.wait_until("the second node is told",
                            lambda: "0.0.0.0/0" in self.second.must("routes", "list").out)
        way = self.second.run_inside("ip", "route", "get", "192.0.2.1")
        self.assertNotIn("weft0", way.stdout)
        self.wait_reach()
        self.first.must("delete", "route", "everywhere", "--yes")

    def check_names_that_no_node_may_have(self):
        third = self.third.start()
        code = self.first.invite()
        for name, words in (("a.b", "lower-case letters, digits and hyphens, not a.b"),
                            ("a/b", "must not have /"),
                            ("../x", "must not have /"),
                            (f"{RIGHT_TO_LEFT}cba", "not \\xe2\\x80\\xaecba"),
                            ("NODE", "lower-case letters"),
                            ("-a", "does not begin or end with a hyphen"),
                            ("leader", "reserved"),
                            ("x" * 64, "at most 63 characters"),
                            ("x" * 65, "at most 63 characters"),
                            ("x" * 254, "1 to 253 bytes")):
            with self.subTest(name=name):
                self.refuse(third.ctl("join", "-", f"--node-id={name}", text=code + "\n"), words)
                self.refuse(self.first.ctl("invite", "create", f"--node-id={name}"), words)
        self.assertEqual(third.read("profiles", "list"), [])
        # The code still works: nobody was asked.
        self.assertEqual(self.first.members(), ["node-1", "node-2"])
        self.assertEqual([i["state"] for i in self.first.read("invite", "list")][-1], "open")

    def check_names_that_no_mesh_may_have(self):
        for name, words in (("a..b", "is no domain"), ("a/b", "is no domain"),
                            (f"{'x' * 64}.internal", "is no domain"),
                            (f"{RIGHT_TO_LEFT}abc.internal", "cannot be shown")):
            with self.subTest(name=name):
                self.refuse(self.third.ctl("mesh", "create", f"--domain={name}", "--node-id=q",
                                           "--no-wait"), words)
        self.assertEqual(self.third.read("profiles", "list"), [])
        self.assertEqual(self.third.stop(), 0)

    def check_options_that_keep_the_program_from_its_start(self):
        for option, words in (
                ("--wireguard.mtu=500", '"500" is not a number from 1280 to 9000'),
                ("--mesh.routes=10.1.2.3/24", "write 10.1.2.0/24"),
                ("--mesh.routes=10.1.2.3/99", "is not a network: write 10.1.0.0/16"),
                ("--mesh.node-id=a/b", "must not have /")):
            with self.subTest(option=option):
                done = self.third.run_inside(self.net.weftd, option, limit=20)
                self.assertEqual(done.returncode, WRONG_USE, done.stderr)
                self.assertIn(words, done.stderr)

    def test_a_host_without_ipv6_has_the_rest(self):
        third = self.third
        for scope in ("all", "default"):
            third.run_inside("sh", "-c", f"echo 1 >/proc/sys/net/ipv6/conf/{scope}/disable_ipv6")
        self.join(third.start())

        address = self.first.connection()["addressIpv4"].split("/")[0]
        mesh_net.wait_until("the first node is reached by IPv4", lambda: third.run_inside(
            "ping", "-n", "-c", "1", "-W", "1", address).returncode == 0, limit=20)
        told = str(third.connection())
        self.assertIn("IPv6", told)
        self.assertIn("disable_ipv6", told)


if __name__ == "__main__":
    sys.exit(mesh_test.main())
