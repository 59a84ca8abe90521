#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The names of a mesh as real programs ask for them: dig and the C library, at real daemons.

  names_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402
import resolver_file  # noqa: E402

DOMAIN = "test.internal"
SERVED = "--services.meshdns.enabled"
# Answers every query for an address with 192.0.2.7, until it is ended.
RESPONDER = """
import socket, sys
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((sys.argv[1], 53))
print("ready", flush=True)
while True:
    query, peer = server.recvfrom(4096)
    end = query.index(0, 12) + 5
    server.sendto(query[:2] + b"\\x81\\x80\\0\\1\\0\\1\\0\\0\\0\\0" + query[12:end]
                  + b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\x3c\\0\\4\\xc0\\0\\2\\7", peer)
"""


class NamesNet(mesh_test.MeshTest):
    """Two nodes in a mesh, and a machine beside them that is in none."""

    count = 3

    def wait_reach(self):
        """Packets need a handshake first."""
        mesh_net.wait_until(
            "the second node reaches the first", lambda: self.second.run_inside(
                "ping", "-n", "-c", "1", "-W", "2", self.address(self.first)).returncode == 0)

    @staticmethod
    def wait_check(node, state):
        return mesh_net.wait_until(
            f"the names of {node.name} are {state}",
            lambda: {c["id"]: c for c in node.connection().get("checklist", [])}
            .get("dns", {}).get("state") == state, limit=20)

    @staticmethod
    def address(node, family="Ipv4"):
        return node.connection()[f"address{family}"].split("/")[0]

    @staticmethod
    def dig(node, server, *arguments):
        """What `dig +short` says; None when there was no answer."""
        done = node.run_inside("dig", "+short", "+tries=1", "+time=2", f"@{server}", *arguments)
        return None if done.returncode else done.stdout.split()

    def status(self, node, server, *arguments):
        done = node.run_inside("dig", "+tries=1", "+time=2", f"@{server}", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout.split("status: ")[1].split(",")[0]

    def service(self, node, program, *arguments):
        """A helper program in a node's namespace, ended with the test."""
        process = subprocess.Popen(
            ["ip", "netns", "exec", node.namespace, sys.executable, "-c", program, *arguments],
            stdout=subprocess.PIPE, text=True)

        def end():
            process.kill()
            process.wait(timeout=10)
            process.stdout.close()
        self.addCleanup(end)
        self.assertEqual(process.stdout.readline(), "ready\n")


class Names(NamesNet):
    """What nodes answer to each other."""

    options = (SERVED, f"--services.meshdns.forwarders={mesh_net.SUBNET}.3")

    def setUp(self):
        super().setUp()
        self.second, self.stranger = self.nodes[1:]
        self.assertEqual(self.first.stop(), 0)
        self.first.start(*self.options).create_mesh(DOMAIN)
        self.join(self.second.start(*self.options))
        for node in (self.first, self.second):
            self.wait_check(node, "ok")
        self.wait_reach()

    def test_names_are_there_for_those_in_the_mesh(self):
        """One mesh for all that changes nothing in it."""
        for check in (self.check_nodes_find_each_other_by_name,
                      self.check_programs_reach_a_node_by_its_name,
                      self.check_other_names_are_asked_of_others,
                      self.check_the_mesh_is_told_who_answers,
                      self.check_strangers_get_nothing):
            with self.subTest(check.__name__):
                check()

    def check_nodes_find_each_other_by_name(self):
        for node in (self.first, self.second):
            own = self.address(node)
            for other in (self.first, self.second):
                name = f"{other.name}.{DOMAIN}"
                self.assertEqual(self.dig(node, own, name, "A"), [self.address(other)])
                self.assertEqual(self.dig(node, own, "+tcp", name, "AAAA"),
                                 [self.address(other, "Ipv6")])
                self.assertEqual(self.dig(node, self.address(node, "Ipv6"), name, "A"),
                                 [self.address(other)])
                for family in ("Ipv4", "Ipv6"):
                    self.assertEqual(self.dig(node, own, "-x", self.address(other, family)),
                                     [f"{name}."])
        # The other's server is there too, through the tunnel.
        self.assertEqual(self.dig(self.second, self.address(self.first), f"node-1.{DOMAIN}"),
                         [self.address(self.first)])
        self.assertEqual(self.dig(self.second, self.address(self.second), f"leader.{DOMAIN}"),
                         [f"node-1.{DOMAIN}.", self.address(self.first)])
        self.assertEqual(self.status(self.first, self.address(self.first), f"nobody.{DOMAIN}"),
                         "NXDOMAIN")

    def check_programs_reach_a_node_by_its_name(self):
        resolver = self.net.folder / "resolv.conf"
        resolver.write_text(f"search {DOMAIN}\nnameserver {self.address(self.first)}\n")
        done = self.first.run_inside(
            "unshare", "-m", "sh", "-c",
            f"mount --bind {resolver} /etc/resolv.conf && getent ahostsv4 node-2 "
            "&& ping -c 2 -i 0.2 -W 5 node-2")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(self.address(self.second), done.stdout)

    def check_strangers_get_nothing(self):
        target = self.address(self.first)
        name = f"node-1.{DOMAIN}"
        self.assertIsNone(self.dig(self.stranger, self.first.address, name))
        # Nor when they find the way to the address, or come under one of the mesh.
        mesh_net.ip("-n", self.stranger.namespace, "route", "add", f"{target}/32", "via",
                    self.first.address)
        self.assertIsNone(self.dig(self.stranger, target, name))
        self.assertIsNone(self.dig(self.stranger, target, "+tcp", name))
        mesh_net.ip("-n", self.stranger.namespace, "addr", "add", "172.16.9.9/32", "dev", "eth0")
        self.assertIsNone(self.dig(self.stranger, target, "-b", "172.16.9.9", name))

    def check_other_names_are_asked_of_others(self):
        own = self.address(self.first)
        self.assertEqual(self.status(self.first, own, "+time=7", "printer.example"), "SERVFAIL")
        self.service(self.stranger, RESPONDER, self.stranger.address)
        self.assertEqual(self.dig(self.first, own, "printer.example"), ["192.0.2.7"])
        self.assertEqual(self.dig(self.second, own, "+tcp", "printer.example"), ["192.0.2.7"])
        self.assertEqual(self.status(self.first, own, "ANY", "printer.example", "+notcp"),
                         "NOTIMP")

    def test_a_node_that_is_removed_loses_its_name(self):
        own = self.address(self.first)
        self.first.must("node", "remove", "node-2", "--yes")
        mesh_net.wait_until("node-2 has no name",
                            lambda: self.dig(self.first, own, f"node-2.{DOMAIN}") == [])

    def check_the_mesh_is_told_who_answers(self):
        def features():
            nodes = {n["id"]: n for n in self.first.read("get", "nodes")}
            return [sorted(f["name"] for f in nodes[name].get("features", [])
                           if f["name"] == "MESH_DNS") for name in ("node-1", "node-2")]
        mesh_net.wait_until("both are known to answer",
                            lambda: features() == [["MESH_DNS"], ["MESH_DNS"]])

    def test_a_taken_port_is_said_and_the_rest_works(self):
        self.assertEqual(self.second.stop(), 0)
        self.service(self.second, "import socket\n"
                     "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                     "s.bind(('0.0.0.0', 53))\nprint('ready', flush=True)\ns.recv(1)")
        self.second.start(*self.options)
        self.wait_check(self.second, "warning")
        self.wait_reach()
        problems = str(self.second.connection().get("problems", []))
        self.assertIn("is taken by another program", problems)
        self.assertEqual(self.second.state(), "connected")
        self.assertEqual(self.dig(self.second, self.address(self.first), f"node-2.{DOMAIN}"),
                         [self.address(self.second)])


class Resolver(NamesNet):
    """What the programs of a host in the mesh find, without being told of it."""

    USED = "--mesh.use-meshdns"
    # In a namespace of its own.
    PORT = "5353"
    ELSEWHERE = (SERVED, f"--services.meshdns.listen-udp=[::]:{PORT}",
                 f"--services.meshdns.listen-tcp=[::]:{PORT}")

    def setUp(self):
        super().setUp()
        self.second, self.other = self.nodes[1:]
        self.first.create_mesh(DOMAIN)
        self.file = resolver_file.ResolverFile(
            self, self.second, f"# by hand\nnameserver {self.other.address}\noptions timeout:2")
        self.service(self.other, RESPONDER, self.other.address)
        self.join(self.second.start(self.USED))
        self.wait_check(self.second, "ok")

    def getent(self, *arguments):
        done = self.second.run_inside("getent", *arguments)
        return done.stdout.split() if done.returncode == 0 else []

    def again(self, *options, **more):
        self.assertEqual(self.second.stop(), 0)
        self.assertTrue(self.file.is_as_before(), self.file.text())
        return self.second.start(*options, **more)

    def test_programs_find_the_names_of_the_mesh_and_all_others(self):
        """One mesh for all of it."""
        for check in (self.check_names_are_found, self.check_disconnect_leaves_the_file_as_it_was,
                      self.check_the_next_start_mends_what_a_killed_program_left,
                      self.check_others_are_served_at_another_port,
                      self.check_a_file_that_cannot_be_written_is_told):
            with self.subTest(check.__name__):
                check()

    def check_names_are_found(self):
        four = self.address(self.first)
        self.assertIn(four, self.getent("ahostsv4", f"node-1.{DOMAIN}"))
        self.assertIn(self.address(self.first, "Ipv6"), self.getent("ahostsv6", f"node-1.{DOMAIN}"))
        self.assertIn(f"node-1.{DOMAIN}", self.getent("hosts", four))
        self.assertIn("192.0.2.7", self.getent("ahostsv4", "printer.example"))
        self.check_weftctl_looks_names_up(four)
        # They are asked of this node, and nothing of the mesh is asked of others.
        self.assertEqual(self.getent("ahostsv4", f"nobody.{DOMAIN}"), [])
        # The node serves its own host alone.
        self.wait_reach()
        self.assertIsNone(self.dig(self.first, self.address(self.second), f"node-1.{DOMAIN}"))

    def check_weftctl_looks_names_up(self, four):
        answer = self.second.read("dns", "node-1")
        self.assertEqual([record["data"] for record in answer["records"]], [four])
        self.assertEqual(answer["server"], f"{self.address(self.second)}:53")
        self.assertEqual(self.second.ctl("dns", "nobody").code, 6)
        self.assertEqual(self.second.read("dns")["hostWay"], "/etc/resolv.conf")
        # Nobody serves the mesh yet.
        self.assertEqual(self.first.ctl("dns", "node-2").code, 5)

    def check_disconnect_leaves_the_file_as_it_was(self):
        self.assertFalse(self.file.is_as_before())
        self.second.must("disconnect")
        self.assertTrue(self.file.is_as_before(), self.file.text())
        self.assertIn("192.0.2.7", self.getent("ahostsv4", "printer.example"))
        self.second.must("connect")
        self.wait_check(self.second, "ok")

    def check_the_next_start_mends_what_a_killed_program_left(self):
        self.second.kill()
        self.assertFalse(self.file.is_as_before())
        # Those who were asked before are still there.
        self.assertIn("192.0.2.7", self.getent("ahostsv4", "printer.example"))
        self.second.start()
        mesh_net.wait_until("the file is as before", self.file.is_as_before)

    def check_others_are_served_at_another_port(self):
        self.again(self.USED, *self.ELSEWHERE)
        self.wait_check(self.second, "ok")
        self.assertIn(self.address(self.first), self.getent("ahostsv4", f"node-1.{DOMAIN}"))
        self.wait_reach()
        own, name = self.address(self.second), f"node-1.{DOMAIN}"
        self.assertEqual(self.dig(self.first, own, "-p", self.PORT, name),
                         [self.address(self.first)])
        self.assertIsNone(self.dig(self.first, own, name))
        answer = mesh_net.wait_until("the first node asks the second",
                                     lambda: (r := self.first.ctl("-o", "json", "dns", "node-1"))
                                     .code == 0 and r.out)
        self.assertIn(f"{own}:{self.PORT}", answer)

    def check_a_file_that_cannot_be_written_is_told(self):
        self.again(self.USED, wrapper=[
            "sh", "-c", 'mount -o remount,bind,ro /etc/resolv.conf && exec "$@"', "--"])
        self.wait_check(self.second, "warning")
        problems = str(self.second.connection().get("problems", []))
        self.assertIn("is mounted read-only here", problems)
        self.assertEqual(self.second.state(), "connected")
        self.wait_reach()
        self.assertEqual(self.dig(self.second, self.address(self.second), f"node-1.{DOMAIN}"),
                         [self.address(self.first)])
        self.assertEqual(self.second.stop(), 0)
        self.assertTrue(self.file.is_as_before(), self.file.text())


def main():
    if not shutil.which("dig"):
        print("names_test: skipped: needs the dig program (bind9-dnsutils)")
        return mesh_test.SKIPPED
    return mesh_test.main()


if __name__ == "__main__":
    sys.exit(main())
