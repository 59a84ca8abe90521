#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules that administrators on member nodes change as folders: what goes back by itself, what others
write meanwhile, and a daemon that keeps the mesh and is gone.

  changes_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402
import rules_folder  # noqa: E402

FAILED, DENIED, NOT_POSSIBLE, LATE = 1, 4, 5, 7
UNKNOWN = "whether the change was made is unknown"
# The daemon of a member waits for the server of the mesh for 10 s.
ANSWER_LIMIT = 20
# From the time at which a change goes back until packets flow.
BACK_LIMIT = 5


class Asked:
    """weftctl at a terminal, at its question."""

    def __init__(self, node, *words):
        ours, theirs = pty.openpty()
        self.terminal = ours
        self.process = subprocess.Popen(
            [node.net.weftctl, f"--socket={node.socket}", "--no-color", *words],
            stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True)
        os.close(theirs)
        self.shown = ""
        # It asks among the notes, which are no output.
        while not self.shown.rstrip().endswith("[y/N]"):
            piece = self.process.stderr.read(1)
            if not piece:
                raise mesh_net.Failure(f"it does not ask: {self.shown}")
            self.shown += piece

    def say(self, text):
        os.write(self.terminal, text.encode() + b"\n")

    def end(self, limit=mesh_net.CALL_LIMIT):
        """Its exit code, and what it said."""
        return self.process.wait(timeout=limit), self.process.communicate(timeout=limit)[1]

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate(timeout=mesh_net.CALL_LIMIT)
        os.close(self.terminal)


class Changes(mesh_test.MeshTest):
    """The first node keeps the mesh, the other two are administrators' and write all there is."""

    count = 3

    def setUp(self):
        super().setUp()
        self.second, self.third = self.nodes[1:]
        self.first.create_mesh()
        for node in self.nodes[1:]:
            self.join(node.start())
        self.first.must("put", "rolebinding", "second-writes", "--role=mesh-admin", "--node=node-2")
        self.first.must("put", "rolebinding", "third-writes", "--role=mesh-admin", "--node=node-3")
        self.rules = [rules_folder.RulesFolder(self.net.folder / f"rules-{node.name}")
                      for node in self.nodes]
        for node in self.nodes[1:]:
            mesh_net.wait_until(f"{node.name} may write",
                                lambda n=node: n.ctl("put", "group", "staff", "--node=node-1").code == 0)
        for rules, node in zip(self.rules, self.nodes):
            rules.export(node)
        self.before = self.rules[0].contents()
        self.inside = [node.connection()["addressIpv4"].split("/")[0] for node in self.nodes]

    def ask(self, number, *options):
        """Asks for a folder, up to the moment of the yes."""
        asked = Asked(self.nodes[number], "policy", "apply", str(self.rules[number].path), *options)
        self.addCleanup(asked.close)
        return asked

    def stored(self):
        return self.rules[0].export(self.first).contents()

    def history(self):
        return rules_folder.history(self.first)

    def restart_first(self):
        self.first.start()
        mesh_net.wait_until("the first node keeps its mesh", lambda: self.first.ctl("status").code == 0
                            and self.first.state() == "connected")


class CutOff(Changes):
    """A change that cuts off who made it."""

    SECONDS = 6

    def reached(self):
        """Who of the other two answers the second node's packets."""
        asked = [subprocess.Popen(
            ["ip", "netns", "exec", self.second.namespace, "ping", "-n", "-c", "1", "-W", "1",
             self.inside[number]], stdout=subprocess.DEVNULL) for number in (0, 2)]
        return [ping.wait(timeout=30) == 0 for ping in asked]

    def wait_reached(self, expected, limit=mesh_net.WAIT_LIMIT):
        mesh_net.wait_until(f"packets pass: {expected}", lambda: self.reached() == expected, limit)

    def cut_off(self, *, rights):
        """The second node's administrator says so itself; the change."""
        rules = self.rules[1]
        rules.deny("cut", source="node-2")
        if rights:
            rules.remove("rolebindings", "second-writes")
        self.wait_reached([True, True])
        applied = rules.must_apply(self.second, f"--auto-revert={self.SECONDS}s", "--note=oops")
        self.wait_reached([False, False], self.SECONDS)
        return applied

    def check_taken_back(self, applied):
        """The pair talks again, everything is as before, and the history says how it came."""
        at = rules_folder.seconds(applied["revertAt"])
        self.wait_reached([True, True], at - time.time() + BACK_LIMIT)
        back = time.time()
        by = rules_folder.wait_reverted(self.first, applied["change"], BACK_LIMIT)
        self.assertGreaterEqual(back, at - 0.1, "not before its time")
        self.assertGreaterEqual(rules_folder.seconds(by["at"]), at - 1)
        self.assertEqual((by["verb"], by["who"]), ("auto-revert", "node-1"))
        change = rules_folder.change_of(self.history(), "oops")
        self.assertEqual((change["verb"], change["who"], change["revertedBy"]),
                         ("apply", "node-2", [by["id"]]))
        self.assertEqual(self.stored(), self.before)
        print(f"   packets pass {back - at:.2f} s after its time", file=sys.stderr)


