# SPDX-License-Identifier: Apache-2.0
"""A mesh over several networks: three LANs behind two routers, one of which masquerades, a public
node, and two machines that are in no mesh, behind a node each.

    203.0.113.0/24 (public)   node-1
      router-1 (masquerades)  192.168.10.0/24  node-2, node-3 -- 10.30.0.0/24 with a machine
                              192.168.20.0/24  node-4, node-5
      router-2                198.51.100.0/24  node-6, node-7 -- 10.70.0.0/24 with a machine, node-8

Nothing passes between the two LANs of the first router. Everything is in namespaces of this
program's, and removed at the end. Needs root, iproute2 and nft.
"""
import concurrent.futures
import dataclasses
import re
import subprocess

import mesh_net
from mesh_net import ip, wait_until

DOMAIN = "lans.internal"
PUBLIC = "203.0.113"
ROUTERS = {"router-1": 251, "router-2": 252}
MASQUERADE = """
table ip lans {
  chain after { type nat hook postrouting priority srcnat; oifname "public" masquerade; }
  chain between {
    type filter hook forward priority filter;
    iifname != "public" oifname != "public" drop
    iifname "public" ct state new drop
  }
}
"""
# How many nodes ask all the others at the same time.
ASKING = 8
WAYS = ("IPv4", "IPv6", "name")


@dataclasses.dataclass(frozen=True)
class Lan:
    """A network: its first three bytes, who leads out of it, and which nodes are in it."""
    name: str
    bytes: str
    router: str
    nodes: tuple


LANS = (Lan("public", PUBLIC, "", (1,)),
        Lan("lan-a", "192.168.10", "router-1", (2, 3)),
        Lan("lan-b", "192.168.20", "router-1", (4, 5)),
        Lan("lan-c", "198.51.100", "router-2", (6, 7, 8)))
# What lies behind a node: the first three bytes.
SITES = {3: "10.30.0", 7: "10.70.0"}


class LanNode(mesh_net.Node):
    """A node with an address in its LAN, which is not the bridge's of the other tests."""

    def __init__(self, net, number, lan):
        super().__init__(net, number)
        self.lan = lan
        self.address = f"{lan.bytes}.{number}"
        self.known = {}

    @property
    def reachable(self):
        """Whether others can call it."""
        return self.lan.router != "router-1"

    def options(self):
        site = SITES.get(self.number)
        return ["--services.meshdns.enabled", *([f"--mesh.routes={site}.0/24"] if site else [])]

    def plug_in(self):
        self.folder.mkdir(parents=True)
        self.net.make_namespace(self.namespace)
        self.net.plug(self.lan, self.namespace, f"port{self.number}", "eth0", self.number)
        if self.lan.router:
            ip("-n", self.namespace, "route", "add", "default", "via", f"{self.lan.bytes}.254")
        for lan in LANS:
            if not self.lan.router and lan.router == "router-2":
                ip("-n", self.namespace, "route", "add", f"{lan.bytes}.0/24", "via",
                   f"{PUBLIC}.{ROUTERS[lan.router]}")

    def move(self, address):
        """Another address in its LAN, and none but that."""
        ip("-n", self.namespace, "addr", "del", f"{self.address}/24", "dev", "eth0")
        ip("-n", self.namespace, "addr", "add", f"{address}/24", "dev", "eth0")
        if self.lan.router:
            ip("-n", self.namespace, "route", "replace", "default", "via", f"{self.lan.bytes}.254")
        self.address = address

    def learn(self):
        """Its addresses in the mesh, by family; they are asked for once."""
        found = self.connection()
        self.known = {"IPv4": found["addressIpv4"].split("/")[0],
                      "IPv6": found["addressIpv6"].split("/")[0]}
        return self.known

    def ask_all(self, targets, patience=1):
        """Which of `targets`, pairs of a key and what ping is told, answer, and in how many
        milliseconds. Names are asked of the node's own server."""
        resolver = self.folder / "resolv.conf"
        resolver.write_text(f"search {DOMAIN}\nnameserver {self.known['IPv4']}\n"
                            "options timeout:1 attempts:2\n")
        asks = "".join(
            f"(ping -c 1 -W {patience} {words} | sed -n 's|.*time=|{key} |p') & "
            for key, words in targets)
        done = self.run_inside("sh", "-c", f"mount --bind {resolver} /etc/resolv.conf; {asks} wait")
        return {key: float(time) for key, time in
                re.findall(r"^(\S+) ([\d.]+) ms", done.stdout, re.MULTILINE)}


