#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Our engine, with wireguard-go at the other end, while a stranger floods its port.

  flood_test.py --flood PATH [--flood-rate N] [--rounds N] [--versus COMMAND] [unittest options]
--flood   the program wg_flood
--flood-rate  datagrams in a second, 0: as fast as it goes; default 100,000, a gigabit of full packets
          and more
--rounds  rounds of each attack of the group Hostile, judged by their mean; default: up to four, the
          best one counts
--versus  an engine that the group Hostile attacks in the same way, for comparison; may be repeated
Besides: --ours, --peer and --require of tunnel_test.py.
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import json
import shutil
import statistics
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import tunnel_net  # noqa: E402  (found beside this file)
import tunnel_test  # noqa: E402
from mesh_net import Failure, wait_until  # noqa: E402
from tunnel_net import PORT  # noqa: E402
from tunnel_test import SETTINGS  # noqa: E402


class Victim:
    """An end that is attacked while the peer sends it a TCP stream through the tunnel."""

    def __init__(self, net, end, peer, stranger):
        self.net, self.end, self.peer, self.stranger = net, end, peer, stranger
        self.captured = net.folder / f"captured-{end.number}"
        end.add_peer(peer, endpoint=tunnel_test.TunnelTest.outer(peer, "4"))
        peer.add_peer(end, endpoint=tunnel_test.TunnelTest.outer(end, "4"))
        # Answers to spoofed sources end where their bytes are counted.
        end.ip("route", "add", Hostile.SPOOFED, "via", stranger.outer4)
        peer.reaches(end.inner4)
        self.capture()
        nobody = net.start_inside(end, sys.executable, str(tunnel_net.STREAM), "hold", end.outer4)
        self.unserved = int(nobody.stdout.readline())
        net.start_inside(end, "iperf3", "-s", "-B", end.inner4)
        wait_until("iperf3 serves", lambda: self.rate(seconds=1) > 0)

    def capture(self):
        """Datagrams of the peer as they cross the outer network, for the attacks that use them."""
        tap = self.net.start_inside_namespace(
            self.net.hub, sys.executable, str(tunnel_net.STREAM), "capture", f"port{self.peer.number}",
            str(PORT), "200", str(self.captured))
        if tap.stdout.readline().strip() != "ready":
            raise Failure("the capture did not start")
        self.peer.ping(self.end.inner4, "-i", "0.002", count=250)
        if tap.wait(timeout=30):
            raise Failure(f"nothing was captured: {tap.stderr.read()}")

    def rate(self, seconds):
        """Bits in a second from the peer, 0 when there was none."""
        done = self.peer.inside("iperf3", "-J", "-c", self.end.inner4, "-t", str(seconds))
        try:
            return json.loads(done.stdout)["end"]["sum_received"]["bits_per_second"]
        except (KeyError, json.JSONDecodeError):
            return 0

    def rate_under(self, attack, port, seconds):
        """The rate under attack, what was sent in a second, and what the attacker sent and got in bytes."""
        flood = self.net.start_inside(
            self.stranger, SETTINGS.flood, attack[0], self.end.outer4, str(port), self.end.public,
            str(seconds + 1), "--captured", str(self.captured), "--rate", str(SETTINGS.flood_rate),
            *attack[1:])
        if flood.stdout.readline().strip() != "ready":
            raise Failure(f"{attack[0]}: {flood.stderr.read()}")
        before = self.stranger.link_bytes()
        rate = self.rate(seconds)
        sent = json.loads(flood.communicate(timeout=30)[0])
        after = self.stranger.link_bytes()
        return (rate, sent["datagrams"] / sent["seconds"],
                after[0] - before[0], after[1] - before[1])


