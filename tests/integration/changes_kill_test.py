#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon that keeps a mesh is killed at each step of a change that goes back unless it is
confirmed, and of taking one back: its next start finds all of the change or nothing.

  changes_kill_test.py --weftd PATH --weftctl PATH --fault PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import collections
import concurrent.futures
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402
import rules_folder  # noqa: E402

NO_DAEMON = 3
LANES = 4
# A commit of this change writes less than so often.
MOST_STEPS = 60
# What a round says when there was nothing left to kill at.
END = object()
BEFORE, ANSWERED = -1, 1000000
# How much later than its time a change may be taken back: the daemon starts in between.
LATE = 10


class Lane:
    """One daemon with a mesh of its own, whose store fails as the test says."""

    def __init__(self, node, fault):
        self.node = node
        self.plan = node.net.folder / f"{node.name}.fault"
        self.wrapper = ["env", f"LD_PRELOAD={fault}", f"STORE_FAULT={self.plan}"]
        self.rules = rules_folder.RulesFolder(node.net.folder / f"{node.name}.rules")
        self.before = self.after = None

    def set_up(self):
        self.node.start(wrapper=self.wrapper)
        self.node.create_mesh()
        self.node.must("put", "group", "office", f"--node={self.node.name}")
        self.node.must("put", "role", "leaving", "--verb=get", "--resource=routes")
        self.before = self.rules.export(self.node).contents()
        self.edit()
        self.after = self.rules.contents()

    def edit(self):
        """Objects that are new, changed and gone."""
        self.rules.deny("apart", self.node.name, priority=7)
        self.rules.group("office", self.node.name, "somebody")
        self.rules.group("visitors", "somebody")
        self.rules.remove("roles", "leaving")

    def start_again(self):
        self.node.start(wrapper=self.wrapper)
        mesh_net.wait_until(f"{self.node.name} keeps its mesh", self.is_connected)

    def is_connected(self):
        status = self.node.ctl("-o", "json", "status")
        return status.code == 0 and '"connected"' in status.out

    def is_killed(self):
        """Whether the plan came to its end, which the daemon did not survive."""
        done = self.plan.read_text().split()[1] == "0"
        if done:
            self.node.process.wait(timeout=30)
        self.plan.unlink()
        return done

    def arm(self, step):
        self.plan.write_text(f"kill {step}\n")

    def begin(self, *words):
        return subprocess.Popen(
            [self.node.net.weftctl, f"--socket={self.node.socket}", *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def apply_words(self, note, *options):
        self.rules.restore(self.after)
        return self.rules.words(f"--note={note}", *options)

    def must_apply(self, note, *options):
        return self.node.read(*self.apply_words(note, *options))

    def truth(self):
        """The history, and the folder at the same time."""
        def steady():
            changes = rules_folder.history(self.node)
            contents = self.rules.export(self.node).contents()
            again = rules_folder.history(self.node)
            return (changes, contents) if changes == again else None
        return mesh_net.wait_until("the history stands still", steady)

    def check(self, note, acknowledged, waits):
        """All or nothing, as the history says; the change of this note, if it was made."""
        changes, contents = self.truth()
        change = rules_folder.change_of(changes, note)
        if acknowledged and not change:
            raise mesh_net.Failure(f"{note} was acknowledged and is not there")
        stands = change is not None and not change["revertedBy"]
        if contents != (self.after if stands else self.before):
            raise mesh_net.Failure(f"{note} {'stands' if stands else 'is not there'} by the "
                                   f"history, and not by its objects: {contents}")
        pending = rules_folder.waiting(changes)
        if bool(pending) != (stands and waits):
            raise mesh_net.Failure(f"{note}: stands {stands}, and this waits: {pending}")
        return change

    def take_back(self, note, change, waits):
        """The end of a round: as it was before."""
        if change and waits:
            by = rules_folder.wait_reverted(self.node, change["id"], LATE)
            if by["verb"] != "auto-revert":
                raise mesh_net.Failure(f"{note} was taken back by {by}")
        elif change and not change["revertedBy"]:
            self.node.must("policy", "undo", str(change["id"]), "--yes")
        changes, contents = self.truth()
        if contents != self.before or rules_folder.waiting(changes):
            raise mesh_net.Failure(f"{note} is not taken back whole: {contents}")

    def go_on(self, note, acknowledged, waits):
        """After the kill."""
        self.node.process = None
        self.start_again()
        change = self.check(note, acknowledged, waits)
        self.take_back(note, change, waits)
        return change


class Kills(mesh_test.MeshTest):
    def setUp(self):
        fault = mesh_test.PROGRAMS["fault"]
        if not fault:
            self.skipTest("needs store_fault: build it first")
        self.net = mesh_net.MeshNet(mesh_test.PROGRAMS["weftd"], mesh_test.PROGRAMS["weftctl"])
        self.addCleanup(self.net.close)
        self.net.__enter__()
        self.lanes = [Lane(node, fault) for node in self.net.add(LANES)]
        self.in_turn(lambda lane, _: lane.set_up(), range(LANES))

    def in_turn(self, work, moments):
        """`work` for each moment, on the lanes at the same time, until one says that there are no
        more; what became of each."""
        left, results = collections.deque(moments), {}

        def run(lane):
            while left and END not in results.values():
                moment = left.popleft()
                try:
                    results[moment] = work(lane, moment)
                except BaseException:
                    left.clear()
                    raise
        with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
            for done in [pool.submit(run, lane) for lane in self.lanes]:
                done.result()
        return results

    def sweep(self, work):
        """The steps of a commit, from the first to the last; what became of each."""
        results = self.in_turn(work, range(1, MOST_STEPS))
        self.assertIn(END, results.values(), f"after {MOST_STEPS} steps there are more")
        met = [result for result in results.values() if result is not END]
        print(f"   killed at {len(met)} steps", file=sys.stderr)
        self.assertGreater(len(met), 5)
        return met

    def test_at_each_write_of_an_apply(self):
        def killed(lane, step):
            note = f"step {step}"
            lane.arm(step)
            done = lane.node.ctl(*lane.apply_words(note, "--auto-revert=1s"))
            if not lane.is_killed():
                lane.take_back(note, lane.check(note, True, True), True)
                return END
            return lane.go_on(note, done.code == 0, True)
        made = self.sweep(killed)
        self.assertTrue(any(made) and not all(made), "none before or none after")

    def test_at_each_write_of_a_revert_at_its_time(self):
        def killed(lane, step):
            note = f"step {step}"
            number = lane.must_apply(note, "--auto-revert=1s")["change"]
            lane.arm(step)

            def over():
                return lane.node.process.poll() is not None or (
                    (changes := lane.node.ctl("-o", "json", "policy", "history")).code == 0
                    and rules_folder.is_taken_back(json.loads(changes.out), number))
            mesh_net.wait_until("killed or taken back", over, step=0.1)
            if not lane.is_killed():
                lane.take_back(note, lane.check(note, True, True), True)
                return END
            return lane.go_on(note, True, True)
        self.sweep(killed)

    def test_at_each_write_of_an_undo(self):
        def killed(lane, step):
            note = f"step {step}"
            number = lane.must_apply(note)["change"]
            lane.arm(step)
            done = lane.node.ctl("policy", "undo", str(number), "--yes")
            if not lane.is_killed():
                lane.take_back(note, lane.check(note, True, False), False)
                return END
            change = lane.go_on(note, True, False)
            if done.code == 0 and not change["revertedBy"]:
                raise mesh_net.Failure(f"the undo of {note} was acknowledged and is not there")
            return change["revertedBy"]
        taken_back = self.sweep(killed)
        self.assertTrue(any(taken_back) and not all(taken_back), "none before or none after")

    def test_before_during_and_after_the_call(self):
        def killed(lane, moment):
            note = f"after {moment} ms"
            words = lane.apply_words(note, "--auto-revert=1s")
            if moment == BEFORE:
                lane.node.kill()
                self.assertEqual(lane.node.ctl(*words).code, NO_DAEMON)
                return lane.go_on(note, False, True)
            asked = lane.begin(*words)
            try:
                asked.communicate(timeout=None if moment == ANSWERED else moment / 1000)
            except subprocess.TimeoutExpired:
                pass
            lane.node.kill()
            asked.communicate(timeout=mesh_net.CALL_LIMIT)
            return lane.go_on(note, asked.returncode == 0, True)
        offsets = [BEFORE, *range(15, 90, 15), ANSWERED]
        made = self.in_turn(killed, offsets)
        self.assertFalse(made[BEFORE])
        self.assertTrue(made[ANSWERED])

    def test_around_the_time_at_which_it_goes_back(self):
        def killed(lane, moment):
            note = f"{moment} ms from its time"
            applied = lane.must_apply(note, "--auto-revert=1s")
            at = rules_folder.seconds(applied["revertAt"]) + moment / 1000
            mesh_net.wait_until("its time has come", lambda: time.time() >= at, step=0.001)
            lane.node.kill()
            return lane.go_on(note, True, True)
        self.in_turn(killed, (-20, 0, 3, 6, 10, 20))


if __name__ == "__main__":
    sys.exit(mesh_test.main())
