#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/mutate names every change it makes, so that a list of survivors can speak of one alone."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts/lib"))
import mutant_writer  # noqa: E402

SOURCE = """\
bool first(int left, int right) {
    if (left < 1 || right < 1) {
        return false;
    }
    return left + 1 == right + 1;
}

bool second(int left) {
    if (left < 2) {
        return false;
    }
    return true;
}
"""


class Names(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "some.cpp").write_text(SOURCE)

    def mutants(self, disabled=frozenset()):
        return mutant_writer.Writer(self.root, "some.cpp", 1, disabled).write()[1]

    def test_no_two_changes_share_one(self):
        keys = [one.key() for one in self.mutants()]

        self.assertGreater(len(keys), 12)
        self.assertEqual(len(keys), len(set(keys)))

    def test_those_of_one_line_are_counted_from_left_to_right(self):
        line = [one for one in self.mutants() if one.line == 5 and one.what == "1 grows by one"]

        self.assertEqual([one.occurrence for one in sorted(line, key=lambda one: one.at)], [1, 2])

    def test_lines_of_the_same_text_are_counted_from_top_to_bottom(self):
        ends = {one.line: one.key() for one in self.mutants() if one.what == "false becomes true"}

        self.assertEqual(ends, {3: "some.cpp | return false; | false becomes true | 1",
                                10: "some.cpp | return false; | false becomes true | 2"})

    def test_a_change_that_does_not_compile_leaves_the_names_of_the_others(self):
        first = next(one for one in self.mutants() if one.what == "false becomes true")

        left = [one.key() for one in self.mutants({first.number})]

        self.assertNotIn(first.key(), left)
        self.assertIn("some.cpp | return false; | false becomes true | 2", left)
        self.assertEqual(len(left), len(self.mutants()) - 1)


if __name__ == "__main__":
    unittest.main()
