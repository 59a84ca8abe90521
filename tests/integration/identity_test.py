#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whom the server of a mesh takes callers for that show no certificate: nodes through the tunnel, and
a neighbour on the network below it who has given himself the address of one.

  identity_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402

CALL = str(Path(__file__).resolve().parent / "grpc_call.py")
FOR_MEMBERS = "/v1.Membership/GetStorageConfiguration"
FOR_ADMINISTRATORS = "/weft.mesh.v1.Members/ListRemovedNodes"
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

    def call(self, node, address, method=FOR_MEMBERS, *headers):
        done = node.run_inside(sys.executable, CALL, address, method, *headers)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout.strip()

    def test_a_node_is_known_through_the_tunnel_and_nowhere_else(self):
        self.route(self.second, self.server, "dev", "weft0")
        self.route(self.first, self.member, "dev", "weft0")

        self.assertEqual(self.call(self.second, self.server), OK)
        self.assertEqual(self.call(self.second, self.server, FOR_ADMINISTRATORS), UNAUTHENTICATED)
        self.assertEqual(self.call(self.second, self.server, FOR_MEMBERS,
                                   "x-webmesh-proxied-for=node-1"), DENIED)
        self.assertEqual(self.call(self.second, self.first.address), UNAUTHENTICATED)

    def test_a_neighbour_with_the_address_of_a_node_is_nobody(self):
        mesh_net.ip("-n", self.neighbour.namespace, "addr", "add", f"{self.member}/32", "dev",
                    "eth0")
        self.route(self.neighbour, self.server, "via", self.first.address, "src", self.member)
        self.route(self.first, self.member, "via", self.neighbour.address)

        self.assertEqual(self.call(self.neighbour, self.server), UNAUTHENTICATED)


if __name__ == "__main__":
    sys.exit(mesh_test.main())
