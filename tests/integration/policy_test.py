#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may do what in a mesh of real daemons: weftctl at the node that keeps the mesh, and at a
member of it.

  policy_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402

DENIED = 4
NOT_POSSIBLE = 5
NOT_FOUND = 6


class Rules(mesh_test.MeshTest):
    def setUp(self):
        super().setUp()
        self.first.create_mesh()
        self.second = self.nodes[1]
        self.join(self.second.start())
        self.second.wait_members("node-1", "node-2")

    def let_second_edit_groups(self):
        self.first.must("put", "role", "group-editor", "--verb=put", "--verb=get",
                        "--verb=delete", "--resource=groups")
        self.first.must("put", "rolebinding", "second-edits", "--role=group-editor",
                        "--node=node-2")

    def test_the_keeper_of_the_mesh_writes_reads_and_deletes(self):
        made = self.first.read("put", "group", "office", "--node=node-1", "--node=node-2")
        self.assertEqual(made["change"], "created")

        stored = self.first.read("get", "group", "office")
        self.assertEqual([s["name"] for s in stored["subjects"]], ["node-1", "node-2"])
        self.assertEqual(stored["revision"], made["revision"])

        changed = self.first.must("put", "group", "office", "--node=node-1")
        self.assertIn("subjects: - node-2", changed.out)
        refused = self.first.ctl("delete", "group", "office")
        self.assertEqual(refused.code, NOT_POSSIBLE, refused.text)
        self.assertIn("--yes", refused.error)
        self.first.must("delete", "group", "office", "--yes")
        self.assertEqual(self.first.ctl("get", "group", "office").code, NOT_FOUND)

    def test_every_kind_comes_back_as_it_was_put(self):
        self.first.must("put", "role", "r", "--verb=put", "--resource=routes")
        self.first.must("put", "rolebinding", "b", "--role=r", "--user=somebody")
        self.first.must("put", "acl", "a", "--priority=-3", "--deny", "--src-node=node-2",
                        "--dst-cidr=10.9.0.0/16")
        self.first.must("put", "route", "t", "--node=node-2", "--cidr=10.9.0.0/16")
        self.first.must("put", "edge", "--from=node-1", "--to=node-2", "--weight=3")

        acl = self.first.read("get", "acl", "a")
        self.assertEqual((acl["priority"], acl["action"], acl["sourceNodes"]),
                         (-3, "deny", ["node-2"]))
        self.assertEqual(self.first.read("get", "route", "t")["node"], "node-2")
        edge = self.first.read("get", "edge", "--from=node-1", "--to=node-2")
        self.assertEqual(edge["weight"], 3)
        for kind in ("roles", "rolebindings", "acls", "routes"):
            text = self.first.must("-o", "yaml", "get", kind).out
            again = self.first.must("put", kind, "-f", "-", text=text + "\n")
            self.assertNotIn("was changed", again.out)

    def test_a_write_on_an_old_revision_is_refused_and_explained(self):
        old = self.first.read("put", "group", "office", "--node=node-1")["revision"]
        self.first.must("put", "group", "office", "--node=node-2")

        stale = self.first.ctl("put", "group", "office", "--node=node-3", f"--revision={old}")
        self.assertEqual(stale.code, NOT_POSSIBLE, stale.text)
        self.assertIn("was changed meanwhile by node-1", stale.error)
        self.assertIn("weftctl get group office", stale.error)
        there = self.first.ctl("put", "group", "office", "--node=node-3", "--revision=0")
        self.assertEqual(there.code, NOT_POSSIBLE, there.text)

    def test_a_member_may_do_what_a_role_gives_it_and_no_more(self):
        write = ("put", "group", "by-second", "--node=node-2")
        self.assertEqual(self.second.ctl(*write).code, DENIED)
        self.assertEqual(self.second.ctl("can", "node-2", "put", "groups").code, DENIED)

        self.let_second_edit_groups()

        for node in self.nodes:
            mesh_net.wait_until(f"{node.name} knows the right",
                                lambda n=node: n.ctl("can", "node-2", "put", "groups").code == 0)
        self.second.must(*write)
        self.assertEqual(self.second.read("get", "group", "by-second")["subjects"][0]["name"],
                         "node-2")
        self.second.must("delete", "group", "by-second", "--yes")
        denied = self.second.ctl("put", "route", "mine", "--node=node-2", "--cidr=10.8.0.0/16")
        self.assertEqual(denied.code, DENIED, denied.text)
        events = self.first.read("audit", "--outcome=denied", "--who=node-2")
        self.assertIn("mine", [event["name"] for event in events])

    def test_a_member_is_told_of_a_conflict_too(self):
        self.let_second_edit_groups()
        old = self.first.read("put", "group", "office", "--node=node-1")["revision"]
        self.first.must("put", "group", "office", "--node=node-2")

        stale = self.second.ctl("put", "group", "office", "--node=node-3", f"--revision={old}")

        self.assertEqual(stale.code, NOT_POSSIBLE, stale.text)
        self.assertIn("was changed meanwhile", stale.error)

    def test_both_explain_why_nodes_may_talk(self):
        for node in self.nodes:
            answer = node.read("explain", "access", "node-1", "node-2")
            self.assertTrue(answer["forward"]["accepted"], answer)
            self.assertTrue(answer["backward"]["accepted"], answer)

        self.first.must("put", "acl", "apart", "--priority=1000", "--deny", "--src-node=node-1",
                        "--dst-node=node-2")

        for node in self.nodes:
            answer = mesh_net.wait_until(
                f"{node.name} knows the rule",
                lambda n=node: self.if_denied(n.read("explain", "access", "node-1", "node-2")))
            self.assertEqual({f["acl"] for f in answer["forward"]["families"]}, {"apart"})
            self.assertFalse(answer["tunnelPossible"])

    @staticmethod
    def if_denied(answer):
        return None if answer["forward"]["accepted"] else answer

    def test_a_removed_node_is_out_until_it_is_readmitted(self):
        self.assertEqual(self.second.ctl("node", "remove", "node-1", "--yes").code, DENIED)

        self.first.must("node", "remove", "node-2", "--reason=sold", "--yes")

        self.first.wait_members("node-1")
        removed = self.first.read("node", "removed")
        self.assertEqual([(n["node"], n["reason"]) for n in removed], [("node-2", "sold")])
        mesh_net.wait_until("node-2 is out",
                            lambda: self.second.state() not in ("connected", "degraded"))
        self.first.must("node", "readmit", "node-2")
        self.assertEqual(self.first.read("node", "removed"), [])

    def test_a_node_that_was_removed_while_it_slept_joins_again_and_says_so(self):
        self.second.process.send_signal(signal.SIGSTOP)
        try:
            self.first.must("node", "remove", "node-2", "--yes")
            self.first.wait_members("node-1")
            self.first.must("node", "readmit", "node-2")
        finally:
            self.second.process.send_signal(signal.SIGCONT)

        mesh_net.wait_until("node-2 says that it had been forgotten", lambda: [
            problem for problem in self.second.connection()["problems"]
            if "had forgotten this node" in problem["text"]])
        self.second.wait_state("connected")
        self.first.wait_members("node-1", "node-2")


if __name__ == "__main__":
    sys.exit(mesh_test.main())
