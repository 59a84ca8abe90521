// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/dot.h"
#include "app/cli/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace weft::cli {
namespace {

std::string hostOf(const std::string& prefix) {
    return prefix.substr(0, prefix.find('/'));
}

std::vector<std::string> cellsOf(const api::Peer& peer, WallTime now) {
    return {
        peer.isSelf ? peer.id + " *" : peer.id,
        std::string(nameOf(peer.clusterStatus)),
        hostOf(peer.addressIpv4),
        hostOf(peer.addressIpv6),
        peer.primaryEndpoint,
        peer.zone,
        relativeText(peer.joinedAt, now),
    };
}

/// "direct", or why not.
std::string wayText(const api::Peer& peer) {
    if (!peer.way) {
        return peer.isNeighbour ? "direct" : "relayed";
    }
    if (peer.way->kind == "direct") {
        return "direct";
    }
    std::string reason = peer.way->reason;
    std::ranges::replace(reason, '_', ' ');
    return reason.empty() ? "relayed" : "relayed: " + reason;
}

/// What flows to and from a peer.
std::vector<std::string> tunnelCellsOf(const api::Peer& peer, WallTime now) {
    const std::string address =
        hostOf(peer.addressIpv4.empty() ? peer.addressIpv6 : peer.addressIpv4);
    if (!peer.tunnel) {
        return {peer.id, "-", address, "-", "-", "-", "-", "-", wayText(peer)};
    }
    const auto& tunnel = *peer.tunnel;
    return {
        peer.id,
        std::string(nameOf(peer.liveness.value_or(api::freshnessOf(tunnel.lastHandshake, now)))),
        address,
        relativeText(tunnel.lastHandshake, now),
        bytesText(tunnel.receivedBytes),
        bytesText(tunnel.sentBytes),
        tunnel.endpoint.empty() ? "-" : tunnel.endpoint,
        tunnel.path.empty() ? "-" : tunnel.path,
        wayText(peer),
    };
}

using Cells = std::vector<std::string> (*)(const api::Peer& peer, WallTime now);

Status printPeers(
    Context& context,
    const std::vector<api::Peer>& peers,
    std::vector<std::string> heads,
    Cells cells) {
    Output& out = context.out;
    if (out.isStructured()) {
        Document::List list;
        for (const auto& peer : peers) {
            list.push_back(describe(peer));
        }
        out.write(list);
        return okStatus();
    }
    Table table(std::move(heads));
    for (const auto& peer : peers) {
        if (out.quiet()) {
            out.line(safe(peer.id));
        }
        table.add(cells(peer, context.clock.wallNow()));
    }
    if (!out.quiet()) {
        table.print(out.stream());
    }
    return okStatus();
}

StatusOr<api::Graph> graphOf(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(
        auto graph, context.session->call<api::Graph>([&](Callback<api::Graph> done) {
            context.session->controller().graph(id, std::move(done));
        }));
    std::ranges::sort(graph.nodes);
    std::ranges::sort(graph.edges, [](const api::Edge& left, const api::Edge& right) {
        return std::tie(left.source, left.target) < std::tie(right.source, right.target);
    });
    return graph;
}

Document describe(const api::Graph& graph) {
    Document::List edges;
    for (const auto& edge : graph.edges) {
        edges.push_back(cli::describe(edge));
    }
    return Document::Members{{"nodes", Document::listOf(graph.nodes)}, {"edges", edges}};
}

/// Without what grows by itself: a stream of every byte is nothing to read.
api::Peer withoutCounters(api::Peer peer) {
    if (peer.tunnel) {
        api::PeerTunnel kept;
        kept.endpoint = peer.tunnel->endpoint;
        kept.path = peer.tunnel->path;
        kept.allowedIps = std::move(peer.tunnel->allowedIps);
        peer.tunnel = std::move(kept);
    }
    return peer;
}

/// Prints changes of the neighbours as lines.
class PeerPrinter {
public:
    explicit PeerPrinter(Output& out) : out_(out) {}

