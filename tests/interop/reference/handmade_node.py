# SPDX-License-Identifier: Apache-2.0
"""A plain node made of programs from elsewhere: keys by openssl, calls by grpcurl, packets by
wireguard-go under wg. It joins, follows its peers and leaves in the order of a reference node that
stores nothing."""
import base64
import hashlib
import json
import os
import subprocess

from bench import Grpcurl, expect, mesh_net, wait_until

PROTO = ("-import-path", str(mesh_net.ROOT / "proto"),
         *(f"-proto=v1/{name}.proto" for name in ("members", "node", "storage")))
PORT = 8443
WIREGUARD_PORT = 51820
KEEPALIVE = "30"
FIELD = 2 ** 255 - 19
# The key of a libp2p message: type 5, then 32 or 64 bytes.
PUBLIC_PREFIX = bytes.fromhex("08051220")
SEED_BYTES = 32


class NodeKey:
    """The pair of a node and what a tunnel makes of it."""

    def __init__(self, openssl, file):
        run(openssl, "genpkey", "-algorithm", "ed25519", "-outform", "DER", "-out", str(file))
        seed = file.read_bytes()[-SEED_BYTES:]
        public = run(openssl, "pkey", "-inform", "DER", "-in", str(file), "-pubout", "-outform",
                     "DER", binary=True)[-SEED_BYTES:]
        scalar = bytearray(hashlib.sha512(seed).digest()[:SEED_BYTES])
        scalar[0] &= 248
        scalar[31] = scalar[31] & 127 | 64
        self.tunnel_private = base64.b64encode(scalar).decode()
        self.public = base64.b64encode(PUBLIC_PREFIX + public).decode()


def run(*command, binary=False):
    done = subprocess.run(command, capture_output=True, timeout=30)
    expect(done.returncode == 0, f"{command[0]}: {done.stderr.decode(errors='replace')}")
    return done.stdout if binary else done.stdout.decode()


def tunnel_key(encoded):
    """Of an Ed25519 point (RFC 8032) the coordinate on the Montgomery curve (RFC 7748)."""
    raw = base64.b64decode(encoded, validate=True)
    expect(raw.startswith(PUBLIC_PREFIX) and len(raw) == len(PUBLIC_PREFIX) + SEED_BYTES,
           f"no key of a node: {encoded}")
    y = int.from_bytes(raw[len(PUBLIC_PREFIX):], "little") & (2 ** 255 - 1)
    u = (1 + y) * pow(1 - y, FIELD - 2, FIELD) % FIELD
    return base64.b64encode(u.to_bytes(SEED_BYTES, "little")).decode()


def host_of(prefix):
    return prefix.split("/")[0]


class HandmadeNode:
    """`machine`: where it runs. `options`: how grpcurl proves itself. A context manager."""

    def __init__(self, programs, machine, engine, options):
        self.programs = programs
        self.machine = machine
        self.engine = engine
        self.options = (*PROTO, *options)
        # The name that a server must have, where it is not the address that is called.
        self.server_name = ()
        self.device = ""
        self.starts = 0
        self.key = None
        self.process = None
        self.subscription = None
        self.grant = None
        self.log = machine.folder / "peers"

    def __enter__(self):
        self.machine.folder.mkdir(exist_ok=True)
        return self

    def __exit__(self, *_):
        self.stop()

    def new_key(self):
        self.key = NodeKey(self.programs["openssl"], self.machine.folder / "node.key")

    def caller(self, address):
        return Grpcurl(self.programs["grpcurl"], self.machine, f"{address}:{PORT}", *self.options,
                       *self.server_name)

    def join(self, address, **more):
        """Joins at `address` and brings the tunnel up as the answer says. `more` is asked for too."""
        request = {"id": self.machine.name, "publicKey": self.key.public, "assignIpv4": True,
                   "primaryEndpoint": self.machine.address,
                   "wireguardEndpoints": [f"{self.machine.address}:{WIREGUARD_PORT}"],
                   "features": [{"feature": "NODES", "port": PORT}], **more}
        self.grant = self.caller(address).read("v1.Membership/Join", request)
        self.start_tunnel()
        self.take(self.grant["peers"])
        return self.grant

    def start_tunnel(self):
        self.stop()
        self.starts += 1
        # All namespaces share the sockets of wireguard-go, and nobody waits for the last one to go.
        self.device = f"wm{os.getpid() % 100000}-{self.machine.number}{self.starts}"
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", self.machine.namespace, self.engine, "-f", self.device],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until("the device is there", lambda: self.wg("show", self.device).returncode == 0)
        key_file = self.machine.folder / "tunnel.key"
        key_file.write_text(self.key.tunnel_private)
        self.wg_must("set", self.device, "listen-port", str(WIREGUARD_PORT), "private-key", str(key_file))
        namespace = ("-n", self.machine.namespace)
        for name, length in (("addressIpv4", 32), ("addressIpv6", 128)):
            mesh_net.ip(*namespace, "addr", "add", f"{host_of(self.grant[name])}/{length}", "dev",
                        self.device)
        mesh_net.ip(*namespace, "link", "set", self.device, "mtu", "1420", "up")
        for name in ("networkIpv4", "networkIpv6"):
            mesh_net.ip(*namespace, "route", "replace", self.grant[name], "dev", self.device)

    def wg(self, *words):
        return self.machine.run_inside("wg", *words)

    def wg_must(self, *words):
        done = self.wg(*words)
        expect(done.returncode == 0, f"wg {' '.join(words)}: {done.stderr}")
        return done.stdout

    def take(self, peers):
        """Has the tunnel know exactly these peers."""
        wanted = {tunnel_key(peer["node"]["publicKey"]): peer for peer in peers}
        for gone in set(self.wg_must("show", self.device, "peers").split()) - set(wanted):
            self.wg_must("set", self.device, "peer", gone, "remove")
        for key, peer in wanted.items():
            endpoint = peer["node"].get("primaryEndpoint", "")
            self.wg_must("set", self.device, "peer", key, "persistent-keepalive", KEEPALIVE,
                         "allowed-ips", ",".join(peer["allowedIps"]),
                         *(("endpoint", endpoint) if endpoint else ()))

    def follow(self, address):
        """Subscribes to the peers, at an address of the leader within the mesh."""
        self.subscription = self.caller(address).start(
            "v1.Membership/SubscribePeers", {"id": self.machine.name}, self.log)

    def heard(self):
        """What the last message of the subscription says: peers by id."""
        messages, rest, decoder = [], self.log.read_text().strip(), json.JSONDecoder()
        while rest.startswith("{"):
            try:
                value, end = decoder.raw_decode(rest)
            except json.JSONDecodeError:  # Not written to its end yet.
                break
            messages.append(value)
            rest = rest[end:].strip()
        return {peer["node"]["id"]: peer for peer in messages[-1].get("peers", [])} if messages else {}

    def stop(self):
        """Ends what runs here. Idempotent."""
        for process in (self.subscription, self.process):
            if process is not None:
                process.terminate()
                process.wait(timeout=10)
        self.subscription = self.process = None

    def pings(self, address):
        return self.machine.run_inside("ping", "-c", "1", "-W", "2", host_of(address)).returncode == 0
