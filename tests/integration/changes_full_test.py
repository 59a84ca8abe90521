#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The disk below the daemon that keeps a mesh is full, or fails, while rules are changed.

  changes_full_test.py --weftd PATH --weftctl PATH [--fault PATH] [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402
import rules_folder  # noqa: E402

FAILED = 1
# The journal of the store has 4 MiB from the start.
DISK = "12m"
# So many changes of half a megabyte do not fit into it.
MOST_CHANGES = 30
MOST_VALUES, VALUE_BYTES = 100, 100_000
# A daemon that could not take a change back tries again after 5 s.
RETRY = 8


class SmallDisk(mesh_test.MeshTest):
    """A daemon with a mesh, whose files lie on a small disk of their own."""

    count = 1

    def setUp(self):
        self.net = mesh_net.MeshNet(mesh_test.PROGRAMS["weftd"], mesh_test.PROGRAMS["weftctl"])
        self.addCleanup(self.net.close)
        self.net.__enter__()
        self.node = self.net.add()[0]
        self.disk = self.node.folder / "state"
        self.ballast = self.disk / "ballast"
        self.disk.mkdir()
        self.mount("mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700", "weft", str(self.disk))
        # Last in, first out: not before the daemon has gone.
        self.addCleanup(self.mount, "umount", str(self.disk))
        self.addCleanup(self.net.end_daemons)
        self.plan = self.net.folder / "fault"
        fault = mesh_test.PROGRAMS["fault"]
        self.wrapper = ["env", f"LD_PRELOAD={fault}", f"STORE_FAULT={self.plan}"] if fault else []
        self.node.start(wrapper=self.wrapper)
        self.node.create_mesh()
        self.rules = rules_folder.RulesFolder(self.net.folder / "rules").export(self.node)
        self.number = 0

    def mount(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            self.skipTest(f"cannot have a small disk: {done.stderr.strip()}")

    def fill(self):
        with self.ballast.open("ab", buffering=0) as file:
            try:
                while file.write(bytes(4096)) == 4096:
                    pass
            except OSError:
                pass

    def edit(self):
        """Half a megabyte that is not there yet."""
        self.number += 1
        cidrs = [f"10.{self.number}.{i // 250}.{i % 250}/32" for i in range(1000)]
        for number in range(12):
            self.rules.deny(f"large-{number}", "nobody", "nobody", 7, cidrs)

    def apply_until_refused(self):
        """The last folder that was taken, and the refusal of the next."""
        for _ in range(MOST_CHANGES):
            taken = self.rules.contents()
            self.edit()
            result = self.rules.apply(self.node)
            if result.code != 0:
                return taken, result
        raise mesh_net.Failure(f"{MOST_CHANGES} changes fit on a full disk")

    def use_up_the_journal(self):
        """With what is no rule."""
        for number in range(MOST_VALUES):
            if self.node.ctl("publish", f"/app/{number}", "x" * VALUE_BYTES).code != 0:
                return
        raise mesh_net.Failure(f"{MOST_VALUES} values fit on a full disk")

    def contents(self):
        return self.rules.export(self.node).contents()

    def restart(self):
        self.node.start(wrapper=self.wrapper)
        mesh_net.wait_until("it keeps its mesh", lambda: self.node.ctl("status").code == 0
                            and self.node.state() == "connected")

    def assert_goes_on(self):
        """What it has is whole, and it takes changes again."""
        self.edit()
        self.rules.must_apply(self.node)
        wanted = self.rules.contents()
        self.assertEqual(self.contents(), wanted)


class Full(SmallDisk):
    def test_a_change_that_does_not_fit_is_refused_whole(self):
        self.fill()
        taken, refused = self.apply_until_refused()
        self.assertEqual(refused.code, FAILED, refused.text)
        self.assertIn("the disk is full", refused.error)
        self.assertIn("make room", refused.error)

        changes = rules_folder.history(self.node)
        self.assertEqual(len(changes), self.number - 1, "the refused one is not there")
        self.assertEqual(self.contents(), taken)
        self.assertEqual(self.node.ctl("query", "list").code, 0)

        # Not even a new start changes that, with the disk as full as it is.
        self.node.kill()
        self.restart()
        self.assertEqual(rules_folder.history(self.node), changes)
        self.assertEqual(self.contents(), taken)
        self.ballast.unlink()
        self.assert_goes_on()

    def test_a_change_that_cannot_be_taken_back_in_time_is_as_soon_as_there_is_room(self):
        before = self.rules.contents()
        self.edit()
        number = self.rules.must_apply(self.node, "--auto-revert=6s")["change"]
        self.fill()
        self.use_up_the_journal()
        self.assertTrue(rules_folder.waiting(rules_folder.history(self.node)), "it came too early")

        mesh_net.wait_until("it says why it could not", lambda: "change not taken back" in
                            self.node.log.read_text())
        self.assertTrue(rules_folder.waiting(rules_folder.history(self.node)))
        self.ballast.unlink()

        rules_folder.wait_reverted(self.node, number, RETRY)
        contents = self.contents()
        self.assertEqual({path: contents.get(path) for path in before}, before)
        self.assertFalse([path for path in contents if "large" in path])


class Failing(SmallDisk):
    """The disk fails at a flush: nobody knows what it holds."""

    def setUp(self):
        if not mesh_test.PROGRAMS["fault"]:
            self.skipTest("needs store_fault: build it first")
        super().setUp()
        self.before = self.rules.contents()
        self.rules.deny("apart", "nobody")
        self.after = self.rules.contents()
        self.plan.write_text("sync 1\n")
        self.refused = self.rules.apply(self.node, "--auto-revert=2s", "--note=unsure")
        self.plan.unlink()

    def check_truth(self):
        """All of it or nothing, by the history; what is there goes back at its time."""
        change = rules_folder.change_of(rules_folder.history(self.node), "unsure")
        if change:
            rules_folder.wait_reverted(self.node, change["id"], RETRY)
        self.assertEqual(self.contents(), self.before)
        self.rules.restore(self.after)
        self.rules.must_apply(self.node)
        self.assertEqual(self.contents(), self.after)

    def test_the_store_stops_says_what_to_do_and_a_new_start_knows(self):
        for result in (self.refused, self.node.ctl("put", "group", "g", "--node=node-1")):
            self.assertEqual(result.code, FAILED, result.text)
            self.assertIn("the disk failed", result.error)
            self.assertIn("start the program again, to see what it kept", result.error)
            self.assertNotIn("daemon", result.error)
        self.assertEqual(self.node.ctl("query", "list").code, FAILED)

        self.node.kill()
        self.restart()

        self.check_truth()

    def test_a_new_connection_of_the_same_program_knows_as_well(self):
        self.assertEqual(self.refused.code, FAILED, self.refused.text)

        self.node.must("disconnect")
        self.node.must("connect")
        self.node.wait_state("connected")

        self.check_truth()


if __name__ == "__main__":
    sys.exit(mesh_test.main())
