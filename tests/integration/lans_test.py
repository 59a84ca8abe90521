#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Eight nodes on three LANs behind two routers: who reaches whom, and what stays of it when nodes
come, go, move and are cut off.

  lans_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import lans_net  # noqa: E402  (found beside this file)
import mesh_net  # noqa: E402
import mesh_test  # noqa: E402

CUT_LIMIT = 3
REMOVED_LIMIT = 5
# A session whose first packet was lost is tried again after five seconds.
BACK_LIMIT = 20
HEARD_LIMIT = 10
# A connection that nobody knows to be dead is asked for a sign of life every 20 seconds, and given
# ten.
UNSEEN_LIMIT = 45
CROWD = 20
NOT_FOUND = 6


def tell(text):
    print(f"   {text}", file=sys.stderr, flush=True)


class Watch:
    """Asks fifty times a second who answers, until it is left; for directions (from, to,
    family)."""

    def __init__(self, net, directions):
        self.net = net
        self.runs = []
        for one, other, way in directions:
            log = net.folder / f"watch-{one}-{other}-{way}"
            with open(log, "wb") as out:
                self.runs.append((log, subprocess.Popen(
                    ["ip", "netns", "exec", net.node(one).namespace, "ping", "-n", "-D", "-i",
                     "0.02", net.node(other).known[way]], stdout=out, stderr=out)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for _log, run in self.runs:
            run.terminate()
            run.wait(timeout=10)

    def answers(self):
        """For each direction, when it was answered."""
        return [[float(stamp) for stamp in
                 re.findall(r"^\[([\d.]+)\] \d+ bytes from", log.read_text(), re.MULTILINE)]
                for log, _ in self.runs]

    def wait_silence(self, since, limit):
        """Seconds from `since` until the last answer of all."""
        def silent():
            last = max((stamps[-1] for stamps in self.answers() if stamps), default=since)
            return time.time() - last > 1 and last
        return max(mesh_net.wait_until("nobody answers", silent, limit=limit + 1.5) - since, 0)

    def wait_answers(self, since, limit):
        """Seconds from `since` until each has been answered."""
        def answered():
            firsts = [next((s for s in stamps if s > since), None) for stamps in self.answers()]
            return None not in firsts and max(firsts)
        return mesh_net.wait_until("all answer", answered, limit=limit) - since


class LansTest(mesh_test.MeshTest):
    """The mesh is made once for all that is looked at in it, which goes on from one to the next."""

    # In seconds.
    PARTITION = 1

    def setUp(self):
        self.net = lans_net.LansNet(mesh_test.PROGRAMS["weftd"], mesh_test.PROGRAMS["weftctl"])
        self.addCleanup(self.net.close)
        self.net.__enter__()
        self.node = self.net.node
        began = time.monotonic()
        self.net.start_mesh()
        tell(f"7 nodes have joined by invitation, after {time.monotonic() - began:.1f} s")

    def check_in_turn(self, *checks):
        for check in checks:
            began = time.monotonic()
            with self.subTest(check.__name__):
                check()
            tell(f"{check.__name__[6:].replace('_', ' ')}: {time.monotonic() - began:.1f} s")

    def both(self, ones, others, ways=("IPv4", "IPv6")):
        """The directions between two sets of nodes."""
        return {(a, b, way) for one in ones for other in others for way in ways
                for a, b in ((one, other), (other, one)) if a != b}

    def listed(self, one, other):
        """Whether a node sends to another's address into its tunnel."""
        address = f"{self.node(other).known['IPv4']}/32"
        return any(address in (peer.get("tunnel") or {}).get("allowedIps", [])
                   for peer in self.node(one).read("peers"))

    def wait_cut(self, pairs, since, limit):
        """Seconds until neither side of the pairs sends to the other any more."""
        latest = 0
        for one, other in pairs:
            for a, b in ((one, other), (other, one)):
                mesh_net.wait_until(f"node-{a} no longer sends to node-{b}",
                                    lambda a=a, b=b: not self.listed(a, b), limit=limit)
                latest = time.time() - since
        return latest

    def wait_all(self, limit=mesh_net.WAIT_LIMIT):
        self.net.wait_broken(set(), limit=limit)

    def check_every_pair_reaches_each_other_in_both_families_and_by_name(self):
        self.wait_all()
        times = self.net.ask_pairs()
        tell(f"{len(times)} ways, {min(times.values()):.1f} to {max(times.values()):.1f} ms")

    def check_networks_behind_two_nodes_reach_each_other(self):
        for one, other in ((3, 7), (7, 3)):
            machine = self.net.machine(one)[0]
            address = self.net.machine(other)[1]
            mesh_net.wait_until(
                f"the machine behind node-{one} reaches the one behind node-{other}",
                lambda m=machine, a=address: subprocess.run(
                    ["ip", "netns", "exec", m, "ping", "-n", "-c", "1", "-W", "1", a],
                    capture_output=True, timeout=30).returncode == 0, limit=BACK_LIMIT)
        # A node of another LAN reaches it too, and nobody goes around the tunnel.
        self.assertEqual(
            self.node(4).run_inside("ping", "-n", "-c", "1", "-W", "2",
                                    self.net.machine(7)[1]).returncode, 0)
        route = self.node(4).run_inside("ip", "route", "get", self.net.machine(7)[1]).stdout
        self.assertIn("dev weft0", route)

    def check_a_pair_without_a_way_of_its_own_talks_over_a_common_neighbour(self):
        over = self.node(1).known["IPv4"]
        # The system says it once a second at most.
        mesh_net.wait_until(
            "the neighbour says that it was the last step", lambda:
            f"From {over} icmp_seq=1 Time to live exceeded" in self.node(2).run_inside(
                "ping", "-n", "-c", "1", "-t", "1", "-W", "1", self.node(4).known["IPv4"]).stdout,
            limit=BACK_LIMIT)
        direct = self.node(6).run_inside("ping", "-n", "-c", "1", "-t", "1", "-W", "2",
                                         self.node(7).known["IPv4"])
        self.assertEqual(direct.returncode, 0, direct.stdout)

    def check_a_rule_cuts_off_exactly_its_pairs(self):
        first = self.node(1)
        first.must("put", "group", "office", "--node=node-2", "--node=node-3")
        with Watch(self.net, self.both((2, 3), (6,))) as watch:
            watch.wait_answers(time.time(), BACK_LIMIT)
            put = time.time()
            first.must("put", "acl", "apart", "--priority=1000", "--deny", "--src-node=group:office",
                       "--dst-node=node-6")
            told = self.wait_cut(((2, 6), (3, 6)), put, CUT_LIMIT)
            cut = watch.wait_silence(put, CUT_LIMIT)
            self.net.wait_broken(self.both((2, 3), (6,), lans_net.WAYS), limit=BACK_LIMIT)
            back = time.time()
            first.must("delete", "acl", "apart", "--yes")
            returned = watch.wait_answers(back, BACK_LIMIT)
        tell(f"cut off after {cut:.2f} s, both sides told after {told:.2f} s, "
             f"back after {returned:.2f} s")
        self.assertLess(cut, CUT_LIMIT)
        self.wait_all()

    def check_a_node_leaves_and_returns(self):
        five = self.node(5)
        before = dict(five.known)

        left = time.time()
        five.must("disconnect")
        self.wait_cut(((5, 2), (5, 8)) if five.state() != "off" else (), left, CUT_LIMIT)
        for other in (1, 2, 8):
            mesh_net.wait_until(f"node-{other} forgets node-5",
                                lambda o=other: not self.listed(o, 5), limit=CUT_LIMIT)
        tell(f"forgotten after {time.time() - left:.2f} s")
        rest = [node for node in self.net.nodes if node is not five]
        self.net.wait_broken(set(), nodes=rest, limit=BACK_LIMIT)
        five.must("connect")
        five.wait_state("connected")

        self.assertEqual(five.learn(), before)
        self.wait_all(BACK_LIMIT)

    def check_a_node_dies_and_returns(self):
        six = self.node(6)
        before = dict(six.known)

        six.kill()
        rest = [node for node in self.net.nodes if node is not six]
        self.net.wait_broken(set(), nodes=rest, limit=BACK_LIMIT)
        began = time.time()
        six.start(*six.options())
        six.wait_state("connected")

        self.assertEqual(six.learn(), before)
        self.wait_all(BACK_LIMIT)
        tell(f"all reach it {time.time() - began:.1f} s after its start")

    def check_a_node_moves_to_another_address(self):
        four = self.node(4)
        with Watch(self.net, self.both((4,), (1, 7))) as watch:
            watch.wait_answers(time.time(), BACK_LIMIT)
            moved = time.time()
            four.move(f"{four.lan.bytes}.44")
            moved_for = watch.wait_answers(moved, BACK_LIMIT)
        tell(f"answers are back {moved_for:.2f} s after it moved")
        four.wait_state("connected")
        self.wait_all(BACK_LIMIT)

    def hear_of_a_change(self, limit, *numbers):
        """Seconds until the nodes of these numbers follow a rule that is new."""
        first = self.node(1)
        began = time.time()
        first.must("put", "acl", "apart", "--priority=1000", "--deny", "--dst-node=node-7",
                   *(f"--src-node=node-{number}" for number in numbers))
        for number in numbers:
            left = began + limit - time.time()
            mesh_net.wait_until(f"node-{number} is told", lambda: not self.listed(number, 7),
                                limit=left)
        took = time.time() - began
        first.must("delete", "acl", "apart", "--yes")
        self.wait_all()
        return took

    def check_a_node_that_has_moved_hears_of_a_change(self):
        tell(f"told after {self.hear_of_a_change(HEARD_LIMIT, 4):.1f} s")

    def check_a_router_gets_another_address(self):
        """Which nobody behind it sees: their connections to the server are dead."""
        router, device = self.net.router("router-1"), ("dev", "public")
        old, new = (f"{lans_net.PUBLIC}.{last}/24" for last in
                    (lans_net.ROUTERS["router-1"], lans_net.ROUTERS["router-1"] - 1))
        mesh_net.ip("-n", router, "addr", "del", old, *device)
        mesh_net.ip("-n", router, "addr", "add", new, *device)
        mesh_net.ip("-n", router, "route", "replace", "198.51.100.0/24", "via",
                    f"{lans_net.PUBLIC}.{lans_net.ROUTERS['router-2']}")
        # All of them: the next to be told something is told in time.
        tell(f"told after {self.hear_of_a_change(UNSEEN_LIMIT, 2, 3, 4, 5):.1f} s")

    def check_a_node_changes_its_key(self):
        eight = self.node(8)
        before, key = dict(eight.known), eight.connection()["publicKey"]
        self.assertEqual(eight.stop(), 0)
        for path in (eight.folder / "state").rglob("node.key*"):
            path.unlink()
        began = time.time()
        eight.start(*eight.options())
        eight.wait_state("connected")

        after = eight.learn()
        self.assertNotEqual(eight.connection()["publicKey"], key)
        self.assertEqual(after["IPv4"], before["IPv4"])
        # The address of the new key.
        self.assertNotEqual(after["IPv6"], before["IPv6"])
        self.wait_all(BACK_LIMIT)
        tell(f"all reach it {time.time() - began:.1f} s after its start")

    def check_a_partition_heals(self):
        router, inside, outside = self.net.router("router-1"), (2, 3, 4, 5), (1, 6, 7, 8)
        with Watch(self.net, self.both((2, 4), (1, 7), ("IPv4",))) as watch:
            watch.wait_answers(time.time(), BACK_LIMIT)
            mesh_net.ip("-n", router, "link", "set", "public", "down")
            parted = time.time()
            self.net.wait_broken(set(), nodes=[self.node(n) for n in outside], limit=BACK_LIMIT)
            mesh_net.wait_until("the partition has lasted",
                                lambda: time.time() - parted > self.PARTITION,
                                limit=self.PARTITION + 5)
            mesh_net.ip("-n", router, "link", "set", "public", "up")
            mesh_net.ip("-n", router, "route", "replace", "198.51.100.0/24", "via",
                        f"{lans_net.PUBLIC}.{lans_net.ROUTERS['router-2']}")
            healed = time.time()
            back = watch.wait_answers(healed, self.PARTITION + BACK_LIMIT)
        for number in inside:
            # The router has forgotten their connections, which a question finds out at once.
            mesh_net.wait_until(
                f"node-{number} is answered", lambda n=number:
                self.node(n).ctl("query", "get", "/app/nothing").code == NOT_FOUND)
            self.node(number).wait_state("connected")
        connected = time.time() - healed
        self.wait_all(BACK_LIMIT)
        tell(f"after {healed - parted:.0f} s apart packets flow {back:.2f} s after it healed, "
             f"and all follow the mesh after {connected:.1f} s")

    def check_the_first_node_is_restarted(self):
        first = self.node(1)
        before = dict(first.known)

        self.assertEqual(first.stop(), 0)
        # Neighbours go on without the one that keeps the mesh.
        self.net.wait_broken(set(), nodes=[self.node(n) for n in (6, 7, 8)], limit=BACK_LIMIT)
        began = time.time()
        first.start(*first.options())
        for node in self.net.nodes:
            node.wait_state("connected")

        self.assertEqual(first.learn(), before)
        self.wait_all()
        tell(f"all reach all {time.time() - began:.1f} s after its start")

    def check_twenty_join_at_the_same_moment(self):
        joiners = self.net.add(CROWD)
        try:
            self.net.at_once(lambda node: node.start(*node.options()), joiners)
            began = time.time()
            self.net.join_all(joiners)
            joined = time.time() - began
            for key in ("IPv4", "IPv6"):
                self.assertEqual(len({node.known[key] for node in self.net.nodes}),
                                 len(self.net.nodes))
            self.net.wait_broken(set(), ways=("IPv4",))
            tell(f"{CROWD} have joined after {joined:.1f} s, and all {len(self.net.nodes)} reach "
                 f"all, one by one, after {time.time() - began:.1f} s")
        finally:
            self.net.at_once(lambda node: node.stop(), joiners)
            del self.net.nodes[-CROWD:]

    def sessions_with(self, key):
        """Who of the others has a tunnel to the last node, of this key, by number."""
        return [node.number for node in self.net.nodes[:7]
                for peer in node.read("peers") if peer["publicKey"] == key and peer.get("tunnel")]

    def nobody_has_a_session_with(self, key):
        if left := self.sessions_with(key):
            raise mesh_net.Failure(f"the nodes of these numbers have one: {left}")
        return True

    def check_a_removed_node_loses_every_session(self):
        eight = self.node(8)
        key = eight.connection()["publicKey"]
        # And those of the others that have a direct way by now.
        mesh_net.wait_until("all are connected and its neighbours have a session with it",
                            lambda: {1, 6, 7} <= set(self.sessions_with(key)))
        with Watch(self.net, self.both((8,), (1, 2, 6, 7), ("IPv4",))) as watch:
            watch.wait_answers(time.time(), BACK_LIMIT)
            removed = time.time()
            self.node(1).must("node", "remove", "node-8", "--reason=sold", "--yes")
            mesh_net.wait_until("nobody has a session with it",
                                lambda: self.nobody_has_a_session_with(key),
                                limit=REMOVED_LIMIT)
            told = time.time() - removed
            silent = watch.wait_silence(removed, REMOVED_LIMIT)
        tell(f"the last packet came back after {silent:.2f} s, no session after {told:.2f} s")
        self.assertLess(max(silent, told), REMOVED_LIMIT)
        mesh_net.wait_until("node-8 is out",
                            lambda: eight.state() not in ("connected", "degraded"))
        self.net.wait_broken(set(), nodes=self.net.nodes[:7], limit=BACK_LIMIT)


class Lans(LansTest):
    def test_a_mesh_over_three_networks(self):
        self.check_in_turn(
            self.check_every_pair_reaches_each_other_in_both_families_and_by_name,
            self.check_networks_behind_two_nodes_reach_each_other,
            self.check_a_pair_without_a_way_of_its_own_talks_over_a_common_neighbour,
            self.check_a_rule_cuts_off_exactly_its_pairs,
            self.check_a_node_leaves_and_returns,
            self.check_a_node_dies_and_returns,
            self.check_a_node_changes_its_key,
            self.check_a_partition_heals,
            self.check_a_node_moves_to_another_address,
            self.check_a_node_that_has_moved_hears_of_a_change,
            self.check_a_removed_node_loses_every_session)


class Campaign(LansTest):
    """The same with all the time that it takes."""

    PARTITION = 60

    def test_a_mesh_over_three_networks(self):
        self.check_in_turn(
            self.check_every_pair_reaches_each_other_in_both_families_and_by_name,
            self.check_networks_behind_two_nodes_reach_each_other,
            self.check_a_pair_without_a_way_of_its_own_talks_over_a_common_neighbour,
            self.check_a_rule_cuts_off_exactly_its_pairs,
            self.check_a_node_leaves_and_returns,
            self.check_a_node_dies_and_returns,
            self.check_a_node_changes_its_key,
            self.check_a_partition_heals,
            self.check_the_first_node_is_restarted,
            self.check_twenty_join_at_the_same_moment,
            self.check_a_node_moves_to_another_address,
            self.check_a_node_that_has_moved_hears_of_a_change,
            self.check_a_router_gets_another_address,
            self.check_a_removed_node_loses_every_session)


def main():
    if not shutil.which("nft"):
        print("lans_test: skipped: needs the nft program (nftables), for a router that masquerades")
        return mesh_test.SKIPPED
    return mesh_test.main()


if __name__ == "__main__":
    sys.exit(main())
