# SPDX-License-Identifier: Apache-2.0
"""How two ends prove themselves: certificates by openssl on both sides, passwords, nothing at all.
grpcurl calls our server; a Weft node calls a server of openssl's, and says what is wrong with it."""
import subprocess
from contextlib import contextmanager

import app_daemon
from bench import Failure, Grpcurl, expect, mesh_net, wait_until

TITLE = "TLS with certificates by openssl, passwords, and none"
PEERS = ("grpcurl", "openssl")
MEMBERS = "v1.Membership/GetStorageConfiguration"
STATUS = "v1.Node/GetStatus"
# Of our own, and long enough for the first tries of a join.
CONNECT_LIMIT = "--weft.connect-timeout=8s"
PASSWORD = "correct horse"
PROTO = ("-import-path", str(mesh_net.ROOT / "proto"), "-proto", "v1/members.proto",
         "-proto", "v1/node.proto")


EXPIRED = ("-startdate", "20200101000000Z", "-enddate", "20200201000000Z")


def run(bench):
    with bench.net(2) as net:
        papers = Papers(bench.programs["openssl"], net.folder / "papers")
        server, node = net.nodes
        node.start(CONNECT_LIMIT)
        app = app_daemon.App(Grpcurl(bench.programs["grpcurl"], node, str(node.socket),
                                     *app_daemon.PROTO))
        false_servers(bench, papers, server, app)
        mutual(bench, papers, server, node, app)
    with bench.net(2) as net:
        password(bench, Papers(bench.programs["openssl"], net.folder / "papers"), *net.nodes)
    with bench.net(2) as net:
        nothing(bench, *net.nodes)


