#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every test that the pages on compatibility and security name is there."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "docs" / "compatibility.md", ROOT / "docs" / "security.md"]
# `Suite*`, `Suite.Name*`: how the pages name tests of GoogleTest.
NAMED = re.compile(r"`([A-Z][\w.]*)\*`")
DEFINED = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)", re.MULTILINE)


def defined_tests():
    names = set()
    for source in (ROOT / "tests").glob("**/*.cpp"):
        names |= {".".join(found) for found in DEFINED.findall(source.read_text())}
    return names


class Pages(unittest.TestCase):
    def test_name_tests_that_exist(self):
        tests = defined_tests()
        for page in PAGES:
            named = NAMED.findall(page.read_text())
            self.assertTrue(named, f"{page.name} names no test")
            for stem in named:
                with self.subTest(page=page.name, test=stem):
                    self.assertTrue(any(test.startswith(stem) for test in tests))


if __name__ == "__main__":
    unittest.main(verbosity=2)