class LansNet(mesh_net.MeshNet):
    """The networks, the routers and the eight nodes. A context manager."""

    def __enter__(self):
        super().__enter__()
        try:
            self.make_networks()
        except BaseException:
            self.close()
            raise
        return self

    def make_namespace(self, name):
        ip("netns", "add", name)
        self.namespaces.append(name)
        ip("-n", name, "link", "set", "lo", "up")

    def plug(self, lan, namespace, port, device, number):
        """Joins a namespace to a LAN by a device, with the address of this number."""
        ip("-n", self.hub, "link", "add", port, "type", "veth", "peer", "name", device,
           "netns", namespace)
        ip("-n", self.hub, "link", "set", port, "master", lan.name, "up")
        ip("-n", namespace, "addr", "add", f"{lan.bytes}.{number}/24", "dev", device)
        ip("-n", namespace, "link", "set", device, "up")

    def make_networks(self):
        for lan in LANS:
            ip("-n", self.hub, "link", "add", lan.name, "type", "bridge")
            ip("-n", self.hub, "link", "set", lan.name, "up")
        for router, number in ROUTERS.items():
            self.make_router(router, number)
        for lan in LANS:
            for number in lan.nodes:
                self.nodes.append(LanNode(self, number, lan))
        for node in self.nodes:
            node.plug_in()
        for number, site in SITES.items():
            self.make_site(self.node(number), site)

    def router(self, name):
        return f"{self.prefix}-{name}"

    def make_router(self, router, number):
        namespace = self.router(router)
        self.make_namespace(namespace)
        self.plug(LANS[0], namespace, router, "public", number)
        for lan in LANS:
            if lan.router == router:
                self.plug(lan, namespace, f"{lan.name}-out", lan.name, 254)
            elif lan.router and lan.router != "router-1":
                ip("-n", namespace, "route", "add", f"{lan.bytes}.0/24", "via",
                   f"{PUBLIC}.{ROUTERS[lan.router]}")
        self.inside(namespace, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
        if router == "router-1":
            self.inside(namespace, "nft", "-f", "-", text=MASQUERADE)

    def make_site(self, node, site):
        """A network behind a node, with a machine in it that knows no other way out."""
        machine = f"{self.prefix}-m{node.number}"
        self.make_namespace(machine)
        ip("-n", node.namespace, "link", "add", "site", "type", "veth", "peer", "name", "eth0",
           "netns", machine)
        for namespace, device, number in ((node.namespace, "site", 1), (machine, "eth0", 2)):
            ip("-n", namespace, "addr", "add", f"{site}.{number}/24", "dev", device)
            ip("-n", namespace, "link", "set", device, "up")
        ip("-n", machine, "route", "add", "default", "via", f"{site}.1")

    def machine(self, number):
        """The namespace of the machine behind a node, and its address."""
        return f"{self.prefix}-m{number}", f"{SITES[number]}.2"

    def node(self, number):
        return self.nodes[number - 1]

    @staticmethod
    def inside(namespace, *command, text=None):
        done = subprocess.run(["ip", "netns", "exec", namespace, *command], input=text,
                              capture_output=True, text=True, timeout=mesh_net.CALL_LIMIT)
        if done.returncode != 0:
            raise mesh_net.Failure(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def at_once(self, work, nodes):
        """`work` for each node, all at the same moment; what they gave, in order."""
        with concurrent.futures.ThreadPoolExecutor(len(nodes)) as pool:
            return list(pool.map(work, nodes))

    def start_mesh(self):
        """Starts all daemons; the first node makes the mesh, the others join by invitation, at the
        same moment."""
        first, *others = self.nodes
        self.at_once(lambda node: node.start(*node.options()), self.nodes)
        first.must("mesh", "create", f"--domain={DOMAIN}", f"--node-id={first.name}",
                   f"--endpoint={first.address}")
        first.wait_state("connected")
        first.must("put", "role", "routers", "--verb=put", "--resource=routes")
        first.must("put", "rolebinding", "sites", "--role=routers",
                   *(f"--node=node-{number}" for number in SITES))
        first.learn()
        self.join_all(others)

    def join_all(self, nodes):
        """All of them join by invitation at the same moment."""
        codes = {node.name: self.node(1).invite(f"--node-id={node.name}") for node in nodes}
        self.at_once(lambda node: self.join(node, codes[node.name]), nodes)
        self.at_once(lambda node: node.learn(), nodes)

    def add(self, count=1):
        """`count` more nodes, spread over the LANs, not started."""
        made = []
        for _ in range(count):
            number = len(self.nodes) + 1
            node = LanNode(self, number, LANS[1 + number % 3])
            self.nodes.append(node)
            node.plug_in()
            made.append(node)
        return made

    @staticmethod
    def join(node, code):
        endpoint = [f"--endpoint={node.address}"] if node.reachable else []
        node.must("join", "-", f"--node-id={node.name}", *endpoint, text=code + "\n")
        node.wait_state("connected")

    def ask_pairs(self, nodes=None, ways=WAYS, patience=1):
        """Who reaches whom of the nodes: milliseconds by (from, to, way)."""
        nodes = nodes or self.nodes

        def ask(node):
            targets = []
            for other in nodes:
                words = {"IPv4": f"-n {other.known['IPv4']}", "IPv6": f"-n {other.known['IPv6']}",
                         "name": f"-4 {other.name}"}
                targets += [(f"{other.number}/{way}", words[way]) for way in ways
                            if other is not node]
            return node.ask_all(targets, patience)
        found = {}
        # So many that ask wait for the machine, and not for each other.
        turns = [nodes[at:at + ASKING] for at in range(0, len(nodes), ASKING)]
        answered = [answers for turn in turns for answers in self.at_once(ask, turn)]
        for node, answers in zip(nodes, answered):
            for key, time in answers.items():
                number, way = key.split("/")
                found[node.number, int(number), way] = time
        return found

    def broken(self, nodes=None, ways=WAYS, patience=1):
        """Who does not reach whom, and how."""
        nodes = nodes or self.nodes
        wanted = {(one.number, other.number, way) for one in nodes for other in nodes
                  for way in ways if one is not other}
        return wanted - set(self.ask_pairs(nodes, ways, patience))

    def wait_broken(self, expected, limit=mesh_net.WAIT_LIMIT, nodes=None, ways=WAYS):
        """Waits until exactly these do not reach each other."""
        last = []

        def same():
            last[:] = [self.broken(nodes, ways)]
            return last[0] == expected
        try:
            wait_until("the pairs are as expected", same, limit=limit)
        except mesh_net.Failure:
            raise mesh_net.Failure(
                f"not within {limit} s: cut off {sorted(last[0] - expected)[:12]}, "
                f"still there {sorted(expected - last[0])[:12]}") from None