class Papers:
    """Two authorities by openssl and what they issue."""

    def __init__(self, openssl, folder):
        self.openssl = openssl
        self.folder = folder
        folder.mkdir(parents=True)
        for name in ("ours", "theirs"):
            self.run("req", "-x509", *self.new_key(name), "-days", "60", "-subj", f"/CN={name}",
                     "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def run(self, *words):
        done = subprocess.run([self.openssl, *words], capture_output=True, text=True, timeout=30,
                              cwd=self.folder)
        expect(done.returncode == 0, f"openssl {words[0]}: {done.stderr}")

    @staticmethod
    def new_key(name):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", f"{name}.key", "-out", f"{name}.crt")

    def authority(self, name="ours"):
        return self.folder / f"{name}.crt"

    def issue(self, name, address, file=None, issuer="ours", dates=()):
        """Certificate and key for `name`, valid at `address`; `dates` are those of openssl ca."""
        file = file or f"{name}-{issuer}"
        request = self.folder / f"{file}.csr"
        self.run("req", *self.new_key(file)[:-1], str(request), "-subj", f"/CN={name}")
        (self.folder / f"{file}.cnf").write_text(
            "[ca]\ndefault_ca=a\n[a]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
            "policy=p\nx509_extensions=e\nunique_subject=no\n[p]\ncommonName=supplied\n"
            f"[e]\nsubjectAltName=IP:{address},DNS:{name}\nextendedKeyUsage=serverAuth,clientAuth\n")
        (self.folder / "index").touch()
        self.run("ca", "-batch", "-config", f"{file}.cnf", "-rand_serial", "-in", str(request), "-notext",
                 "-cert", f"{issuer}.crt", "-keyfile", f"{issuer}.key", "-out", f"{file}.crt",
                 *(dates or ("-days", "30")))
        return self.folder / f"{file}.crt", self.folder / f"{file}.key"


def config_of(server, papers, certificate, key):
    return app_daemon.config_of(server, papers.authority(), certificate, key)


@contextmanager
def openssl_server(papers, node, certificate, key):
    """A server that proves itself with `certificate` and has nothing to say."""
    with open(node.folder / "openssl", "ab") as log:
        process = subprocess.Popen(
            ["ip", "netns", "exec", node.namespace, papers.openssl, "s_server", "-accept",
             f"{node.address}:8443", "-cert", str(certificate), "-key", str(key), "-alpn", "h2", "-quiet"],
            stdin=subprocess.PIPE, stdout=log, stderr=log)
    try:
        wait_until("openssl listens", lambda: ":8443" in node.run_inside("ss", "-Hltn").stdout)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def cut_off(papers, node, server, certificate, key):
    """The server must end the connection of this certificate; what openssl says of it."""
    with subprocess.Popen(
            ["ip", "netns", "exec", node.namespace, papers.openssl, "s_client", "-connect",
             f"{server.address}:8443", "-alpn", "h2", "-CAfile", str(papers.authority()), "-cert",
             str(certificate), "-key", str(key)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            code = process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failure("the connection stands") from None
        told = process.stdout.read()
    expect(code != 0 and "Verify return code: 0" in told, f"it ended with {code}: {told}")
    return told.strip().splitlines()[-1]


def false_servers(bench, papers, server, app):
    own = papers.issue("node-2", "10.77.0.2")
    for what, words, issued in (
            ("another authority's", ("authority", "issuer", "unable to get"),
             papers.issue("node-1", server.address, issuer="theirs")),
            ("out of date", ("certificate expired on 2020-02-01 00:00 UTC",),
             papers.issue("node-1", server.address, file="expired", dates=EXPIRED)),
            ("for another name", ("name", "hostname", server.address),
             papers.issue("other", "192.0.2.1"))):
        with bench.check(f"we do not join a server whose certificate is {what}", "openssl") as seen:
            with openssl_server(papers, server, *issued):
                told = app.refused("Connect", "Internal", "Unavailable", "Unauthenticated",
                                   request={"config": config_of(server, papers, *own)})
            seen.append(told)
            reason = told.replace("could not connect in time:", "")
            expect(any(word in reason for word in words), f"the reason is not told: {told}")
            expect("wants a proof" not in reason, f"the server asked for nothing: {told}")


def mutual(bench, papers, server, node, app):
    certificate, key = papers.issue("node-1", server.address)
    server.start("--bootstrap.enabled", "--mesh.node-id=node-1",
                 f"--global.primary-endpoint={server.address}",
                 f"--services.api.tls-cert-file={certificate}", f"--services.api.tls-key-file={key}",
                 f"--services.api.client-ca-file={papers.authority()}")
    server.wait_state("connected")
    own = papers.issue("node-2", node.address)
    with bench.check("we join with certificates by openssl on both sides", "openssl") as seen:
        app.read("Connect", {"config": config_of(server, papers, *own)})
        server.wait_members("node-1", "node-2")
        seen.append("node-1 lists node-2")

    def caller(*options):
        return Grpcurl(bench.programs["grpcurl"], node, f"{server.address}:8443", *PROTO, *options)

    trust = ("-cacert", str(papers.authority()))
    with bench.check("grpcurl with a certificate of a member is served", "grpcurl", "openssl") as seen:
        seen.append(caller(*trust, "-cert", str(own[0]), "-key", str(own[1])).must(MEMBERS))
    for what, issued in (("of another authority", papers.issue("node-2", node.address, issuer="theirs")),
                         ("that has expired",
                          papers.issue("node-2", node.address, file="expired-2", dates=EXPIRED))):
        with bench.check(f"our server ends the connection of a certificate {what}", "openssl") as seen:
            seen.append(cut_off(papers, node, server, *issued))
    with bench.check("our server's log names the address of one that it refused", "openssl") as seen:
        line = f"connection ended without a call peer={node.address}:"
        seen.append(wait_until("a line in the log", lambda: next(
            (each for each in server.log.read_text(errors="replace").splitlines() if line in each), None)))
    with bench.check("our server refuses a caller without a certificate", "grpcurl") as seen:
        seen.append(caller(*trust).refused(MEMBERS, "Unauthenticated", "PermissionDenied"))
    with bench.check("a caller that trusts another authority gives up", "grpcurl", "openssl") as seen:
        code, text = caller("-cacert", str(papers.authority("theirs"))).ask(STATUS)
        expect(code != 0 and "certificate" in text, text)
        seen.append(text)


def basic(name, word):
    return ("-H", f"x-webmesh-basic-auth-username: {name}", "-H", f"x-webmesh-basic-auth-password: {word}")


def password(bench, papers, server, node):
    certificate, key = papers.issue("node-1", server.address)
    users = papers.folder / "htpasswd"
    server.folder.mkdir(exist_ok=True)
    server.must("passwd", str(users), "node-2", text=PASSWORD + "\n")
    server.start("--bootstrap.enabled", "--mesh.node-id=node-1",
                 f"--global.primary-endpoint={server.address}",
                 f"--services.api.tls-cert-file={certificate}", f"--services.api.tls-key-file={key}",
                 f"--services.api.htpasswd-file={users}")
    server.wait_state("connected")
    caller = Grpcurl(bench.programs["grpcurl"], node, f"{server.address}:8443", *PROTO,
                     "-cacert", str(papers.authority()))
    with bench.check("the reference's headers with a wrong password: Unauthenticated", "grpcurl") as seen:
        seen.append(caller.refused(MEMBERS, "Unauthenticated", options=basic("node-2", "wrong")))
    with bench.check("no password: Unauthenticated", "grpcurl") as seen:
        seen.append(caller.refused(MEMBERS, "Unauthenticated"))
    with bench.check("we join with a password", "openssl") as seen:
        node.start(f"--mesh.join-address={server.address}:8443", "--mesh.node-id=node-2",
                   f"--tls.tls-ca-file={papers.authority()}", "--auth.basic.username=node-2",
                   f"--auth.basic.password={PASSWORD}")
        server.wait_members("node-1", "node-2")
        seen.append("node-1 lists node-2")
    with bench.check("the reference's headers with the password: served", "grpcurl") as seen:
        seen.append(caller.must(MEMBERS, options=basic("node-2", PASSWORD)))


def nothing(bench, server, node):
    server.start("--global.insecure", "--bootstrap.enabled", "--mesh.node-id=node-1",
                 f"--global.primary-endpoint={server.address}")
    server.wait_state("connected")
    caller = Grpcurl(bench.programs["grpcurl"], node, f"{server.address}:8443", *PROTO, "-plaintext")
    with bench.check("without TLS: served in plain text", "grpcurl") as seen:
        answer = caller.read(STATUS)
        expect(answer.get("id") == "node-1", answer)
        seen.append(answer.get("id"))
    with bench.check("without TLS: we join, and both see each other", "grpcurl") as seen:
        node.start("--global.insecure", f"--mesh.join-address={server.address}:8443", "--mesh.node-id=node-2")
        server.wait_members("node-1", "node-2")
        node.wait_members("node-1", "node-2")
        seen.append("both list both")
