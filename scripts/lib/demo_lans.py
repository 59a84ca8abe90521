# SPDX-License-Identifier: Apache-2.0
"""The mesh of `scripts/demo --lans`: eight nodes on three LANs behind two routers, shown step by
step."""
import lans_net
import mesh_net


def say(text):
    print(f"== {text}", flush=True)


def show_networks(net):
    say("the networks, each a bridge; a router and a node are a network namespace each:")
    for lan in lans_net.LANS:
        way = {"": "", "router-1": "  behind router-1, which masquerades",
               "router-2": "  behind router-2"}[lan.router]
        nodes = ", ".join(f"{node.name} {node.address}" for node in net.nodes if node.lan is lan)
        print(f"   {lan.name:7} {lan.bytes}.0/24  {nodes}{way}", flush=True)
    for number, site in lans_net.SITES.items():
        print(f"   {site}.0/24 with one machine, {site}.2, behind node-{number}", flush=True)


def show_pairs(net):
    """Who reaches whom, in milliseconds; three ways for each pair."""
    times = net.ask_pairs(patience=2)
    for way in lans_net.WAYS:
        say(f"ping by {way}, in ms, from the row to the column:")
        print("          " + "".join(f"{node.name:>9}" for node in net.nodes))
        for one in net.nodes:
            cells = ("-" if one is other else
                     format(times.get((one.number, other.number, way), 0), ".1f") or "none"
                     for other in net.nodes)
            print(f"   {one.name:7}" + "".join(f"{cell:>9}" for cell in cells), flush=True)
    wanted = len(net.nodes) * (len(net.nodes) - 1) * len(lans_net.WAYS)
    say(f"{len(times)} of {wanted} ways answer")


def show_routes(net):
    node = net.node(2)
    say(f"{node.name} has no open port; {node.name} to node-4 goes over node-1:")
    print(node.must("peers").out)
    say(f"the routes of {node.name}: the mesh and the networks behind node-3 and node-7")
    print(node.run_inside("ip", "route", "show", "dev", "weft0").stdout.rstrip())
    machine, own = net.machine(3)
    other = net.machine(7)[1]
    say(f"{own}, which is in no mesh, to {other}, which is in none either:")
    done = net.inside(machine, "ping", "-n", "-c", "3", "-i", "0.3", other)
    print("\n".join(line for line in done.splitlines() if "bytes from" in line), flush=True)


def show_rule(net):
    say("an access rule between node-2 and node-6, and what node-2 sees of it:")
    first, second = net.node(1), net.node(2)
    print(first.must("put", "acl", "apart", "--priority=1000", "--deny", "--src-node=node-2",
                     "--dst-node=node-6").out)
    cut = {(a, b, way) for a, b in ((2, 6), (6, 2)) for way in lans_net.WAYS}
    net.wait_broken(cut)
    print(second.must("explain", "access", "node-2", "node-6").out)
    say("these two reach each other no more, and all other pairs do; the rule goes:")
    print(first.must("delete", "acl", "apart", "--yes").out, flush=True)
    net.wait_broken(set())


def tell_what_to_try(net, window):
    def ctl(number):
        return f"{net.weftctl} --socket={net.node(number).socket}"
    say("what to try next, as root in another terminal:")
    print(f"   {ctl(2)} status\n"
          f"   {ctl(1)} get graph\n"
          f"   {ctl(1)} node remove node-8 --yes\n"
          f"   ip netns exec {net.node(5).namespace} ping {net.node(7).known['IPv4']}\n"
          f"   ip netns exec {net.machine(7)[0]} ping {net.machine(3)[1]}\n"
          f"   ip netns exec {net.router('router-1')} nft list ruleset")
    if window:
        print(f"   {window} --socket={net.node(1).socket}    the window of node-1")
    print(f"   logs and state: {net.folder}/node-*/", flush=True)


def run(net, window):
    """All steps; `window` is the program of the window, if there is one."""
    show_networks(net)
    say("node-1 starts the mesh, and seven join it by invitation at the same moment ...")
    net.start_mesh()
    net.wait_broken(set())
    show_pairs(net)
    show_routes(net)
    show_rule(net)
    tell_what_to_try(net, window)
    say("Ctrl-C ends the demo and removes everything")
    while not mesh_net.threading.Event().wait(3600):
        pass
