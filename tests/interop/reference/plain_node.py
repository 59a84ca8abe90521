# SPDX-License-Identifier: Apache-2.0
"""Weft leads; a plain node made of programs from elsewhere joins, as a reference node does that stores
nothing: what it needs from a leader, packets both ways, news of others, leaving and coming back."""
from contextlib import contextmanager

from bench import Papers, expect, expect_all, mesh_net, wait_until
from handmade_node import HandmadeNode, host_of

TITLE = "Weft leads, a plain node of programs from elsewhere joins"
PEERS = ("dig", "grpcurl", "openssl", "wireguard-go", "wireguard-go-current")
NETWORK, INSIDE = "10.200.2.0/24", "10.200.2.1"
LEADER_NODE = "/registry/nodes/node-1"


def run(bench):
    for mode, engine in (("mutual", "wireguard-go-current"), ("insecure", "wireguard-go")):
        with mesh_of(bench, mode, engine) as (leader, node, third):
            walk(bench, f"{mode}, ", engine, leader, node, third)


@contextmanager
def mesh_of(bench, mode, engine):
    with bench.net(3) as net:
        leader, machine, third = net.nodes
        leader.start("--services.meshdns.enabled")
        leader.must("mesh", "create", "--domain=test.internal", "--node-id=node-1", f"--tls={mode}",
                    f"--endpoint={leader.address}")
        leader.wait_state("connected")
        options = ("-plaintext",)
        if mode == "mutual":
            papers = Papers(leader)
            certificate, key = papers.issue(machine.name, net.folder / "papers")
            options = ("-cacert", str(papers.authority), "-cert", str(certificate), "-key", str(key))
        with HandmadeNode(bench.programs, machine, bench.programs[engine], options) as node:
            yield leader, node, third


def walk(bench, mode, engine, leader, node, third):
    with bench.check(mode + "joins by the address of the leader", "grpcurl", "openssl", engine) as seen:
        node.new_key()
        grant = node.join(leader.address)
        expect_all(("addressIpv4", "addressIpv6", "networkIpv4", "networkIpv6", "meshDomain", "peers"),
                   grant, "JoinResponse")
        expect(grant["addressIpv4"].endswith("/32") and grant["addressIpv6"].endswith("/112"), grant)
        leader.wait_members("node-1", "node-2")
        seen.append(f"{grant['addressIpv4']} {grant['addressIpv6']} {grant['meshDomain']}")
    first = node.grant["peers"][0]["node"]
    inside = [host_of(first["privateIpv4"]), f"[{host_of(first['privateIpv6'])}]"]
    with bench.check(mode + "pings both ways, both families", engine) as seen:
        meet(node, leader, first)
        seen.append("four ways")
    if mode.startswith("mutual"):
        for address in inside:
            with bench.check(mode + f"the leader's certificate holds at its {family(address)} in the mesh",
                             "grpcurl") as seen:
                seen.append(node.caller(address).read("v1.Node/GetStatus")["id"])
        node.server_name = ("-authority", leader.address)
    for address in inside:
        with bench.check(mode + f"what a plain node asks the leader for, by {family(address)}",
                         "grpcurl") as seen:
            needs(node.caller(address), first["id"])
            seen.append("storage configuration, the leader's record, rbac-disabled, LIST, ITER")
    with bench.check(mode + "hears of its peers at once, and of a third node", "grpcurl", engine) as seen:
        node.follow(inside[1])
        wait_until("the leader is told", lambda: "node-1" in node.heard(), limit=10)
        join_third(mode, leader, third)
        wait_until("the third is told", lambda: "node-3" in node.heard(), limit=10)
        node.take(node.heard().values())
        seen.append(" ".join(sorted(node.heard())))
    with bench.check(mode + "pings the third both ways, both families", engine) as seen:
        meet(node, third, node.heard()["node-3"]["node"])
        seen.append("four ways")
    names(bench, mode, node, first, inside[0])
    with bench.check(mode + "leaves; the others see it", "grpcurl") as seen:
        node.caller(inside[1]).must("v1.Membership/Leave", request={"id": node.machine.name})
        node.stop()
        for each in (leader, third):
            each.wait_members("node-1", "node-3")
        seen.append("gone everywhere")
    before = node.grant
    with bench.check(mode + "joins again under its id and key, at its address", "grpcurl", engine) as seen:
        grant = node.join(leader.address)
        for each in ("addressIpv4", "addressIpv6"):
            expect(grant[each] == before[each], f"{before[each]}, now {grant[each]}")
        meet(node, leader, first)
        meet(node, third, peer_of(grant, "node-3"))
        seen.append(grant["addressIpv4"])
    network(bench, mode, engine, leader, node, third)
    with bench.check(mode + "joins again under its id with a fresh key", "grpcurl", engine) as seen:
        node.new_key()
        grant = node.join(leader.address)
        expect(grant["addressIpv4"] == before["addressIpv4"], "another IPv4 address than before")
        expect(grant["addressIpv6"] != before["addressIpv6"], "the IPv6 address is not the key's")
        meet(node, leader, first)
        meet(node, third, peer_of(grant, "node-3"))
        seen.append(f"{grant['addressIpv4']} {grant['addressIpv6']}")


