#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A node connects and disconnects, again and again: nothing of it is left in the programs or at the
hosts.

  cycles_test.py --weftd PATH --weftctl PATH [unittest options]
WEFT_CYCLES is how often. Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import host_test  # noqa: E402  (found beside this file)
import mesh_net  # noqa: E402
import mesh_test  # noqa: E402

# What is made at the first use stays.
WARM_UP = 3
# gRPC makes another poller when it is busy, with three descriptors and threads, and keeps it: less
# than one for each cycle.
SPARE = {"descriptors": 4, "threads": 4, "devices": 0}
# The heap's own pieces, and the audit log in memory; a leak of one connection's parts is far above.
MOST_GROWTH_KIB = 4096
MOST_GROWTH_PER_CYCLE_KIB = 8


def figures(node):
    """Descriptors, threads and memory of a node's program, and the devices of its host."""
    process = Path(f"/proc/{node.process.pid}")
    return {"descriptors": len(list((process / "fd").iterdir())),
            "threads": len(list((process / "task").iterdir())),
            "KiB": node.resident_kib(),
            "devices": len(mesh_net.ip("-n", node.namespace, "-o", "link").splitlines())}


class Cycles(host_test.HostNet):
    """The second node, with a network behind it, connects and disconnects."""

    def cycle(self):
        self.second.must("connect")
        self.wait_check(self.second, "routes")
        self.second.must("disconnect")

    def wait_rest(self, before=None):
        """The figures of both once they do not change, and are no more than `before`: what weftctl
        asked for is let go of a moment after it was answered."""
        last = []

        def same():
            now = [figures(node) for node in self.nodes]
            settled = last[:] == now and not (before and self.more(before, now))
            last[:] = now
            return settled
        try:
            mesh_net.wait_until("the figures come to rest", same, step=0.3, limit=20)
        except mesh_net.Failure:
            self.assertEqual(self.more(before or last, last), [], f"{before} before, {last} after")
            raise
        return last

    @staticmethod
    def more(before, now):
        """What there is more of, but for memory."""
        return [f"{what} of node-{number}" for number, (then, after) in
                enumerate(zip(before, now), 1) for what in SPARE
                if after[what] > then[what] + SPARE[what]]

    def test_nothing_is_left_over(self):
        count = int(os.environ.get("WEFT_CYCLES", "10"))
        self.second.must("disconnect")
        for _ in range(WARM_UP):
            self.cycle()
        before = self.wait_rest()
        began = time.monotonic()

        for _ in range(count):
            self.cycle()

        took = time.monotonic() - began
        after = self.wait_rest(before)
        for node, then, now in zip(self.nodes, before, after):
            print(f"   {node.name}: before {then}, after {now}", file=sys.stderr)
            self.assertLess(now["KiB"] - then["KiB"],
                            MOST_GROWTH_KIB + count * MOST_GROWTH_PER_CYCLE_KIB, node.name)
        self.assert_as_before(self.second)
        print(f"   {count} cycles in {took:.1f} s, {1000 * took / count:.0f} ms each",
              file=sys.stderr)


if __name__ == "__main__":
    sys.exit(mesh_test.main())
