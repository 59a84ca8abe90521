#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A host that sends everything to a node of its mesh, and one that lets nothing else leave.

  exit_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import host_test  # noqa: E402  (found beside this file)
import mesh_net  # noqa: E402
import mesh_test  # noqa: E402


class ExitNet(mesh_test.MeshTest):
    """The first node offers the way to the world, where one machine tells who calls it. Both nodes
    have a router of their own on the way there."""

    WORLD = {"-4": "198.51.100.9", "-6": "2001:db8:99::9"}
    OURS = {"-4": mesh_net.SUBNET + ".{}", "-6": "2001:db8:77::{}"}
    LENGTH = {"-4": 24, "-6": 64}
    SERVE = ("import socket\n"
             "s = socket.create_server(('::', 7), family=socket.AF_INET6, dualstack_ipv6=True)\n"
             "print('ready', flush=True)\n"
             "while True:\n"
             "    c, a = s.accept()\n"
             "    c.sendall(a[0].removeprefix('::ffff:').encode())\n"
             "    c.close()\n")
    ASK = ("import socket, sys\n"
           "print(socket.create_connection((sys.argv[1], 7), 3).recv(99).decode())")
    # What goes by on the first wire of the second node: to the world, or the end of a round.
    LISTEN = ("import socket, sys\n"
              "s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))\n"
              "s.bind((sys.argv[1], 0))\n"
              "world = [socket.inet_aton(sys.argv[2]), socket.inet_pton(socket.AF_INET6, "
              "sys.argv[3])]\n"
              "print('ready', flush=True)\n"
              "while True:\n"
              "    p = s.recv(2048)\n"
              "    if p[30:34] == world[0] or p[38:54] == world[1]:\n"
              "        print('leak', flush=True)\n"
              # Not the complaint about it, which repeats it.
              "    elif p[23] == 17 and p.endswith(b'the end of a round'):\n"
              "        print('end', flush=True)\n")
    SEND = ("import socket, sys\n"
            "def send(family, to, port, text):\n"
            "    try:\n"
            "        socket.socket(family, socket.SOCK_DGRAM).sendto(text, (to, port))\n"
            "    except OSError:\n"
            "        pass\n"
            "for i in range(20):\n"
            "    send(socket.AF_INET, sys.argv[1], 9, b'x')\n"
            "    send(socket.AF_INET6, sys.argv[2], 9, b'x')\n"
            "send(socket.AF_INET, sys.argv[3], 9, b'the end of a round')\n")

    def setUp(self):
        super().setUp()
        self.second = self.nodes[1]
        self.world = f"{self.net.prefix}-world"
        mesh_net.ip("netns", "add", self.world)
        self.net.namespaces.append(self.world)
        hub = self.net.hub
        mesh_net.ip("-n", hub, "link", "add", "world0", "type", "veth", "peer", "name", "eth0",
                    "netns", self.world)
        self.inside(hub, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward; "
                    "echo 1 >/proc/sys/net/ipv6/conf/all/forwarding")
        for family, world in self.WORLD.items():
            gate = world[:-1] + "1"
            length = self.LENGTH[family]
            self.add_address(hub, family, f"{gate}/{length}", "world0")
            self.add_address(self.world, family, f"{world}/{length}", "eth0")
            self.add_address(hub, family, self.OURS[family].format(254) + f"/{length}", "bridge")
        for namespace, device in ((hub, "world0"), (self.world, "eth0")):
            mesh_net.ip("-n", namespace, "link", "set", device, "up")
        for family, world in self.WORLD.items():
            mesh_net.ip(family, "-n", self.world, "route", "add", "default", "via", world[:-1] + "1")
            for node in self.nodes:
                if family == "-6":
                    self.add_address(node.namespace, family,
                                     self.OURS[family].format(node.number) + "/64", "eth0")
                mesh_net.ip(family, "-n", node.namespace, "route", "add", "default", "via",
                            self.OURS[family].format(254))
        self.inside(self.second.namespace, "sh", "-c",
                    "echo 1 >/proc/sys/net/ipv4/conf/eth0/rp_filter")
        self.helper(self.world, self.SERVE)
        self.before = host_test.HostNet.settled(self.second)
        self.assertEqual(self.first.stop(), 0)
        self.first.start("--mesh.routes=0.0.0.0/0,::/0").create_mesh()
        self.first.must("put", "route", "world", "--node=node-1", "--cidr=0.0.0.0/0",
                        "--cidr=::/0")
        self.second.start().join(self.first.invite("--node-id=node-2"))
        for node in self.nodes:
            host_test.HostNet.wait_check(node, "routes")

    @staticmethod
    def add_address(namespace, family, address, device):
        mesh_net.ip("-n", namespace, "addr", "add", address, "dev", device,
                    *(["nodad"] if family == "-6" else []))

    @staticmethod
    def inside(namespace, *command):
        return mesh_net.subprocess.run(["ip", "netns", "exec", namespace, *command],
                                       capture_output=True, text=True, timeout=30)

    def helper(self, namespace, script, *words):
        """A program that prints lines, the first of which says that it is ready."""
        process = mesh_net.subprocess.Popen(
            ["ip", "netns", "exec", namespace, sys.executable, "-c", script, *words],
            stdin=mesh_net.subprocess.DEVNULL, stdout=mesh_net.subprocess.PIPE, text=True)

        def end():
            process.kill()
            process.wait(timeout=10)
            process.stdout.close()

        self.addCleanup(end)
        self.assertEqual(process.stdout.readline(), "ready\n")
        return process

    def seen_as(self, node, family):
        """The address under which the world sees a node; empty when it does not."""
        done = node.run_inside(sys.executable, "-c", self.ASK, self.WORLD[family])
        return done.stdout.strip()

    def wait_seen(self, node, as_node):
        for family in self.WORLD:
            wanted = self.OURS[family].format(as_node.number)
            mesh_net.wait_until(f"the world sees {node.name} as {wanted}",
                                lambda: self.seen_as(node, family) == wanted)

    def accept(self):
        for network in ("0.0.0.0/0", "::/0"):
            self.second.must("routes", "accept", network, "--from=node-1")

    def states(self):
        return {route["cidr"]: route["state"] for route in self.second.read("routes", "list")
                if route["isDefault"]}

    def assert_as_before(self):
        now = host_test.picture(self.second)
        for part, value in self.before.items():
            self.assertEqual(now[part], value, part)


