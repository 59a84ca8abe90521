#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whom the server of a mesh takes callers for that show no certificate: nodes through the tunnel, and
a neighbour on the network below it who has given himself the address of one.

  identity_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402

CALL = str(Path(__file__).resolve().parent / "grpc_call.py")
FOR_THE_NODE = "/v1.Membership/Update"
FOR_MEMBERS = "/v1.Membership/GetStorageConfiguration"
FOR_ADMINISTRATORS = "/weft.mesh.v1.Members/ListRemovedNodes"
NO_DATAGRAMS = """
add table ip apart
add chain ip apart input {{ type filter hook input priority 0; }}
add chain ip apart output {{ type filter hook output priority 0; }}
add rule ip apart input ip saddr {address} meta l4proto udp drop
add rule ip apart output ip daddr {address} meta l4proto udp drop
"""
OK, DENIED, UNAUTHENTICATED = "0", "7", "16"


class Identity(mesh_test.MeshTest):
    count = 3

    def setUp(self):
        super().setUp()
        self.second, self.neighbour = self.nodes[1:]
        self.first.create_mesh()
        self.join(self.second.start())
        for each in (self.first, self.second):
            mesh_net.wait_until(f"the tunnel of {each.name} stands",
                                lambda node=each: self.has_tunnel(node))
        self.server = self.address_of(self.first)
        self.member = self.address_of(self.second)

    @staticmethod
    def has_tunnel(node):
        checks = {c["id"]: c["state"] for c in node.connection().get("checklist", [])}
        return checks.get("tunnel") == "ok"

    @staticmethod
    def address_of(node):
        return node.connection()["addressIpv4"].split("/")[0]

    @staticmethod
    def route(node, address, *way):
        mesh_net.ip("-n", node.namespace, "route", "replace", address, *way)

    def call(self, node, address, method=FOR_MEMBERS, *more):
        answer = self.answer(node, address, method, *more)
        self.assertIsNotNone(answer, f"{address} did not answer")
        return answer

    @staticmethod
    def answer(node, address, method=FOR_MEMBERS, *more):
        """None when there is none."""
        done = node.run_inside(sys.executable, CALL, address, method, *more)
        return done.stdout.strip() if done.returncode == 0 else None

    def test_a_node_is_known_through_the_tunnel_and_nowhere_else(self):
        self.route(self.second, self.server, "dev", "weft0")
        self.route(self.first, self.member, "dev", "weft0")

        self.assertEqual(self.call(self.second, self.server), OK)
        self.assertEqual(self.call(self.second, self.server, FOR_ADMINISTRATORS), UNAUTHENTICATED)
        self.assertEqual(self.call(self.second, self.server, FOR_MEMBERS,
                                   "x-webmesh-proxied-for=node-1"), DENIED)
        self.assertEqual(self.call(self.second, self.first.address), UNAUTHENTICATED)

    def test_a_node_on_the_way_is_not_whom_it_carries(self):
        third = self.neighbour
        self.join(third.start())
        mesh_net.wait_until("the tunnel of the third stands", lambda: self.has_tunnel(third))
        # Without a direct way to the first, of which the third hears all the same.
        done = third.run_inside("nft", NO_DATAGRAMS.format(address=self.first.address))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.first.must("put", "edge", "--from=node-2", "--to=node-3")
        self.first.must("delete", "edge", "--from=node-1", "--to=node-3", "--yes")
        carried = self.address_of(third)
        for node, address in ((self.second, self.server), (self.first, self.member),
                              (self.first, carried)):
            self.route(node, address, "dev", "weft0")
        # The one on the way writes packets of its own with the address of the one behind it.
        mesh_net.ip("-n", self.second.namespace, "addr", "add", f"{carried}/32", "dev", "lo")
        mesh_net.wait_until("the second carries for the third", lambda: self.answer(
            self.second, self.server, FOR_MEMBERS, "--from", carried) == OK)

        as_third = ("--from", carried, "--text", "node-3")
        as_second = ("--from", self.member, "--text", "node-2")
        self.assertEqual(self.call(self.second, self.server, FOR_THE_NODE, *as_third),
                         UNAUTHENTICATED)
        self.assertEqual(self.call(self.second, self.server, "/v1.Membership/Leave", *as_third),
                         UNAUTHENTICATED)
        self.first.wait_members("node-1", "node-2", "node-3")
        self.assertEqual(self.call(self.second, self.server, FOR_THE_NODE, *as_second), OK)

    def test_a_neighbour_with_the_address_of_a_node_is_nobody(self):
        mesh_net.ip("-n", self.neighbour.namespace, "addr", "add", f"{self.member}/32", "dev",
                    "eth0")
        self.route(self.neighbour, self.server, "via", self.first.address, "src", self.member)
        self.route(self.first, self.member, "via", self.neighbour.address)

        self.assertEqual(self.call(self.neighbour, self.server), UNAUTHENTICATED)


def main():
    if not shutil.which("nft"):
        print("identity_test: skipped: needs the nft program (nftables)")
        return mesh_test.SKIPPED
    return mesh_test.main()


if __name__ == "__main__":
    sys.exit(main())