def names(bench, mode, node, first, server):
    with bench.check(mode + "dig finds names and addresses at the leader", "dig") as seen:
        third = node.heard()["node-3"]["node"]
        for record in (first, third):
            name = f"{record['id']}.{node.grant['meshDomain']}"
            for kind, field in (("A", "privateIpv4"), ("AAAA", "privateIpv6")):
                answer = dig(node, server, kind, name)
                expect(answer == [host_of(record[field])], f"{kind} of {name}: {answer}")
            answer = dig(node, server, "-x", host_of(record["privateIpv4"]))
            expect(answer == [name], f"PTR of {name}: {answer}")
            seen.append(name)
        expect(dig(node, server, "A", f"nobody.{node.grant['meshDomain']}") == [], "nobody has an address")
    with bench.check(mode + "the leader is among the DNS servers of the answer", "grpcurl") as seen:
        seen.append(node.grant.get("dnsServers"))
        expect(f"{server}:53" in node.grant.get("dnsServers", []), node.grant.get("dnsServers"))


def dig(node, server, *question):
    done = node.machine.run_inside("dig", f"@{server}", "+short", "+time=3", "+tries=2", *question)
    expect(done.returncode == 0, f"dig {' '.join(question)}: {done.stdout}{done.stderr}")
    return done.stdout.split()


def network(bench, mode, engine, leader, node, third):
    """`node` is in the mesh and offers a network, where it has an address itself."""
    with bench.check(mode + "offers a network without a right to it: refused", "grpcurl") as seen:
        seen.append(node.caller(leader.address).refused(
            "v1.Membership/Join", "PermissionDenied" if mode.startswith("mutual") else "Unauthenticated",
            request={"id": node.machine.name, "publicKey": node.key.public, "assignIpv4": True,
                     "routes": [NETWORK]}))
    if not mode.startswith("mutual"):
        return  # Rights are given to who proves its name.
    with bench.check(mode + "offers a network with the right to it; both others reach it", "grpcurl",
                     engine) as seen:
        leader.must("put", "role", "offers", "--verb=put", "--resource=routes",
                    f"--resource-name={node.machine.name}-auto")
        leader.must("put", "rolebinding", "offers", "--role=offers", f"--node={node.machine.name}")
        mesh_net.ip("-n", node.machine.namespace, "addr", "add", f"{INSIDE}/32", "dev", "lo")
        node.join(leader.address, routes=[NETWORK])
        for each in (leader, third):
            wait_until(f"{each.name} reaches {NETWORK}", lambda each=each: each.run_inside(
                "ping", "-c", "1", "-W", "2", INSIDE).returncode == 0, limit=20)
        seen.append(NETWORK)


def peer_of(grant, name):
    found = [peer["node"] for peer in grant["peers"] if peer["node"]["id"] == name]
    expect(len(found) == 1, f"{name} is not among the peers: {grant['peers']}")
    return found[0]


def family(address):
    return "IPv6" if ":" in address else "IPv4"


def join_third(mode, leader, third):
    if mode.startswith("mutual"):
        third.start()
        third.must("join", "-", f"--node-id={third.name}", f"--endpoint={third.address}",
                   text=leader.invite() + "\n")
    else:
        third.start("--global.insecure", f"--mesh.node-id={third.name}",
                    f"--mesh.primary-endpoint={third.address}",
                    f"--mesh.join-address={leader.address}:8443")
    third.wait_state("connected")


def meet(node, other, record):
    """Pings between the node and the Weft node `other`, which has this record."""
    for name, own in (("privateIpv4", "addressIpv4"), ("privateIpv6", "addressIpv6")):
        wait_until(f"{node.machine.name} pings {record[name]}", lambda to=record[name]: node.pings(to),
                   limit=20)
        to = host_of(node.grant[own])
        wait_until(f"{other.name} pings {to}", lambda to=to: other.run_inside(
            "ping", "-c", "1", "-W", "2", to).returncode == 0, limit=20)


def needs(caller, leader):
    storage = "v1.StorageQueryService"
    servers = caller.read("v1.Membership/GetStorageConfiguration")["servers"]
    expect([each["id"] for each in servers if each["suffrage"] == "CLUSTER_LEADER"] == [leader], servers)
    record = caller.read(f"{storage}/Query", {"command": "GET", "query": LEADER_NODE})
    expect(len(record.get("value", [])) == 1, record)
    flag = caller.read(f"{storage}/Query", {"command": "GET", "query": "/registry/rbac-disabled"})
    expect("key not found" in flag.get("error", "") or len(flag.get("value", [])) == 1, flag)
    keys = caller.read(f"{storage}/Query", {"command": "LIST", "query": "/registry/nodes"})
    expect_all((LEADER_NODE,), keys.get("value", []), "keys")
    pairs = caller.must(f"{storage}/Query", request={"command": "ITER", "query": "/registry/nodes"})
    expect('"EOF"' in pairs, pairs)
