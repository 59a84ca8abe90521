#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""weftd as systemd sees it: readiness, stopping, the journal's log format, signals."""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import service_unit  # noqa: E402  (found beside this file)

# How long what must happen may take before the test calls it a failure.
PATIENCE = 30
WEFTD = None

TERMINAL_LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3} [TDIWEC] \w+: ")
JOURNAL_LINE = re.compile(r"^[TDIWEC] \w+: ")


class Service(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="weftd-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.local = self.folder / "weft.sock"
        self.log = self.folder / "log"
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.manager.close)
        self.manager.settimeout(PATIENCE)
        self.manager.bind(str(self.folder / "notify.sock"))

    def start(self, notify=True, journal=None):
        """`journal`: "own" names standard error in JOURNAL_STREAM, "other" something else."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        if notify:
            environment["NOTIFY_SOCKET"] = str(self.folder / "notify.sock")
        with open(self.log, "wb") as log:
            if journal is not None:
                info = os.fstat(log.fileno())
                inode = info.st_ino + (0 if journal == "own" else 1)
                environment["JOURNAL_STREAM"] = f"{info.st_dev}:{inode}"
            daemon = subprocess.Popen(
                [WEFTD, f"--weft.state-dir={self.folder / 'state'}",
                 f"--weft.local-socket={self.local}", "--global.log-level=info"],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.addCleanup(self.end, daemon)
        return daemon

    @staticmethod
    def end(daemon):
        if daemon.poll() is None:
            daemon.kill()
        daemon.wait()

    def told(self):
        """The fields of the next message to the service manager."""
        return self.manager.recv(4096).decode().splitlines()

    def lines(self):
        return self.log.read_text().splitlines()

    def test_tells_when_it_serves_and_when_it_stops(self):
        daemon = self.start()

        self.assertIn("READY=1", self.told())
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(self.local))
        daemon.send_signal(signal.SIGTERM)
        self.assertIn("STOPPING=1", self.told())

        self.assertEqual(daemon.wait(PATIENCE), 0)
        self.assertFalse(self.local.exists(), "the socket was left behind")

    def test_is_not_ready_when_it_cannot_start(self):
        (self.folder / "state").write_text("not a folder")
        daemon = self.start()

        self.assertEqual(daemon.wait(PATIENCE), 1)
        self.manager.setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.told()
        self.assertIn("weftd: ", self.log.read_text())

    def test_outlives_a_hang_up(self):
        daemon = self.start()
        self.assertIn("READY=1", self.told())

        # Taken in this order: would the first end the process, it would not be stopped cleanly.
        daemon.send_signal(signal.SIGHUP)
        daemon.send_signal(signal.SIGTERM)

        self.assertIn("STOPPING=1", self.told())
        self.assertEqual(daemon.wait(PATIENCE), 0)
        self.assertIn("signal=15", self.log.read_text())

    def test_leaves_the_time_to_the_journal(self):
        daemon = self.start(journal="own")
        self.told()
        daemon.terminate()
        self.assertEqual(daemon.wait(PATIENCE), 0)

        self.assertTrue(self.lines())
        for line in self.lines():
            self.assertRegex(line, JOURNAL_LINE)

    def test_writes_the_time_where_no_journal_reads(self):
        # The variable is inherited by whatever a service starts with another standard error.
        daemon = self.start(journal="other")
        self.told()
        daemon.terminate()
        self.assertEqual(daemon.wait(PATIENCE), 0)

        self.assertTrue(self.lines())
        for line in self.lines():
            self.assertRegex(line, TERMINAL_LINE)


class Unit(unittest.TestCase):
    """The packaged unit, as text."""

    def test_is_understood_by_the_service_manager(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("needs systemd-analyze")
        folder = tempfile.TemporaryDirectory(prefix="weftd-unit-")
        self.addCleanup(folder.cleanup)
        unit = Path(folder.name) / "weftd.service"
        unit.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={Path(WEFTD).resolve()}",
                               service_unit.UNIT.read_text()))

        done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)],
                              capture_output=True, text=True, timeout=60)

        told = [line for line in done.stderr.splitlines() if "weftd.service" in line]
        self.assertEqual(told, [])

    def test_leaves_the_switches_of_the_network_to_the_daemon(self):
        settings = service_unit.settings()

        self.assertNotIn("yes", settings.get("ProtectKernelTunables", []))
        for line in settings.get("ReadOnlyPaths", []):
            for path in line.split():
                self.assertFalse("/proc/sys/net/".startswith(path.lstrip("-").rstrip("/") + "/"))


def main():
    global WEFTD
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weftd", required=True)
    known, rest = parser.parse_known_args()
    WEFTD = known.weftd
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)


if __name__ == "__main__":
    main()
