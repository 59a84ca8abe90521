# SPDX-License-Identifier: Apache-2.0
"""grpcurl drives the AppDaemon of a Weft node over its local socket, with the keys and the nesting
that the reference has, and a mesh behind it that asks for certificates."""
import json
from contextlib import contextmanager

from bench import Grpcurl, Papers, expect, expect_all, mesh_net, wait_until

TITLE = "a client shaped like the reference's drives AppDaemon"
PEERS = ("grpcurl",)
SERVICE = "v1.AppDaemon"
PREFIX, KEY, VALUE = "interop/", "interop/greeting", "hello"
OWN_NODE = "/registry/nodes/node-2"
# The local socket has no reflection.
PROTO = ("-plaintext", "-unix", "-import-path", str(mesh_net.ROOT / "proto"), "-proto", "v1/app.proto")


def run(bench):
    with bench.net(2) as net:
        leader, node = net.nodes
        leader.start()
        leader.create_mesh()
        node.start()
        app = App(Grpcurl(bench.programs["grpcurl"], node, str(node.socket), *PROTO))
        papers = Papers(leader)
        config = config_of(leader, papers.authority, *papers.issue("node-2", net.folder / "papers"))

        before(bench, app)
        connect(bench, app, config, leader)
        figures(bench, app)
        queries(bench, app)
        events(bench, app, leader, node)
        disconnect(bench, app, leader)
        again(bench, app, config, leader)


class App:
    def __init__(self, caller):
        self.caller = caller

    def read(self, method, request=None):
        return self.caller.read(f"{SERVICE}/{method}", request)

    def refused(self, method, *codes, request=None):
        return self.caller.refused(f"{SERVICE}/{method}", *codes, request=request)

    def answers(self, method, request):
        """All messages of a stream."""
        return messages_of(self.caller.must(f"{SERVICE}/{method}", request=request))


def messages_of(text):
    """What stands in `text` one JSON object behind the other."""
    decoder, found, rest = json.JSONDecoder(), [], text.strip()
    while rest.startswith("{"):
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    return found


def config_of(leader, authority, certificate, key):
    return {"mesh": {"node-id": "node-2", "join-address": f"{leader.address}:8443"},
            "auth": {"mtls": {"cert-file": str(certificate), "key-file": str(key)}},
            "tls": {"tls-ca-file": str(authority)},
            "services": {"api": {"disabled": True}}}


def before(bench, app):
    with bench.check("Status of a node without a mesh", "grpcurl") as seen:
        status = app.read("Status")
        expect(status.get("connectionStatus", "DISCONNECTED") == "DISCONNECTED", status)
        expect("node" not in status, status)
        seen.append("DISCONNECTED")
    with bench.check("without a mesh, all but Connect and Status is FailedPrecondition", "grpcurl") as seen:
        for method, request in (("Metrics", {}), ("Disconnect", {}), ("Query", {"query": OWN_NODE}),
                                ("Publish", {"key": KEY, "value": VALUE}), ("Subscribe", {"prefix": KEY})):
            seen.append(f"{method}: {app.refused(method, 'FailedPrecondition', request=request)}")
    with bench.check("Connect without a way to a mesh is InvalidArgument", "grpcurl") as seen:
        seen.append(app.refused("Connect", "InvalidArgument", request={"config": {}}))
    with bench.check("Connect with a key that does not exist is InvalidArgument", "grpcurl") as seen:
        seen.append(app.refused("Connect", "InvalidArgument",
                                request={"config": {"mesh": {"join-adress": "10.77.0.1:8443"}}}))


def connect(bench, app, config, leader):
    with bench.check("Connect with the reference's keys, nested", "grpcurl") as seen:
        answer = app.read("Connect", {"config": config})
        expect(answer.get("nodeId") == "node-2", answer)
        expect_all(("meshDomain", "ipv4", "ipv6"), answer, "ConnectResponse")
        leader.wait_members("node-1", "node-2")
        seen.append(json.dumps(answer))
    with bench.check("Connect again is FailedPrecondition", "grpcurl") as seen:
        seen.append(app.refused("Connect", "FailedPrecondition", request={"config": config}))
    with bench.check("Status of a member tells its own record", "grpcurl") as seen:
        status = app.read("Status")
        expect(status.get("connectionStatus") == "CONNECTED" and status.get("node", {}).get("id") == "node-2",
               status)
        seen.append(f"{status['connectionStatus']}, {status['node']['id']}")


