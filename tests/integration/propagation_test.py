#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where a change of the rules is in effect: what the nodes of a mesh say themselves, one that stands
still, and one that has gone and comes back.

  propagation_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import json
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402
import rules_folder  # noqa: E402

NOT_EVERYWHERE = 8
NAMES = ["node-1", "node-2", "node-3", "node-4"]


class Propagation(mesh_test.MeshTest):
    """The first node keeps the mesh, with three members."""

    count = 4

    def setUp(self):
        super().setUp()
        self.last = self.nodes[3]
        self.first.create_mesh()
        for node in self.nodes[1:]:
            self.join(node.start())
        for node in self.nodes:
            node.wait_members(*NAMES)
        self.rules = rules_folder.RulesFolder(self.net.folder / "rules").export(self.first)

    def states(self):
        """What is said of each node about the newest change."""
        answer = self.first.ctl("policy", "propagation", "-o", "json")
        self.assertIn(answer.code, (0, NOT_EVERYWHERE), answer.text)
        told = json.loads(answer.out)
        self.assertEqual(answer.code == 0, told["everywhere"])
        return {node["node"]: node["state"] for node in told["nodes"]}

    def wait_states(self, expected, limit=mesh_net.WAIT_LIMIT):
        mesh_net.wait_until(f"it stands so: {expected}",
                            lambda: self.states() == expected, limit)

    def reaches(self, source, target):
        address = target.connection()["addressIpv4"].split("/")[0]
        return subprocess.run(
            ["ip", "netns", "exec", source.namespace, "ping", "-n", "-c", "1", "-W", "1", address],
            stdout=subprocess.DEVNULL, check=False, timeout=30).returncode == 0

    def test_a_rule_is_in_effect_when_all_say_so(self):
        mesh_net.wait_until("packets pass", lambda: self.reaches(self.nodes[2], self.last))
        # All are named by it.
        self.rules.deny("quiet", target="node-4")

        applied = self.rules.must_apply(self.first, "--wait=20s", "--wait-all")

        self.assertTrue(applied["propagation"]["everywhere"], applied)
        self.assertEqual(applied["propagation"]["done"], 4, applied)
        # That is no promise: it is so.
        self.assertFalse(self.reaches(self.nodes[2], self.last))
        self.assertEqual(self.states(), dict.fromkeys(NAMES, "done"))

    def test_one_that_stands_still_or_has_gone_is_named_until_it_is_back(self):
        self.last.process.send_signal(signal.SIGSTOP)
        try:
            self.rules.deny("quiet", target="node-4")
            late = self.rules.apply(self.first, "--wait=2s", "--wait-all")
            self.assertEqual(late.code, NOT_EVERYWHERE, late.text)
            self.assertIn("not in effect at 1 of 4 nodes: node-4 (", late.error)
            # The change itself went well.
            self.assertIn("made as change", late.out)
            self.assertIn(self.states()["node-4"], ("pending", "unreachable"))
            self.assertEqual(self.states()["node-3"], "done")
        finally:
            self.last.process.send_signal(signal.SIGCONT)
        self.wait_states(dict.fromkeys(NAMES, "done"))

        self.last.kill()
        self.wait_states({**dict.fromkeys(NAMES, "done"), "node-4": "unreachable"})
        self.rules.deny("more", source="node-2", target="node-4")
        note = self.rules.apply(self.first)
        self.assertEqual(note.code, 0, "to wait for it is no condition")
        self.assertIn("node-4 (unreachable)", note.error)

        self.last.start()
        self.last.wait_state("connected")
        mesh_net.wait_until("node-4 says that it has it", lambda: self.states()["node-4"] == "done")

    def test_a_leader_that_comes_back_asks_anew(self):
        self.rules.deny("quiet", target="node-4")
        self.rules.must_apply(self.first, "--wait=20s")

        self.first.kill()
        self.first.start()
        self.first.wait_state("connected")

        self.wait_states(dict.fromkeys(NAMES, "done"), 30)


if __name__ == "__main__":
    sys.exit(mesh_test.main())
