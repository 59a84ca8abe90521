# SPDX-License-Identifier: Apache-2.0
"""Standard tools: grpcurl finds all services by reflection and asks for health, promtool takes the
metrics, dot takes the graph."""
import json
import re
import subprocess

from bench import Grpcurl, Papers, expect, expect_all, wait_until

TITLE = "standard tools read what Weft says"
PEERS = ("grpcurl", "promtool", "dot")
SERVICES = ("v1.Admin", "v1.Membership", "v1.Mesh", "v1.Node", "v1.StorageQueryService",
            "grpc.health.v1.Health")
METRICS = "127.0.0.1:8080"
SERIES = ("weft_wireguard_peer_", "grpc_server_handled_total{")
FIGURES = ("--services.metrics.enabled", f"--services.metrics.listen-address={METRICS}",
           "--wireguard.record-metrics")


def run(bench):
    with bench.net(2) as net:
        first, second = net.nodes
        first.start()
        first.create_mesh()
        second.start()
        second.join(first.invite())
        first.wait_members("node-1", "node-2")
        papers = Papers(first)
        certificate, key = papers.issue("node-1", net.folder / "papers")
        address = f"{first.address}:8443"
        trust = ("-cacert", str(papers.authority), "-authority", "storage.test.internal")
        member = Grpcurl(bench.programs["grpcurl"], first, address, *trust,
                         "-cert", str(certificate), "-key", str(key))

        reflection(bench, member, Grpcurl(bench.programs["grpcurl"], first, address, *trust))
        health(bench, member)
        graph(bench, member, first)
    with bench.net(2) as net:
        metrics(bench, *net.nodes)


def reflection(bench, member, stranger):
    with bench.check("grpcurl lists all services", "grpcurl") as seen:
        services = member.must("list").split()
        expect_all(SERVICES, services, "services")
        seen.append(" ".join(services))
    with bench.check("grpcurl describes each service, method and message", "grpcurl") as seen:
        methods, messages = 0, set()
        for service in member.must("list").split():
            expect("is a service" in member.must("describe", service), f"{service} is no service")
            for method in member.must("list", service).split():
                text = member.must("describe", method)
                methods += 1
                for name in set(types_of(text)) - messages:
                    expect("is a message" in member.must("describe", name), f"{name} is no message")
                    messages.add(name)
        expect(methods > 0, "no methods")
        seen.append(f"{methods} methods, {len(messages)} messages")
    with bench.check("by reflection JSON has the names that reference nodes give", "grpcurl") as seen:
        nodes = member.read("v1.Mesh/ListNodes")["nodes"]
        expect(nodes and all("publicKey" in node and "public_key" not in node for node in nodes), nodes)
        seen.append("publicKey")
    with bench.check("reflection shows nothing to a caller without a certificate", "grpcurl") as seen:
        code, text = stranger.ask("list")
        expect(code != 0 and "v1.Admin" not in text, f"it lists: {text}")
        seen.append(text)


def types_of(method):
    """The messages in a description like `rpc Name ( .a.B ) returns ( stream .c.D );`."""
    return [part.split(")")[0].replace("stream", "").strip(" .") for part in method.split("(")[1:]]


def health(bench, member):
    with bench.check("health: the server and its services are SERVING", "grpcurl") as seen:
        for service in ("", "v1.Membership"):
            answer = member.read("grpc.health.v1.Health/Check", {"service": service})
            expect(answer.get("status") == "SERVING", f"'{service}': {answer}")
        seen.append(answer)
    with bench.check("health: a service that does not exist is NotFound", "grpcurl") as seen:
        seen.append(member.refused("grpc.health.v1.Health/Check", "NotFound",
                                   request={"service": "v1.Missing"}))
    with bench.check("health: Watch tells the state at once", "grpcurl") as seen:
        _, text = member.ask("grpc.health.v1.Health/Watch", request={"service": ""},
                             options=("-max-time", "2"))
        expect('"status": "SERVING"' in text, text)
        seen.append("SERVING, then the limit of the call")


def page_of(node):
    done = node.run_inside("curl", "-s", "--max-time", "10", f"http://{METRICS}/metrics")
    expect(done.returncode == 0, f"curl ended with {done.returncode}: {done.stderr}")
    return done.stdout


def page_with_all(node):
    page = page_of(node)
    both = len(set(re.findall(r'mesh="([^"]+)"', page))) == 2
    return page if both and all(f"\n{name}" in page for name in SERIES) else ""


def metrics(bench, server, other):
    """Two meshes of one daemon: what is there once is there once, and each mesh has its label."""
    with bench.check("promtool takes the metrics of two meshes", "promtool") as seen:
        server.start(*FIGURES)
        server.create_mesh()
        other.start()
        other.join(server.invite())
        server.wait_members(server.name, other.name)
        server.must("mesh", "create", "--domain=second.internal", "--node-id=second", "--name=second",
                    "--ipv4-network=10.64.0.0/16")
        page = wait_until(f"{SERIES} of both are there", lambda: page_with_all(server))
        done = subprocess.run([bench.programs["promtool"], "check", "metrics"], input=page,
                              capture_output=True, text=True, timeout=30)
        told = (done.stdout + done.stderr).strip()
        expect(done.returncode == 0 and not told, f"promtool ended with {done.returncode}: {told}")
        samples = sum(not line.startswith("#") for line in page.splitlines())
        seen.append(f"{samples} samples, nothing to object to")


def graph(bench, member, node):
    for name, read in (("GetMeshGraph", lambda: member.read("v1.Mesh/GetMeshGraph")["dot"]),
                       ("weftctl get graph", lambda: node.must("get", "graph").out)):
        with bench.check(f"dot draws {name}", "dot") as seen:
            done = subprocess.run([bench.programs["dot"], "-Tdot_json"], input=read(), capture_output=True,
                                  text=True, timeout=30)
            expect(done.returncode == 0 and not done.stderr,
                   f"dot ended with {done.returncode}: {done.stderr}")
            drawn = json.loads(done.stdout)
            names = sorted(each["name"] for each in drawn.get("objects", []))
            expect(names == ["node-1", "node-2"], f"nodes: {names}")
            expect(len(drawn.get("edges", [])) == 1, f"edges: {drawn.get('edges')}")
            expect(drawn["strict"] and not drawn["directed"], "not a strict graph")
            seen.append(f"{len(names)} nodes, 1 edge")
