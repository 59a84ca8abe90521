#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a mesh does to the hosts of real daemons, and that it is undone: routes, forwarding, filters.

  host_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import json
import os
import random
import stat
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402
import resolver_file  # noqa: E402
import service_unit  # noqa: E402

SETTINGS = "cd /proc/sys/net && grep -rH . ipv4/ip_forward ipv4/conf/*/forwarding " \
           "ipv4/conf/*/rp_filter ipv6/conf/*/forwarding ipv6/conf/*/accept_ra " \
           "ipv6/conf/*/force_forwarding 2>/dev/null"


def picture(node):
    """All that a mesh may change at a host: addresses, routes, rules, filters, resolver,
    settings."""
    shown = {}
    for family in ("-4", "-6"):
        for kind in (("addr",), ("route", "show", "table", "all"), ("rule",)):
            entries = json.loads(mesh_net.ip(family, "-j", "-n", node.namespace, *kind) or "[]")
            shown[family, kind] = sorted(
                json.dumps({k: v for k, v in entry.items() if k not in ("ifindex", "link_index")})
                for entry in entries if entry)
    shown["filters"] = node.run_inside("nft", "list", "ruleset").stdout
    shown["resolver"] = node.run_inside("cat", "/etc/resolv.conf").stdout
    shown["settings"] = sorted(node.run_inside("sh", "-c", SETTINGS).stdout.splitlines())
    return shown


class HostNet(mesh_test.MeshTest):
    """The second node has a network of its own, with a machine in it."""

    LAN = "192.168.77"
    ROUTES = f"--mesh.routes={LAN}.0/24"
    RESOLVER = "--mesh.use-meshdns"
    OPTIONS = (ROUTES, RESOLVER)

    def setUp(self):
        super().setUp()
        self.second = self.nodes[1]
        self.lan = f"{self.net.prefix}-lan"
        mesh_net.ip("netns", "add", self.lan)
        self.net.namespaces.append(self.lan)
        mesh_net.ip("-n", self.second.namespace, "link", "add", "lan0", "type", "veth", "peer",
                    "name", "eth0", "netns", self.lan)
        for namespace, device, number in ((self.second.namespace, "lan0", 1),
                                          (self.lan, "eth0", 2)):
            mesh_net.ip("-n", namespace, "addr", "add", f"{self.LAN}.{number}/24", "dev", device)
            mesh_net.ip("-n", namespace, "link", "set", device, "up")
        resolver_file.ResolverFile(self, self.second, "# by hand\nnameserver 192.0.2.53\n")
        self.before = [self.settled(node) for node in self.nodes]
        self.first.create_mesh()
        self.first.must("put", "role", "routers", "--verb=put", "--resource=routes")
        self.first.must("put", "rolebinding", "second-routes", "--role=routers", "--node=node-2")
        self.second.start(*self.OPTIONS).join(self.first.invite("--node-id=node-2"))
        for node in self.nodes:
            self.wait_check(node, "routes")
        self.wait_check(self.second, "dns")

    @staticmethod
    def settled(node):
        """The picture once the addresses that the system makes up by itself are no longer new."""
        return mesh_net.wait_until(
            f"{node.name}'s addresses are settled",
            lambda: "tentative" not in json.dumps(str(p := picture(node))) and p)

    @staticmethod
    def wait_check(node, name, state="ok"):
        return mesh_net.wait_until(
            f"{name} of {node.name} is {state}",
            lambda: {c["id"]: c for c in node.connection().get("checklist", [])}
            .get(name, {}).get("state") == state)

    def ping(self, node, address, count=1):
        return node.run_inside("ping", "-n", "-c", str(count), "-W", "2", address).returncode == 0

    def wait_offered(self):
        mesh_net.wait_until("the first node reaches the machine behind the second",
                            lambda: self.ping(self.first, f"{self.LAN}.2"))

    def assert_as_before(self, node):
        before = self.before[self.nodes.index(node)]
        now = picture(node)
        for part, value in before.items():
            self.assertEqual(now[part], value, f"{part} of {node.name}")