class Hostile(unittest.TestCase):
    """A stranger on the outer network attacks ours while the tunnel carries a TCP stream.

    To send the flood costs the machine as well. So the rate under attack is judged by the rate that
    is left while the same flood goes to a socket of the same host that nobody serves; the rate
    without any flood is printed beside. --versus puts another engine through the same."""

    SPOOFED = "10.99.0.0/16"
    MOST_ROUNDS = 4
    SECONDS = 1
    LEAST_SHARE = 0.70
    MOST_GROWTH_KIB = 16 * 1024
    MOST_BUSY = 20

    @classmethod
    def setUpClass(cls):
        reason = "needs wg_flood: build it first" if not SETTINGS.flood else ""
        if not reason and not shutil.which("iperf3"):
            reason = "needs the program iperf3"
        if reason and SETTINGS.require:
            raise Failure(reason)
        if reason:
            raise unittest.SkipTest(reason)
        net = tunnel_net.TunnelNet()
        cls.addClassCleanup(net.close)
        net.open()
        peer = net.add(SETTINGS.peer)
        ends = [net.add(SETTINGS.ours)] + [net.add(each) for each in SETTINGS.versus]
        stranger = net.add("none")
        for end in (peer, *ends):
            end.start()
            end.bring_up()
        cls.victims = [Victim(net, end, peer, stranger) for end in ends]
        cls.busy = tunnel_net.busy_machine()

    def measure(self, victim, attack):
        """The share of the rate that was kept, the memory that it took, and the bytes that the attacker
        sent and got."""
        end, name = victim.end, attack[0]
        process = Path(f"/proc/{end.process.pid}")
        # What the stream alone takes is not the attacker's doing.
        alone = [victim.rate(self.SECONDS)]
        memory = end.status_kib("VmRSS")
        (process / "clear_refs").write_text("5")
        beside, under = [], []
        for _ in range(SETTINGS.rounds or self.MOST_ROUNDS):
            rate, *_ = victim.rate_under(attack, victim.unserved, self.SECONDS)
            beside.append(rate)
            rate, pace, said, heard = victim.rate_under(attack, PORT, self.SECONDS)
            under.append(rate)
            shares = [one / max(other, 1) for one, other in zip(under, beside)]
            # Not judged, one round shows the rest.
            if not SETTINGS.rounds and (shares[-1] >= self.LEAST_SHARE or self.busy > self.MOST_BUSY):
                break
        grown = end.status_kib("VmHWM") - memory
        alone, beside, left = (statistics.mean(each) for each in (alone, beside, under))
        kept, of_what = (left / max(beside, 1), "mean") if SETTINGS.rounds else (max(shares), "best")
        print(f"  {name} at {pace / 1000:.0f}k/s, {Path(end.command[0]).name}: Mbit/s {alone / 1e6:.0f} alone, "
              f"{beside / 1e6:.0f} beside it, {left / 1e6:.0f} under it; keeps {kept:.2f} of the one beside "
              f"({of_what} of {' '.join(f'{each:.2f}' for each in shares)}), {left / max(alone, 1):.2f} of the one "
              f"alone; memory {grown:+} KiB, answers {heard / max(said, 1):.3f} of the bytes", file=sys.stderr)
        return kept, grown, said, heard

    def withstands(self, *attack):
        for other in self.victims[1:]:
            self.measure(other, attack)
        ours = self.victims[0]
        share, grown, said, heard = self.measure(ours, attack)
        self.assertLessEqual(heard, said, f"{attack[0]}: answers are more than what was sent")
        self.assertEqual(ours.end.of_peer("endpoints", ours.peer), [tunnel_test.TunnelTest.outer(ours.peer, "4")])
        self.assertLessEqual(grown, self.MOST_GROWTH_KIB, attack[0])
        if self.busy > self.MOST_BUSY:
            self.skipTest(f"the rate is not judged: something else takes {self.busy:.0f} % of the machine")
        self.assertGreaterEqual(share, self.LEAST_SHARE, attack[0])

    def test_initiations_with_a_right_first_mac_from_many_sources(self):
        self.withstands("initiations", "--spoof", self.SPOOFED)

    def test_initiations_with_a_wrong_first_mac(self):
        self.withstands("bad-mac1", "--spoof", self.SPOOFED)

    def test_stale_cookies(self):
        self.withstands("stale-cookies", "--spoof", self.SPOOFED)

    def test_keys_of_zeros(self):
        self.withstands("zero-keys", "--spoof", self.SPOOFED)

    def test_data_for_no_session(self):
        self.withstands("bad-data", "--spoof", self.SPOOFED)

    def test_replayed_datagrams_from_another_address(self):
        self.withstands("replay")

    def test_forged_datagrams_from_another_address(self):
        self.withstands("forged", "--spoof", self.SPOOFED)

    def as_the_peer(self):
        return "--spoof", f"{self.victims[0].peer.outer4}/32", "--spoof-port", str(PORT)

    def test_initiations_in_the_name_of_the_peer(self):
        self.withstands("initiations", *self.as_the_peer())

    def test_data_for_no_session_in_the_name_of_the_peer(self):
        self.withstands("bad-data", *self.as_the_peer())

    def test_replayed_datagrams_in_the_name_of_the_peer(self):
        self.needs_a_campaign()
        self.withstands("replay", *self.as_the_peer())

    def test_forged_datagrams_in_the_name_of_the_peer(self):
        self.needs_a_campaign()
        self.withstands("forged", *self.as_the_peer())

    def needs_a_campaign(self):
        # Nothing tells these from the peer's own but the engine, whose speed is a release build's alone.
        if not SETTINGS.rounds:
            self.skipTest("judged with --rounds, of a release build")


