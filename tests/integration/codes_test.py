#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Invitation codes, names and certificates that a mesh refuses, in front of real daemons.

  codes_test.py --weftd PATH --weftctl PATH [unittest options]
Exit status: 0 all good, 1 a failure, 77 skipped (the reason is printed).
"""
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mesh_net  # noqa: E402  (found beside this file)
import mesh_test  # noqa: E402


class Codes(mesh_test.MeshTest):
    def setUp(self):
        super().setUp()
        self.first.create_mesh()
        self.second = self.nodes[1].start()

    def refuse(self, code, *words, node_id="node-2"):
        result = self.second.ctl("join", "-", f"--node-id={node_id}", text=code + "\n")
        self.assertNotEqual(result.code, 0, result.text)
        self.assertTrue(any(word in result.text for word in words), result.text)
        # A refused code leaves nothing behind.
        self.assertEqual(self.second.read("profiles", "list"), [])
        self.assertEqual(self.first.members(), ["node-1"])

    def test_a_code_works_once(self):
        code = self.first.invite()
        self.second.join(code)
        third = self.net.add()[0].start()

        result = third.ctl("join", "-", "--node-id=node-3", text=code + "\n")

        self.assertNotEqual(result.code, 0)
        self.assertIn("used", result.text)
        self.assertEqual(self.first.members(), ["node-1", "node-2"])

    def test_an_expired_code_is_refused(self):
        code = self.first.invite("--expires=1s")
        mesh_net.wait_until(
            "the invitation expires",
            lambda: self.first.read("invite", "list")[0]["state"] == "expired")

        self.refuse(code, "expired")

    def test_a_revoked_code_is_refused(self):
        code = self.first.invite()
        invitation = self.first.read("invite", "list")[0]["id"]
        self.first.must("invite", "revoke", invitation)

        self.refuse(code, "revoked", "not valid")

    def test_a_mistyped_code_and_one_of_another_mesh_are_refused(self):
        code = self.first.invite()
        wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
        self.refuse(wrong, "invitation code", "incomplete", "mistyped", "checksum")

        # A code whose checksum is right but whose authority is another one's: made by another
        # mesh for this one's address.
        other = self.net.add()[0].start()
        other.create_mesh("other.internal")
        forged = other.invite(f"--address={self.first.address}:8443")
        self.refuse(forged, "not the one", "authority", "invitation")

    def test_a_taken_name_is_refused(self):
        result = self.second.ctl("join", "-", "--node-id=node-1", text=self.first.invite() + "\n")

        self.assertNotEqual(result.code, 0)
        self.assertIn("node-1", result.text)
        self.assertEqual(self.first.members(), ["node-1"])

    def test_an_expired_certificate_is_refused_and_said(self):
        self.second.join(self.first.invite())
        self.assertEqual(self.second.stop(), 0)
        self.first.wait_members("node-1")
        authority = next((self.first.folder / "state/profiles").glob("*/ca.key")).parent
        profile = next((self.second.folder / "state/profiles").glob("*/node.crt")).parent
        expire_certificate(self.net.folder, authority, profile, "node-2")

        self.second.start()

        mesh_net.wait_until(
            "the expiry is told",
            lambda: "expired" in self.second.must("status").out)
        self.assertNotIn(self.second.state(), ("connected", "degraded"))
        self.assertEqual(self.first.members(), ["node-1"])

    def test_garbage_at_the_port_disturbs_nobody(self):
        program = (
            "import os, socket, sys\n"
            "for size in [1, 7, 64, 4096, 65536] * 20:\n"
            "    with socket.create_connection((sys.argv[1], 8443), timeout=10) as s:\n"
            "        try:\n"
            "            s.sendall(os.urandom(size))\n"
            "        except OSError:\n"
            "            pass\n")
        done = self.second.run_inside(sys.executable, "-c", program, self.first.address)
        self.assertEqual(done.returncode, 0, done.stderr)

        self.second.join(self.first.invite())

        self.first.wait_members("node-1", "node-2")
        self.assertIsNone(self.first.process.poll())


def expire_certificate(work, authority, profile, node_id):
    """Replaces the profile's certificate by one of the same authority that has ended."""
    request, folder = work / "node.csr", work / "authority"
    folder.mkdir()
    (folder / "index.txt").touch()
    (folder / "serial").write_text("7001\n")
    config = folder / "openssl.cnf"
    config.write_text(
        "[ca]\ndefault_ca=own\n[own]\n"
        f"database={folder}/index.txt\nserial={folder}/serial\nnew_certs_dir={folder}\n"
        "default_md=sha256\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n")
    run = lambda *command: subprocess.run(command, check=True, capture_output=True, timeout=60)
    run("openssl", "req", "-new", "-key", str(profile / "node-tls.key"), "-subj", f"/CN={node_id}",
        "-out", str(request))
    run("openssl", "ca", "-batch", "-config", str(config), "-cert", str(authority / "ca.crt"),
        "-keyfile", str(authority / "ca.key"), "-in", str(request),
        "-startdate", "20200101000000Z", "-enddate", "20200102000000Z", "-notext",
        "-out", str(profile / "node.crt"))


if __name__ == "__main__":
    sys.exit(mesh_test.main())
