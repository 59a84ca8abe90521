# SPDX-License-Identifier: Apache-2.0
"""What all cases use: the programs, a network of their own, and a place for what they see."""
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import report

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "integration"))
import mesh_net  # noqa: E402  (found there)

Failure = mesh_net.Failure
wait_until = mesh_net.wait_until
CALL_SECONDS = "15"


class Bench:
    """`programs`: path by name; a name without a path stands for a peer that could not be had."""

    def __init__(self, programs, versions):
        self.programs = programs
        self.report = report.Report(versions)
        self.case = ""

    @contextmanager
    def net(self, count):
        """A network with `count` machines."""
        with mesh_net.MeshNet(self.programs["weftd"], self.programs["weftctl"]) as net:
            net.add(count)
            yield net

    @contextmanager
    def check(self, what, *peers):
        """The body is the check: it raises, or notes in the list that it gets what it saw."""
        seen = []
        try:
            yield seen
        except Exception as error:  # A case goes on after a check that found something, whatever it is.
            self.report.add(self.case, what, peers, report.RED, f"{type(error).__name__}: {error}")
        else:
            self.report.add(self.case, what, peers, report.GREEN, "; ".join(map(str, seen)))

    def run(self, name, case):
        self.case = name
        missing = [peer for peer in case.PEERS if not self.programs.get(peer)]
        if missing:
            self.report.add(name, case.TITLE, missing, report.NO_PEER,
                            f"could not be had: {', '.join(missing)}")
            return
        print(f"{name}: {case.TITLE}", flush=True)
        with self.check("the case came to its end") as seen:
            begun = time.monotonic()
            case.run(self)
            seen.append(f"{time.monotonic() - begun:.0f} s")


class Grpcurl:
    """Calls a server as the reference's library for Go does. Runs on the machine `node`."""

    def __init__(self, program, node, address, *options):
        self.program = program
        self.node = node
        self.address = address
        self.options = options

    def command(self, words, request, options=()):
        data = [] if request is None else ["-d", json.dumps(request)]
        return [self.program, *self.options, *options, *data, self.address, *words]

    def ask(self, *words, request=None, options=()):
        """Exit status and all that it says."""
        limit = ("-max-time", CALL_SECONDS)
        done = self.node.run_inside(*self.command(words, request, (*limit, *options)))
        return done.returncode, (done.stdout + done.stderr).strip()

    def start(self, method, request, log):
        """The call as a process, which writes to the file `log` and is the caller's to end."""
        with open(log, "wb") as out:
            return subprocess.Popen(["ip", "netns", "exec", self.node.namespace,
                                     *self.command([method], request)],
                                    stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)

    def must(self, *words, **more):
        code, text = self.ask(*words, **more)
        if code != 0:
            raise Failure(f"grpcurl {' '.join(words)}: {text}")
        return text

    def read(self, method, request=None):
        return json.loads(self.must(method, request=request or {}))

    def refused(self, method, *codes, request=None, options=()):
        """The call must fail with one of `codes`; what the server said."""
        code, text = self.ask(method, request=request or {}, options=options)
        expect(code != 0, f"{method} was not refused: {text}")
        expect(any(f"Code: {each}" in text for each in codes), f"{method}: not {' or '.join(codes)}: {text}")
        return text.split("Message:")[-1].strip()


def expect(condition, otherwise):
    if not condition:
        raise Failure(otherwise)


def expect_all(wanted, found, what):
    missing = sorted(set(wanted) - set(found))
    expect(not missing, f"{what}: {missing} missing in {sorted(found)}")


class Papers:
    """Certificates by the authority of a mesh that `node` leads."""

    def __init__(self, node):
        self.node = node
        authorities = list((node.folder / "state").rglob("ca.crt"))
        expect(len(authorities) == 1, f"authorities of {node.name}: {authorities}")
        self.authority = authorities[0]

    def issue(self, name, folder):
        """Certificate and key for `name`, below `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.node.must("pki", "issue", name, "--dir", str(self.authority.parent), "--out", str(folder))
        return folder / f"{name}.crt", folder / f"{name}.key"