def figures(bench, app):
    with bench.check("Metrics has one interface, with a peer", "grpcurl") as seen:
        interfaces = wait_until("a peer", lambda: (app.read("Metrics").get("interfaces") or {}))
        expect(len(interfaces) == 1, interfaces)
        name, told = next(iter(interfaces.items()))
        expect_all(("deviceName", "publicKey", "addressV4", "addressV6", "type", "listenPort", "numPeers",
                    "peers"), told, name)
        expect(told["type"] == "userspace", told)
        expect(told["addressV4"].endswith("/32") and told["addressV6"].endswith("/112"), told)
        seen.append(f"{name}: {', '.join(told[each] for each in ('type', 'addressV4', 'addressV6'))}")


def queries(bench, app):
    with bench.check("Query GET of a key: one value", "grpcurl") as seen:
        answers = app.answers("Query", {"command": "GET", "query": OWN_NODE})
        expect(len(answers) == 1 and len(answers[0].get("value", [])) == 1, answers)
        seen.append(answers[0]["key"])
    with bench.check("Query GET of a missing key says 'key not found'", "grpcurl") as seen:
        answers = app.answers("Query", {"command": "GET", "query": "/missing"})
        expect(len(answers) == 1 and "key not found" in answers[0].get("error", ""), answers)
        seen.append(answers[0]["error"])
    with bench.check("Query LIST: the keys in one answer", "grpcurl") as seen:
        answers = app.answers("Query", {"command": "LIST", "query": "/registry/nodes"})
        expect(len(answers) == 1, answers)
        expect_all(("/registry/nodes/node-1", OWN_NODE), answers[0].get("value", []), "keys")
        seen.append(" ".join(answers[0]["value"]))
    with bench.check("Query ITER: an answer for each pair, then EOF", "grpcurl") as seen:
        answers = app.answers("Query", {"command": "ITER", "query": "/registry/nodes"})
        expect(answers and answers[-1].get("error") == "EOF", answers)
        expect(all(len(each.get("value", [])) == 1 for each in answers[:-1]), answers)
        seen.append(f"{len(answers) - 1} pairs, EOF")


def events(bench, app, leader, node):
    with bench.check("Publish of a reserved key is InvalidArgument", "grpcurl") as seen:
        seen.append(app.refused("Publish", "InvalidArgument",
                                request={"key": "/registry/nodes/x", "value": "y"}))
    with bench.check("Publish by a node that may not is PermissionDenied", "grpcurl") as seen:
        seen.append(app.refused("Publish", "PermissionDenied", request={"key": KEY, "value": VALUE}))
    with bench.check("Publish, and a subscriber hears of it", "grpcurl") as seen:
        leader.must("put", "role", "speaker", "--verb=put", "--verb=get", "--resource=pubsub",
                    f"--resource-name={PREFIX}")
        leader.must("put", "rolebinding", "speaker", "--role=speaker", "--node=node-2")
        log = node.folder / "subscribed"
        with listening(app, log, {"prefix": PREFIX}):
            wait_until("the subscriber has heard", lambda: heard(app, log))
        seen.append(f"{KEY} = {VALUE}")


def heard(app, log):
    """Published until it is heard: when the subscription stands, nobody tells."""
    app.read("Publish", {"key": KEY, "value": VALUE})
    return any(each.get("key") == KEY for each in messages_of(log.read_text()))


@contextmanager
def listening(app, log, request):
    """A subscription that runs on beside."""
    process = app.caller.start(f"{SERVICE}/Subscribe", request, log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def disconnect(bench, app, leader):
    with bench.check("Disconnect leaves the mesh", "grpcurl") as seen:
        app.read("Disconnect")
        leader.wait_members("node-1")
        seen.append("the leader no longer lists it")
    with bench.check("Disconnect again is FailedPrecondition", "grpcurl") as seen:
        seen.append(app.refused("Disconnect", "FailedPrecondition"))


def again(bench, app, config, leader):
    with bench.check("Connect after Disconnect, under the same id", "grpcurl") as seen:
        answer = app.read("Connect", {"config": config})
        leader.wait_members("node-1", "node-2")
        seen.append(answer.get("nodeId"))