class Reverts(CutOff):
    def test_who_has_cut_itself_off_and_lost_its_rights_is_let_in_again(self):
        applied = self.cut_off(rights=True)

        refused = self.second.ctl("policy", "confirm", str(applied["change"]))
        self.assertEqual(refused.code, DENIED, refused.text)
        self.check_taken_back(applied)

        # Its rights are back as well.
        self.rules[1].export(self.second).group("staff", "node-2")
        self.rules[1].must_apply(self.second)


class HalfMinute(CutOff):
    """The time that a person would give it."""

    SECONDS = 30

    def test_a_daemon_that_was_killed_meanwhile_takes_it_back(self):
        applied = self.cut_off(rights=False)

        self.first.kill()
        self.restart_first()

        self.assertEqual(self.reached(), [False, False])
        self.check_taken_back(applied)


class Admins(Changes):
    """Two administrators, who began with the same rules."""

    def test_edits_of_different_objects_both_land(self):
        self.rules[1].deny("by-second", source="nobody")
        self.rules[2].group("by-third", "node-3")
        asked = self.ask(1)
        self.rules[2].must_apply(self.third)

        asked.say("y")
        code, error = asked.end()

        self.assertEqual(code, 0, error)
        stored = self.stored()
        for path, by in (("networkacls/by-second.yaml", 1), ("groups/by-third.yaml", 2)):
            self.assertEqual(stored[path], self.rules[by].contents()[path])
        self.assertEqual([change["who"] for change in self.history()[:2]], ["node-2", "node-3"])

    def test_of_the_same_object_the_second_edit_is_refused_with_all_beside_it(self):
        for number in (1, 2):
            self.rules[number].group("staff", f"node-{number + 1}")
        self.rules[1].group("beside", "node-2")
        asked = self.ask(1)
        self.rules[2].must_apply(self.third)
        after_third, changes = self.stored(), self.history()

        asked.say("y")
        code, error = asked.end()

        self.assertEqual(code, NOT_POSSIBLE, error)
        self.assertIn("staff", error)
        self.assertEqual(self.stored(), after_third)
        self.assertNotIn("groups/beside.yaml", after_third)
        self.assertEqual(self.history(), changes)

    def test_a_draft_goes_together_with_what_another_wrote_in_the_meantime(self):
        self.second.must("put", "group", "by-second", "--node=node-2", "--draft")
        self.second.must("put", "group", "staff", "--node=node-1", "--node=node-2", "--draft")
        self.third.must("put", "group", "by-third", "--node=node-3")
        self.third.must("put", "group", "staff", "--node=node-1", "--node=node-3")

        applied = self.second.ctl("policy", "apply", "--yes", "--note=drafted")

        self.assertEqual(applied.code, 0, applied.text)
        stored = self.stored()
        self.assertIn("groups/by-second.yaml", stored)
        self.assertIn("groups/by-third.yaml", stored)
        for name in ("node-1", "node-2", "node-3"):
            self.assertIn(name.encode(), stored["groups/staff.yaml"])
        self.assertEqual(self.second.read("policy", "draft").get("edits", []), [])

    def test_a_draft_is_kept_whole_where_both_wrote_until_it_is_decided(self):
        self.second.must("put", "acl", "guard", "--deny", "--priority=100", "--draft")
        self.second.must("put", "group", "beside", "--node=node-2", "--draft")
        self.third.must("put", "acl", "guard", "--deny", "--priority=200")
        after_third, changes = self.stored(), self.history()

        refused = self.second.ctl("policy", "apply", "--yes")

        self.assertEqual(refused.code, NOT_POSSIBLE, refused.text)
        self.assertIn("guard", refused.text)
        self.assertEqual(self.stored(), after_third)
        self.assertEqual(self.history(), changes)
        self.assertEqual(len(self.second.read("policy", "draft")["edits"]), 2)

        self.second.must("policy", "rebase", "--mine", "acl/guard")
        self.second.must("policy", "apply", "--yes")
        stored = self.stored()
        self.assertIn("groups/beside.yaml", stored)
        self.assertIn(b"priority: 100", stored["networkacls/guard.yaml"])


