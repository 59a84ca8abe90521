#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `weftctl policy review` says of an edit, held against what packets do after it was made: eight
nodes on three LANs, and edits at random.

  review_test.py --weftd PATH --weftctl PATH [unittest options]
WEFT_EDITS is how many, WEFT_TEST_SEED makes the same ones again.
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import json
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import lans_test  # noqa: E402  (found beside this file)
import rules_folder  # noqa: E402

EDITS = int(os.environ.get("WEFT_EDITS", "6"))
RULES = [f"cut-{number}" for number in range(4)]
TEAMS = ["red", "green", "blue"]
WAYS = ("IPv4", "IPv6")
# Until packets do what the rules say.
SETTLED_LIMIT = 30
# How long they are looked at before edges are.
ROUND_LIMIT = 8


class Reviewed(lans_test.LansTest):
    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("WEFT_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)
        lans_test.tell(f"WEFT_TEST_SEED={seed}")
        self.random = random.Random(seed)
        self.first = self.node(1)
        self.names = [node.name for node in self.net.nodes]
        self.rules = rules_folder.RulesFolder(self.net.folder / "rules").export(self.first)
        for team in TEAMS:
            self.rules.group(team, *self.some_names())
        self.rules.must_apply(self.first)
        self.wait_all()
        self.open = rules_folder.RulesFolder(self.net.folder / "open").export(self.first)
        # Pairs of numbers that do not talk, by the edges there were.
        self.cut = set()
        self.edges = self.edges_now()
        self.moves = 0

    def some_names(self):
        return self.random.sample(self.names, self.random.randint(1, 3))

    def some_end(self):
        return self.random.choice([*self.names, *(f"group:{team}" for team in TEAMS), "*"])

    def edit(self):
        """Changes the folder somehow; what was done."""
        if self.random.random() < 0.25:
            team, members = self.random.choice(TEAMS), self.some_names()
            self.rules.group(team, *members)
            return f"group {team}: {' '.join(members)}"
        rule = self.random.choice(RULES)
        if f"networkacls/{rule}.yaml" in self.rules.contents() and self.random.random() < 0.6:
            self.rules.remove("networkacls", rule)
            return f"without {rule}"
        one, other = self.some_end(), self.some_end()
        if (one, other) == ("*", "*"):
            other = self.random.choice(self.names)
        self.rules.deny(rule, one, other, priority=self.random.choice([900, 1000]))
        return f"{rule}: {one} not to {other}"

    def reviewed(self, rules):
        """The review of a folder. It fails when something would be lost, and says it all the
        same."""
        done = self.first.ctl("policy", "review", str(rules.path), "--allow-loss", "-o", "json")
        return json.loads(done.out)

    def edges_now(self):
        return {tuple(sorted((edge["source"], edge["target"])))
                for edge in self.first.read("get", "edges")}

    def follow_edges(self):
        """Nodes that find a direct way to each other get an edge, which no edit foresees: what the
        review says of the way back to open rules is how it is now. Whether there were new ones."""
        edges = self.edges_now()
        if edges == self.edges:
            return False
        self.edges = edges
        self.moves += 1
        pairs = self.reviewed(self.open)["pairs"]
        self.cut = {self.key_of(pair) for pair in pairs["listed"]
                    if pair["before"]["state"] != "connected"}
        return True

    @staticmethod
    def key_of(pair):
        return tuple(sorted(int(pair[end].removeprefix("node-")) for end in ("left", "right")))

    def foresee(self, review):
        """Follows what the review says; how many pairs change between talking and not."""
        pairs = review["pairs"]
        self.assertEqual(pairs["changed"], len(pairs["listed"]), "all pairs of so small a mesh are listed")
        changed = 0
        for pair in pairs["listed"]:
            key = self.key_of(pair)
            talked, will = (pair[when]["state"] == "connected" for when in ("before", "after"))
            self.assertEqual(talked, key not in self.cut, f"{key} before")
            changed += talked != will
            (self.cut.discard if will else self.cut.add)(key)
        self.assertEqual(pairs["lost"] + pairs["gained"], changed)
        return changed

    def check_packets(self):
        limit = time.monotonic() + SETTLED_LIMIT
        while True:
            try:
                self.net.wait_broken(
                    {(one, other, way) for pair in self.cut for way in WAYS
                     for one, other in (pair, pair[::-1])},
                    limit=min(ROUND_LIMIT, max(limit - time.monotonic(), 1)), ways=WAYS)
                return
            except lans_test.mesh_net.Failure:
                if not self.follow_edges() and time.monotonic() > limit:
                    raise

    def test_packets_do_what_the_review_says(self):
        changed, edits, began = 0, 0, time.monotonic()
        # Edits that change nothing for anybody prove little: some of each are wanted.
        while edits < EDITS or changed == 0:
            what = self.edit()
            review = self.reviewed(self.rules)
            while self.follow_edges():
                review = self.reviewed(self.rules)
            now = self.foresee(review)
            changed += now
            edits += 1
            with self.subTest(edit=edits, what=what):
                self.rules.must_apply(self.first)
                self.check_packets()
            self.assertLess(edits, 10 * EDITS + 100)
        lans_test.tell(f"{edits} edits, {changed} pairs changed as foreseen, "
                       f"edges moved {self.moves} times, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(lans_test.main())
