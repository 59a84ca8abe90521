#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs scripts/check-tests on tiny trees, to show what it lets pass and what it reports."""
import subprocess
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).resolve().parents[2] / "scripts" / "check-tests"

OFFENCES = {
    "sleep": [
        ("a.cpp", "std::this_thread::sleep_for(1s);"),
        ("a.cpp", "  ::usleep(10);"),
        ("a.cpp", "QTest::qWait(50);"),
        ("tst_a.qml", "        wait(100)"),
        ("a.py", "    time.sleep(1)"),
        ("a.sh", "for i in 1 2; do sleep 1; done"),
    ],
    "port": [
        ("a.cpp", 'connectTo("127.0.0.1:8443");'),
        ("a.cpp", 'dial("[::1]:51820");'),
        ("a.cpp", 'builder.AddListeningPort("[::]:8443", credentials);'),
        ("a.sh", "weftd --services.api.listen-address=0.0.0.0:8443"),
        ("a.py", 'url = "http://localhost:9090/metrics"'),
    ],
    "skip": [("a.cpp", "    GTEST_SKIP();"), ("a.cpp", '    QSKIP("");')],
    "disabled": [("a.cpp", "TEST(Node, DISABLED_Joins) {"), ("a.cpp", "#if 0")],
    "vacuous": [("a.cpp", "EXPECT_TRUE(true);"), ("a.cpp", "SUCCEED();")],
    "random": [("a.cpp", "std::mt19937 random(std::random_device{}());"), ("a.cpp", "x = rand();")],
    "internet": [("a.cpp", 'resolve("www.google.com");'), ("a.sh", "ping -c 1 8.8.8.8")],
}
HARMLESS = [
    ("a.cpp", "loop.advance(30s);  // instead of sleep_for(30s)"),
    ("a.cpp", 'GTEST_SKIP() << "needs root";'),
    ("a.cpp", 'listenOn("127.0.0.1:0");'),
    ("a.cpp", 'EXPECT_EQ(Endpoint::parse("10.0.0.1:8443")->port, 8443);'),
    ("a.cpp", "ASSERT_TRUE(spy.wait(1000));"),
    ("a.cpp", "const auto operand = strand(1);"),
    ("tst_a.qml", "        spy.wait(1000)"),
    ("data.csv", "sleep_for(1s), 127.0.0.1:8443"),
]


def run(name, text):
    """The exit status and the output for a tree with one test file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tests" / "core" / name
        path.parent.mkdir(parents=True)
        path.write_text(text + "\n")
        (path.parent / "clean_test.cpp").write_text("TEST(Node, Joins) { EXPECT_EQ(1, one()); }\n")
        done = subprocess.run([CHECKER, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class CheckTests(unittest.TestCase):
    def test_reports_each_kind_of_offence_once(self):
        for rule, cases in OFFENCES.items():
            for name, text in cases:
                with self.subTest(rule=rule, text=text):
                    status, output = run(name, "\n" + text)
                    self.assertEqual(status, 1, output)
                    self.assertIn(f"tests/core/{name}:2: {rule}: {text.strip()[:60]}", output)
                    self.assertIn(" 1 offences", output)

    def test_lets_harmless_lines_pass(self):
        for name, text in HARMLESS:
            with self.subTest(text=text):
                self.assertEqual(run(name, text)[0], 0)

    def test_a_comment_with_a_reason_allows_one_rule_on_one_line(self):
        reason = "// check-tests: allow sleep, the kernel has no event for this"
        sleep = "std::this_thread::sleep_for(1s);"

        self.assertEqual(run("a.cpp", f"{sleep}  {reason}")[0], 0)
        self.assertEqual(run("a.cpp", f"{reason}\n{sleep}")[0], 0)
        self.assertEqual(run("a.cpp", f"{reason}\n{sleep}\n{sleep}")[0], 1)
        self.assertEqual(run("a.cpp", f"{sleep}  // check-tests: allow sleep")[0], 1)
        self.assertEqual(run("a.cpp", f"{sleep}  // check-tests: allow port, other rule")[0], 1)

    def test_a_tree_without_tests_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([CHECKER, folder], capture_output=True, check=False)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