class Siege(tunnel_test.TunnelTest):
    """Handshakes while a stranger floods the port."""

    SPOOFED = Hostile.SPOOFED
    RATE = 20_000
    # Seconds: twelve tries of an initiator, and the end in any case.
    LIMIT = 60
    LONGEST = 180

    def setUp(self):
        if not SETTINGS.flood and not SETTINGS.require:
            self.skipTest("needs wg_flood: build it first")
        self.assertTrue(SETTINGS.flood, "needs wg_flood")
        super().setUp()
        self.c = self.net.add("none")
        self.a.ip("route", "add", self.SPOOFED, "via", self.c.outer4)

    def test_a_peer_gets_in_while_initiations_flood_in(self):
        # Far more than there is time to answer in full, and not so many that luck decides whose
        # datagram the socket has room for.
        flood = self.net.start_inside(
            self.c, SETTINGS.flood, "initiations", self.a.outer4, str(PORT), self.a.public, str(3 * self.LONGEST),
            "--spoof", self.SPOOFED, "--rate", str(self.RATE))
        self.assertEqual(flood.stdout.readline().strip(), "ready")
        for one, other in ((self.b, self.a), (self.a, self.b)):
            with self.subTest(begins=one.command[0]):
                # Another port: nobody remembers a session with it.
                self.b.wg_set("listen-port", str(PORT + one.number))
                one.add_peer(other, endpoint=f"{other.outer4}:{self.port_of(other)}")
                other.add_peer(one)
                self.gets_in(one, other)
                for end, peer in ((self.a, self.b), (self.b, self.a)):
                    end.wg_set("peer", peer.public, "remove")
        self.assertIsNone(flood.poll(), "the flood ended before the test")

    @staticmethod
    def port_of(end):
        return end.wg("show", end.name, "listen-port").strip()

    def gets_in(self, one, other):
        """Time in which the machine gave an engine no core counts for neither side."""
        ends = (one, other)
        start, waits = time.monotonic(), [each.waited_for_a_core() for each in ends]
        while one.ping(other.inner4, wait=1).returncode:
            passed = time.monotonic() - start
            waited = max(each.waited_for_a_core() - before for each, before in zip(ends, waits))
            self.assertLess(passed - waited, self.LIMIT, f"{passed:.0f} s passed, {waited:.0f} s without a core")
            self.assertLess(passed, self.LONGEST, f"{waited:.0f} s without a core")


def add_options(parser):
    parser.add_argument("--flood")
    parser.add_argument("--flood-rate", type=int, default=100_000)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--versus", action="append", default=[])


if __name__ == "__main__":
    sys.exit(tunnel_test.main(add_options))
