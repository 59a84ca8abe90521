#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the report says, and when a run is a success."""
import json
import tempfile
import unittest
from pathlib import Path

import report


class ReportTest(unittest.TestCase):
    def setUp(self):
        self.report = report.Report({"grpcurl": "v1.9.1", "dot": "could not be had"})

    def test_nothing_seen_is_no_success(self):
        self.assertFalse(self.report.all_green())

    def test_all_green_is_a_success_and_a_red_row_ends_it(self):
        self.report.add("tools", "list", ["grpcurl"], report.GREEN)
        self.assertTrue(self.report.all_green())

        self.report.add("tools", "health", ["grpcurl"], report.RED, "no answer")
        self.assertFalse(self.report.all_green())

    def test_a_peer_that_is_missing_ends_it_too(self):
        self.report.add("tools", "list", ["grpcurl"], report.GREEN)
        self.report.add("graph", "drawn", ["dot"], report.NO_PEER, "could not be had: dot")

        self.assertFalse(self.report.all_green())
        self.assertIn("1 green, 0 red, 1 no peer", self.report.as_markdown())

    def test_a_row_names_the_versions_and_keeps_its_columns(self):
        self.report.add("tools", "a|b", ["grpcurl"], report.GREEN, "one\n  | two")

        row = [line for line in self.report.as_markdown().splitlines() if line.startswith("| tools")]
        self.assertEqual(row, ["| tools | a\\|b | grpcurl v1.9.1 | green | one \\| two |"])

    def test_a_long_text_is_cut_and_shows_it(self):
        fits = "x" * report.SEEN_LIMIT

        self.assertEqual(report.one_line(fits), fits)
        cut = report.one_line(fits + "x")
        self.assertEqual(len(cut), report.SEEN_LIMIT)
        self.assertTrue(cut.endswith("..."))

    def test_both_files_are_written(self):
        self.report.add("tools", "list", ["grpcurl"], report.GREEN, "ä")
        with tempfile.TemporaryDirectory() as folder:
            self.report.write(Path(folder) / "made")
            told = json.loads((Path(folder) / "made" / "interop.json").read_text())
            self.assertIn("| ä |", (Path(folder) / "made" / "interop.md").read_text())

        self.assertEqual(told["rows"], [{"case": "tools", "what": "list", "peers": "grpcurl v1.9.1",
                                         "state": "green", "seen": "ä"}])
        self.assertEqual(told["versions"]["dot"], "could not be had")


if __name__ == "__main__":
    unittest.main()