class Gone(Changes):
    """The daemon that keeps the mesh is away while a member asks it for a change."""

    def setUp(self):
        super().setUp()
        # Its connection stands from here on.
        self.rules[1].group("early", "node-1")
        self.rules[1].must_apply(self.second)
        self.before = self.stored()
        self.rules[1].deny("late", source="nobody")
        self.after = self.rules[1].contents()

    def check_truth(self):
        """What the history says is what there is, and the second node sees the same. A call that is
        still on its way when nobody waits for it any more may yet arrive."""
        self.second.wait_state("connected")

        def same():
            changes = self.history()
            change = rules_folder.change_of(changes, "late")
            expected = self.after if change else self.before
            views = (self.stored(), self.rules[1].export(self.second).contents())
            return [change] if views == (expected, expected) else None
        change, = mesh_net.wait_until("history, rules and the second node agree", same, limit=20)
        print(f"   it was {'made' if change else 'not made'}", file=sys.stderr)
        # Who looks and makes it again has it once.
        self.rules[1].restore(self.after)
        self.assertEqual(self.rules[1].apply(self.second).code, 0)
        self.assertEqual(self.stored(), self.after)

    def test_one_that_stands_still_is_not_waited_for_for_ever(self):
        asked = self.ask(1, "--note=late")
        self.first.process.send_signal(signal.SIGSTOP)
        try:
            asked.say("y")
            code, error = asked.end(ANSWER_LIMIT)
        finally:
            self.first.process.send_signal(signal.SIGCONT)

        self.assertEqual(code, LATE, error)
        self.assertIn("the server of the mesh did not answer in time", error)
        self.assertIn(UNKNOWN, error)
        self.check_truth()

    def test_one_behind_a_link_that_is_down_is_not_either(self):
        # As patient as who asks.
        asked = self.ask(1, "--note=late", "--timeout=3s")
        mesh_net.ip("-n", self.net.hub, "link", "set", "port1", "down")
        asked.say("y")
        code, error = asked.end(ANSWER_LIMIT)
        mesh_net.ip("-n", self.net.hub, "link", "set", "port1", "up")

        self.assertEqual(code, LATE, error)
        self.assertIn("may be done all the same", error)
        self.check_truth()

    def test_one_that_dies_with_the_call_leaves_it_open_and_one_that_is_dead_does_not(self):
        asked = self.ask(1, "--note=late")
        self.first.process.send_signal(signal.SIGSTOP)
        asked.say("y")
        mesh_net.wait_until("the call is on its way", self.has_something_to_read, limit=10)
        self.first.kill()
        code, error = asked.end(ANSWER_LIMIT)
        self.assertEqual(code, FAILED, error)
        self.assertIn(UNKNOWN, error)
        self.assertNotIn("daemon", error, "the own one is well")

        result = self.rules[1].apply(self.second)
        self.assertEqual(result.code, FAILED, result.text)
        self.assertIn("nothing listens there", result.error)
        self.assertNotIn(UNKNOWN, result.error)
        self.restart_first()
        self.check_truth()

    def has_something_to_read(self):
        """Whether the first node's program has bytes of the second before it."""
        for line in self.first.run_inside("ss", "-Htn", "dst", self.second.address).stdout \
                .splitlines():
            if int(line.split()[1]) > 0:
                return True
        return False


if __name__ == "__main__":
    sys.exit(mesh_test.main())