class Host(HostNet):
    """What the host is made to do, and that nothing of it is left."""

    def test_a_network_behind_a_node_is_reached_and_taken_back(self):
        self.wait_offered()
        filters = self.second.run_inside("nft", "list", "ruleset").stdout
        self.assertIn(f"{self.LAN}.0/24", filters)

        self.first.must("delete", "route", "node-2-auto", "--yes")

        mesh_net.wait_until("the machine is no longer reached",
                            lambda: not self.ping(self.first, f"{self.LAN}.2"))
        mesh_net.wait_until("the second node lets nothing pass any more", lambda: self.LAN not in
                            self.second.run_inside("nft", "list", "ruleset").stdout)

    def test_only_what_is_offered_is_forwarded(self):
        self.wait_offered()
        # The machine asks for the network that all nodes share, and the way back would be there.
        mesh_net.ip("-n", self.lan, "route", "add", "default", "via", f"{self.LAN}.1")
        third = self.net.add()[0]
        mesh_net.ip("-n", third.namespace, "route", "add", f"{self.LAN}.0/24", "via",
                    self.second.address)
        for device in ("eth0", "lan0"):
            self.second.run_inside("sh", "-c",
                                   f"echo 1 >/proc/sys/net/ipv4/conf/{device}/forwarding")
        ask = ["ip", "netns", "exec", self.lan, "ping", "-n", "-c", "1", "-W", "1", third.address]

        def reaches():
            return mesh_net.subprocess.run(ask, capture_output=True, timeout=30).returncode == 0

        self.assertFalse(reaches())
        # The filter keeps it from passing, and whoever takes that away does not open the host.
        self.assertEqual(self.second.stop(), 0)
        for device in ("eth0", "lan0"):
            self.second.run_inside("sh", "-c",
                                   f"echo 1 >/proc/sys/net/ipv4/conf/{device}/forwarding")
        self.assertTrue(reaches(), "without the filter it does pass")

    def test_what_somebody_takes_away_is_put_back(self):
        self.wait_offered()
        node = self.second
        four = node.connection()["addressIpv4"].split("/")[0]

        node.run_inside("nft", "flush", "ruleset")
        mesh_net.wait_until("the filter is back", lambda: self.LAN in
                            node.run_inside("nft", "list", "ruleset").stdout)
        mesh_net.ip("-n", node.namespace, "link", "set", "weft0", "down")
        mesh_net.ip("-n", node.namespace, "link", "set", "weft0", "up")
        node.run_inside("sh", "-c", "echo 0 >/proc/sys/net/ipv4/conf/lan0/forwarding")
        self.wait_offered()
        mesh_net.ip("-n", node.namespace, "addr", "del", f"{four}/32", "dev", "weft0")
        mesh_net.wait_until("the address is back", lambda: four in mesh_net.ip(
            "-n", node.namespace, "addr", "show", "weft0"))
        self.wait_offered()

        node.must("disconnect")
        self.assert_as_before(node)

    def test_what_others_forward_meanwhile_stays_theirs(self):
        self.wait_offered()
        self.second.run_inside("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
        mesh_net.wait_until("what the others forward is not dropped", lambda: not [
            line for line in self.second.run_inside("nft", "list", "ruleset").stdout.splitlines()
            if line.strip().startswith('iifname "lan0" meta nfproto')])

        self.second.must("disconnect")

        on = self.second.run_inside("cat", "/proc/sys/net/ipv4/conf/lan0/forwarding").stdout
        self.assertEqual(on.strip(), "1")

    def test_what_others_say_that_a_node_offers_is_not_enough(self):
        other = f"{self.LAN}.0/25"
        self.second.must("disconnect")
        # As on a host with containers, which forwards whatever comes.
        self.second.run_inside("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
        self.assertEqual(self.second.stop(), 0)
        self.second.start(f"--mesh.routes={self.LAN}.128/25")
        self.wait_check(self.second, "routes")
        self.first.must("put", "route", "theirs", "--node=node-2", f"--cidr={other}")

        mesh_net.wait_until("the first node routes it", lambda: other in mesh_net.ip(
            "-n", self.first.namespace, "route"))

        self.assertFalse(self.ping(self.first, f"{self.LAN}.2"))
        filters = self.second.run_inside("nft", "list", "ruleset").stdout
        self.assertNotIn(other, filters)
        # What the machine itself asks is answered, as for any other behind this host.
        mesh_net.ip("-n", self.lan, "route", "add", "default", "via", f"{self.LAN}.1")
        four = self.first.connection()["addressIpv4"].split("/")[0]
        ask = ["ip", "netns", "exec", self.lan, "ping", "-n", "-c", "1", "-W", "2", four]
        self.second.run_inside("nft", "add table ip nat; add chain ip nat post "
                               "{ type nat hook postrouting priority 100; }; "
                               "add rule ip nat post oifname weft0 masquerade")
        mesh_net.wait_until("the machine is answered by the first node", lambda:
                            mesh_net.subprocess.run(ask, capture_output=True,
                                                    timeout=30).returncode == 0)

    def test_a_network_of_a_group_and_one_with_a_next_hop_are_reached(self):
        self.wait_offered()
        network = f"--cidr={self.LAN}.0/24"
        self.first.must("delete", "route", "node-2-auto", "--yes")
        mesh_net.wait_until("the machine is no longer reached",
                            lambda: not self.ping(self.first, f"{self.LAN}.2"))

        self.first.must("put", "group", "exits", "--node=node-2")
        self.first.must("put", "route", "theirs", "--node=group:exits", network)
        self.wait_offered()

        self.first.must("delete", "route", "theirs", "--yes")
        mesh_net.wait_until("the machine is no longer reached again",
                            lambda: not self.ping(self.first, f"{self.LAN}.2"))
        third = self.net.add()[0]
        self.join(third.start())
        self.first.must("put", "route", "hop", "--node=node-3", "--next-hop=node-2", network)
        self.wait_offered()

    def test_everything_is_undone_at_disconnect(self):
        self.wait_offered()

        self.second.must("disconnect")

        self.assert_as_before(self.second)

    def test_everything_is_undone_at_the_end_of_the_program(self):
        self.wait_offered()

        self.assertEqual(self.second.stop(), 0)

        self.assert_as_before(self.second)

    def test_what_a_killed_program_left_is_undone_by_the_next(self):
        self.wait_offered()
        self.second.kill()
        self.assertIn("weft", self.second.run_inside("nft", "list", "ruleset").stdout)
        self.assertIn("weft", self.second.run_inside("cat", "/etc/resolv.conf").stdout)

        self.second.start(self.ROUTES, self.RESOLVER)
        self.wait_check(self.second, "routes")
        self.second.must("disconnect")

        self.assert_as_before(self.second)

    def test_the_packaged_service_may_do_all_of_it(self):
        if reason := service_unit.missing():
            self.skipTest(reason)
        self.assertEqual(self.second.stop(), 0)
        for path in (self.second.folder, *self.second.folder.rglob("*")):
            os.chown(path, service_unit.USER, service_unit.USER)
        self.net.folder.chmod(0o755)

        # Everybody may open it on a host with udev.
        device = self.net.folder / "tun"
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(10, 200))
        device.chmod(0o666)
        self.second.start(self.ROUTES, wrapper=[
            "unshare", "--mount", "sh", "-c", f'mount --bind {device} /dev/net/tun && exec "$@"',
            "--", sys.executable, service_unit.__file__])

        self.wait_check(self.second, "routes")
        self.wait_offered()
        self.second.must("disconnect")
        self.assert_as_before(self.second)

    def test_without_nft_the_rest_works_and_the_reason_is_told(self):
        self.assertEqual(self.second.stop(), 0)
        # The program is where it always is, and is no program there.
        hidden = ["unshare", "--mount", "sh", "-c",
                  'mount --bind /dev/null /usr/sbin/nft && exec "$@"', "--"]
        self.second.start(self.ROUTES, wrapper=hidden)

        self.wait_check(self.second, "routes", "warning")

        problems = " ".join(p["text"] + p.get("remedy", "")
                            for p in self.second.connection()["problems"])
        self.assertIn("nft", problems)
        four = self.first.connection()["addressIpv4"].split("/")[0]
        mesh_net.wait_until("the mesh is reached", lambda: self.ping(self.second, four))
        self.assertFalse(self.ping(self.first, f"{self.LAN}.2"))

    def test_a_mesh_that_lies_in_the_hosts_own_network_is_told(self):
        self.second.must("disconnect")
        mesh_net.ip("-n", self.second.namespace, "link", "add", "office", "type", "veth", "peer",
                    "name", "office", "netns", self.lan)
        mesh_net.ip("-n", self.lan, "link", "set", "office", "up")
        mesh_net.ip("-n", self.second.namespace, "addr", "add", "172.31.9.9/11", "dev", "office")
        mesh_net.ip("-n", self.second.namespace, "link", "set", "office", "up")

        self.second.must("connect")

        self.wait_check(self.second, "routes", "warning")
        problems = " ".join(p["text"] for p in self.second.connection()["problems"])
        self.assertIn("office", problems)
        six = self.first.connection()["addressIpv6"].split("/")[0]
        mesh_net.wait_until("the other family works", lambda: self.ping(self.second, six))


class Kills(HostNet):
    """The program is killed at random moments, and the next leaves the host as it was before.

    It sends everything to the first node, and lets nothing else leave. WEFT_KILLS is how often,
    WEFT_TEST_SEED makes the same moments again."""

    OPTIONS = (*HostNet.OPTIONS, "--mesh.agreed-routes=0.0.0.0/0,::/0", "--mesh.lockdown")

    def setUp(self):
        super().setUp()
        self.first.must("put", "route", "world", "--node=node-1", "--cidr=0.0.0.0/0",
                        "--cidr=::/0")
        self.wait_offered()
        for family in ("-4", "-6"):
            mesh_net.wait_until("everything goes to the first node", lambda: "suppress_prefix" in
                                mesh_net.ip(family, "-n", self.second.namespace, "rule"))
        self.assertIn("chain locked", self.second.run_inside("nft", "list", "ruleset").stdout)
        self.second.must("disconnect")
        self.assert_as_before(self.second)
        self.seed = int(os.environ.get("WEFT_TEST_SEED") or random.SystemRandom().getrandbits(32))
        print(f"WEFT_TEST_SEED={self.seed}", file=sys.stderr)
        self.random = random.Random(self.seed)
        self.settle = mesh_net.threading.Event()

    def ask(self, node, *words):
        """Sends weftctl off; it loses its daemon on the way."""
        return mesh_net.subprocess.Popen(
            [self.net.weftctl, f"--socket={node.socket}", "--no-color", *words],
            stdin=mesh_net.subprocess.DEVNULL, stdout=mesh_net.subprocess.DEVNULL,
            stderr=mesh_net.subprocess.DEVNULL)

    def kill_in(self, moment):
        """How much of the host was changed when the program was killed."""
        node = self.second
        route = ("route", f"more-{self.random.randrange(4)}")
        if moment in ("disconnect", "connected", "reconfigure"):
            node.must("connect")
            self.wait_check(node, "routes")
        asked = None
        if moment == "connect":
            asked = self.ask(node, "connect")
        elif moment == "disconnect":
            asked = self.ask(node, "disconnect")
        elif moment == "reconfigure":
            half = self.random.choice((0, 128))
            asked = self.ask(self.first, "put", *route, "--node=node-2",
                             f"--cidr={self.LAN}.{half}/25")
        # The moment is what is random here; nothing is waited for.
        self.settle.wait(self.random.uniform(0, {"connect": 1.5, "disconnect": 0.4}.get(moment, 1)))
        node.kill()
        changed = sum(value != self.before[1].get(part) for part, value in picture(node).items())
        if asked:
            # It may wait for the next program, which nobody asks it to.
            asked.kill()
            asked.wait(timeout=60)
        return changed

    def test_every_next_start_leaves_the_host_as_it_was(self):
        count = int(os.environ.get("WEFT_KILLS", "6"))
        moments = ("connect", "connected", "reconfigure", "disconnect")
        began = time.monotonic()
        dirty = dict.fromkeys(moments, 0)
        for number in range(count):
            moment = moments[number % len(moments)]
            with self.subTest(number=number, moment=moment, seed=self.seed):
                dirty[moment] += self.kill_in(moment) > 0
                self.second.start(*self.OPTIONS)
                # The killed one's socket is still there when the next begins.
                mesh_net.wait_until("it answers", lambda: self.second.ctl("status").code == 0)
                self.second.must("disconnect")
                self.assert_as_before(self.second)
        print(f"{count} kills in {time.monotonic() - began:.0f} s; the host was changed at "
              f"{sum(dirty.values())} of them: {dirty}", file=sys.stderr)
        self.assertGreater(sum(dirty.values()), 0, "no kill met anything to undo")


if __name__ == "__main__":
    sys.exit(mesh_test.main())