class Exits(ExitNet):
    """Everything goes to a node that offers the way to the world, once somebody has agreed."""

    def test_everything_goes_by_the_exit_once_somebody_agrees_and_comes_back(self):
        self.wait_seen(self.second, self.second)
        mesh_net.wait_until("it is asked", lambda: set(self.states().values()) == {"asks for a yes"})
        told = json.dumps(self.second.connection()["problems"])
        self.assertIn("weftctl routes accept", told)

        self.accept()

        self.wait_seen(self.second, self.first)
        self.assertEqual(set(self.states().values()), {"in use"})
        self.assertEqual(self.second.state(), "connected")
        self.assertEqual(self.second.run_inside("ping", "-n", "-c", "1", "-W", "2",
                                                self.first.address).returncode, 0,
                         "the network beside it is reached as before")
        self.second.must("routes", "refuse", "0.0.0.0/0")
        self.second.must("routes", "forget", "::/0")
        self.wait_seen(self.second, self.second)
        self.assertEqual(self.states(), {"0.0.0.0/0": "refused", "::/0": "asks for a yes"})
        self.assertNotEqual(self.second.ctl("routes", "accept", "203.0.113.0/24").code, 0)

        # What was said is kept, and what a killed program left is undone by the next.
        self.accept()
        self.wait_seen(self.second, self.first)
        self.second.kill()
        self.assertIn("suppress_prefixlength", mesh_net.ip("-n", self.second.namespace, "rule"))
        self.second.start()
        self.wait_seen(self.second, self.first)
        self.second.must("disconnect")
        self.assert_as_before()
        self.wait_seen(self.second, self.second)

    def test_nothing_leaves_a_locked_host_but_into_the_tunnel(self):
        listener = self.helper(self.net.hub, self.LISTEN, f"port{self.second.number}",
                               self.WORLD["-4"], self.WORLD["-6"])

        def leaks():
            self.second.run_inside(sys.executable, "-c", self.SEND, *self.WORLD.values(),
                                   self.first.address)
            lines = iter(listener.stdout.readline, "end\n")
            return sum(line == "leak\n" for line in lines)

        self.assertGreaterEqual(leaks(), 40, "it hears what leaves")
        self.second.must("profiles", "lockdown", "on")
        host_test.HostNet.wait_check(self.second, "lockdown")
        self.assertEqual(leaks(), 0)
        self.accept()
        self.wait_seen(self.second, self.first)
        self.assertEqual(leaks(), 0)

        # The mesh is gone, then the interface, then the program.
        self.first.kill()
        self.second.wait_state("reconnecting")
        self.assertEqual(leaks(), 0)
        mesh_net.ip("-n", self.second.namespace, "link", "del", "weft0")
        host_test.HostNet.wait_check(self.second, "tunnel", "failed")
        self.assertEqual(leaks(), 0)
        self.second.kill()
        self.assertEqual(leaks(), 0)

        self.first.start("--mesh.routes=0.0.0.0/0,::/0")
        self.second.start()
        host_test.HostNet.wait_check(self.second, "lockdown")
        self.wait_seen(self.second, self.first)
        self.assertEqual(leaks(), 0)
        self.second.must("disconnect")
        self.assert_as_before()
        self.assertGreaterEqual(leaks(), 40)


if __name__ == "__main__":
    sys.exit(mesh_test.main())
