# SPDX-License-Identifier: Apache-2.0
"""A caller that grpcurl makes, with a certificate of a member, sends what no node should. Each call
gets its code and nothing is stored; the daemon stays."""
import base64
import json

from bench import Grpcurl, Papers, expect, mesh_net

TITLE = "a member sends what no node should, and nothing is stored"
PEERS = ("grpcurl",)
# With the schema at hand: each call would ask for it otherwise.
PROTO = ("-import-path", str(mesh_net.ROOT / "proto"),
         *(f"-proto=v1/{name}.proto" for name in ("admin", "members", "mesh", "storage")))
KEY_BYTES = 32
BAD_KEYS = ("", "no key", "CAUSI", "A" * 100_000)
BAD_IDS = ("", "*", "a/b", "a b", "..", "node\n2", "x" * 1000, "ä" * 40)
BAD_ROUTES = ("", "everything", "10.0.0.0/33", "0.0.0.0/0", "::/0", "172.16.0.0/12", "172.0.0.0/8",
              "172.16.0.0/16")


def run(bench):
    with bench.net(2) as net:
        server, caller = net.nodes
        server.start()
        server.create_mesh()
        caller.start()
        caller.join(server.invite())
        papers = Papers(server)
        options = (*PROTO, "-cacert", str(papers.authority), "-authority", "storage.test.internal")
        member, ruler = (
            Grpcurl(bench.programs["grpcurl"], caller, f"{server.address}:8443", *options,
                    "-cert", str(cert), "-key", str(key))
            for cert, key in (papers.issue(name, net.folder / "papers") for name in ("node-2", "node-1")))
        before = stored(server)
        process = server.process.pid

        joins(bench, member)
        others(bench, member)
        queries(bench, member)
        contents(bench, ruler)
        with bench.check("nothing is stored, and the daemon has not ended", "grpcurl") as seen:
            expect(server.process.poll() is None and server.process.pid == process, server.log_tail())
            after = stored(server)
            expect(after == before, f"changed: {set(after.items()) ^ set(before.items())}")
            seen.append(f"{len(after)} keys as before")


def stored(server):
    """The whole registry, key by key."""
    pairs = server.read("query", "iter", "/registry/")
    return {each["key"]: json.dumps(each.get("value"), sort_keys=True) for each in pairs}


def told(seen, cases):
    seen.append("; ".join(sorted(set(cases))))


def join(**more):
    return {"id": "node-2", "assignIpv4": True, **more}


def key_of(member):
    nodes = member.read("v1.Mesh/ListNodes")["nodes"]
    return next(node["publicKey"] for node in nodes if node["id"] == "node-2")


def joins(bench, member):
    method = "v1.Membership/Join"
    key = key_of(member)
    with bench.check("Join with a key that does not read: InvalidArgument", "grpcurl") as seen:
        random = base64.b64encode(bytes(KEY_BYTES)).decode()
        told(seen, (member.refused(method, "InvalidArgument", request=join(publicKey=each))
                    for each in (*BAD_KEYS, random)))
    with bench.check("Join with an id that is none, or another's: refused", "grpcurl") as seen:
        told(seen, (member.refused(method, "InvalidArgument", "PermissionDenied",
                                   request=join(id=each, publicKey=key)) for each in (*BAD_IDS, "node-1")))
    with bench.check("Join with a network that is none, or the mesh's own: refused", "grpcurl") as seen:
        told(seen, (member.refused(method, "InvalidArgument", "PermissionDenied",
                                   request=join(publicKey=key, routes=[each])) for each in BAD_ROUTES))
    with bench.check("Join that asks for a vote: FailedPrecondition, or no right to it", "grpcurl") as seen:
        told(seen, (member.refused(method, "FailedPrecondition", "InvalidArgument", "PermissionDenied",
                                   request=join(publicKey=key, **{each: True}))
                    for each in ("asVoter", "asObserver")))


def others(bench, member):
    with bench.check("Update, Leave and SubscribePeers as another node: PermissionDenied", "grpcurl") as seen:
        told(seen, (member.refused(f"v1.Membership/{method}", "PermissionDenied", request={"id": "node-1"})
                    for method in ("Update", "Leave", "SubscribePeers")))
    with bench.check("a header that says the call is another's: refused", "grpcurl") as seen:
        told(seen, (member.refused("v1.Membership/Leave", "PermissionDenied", "Unauthenticated",
                                   request={"id": "node-1"}, options=("-H", f"{header}: node-1"))
                    for header in ("x-webmesh-proxied-for", "x-webmesh-proxied-from")))


def queries(bench, member):
    method = "v1.StorageQueryService"
    with bench.check("Publish of a reserved key: InvalidArgument", "grpcurl") as seen:
        told(seen, (member.refused(f"{method}/Publish", "InvalidArgument",
                                   request={"key": each, "value": "x"})
                    for each in ("/registry/nodes/node-1", "/registry/", "/raft/x", "")))
    with bench.check("Query with a command that is none: refused", "grpcurl") as seen:
        told(seen, [member.refused(f"{method}/Query", "InvalidArgument", "Unimplemented",
                                   request={"command": 99, "query": "/registry/"})])


def contents(bench, ruler):
    method = "v1.Admin"
    cases = (("PutRole", {"name": "r"}), ("PutRole", {"name": "a/b", "rules": []}),
             ("PutRoleBinding", {"name": "b", "role": ""}), ("PutGroup", {"name": "g"}),
             ("PutNetworkACL", {"name": "acl"}),
             ("PutNetworkACL", {"name": "acl", "sourceCidrs": ["10.0.0.0/99"]}),
             ("PutRoute", {"name": "r", "node": "node-1", "destinationCidrs": ["nowhere"]}),
             ("PutRoute", {"name": "r", "node": "", "destinationCidrs": ["10.1.0.0/24"]}),
             ("PutEdge", {"source": "", "target": "node-1"}), ("DeleteEdge", {}), ("DeleteRole", {}),
             ("DeleteRole", {"name": "mesh-admin"}), ("DeleteGroup", {"name": "voters"}))
    with bench.check("Admin with contents that make no sense: InvalidArgument", "grpcurl") as seen:
        told(seen, (f"{name}: " + ruler.refused(f"{method}/{name}", "InvalidArgument", request=request)
                    for name, request in cases))