    void print(const api::PeersUpdate& update) {
        std::map<std::string, api::Peer> gone = update.reset ? known_ : decltype(known_){};
        for (const auto& peer : update.changed) {
            gone.erase(peer.id);
            look(peer);
        }
        for (const auto& id : update.removedIds) {
            if (const auto found = known_.find(id); found != known_.end()) {
                gone.insert(*found);
            }
        }
        for (const auto& [id, peer] : gone) {
            known_.erase(id);
            write("gone", peer);
        }
        out_.stream() << std::flush;
    }

private:
    void look(const api::Peer& peer) {
        const auto found = known_.find(peer.id);
        if (!peer.isNeighbour) {
            if (found != known_.end()) {
                known_.erase(found);
                write("gone", peer);
            }
            return;
        }
        if (found == known_.end()) {
            known_.emplace(peer.id, peer);
            write("here", peer);
        } else {
            const bool differs = !(withoutCounters(found->second) == withoutCounters(peer));
            found->second = peer;
            if (differs) {
                write("changed", peer);
            }
        }
    }

    void write(std::string_view event, const api::Peer& peer) {
        if (out_.isStructured()) {
            out_.writeEvent(
                Document::Members{{"event", std::string(event)}, {"peer", describe(peer)}});
        } else {
            out_.line(
                fmt::format("{:<7}  {}  {}", event, safe(peer.id), safe(hostOf(peer.addressIpv4))));
        }
    }

    static Document describe(const api::Peer& peer) { return cli::describe(peer); }

    Output& out_;
    std::map<std::string, api::Peer> known_;
};

Status watchPeers(Context& context, const api::ProfileId& id) {
    EventPump& pump = context.session->pump();
    PeerPrinter printer(context.out);
    const Subscription watch = context.session->controller().watchPeers(
        id, [&pump, &printer](const api::PeersUpdate& update) {
            pump.post([&printer, update] { printer.print(update); });
        });
    const Status ended = pump.runUntil([] { return false; }, std::nullopt);
    return ended.code() == StatusCode::kCancelled ? okStatus() : ended;
}

}  // namespace

Status runGetNodes(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto peers, context.session->peers(id));
    return printPeers(
        context, peers, {"ID", "ROLE", "IPV4", "IPV6", "ENDPOINT", "ZONE", "JOINED"}, cellsOf);
}

Status runPeers(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(
        const auto daemon, context.session->call<api::Capabilities>([&](auto done) {
            context.session->controller().capabilities(std::move(done));
        }));
    if (!daemon.hasLocalApi) {
        return unimplemented(
            "this daemon cannot tell of its tunnels: `weftctl get nodes` lists the nodes");
    }
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    if (parsed.has("watch")) {
        return watchPeers(context, id);
    }
    WEFT_ASSIGN_OR_RETURN(auto peers, context.session->peers(id));
    std::erase_if(peers, [](const api::Peer& peer) { return !peer.isNeighbour && !peer.way; });
    return printPeers(
        context,
        peers,
        {"ID", "STATE", "ADDRESS", "HANDSHAKE", "RECEIVED", "SENT", "ENDPOINT", "PATH", "WAY"},
        tunnelCellsOf);
}

Status runGetEdges(Context& context, const Parsed& parsed) {
    if (parsed.has("from") && parsed.has("to")) {
        return showEdge(context, parsed);
    }
    if (parsed.has("to")) {
        return invalidArgument("--to names the other end of an edge: give --from too");
    }
    WEFT_ASSIGN_OR_RETURN(auto graph, graphOf(context, parsed));
    if (parsed.has("from")) {
        std::erase_if(graph.edges, [node = parsed.text("from")](const api::Edge& edge) {
            return edge.source != node && edge.target != node;
        });
    }
    Output& out = context.out;
    if (out.isStructured()) {
        Document::List list;
        for (const auto& edge : graph.edges) {
            list.push_back(cli::describe(edge));
        }
        out.write(list);
        return okStatus();
    }
    Table table({"SOURCE", "TARGET", "WEIGHT"});
    for (const auto& edge : graph.edges) {
        table.add({edge.source, edge.target, std::to_string(edge.weight)});
    }
    table.print(out.stream());
    return okStatus();
}

Status runGetGraph(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto graph, graphOf(context, parsed));
    if (context.out.isStructured()) {
        context.out.write(describe(graph));
    } else {
        context.out.stream() << toDot(graph);
    }
    return okStatus();
}

}  // namespace weft::cli
