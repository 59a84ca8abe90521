# SPDX-License-Identifier: Apache-2.0
"""A resolv.conf of its own for the programs in a namespace, which `ip netns exec` mounts there."""
import shutil
from pathlib import Path

FOLDER = Path("/etc/netns")


class ResolverFile:
    """Whom the programs of a node ask for names. Removed with the test; the machine's own file is
    not touched."""

    def __init__(self, test, node, text):
        folder = FOLDER / node.namespace
        had_folder = FOLDER.exists()
        folder.mkdir(parents=True)
        test.addCleanup(self._remove, folder, had_folder)
        self.path = folder / "resolv.conf"
        self.before = text
        self.path.write_text(text)

    @staticmethod
    def _remove(folder, had_folder):
        shutil.rmtree(folder)
        if not had_folder and not any(FOLDER.iterdir()):
            FOLDER.rmdir()

    def text(self):
        return self.path.read_text()

    def is_as_before(self):
        return self.text() == self.before
