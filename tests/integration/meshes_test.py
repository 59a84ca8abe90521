#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One daemon in several meshes at once.

  meshes_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402

NETWORKS = {"one": "172.20.0.0/16", "two": "172.21.0.0/16", "three": "172.20.128.0/17"}


class Meshes(mesh_test.MeshTest):
    """Three nodes start a mesh each, the third in a part of the first one's range. The fourth joins
    them all, in this order."""

    count = 4

    def setUp(self):
        super().setUp()
        self.founders = dict(zip(NETWORKS, self.nodes))
        self.guest = self.nodes[3]
        self.interfaces = {}
        for node in self.nodes[1:]:
            node.start("--services.meshdns.enabled")
        for name, node in self.founders.items():
            node.must("mesh", "create", f"--domain={name}.internal", f"--node-id=first-{name}",
                      f"--ipv4-network={NETWORKS[name]}", f"--endpoint={node.address}")
            node.wait_state("connected")

    def enter(self, name):
        code = self.founders[name].invite()
        self.guest.must("join", "-", "--node-id=guest", f"--name={name}", text=code + "\n")
        self.wait_connected(name)
        self.interfaces[name] = mesh_net.wait_until(
            f"the interface of {name} is there",
            lambda: (self.at(name).get("tunnel") or {}).get("interface"))

    def at(self, name):
        """The connection to one of the meshes, as weftctl describes it."""
        status = self.guest.read("status", name)
        return status.get("connection", status)

    def wait_connected(self, name):
        mesh_net.wait_until(f"{name} is connected",
                            lambda: self.at(name)["state"] in ("connected", "degraded"))

    def address(self, name, family="Ipv4"):
        return self.founders[name].connection()[f"address{family}"].split("/")[0]

    def reaches(self, name, family="Ipv4"):
        return self.guest.run_inside("ping", "-n", "-c", "1", "-W", "1",
                                     self.address(name, family)).returncode == 0

    def wait_reach(self, *names, families=("Ipv4", "Ipv6")):
        for name in names:
            for family in families:
                mesh_net.wait_until(f"{name} is reached by {family}",
                                    lambda n=name, f=family: self.reaches(n, f), limit=20)

    def routes(self, name):
        """The networks that lead into the interface of a mesh."""
        return self.guest.run_inside("ip", "route", "show", "dev", self.interfaces[name]).stdout

    def check(self, name, check):
        return {c["id"]: c for c in self.at(name)["checklist"]}.get(check, {"state": "absent"})

    def test_each_mesh_is_its_own(self):
        self.enter("one")
        self.enter("two")
        for step in (self.check_each_has_its_own_interface_address_and_names,
                     self.check_a_range_that_overlaps_is_told_and_the_first_keeps_it,
                     self.check_leaving_one_leaves_the_others,
                     self.check_all_come_back_with_the_program):
            with self.subTest(step.__name__):
                step()

    def check_each_has_its_own_interface_address_and_names(self):
        self.wait_reach("one", "two")
        self.assertEqual(len(set(self.interfaces.values())), 2, self.interfaces)
        ports = {self.at(name)["tunnel"]["listenPort"] for name in ("one", "two")}
        self.assertEqual(len(ports), 2, "a socket each")
        keys = {self.at(name)["publicKey"] for name in ("one", "two")}
        self.assertEqual(len(keys), 2, "a key each: who is in both is not known by it")
        for name in ("one", "two"):
            self.assertIn(NETWORKS[name], self.routes(name))
            own = self.at(name)["addressIpv4"].split("/")[0]
            self.assertEqual(self.dig(own, f"first-{name}.{name}.internal"), [self.address(name)])
        # Nobody learns of one mesh in the other.
        self.assertEqual([n["id"] for n in self.founders["two"].read("get", "nodes")],
                         ["first-two", "guest"])
        self.assertFalse(self.founders["two"].run_inside(
            "ping", "-n", "-c", "1", "-W", "1",
            self.at("one")["addressIpv4"].split("/")[0]).returncode == 0)

    def dig(self, server, name):
        done = self.guest.run_inside("dig", "+short", "+tries=1", "+time=2", f"@{server}", name)
        return done.stdout.split()

    def check_a_range_that_overlaps_is_told_and_the_first_keeps_it(self):
        self.enter("three")

        mesh_net.wait_until("it is told", lambda: self.check("three", "routes")["state"] ==
                            "warning", limit=20)
        told = " ".join(p["text"] for p in self.at("three")["problems"])
        self.assertIn(NETWORKS["three"], told)
        self.assertIn(self.interfaces["one"], told)
        self.assertNotIn(NETWORKS["three"], self.routes("three"))
        self.assertIn(NETWORKS["one"], self.routes("one"))
        self.assertEqual(self.check("one", "routes")["state"], "ok")
        self.wait_reach("one", "two")
        # IPv6 of the third is its own.
        self.wait_reach("three", families=("Ipv6",))

    def check_leaving_one_leaves_the_others(self):
        self.guest.must("disconnect", "one")

        self.wait_reach("two")
        self.assertFalse(self.reaches("one"))
        links = self.guest.run_inside("ip", "-br", "link").stdout
        self.assertNotIn(self.interfaces["one"] + " ", links)
        for name in ("two", "three"):
            self.assertIn(self.interfaces[name] + " ", links)
            self.assertIn(self.at(name)["state"], ("connected", "degraded"))
        # Now the range is free.
        mesh_net.wait_until("the third has it", lambda: NETWORKS["three"] in self.routes("three"),
                            limit=20)
        self.wait_reach("three")
        self.guest.must("connect", "one")
        self.wait_connected("one")

    def check_all_come_back_with_the_program(self):
        self.assertEqual(self.guest.stop(), 0)
        self.assertNotIn("weft", self.guest.run_inside("ip", "-br", "link").stdout)
        self.guest.start("--services.meshdns.enabled")
        for name in NETWORKS:
            self.wait_connected(name)
        self.wait_reach("two", families=("Ipv4",))
        # One of the two that overlap has the range, and the other is told.
        mesh_net.wait_until("one of them is told", lambda: sorted(
            self.check(name, "routes")["state"] for name in ("one", "three")) == ["ok", "warning"],
            limit=20)


def main():
    if not shutil.which("dig"):
        print("meshes_test: skipped: needs the dig program (bind9-dnsutils)")
        return mesh_test.SKIPPED
    return mesh_test.main()


if __name__ == "__main__":
    sys.exit(main())
