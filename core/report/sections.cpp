// SPDX-License-Identifier: Apache-2.0
#include "core/report/sections.h"

#include "core/base/text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace weft::report {
namespace {

constexpr std::size_t kMostValueBytes = 4096;

std::string timeText(WallTime time) {
    const std::time_t value =
        std::chrono::system_clock::to_time_t(std::chrono::time_point_cast<WallTime::duration>(
            std::chrono::floor<std::chrono::seconds>(time)));
    std::tm parts{};
    return ::gmtime_r(&value, &parts) == nullptr ? std::string("unknown")
                                                 : fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", parts);
}

std::string timeText(const std::optional<WallTime>& time) {
    return time ? timeText(*time) : std::string();
}

std::string_view nameOf(api::CheckState state) {
    constexpr std::array<std::string_view, 5> kNames{"pending", "ok", "warn", "failed", "off"};
    switch (state) {
    case api::CheckState::Pending:
        return kNames[0];
    case api::CheckState::Ok:
        return kNames[1];
    case api::CheckState::Warn:
        return kNames[2];
    case api::CheckState::Failed:
        return kNames[3];
    case api::CheckState::Off:
        break;
    }
    return kNames[4];
}

std::string_view nameOf(api::ConnectionState state) {
    switch (state) {
    case api::ConnectionState::Off:
        return "off";
    case api::ConnectionState::Connecting:
        return "connecting";
    case api::ConnectionState::Connected:
        return "connected";
    case api::ConnectionState::Degraded:
        return "degraded";
    case api::ConnectionState::Reconnecting:
        return "reconnecting";
    case api::ConnectionState::Failed:
        return "failed";
    case api::ConnectionState::Disconnecting:
        break;
    }
    return "disconnecting";
}

/// Lines of a section; values are one line each, whatever a stranger put into them.
class Lines {
public:
    void heading(std::string_view text) {
        text_ += fmt::format("{}{}\n", text_.empty() ? "" : "\n", escaped(text));
    }
    void add(std::string_view label, std::string_view value) {
        if (!value.empty()) {
            text_ += fmt::format("  {}: {}\n", label, escaped(value));
        }
    }
    void add(std::string_view label, std::uint64_t value) {
        text_ += fmt::format("  {}: {}\n", label, value);
    }
    std::string take() { return text_.empty() ? std::string("nothing\n") : std::move(text_); }

    static std::string escaped(std::string_view text) {
        return base::escapeForLine(text, kMostValueBytes);
    }

private:
    std::string text_;
};

void add(Lines& lines, std::string_view label, const api::Problem& problem) {
    lines.add(label, problem.text);
    lines.add("remedy", problem.remedy);
}

std::string textOf(const api::Capabilities& capabilities) {
    Lines lines;
    lines.heading("service");
    lines.add("version", capabilities.version);
    lines.add("grade", static_cast<std::uint64_t>(capabilities.grade));
    for (const auto& feature : capabilities.features) {
        lines.add("feature", feature);
    }
    return lines.take();
}

void describe(Lines& lines, const api::Profile& profile) {
    lines.heading("profile " + profile.name);
    lines.add("id", profile.id.value());
    lines.add("node", profile.nodeId);
    lines.add("domain", profile.meshDomain);
    lines.add("identity", profile.meshIdentity);
    lines.add("listens at", profile.listenAddress);
    lines.add("zone", profile.zone);
    lines.add("connects by itself", profile.autoConnect ? "yes" : "no");
    lines.add("lockdown", profile.lockdown ? "yes" : "no");
    for (const auto& address : profile.joinAddresses) {
        lines.add("joins at", address);
    }
    for (const auto& endpoint : profile.endpoints) {
        lines.add("endpoint", endpoint);
    }
}

void describe(Lines& lines, const api::Connection& connection) {
    lines.heading("connection " + connection.profileId.value());
    lines.add("state", nameOf(connection.state));
    lines.add("since", timeText(connection.since));
    lines.add("node", connection.nodeId);
    lines.add("key", connection.publicKey);
    lines.add("domain", connection.meshDomain);
    lines.add("identity", connection.meshIdentity);
    lines.add("address", connection.addressIpv4);
    lines.add("address", connection.addressIpv6);
    lines.add("network", connection.networkIpv4);
    lines.add("network", connection.networkIpv6);
    lines.add("leader", connection.leader);
    lines.add("other members", connection.peerCount);
    lines.add("listens at", connection.listenAddress);
    lines.add("certificate ends", timeText(connection.certificateExpiresAt));
    if (connection.tunnel) {
        lines.add(
            "interface",
            fmt::format(
                "{}, port {}, {} bytes",
                connection.tunnel->name,
                connection.tunnel->listenPort,
                connection.tunnel->mtu));
    }
    if (connection.failure) {
        add(lines, "failure", *connection.failure);
    }
    for (const auto& item : connection.checklist) {
        lines.add(
            "check " + item.id,
            fmt::format("{} {} {}", nameOf(item.state), item.text, timeText(item.since)));
    }
    for (const auto& problem : connection.problems) {
        add(lines, "problem", problem);
    }
}

std::string textOf(const api::DaemonState& state) {
    Lines lines;
    for (const auto& profile : state.profiles) {
        describe(lines, profile);
    }
    for (const auto& connection : state.connections) {
        describe(lines, connection);
    }
    return lines.take();
}

std::string textOf(const std::vector<api::Peer>& peers) {
    Lines lines;
    for (const auto& peer : peers) {
        lines.heading("node " + peer.id);
        lines.add("key", peer.publicKey);
        lines.add("endpoint", peer.primaryEndpoint);
        for (const auto& endpoint : peer.wireguardEndpoints) {
            lines.add("WireGuard endpoint", endpoint);
        }
        lines.add("zone", peer.zone);
        lines.add("address", peer.addressIpv4);
        lines.add("address", peer.addressIpv6);
        lines.add("this node", peer.isSelf ? "yes" : "");
        lines.add("neighbour", peer.isNeighbour ? "yes" : "");
        if (peer.tunnel) {
            lines.add("calls", peer.tunnel->endpoint);
            lines.add("path", peer.tunnel->path);
            lines.add("last handshake", timeText(peer.tunnel->lastHandshake));
            lines.add("received bytes", peer.tunnel->receivedBytes);
            lines.add("sent bytes", peer.tunnel->sentBytes);
            for (const auto& drop : peer.tunnel->drops) {
                lines.add("dropped " + drop.reason, drop.packets);
            }
        }
    }
    return lines.take();
}

std::string textOf(const std::vector<api::MeshRoute>& routes) {
    Lines lines;
    for (const auto& route : routes) {
        lines.heading("route " + route.cidr);
        lines.add("offered by", route.nodeId);
        lines.add("state", static_cast<std::uint64_t>(route.state));
        lines.add("text", route.text);
        lines.add("key", route.publicKey);
    }
    return lines.take();
}

std::string textOf(const api::NameService& names) {
    Lines lines;
    lines.heading("name service");
    lines.add("domain", names.domain);
    lines.add("server", names.server);
    lines.add("answers", names.answers ? "yes" : "no");
    lines.add("reason", names.reason);
    lines.add("host asks", names.hostAsks ? "yes" : "no");
    lines.add("host reason", names.hostReason);
    lines.add("nodes", names.nodes);
    lines.add("nodes without a name", names.nodesWithoutName);
    lines.add("queries", names.queries);
    lines.add("dropped", names.dropped);
    lines.add("in vain", names.failed);
    return lines.take();
}

std::string textOf(const std::vector<api::NetworkCheck>& checks) {
    Lines lines;
    for (const auto& check : checks) {
        lines.heading("check " + check.id);
        lines.add("state", nameOf(check.state));
        lines.add("text", check.text);
        lines.add("remedy", check.remedy);
    }
    return lines.take();
}

/// Figures alone: what the rules say is nobody's business.
std::string textOf(const api::PolicyState& policy) {
    std::map<std::size_t, std::uint64_t> counts;
    for (const auto& object : policy.objects) {
        ++counts[object.object.index()];
    }
    constexpr std::array<std::string_view, 6> kKinds{
        "roles", "role bindings", "groups", "network rules", "routes", "edges"};
    Lines lines;
    lines.heading("policy");
    lines.add("revision", policy.revision);
    for (const auto& [kind, count] : counts) {
        lines.add(kind < kKinds.size() ? kKinds.at(kind) : "others", count);
    }
    lines.add("problems", static_cast<std::uint64_t>(policy.problems.size()));
    lines.add("without roles", policy.rolesDisabled ? "yes" : "no");
    return lines.take();
}

std::string textOf(const std::vector<api::LogLine>& log) {
    std::string text;
    for (const auto& line : log) {
        text += fmt::format(
            "{} {} {}: {}\n",
            timeText(line.time),
            base::nameOf(line.level),
            Lines::escaped(line.subsystem),
            base::displayText(line.text, kMostValueBytes));
    }
    return text.empty() ? std::string("nothing\n") : text;
}

void learn(Redactor& redactor, const api::DaemonState& state) {
    for (const auto& connection : state.connections) {
        redactor.learnMeshNetwork(connection.networkIpv4);
        redactor.learnMeshNetwork(connection.networkIpv6);
        redactor.learnMeshDomain(connection.meshDomain);
        redactor.learnMesh(connection.meshIdentity);
        redactor.learnNode(connection.nodeId);
        redactor.learnNode(connection.leader);
        redactor.learnKey(connection.publicKey);
    }
    for (const auto& profile : state.profiles) {
        redactor.learnMeshDomain(profile.meshDomain);
        redactor.learnMesh(profile.name);
        redactor.learnMesh(profile.id.value());
        redactor.learnMesh(profile.meshIdentity);
        redactor.learnMesh(profile.zone);
        redactor.learnNode(profile.nodeId);
    }
    for (const auto& profile : state.profiles) {
        redactor.learnEndpoint(profile.listenAddress);
        for (const auto& address : profile.joinAddresses) {
            redactor.learnEndpoint(address);
        }
        for (const auto& endpoint : profile.endpoints) {
            redactor.learnEndpoint(endpoint);
        }
    }
}

void learn(Redactor& redactor, const MeshAnswers& mesh) {
    if (mesh.peers.ok()) {
        for (const auto& peer : *mesh.peers) {
            redactor.learnNode(peer.id);
            redactor.learnKey(peer.publicKey);
            redactor.learnMesh(peer.zone);
            redactor.learnEndpoint(peer.primaryEndpoint);
            for (const auto& endpoint : peer.wireguardEndpoints) {
                redactor.learnEndpoint(endpoint);
            }
        }
    }
    if (mesh.routes.ok()) {
        for (const auto& route : *mesh.routes) {
            redactor.learnNode(route.nodeId);
            redactor.learnKey(route.publicKey);
        }
    }
    if (mesh.names.ok()) {
        redactor.learnMeshDomain(mesh.names->domain);
    }
}

/// Collects sections, with everything foreign taken out.
class Sections {
public:
    explicit Sections(Redactor& redactor) : redactor_(redactor) {}

    template <typename T>
    void add(const std::string& name, const std::string& title, const StatusOr<T>& answer) {
        if (answer.ok()) {
            sections_.push_back({name, title, redactor_.text(textOf(*answer)), false});
        } else {
            const std::string why = fmt::format(
                "This could not be had: {}\n", Lines::escaped(messageOf(answer.status())));
            sections_.push_back({name, title, redactor_.text(why), true});
        }
    }
    void addPlain(const std::string& name, const std::string& title, std::string_view text) {
        sections_.push_back({name, title, redactor_.text(text), false});
    }
    std::vector<Section> take() { return std::move(sections_); }

private:
    Redactor& redactor_;
    std::vector<Section> sections_;
};

}  // namespace

std::vector<Section> makeSections(const Answers& answers, Redaction level) {
    Redactor redactor(level);
    if (answers.capabilities.ok()) {
        redactor.learnNode(answers.capabilities->defaultNodeId);
    }
    if (answers.state.ok()) {
        learn(redactor, *answers.state);
    }
    for (const auto& mesh : answers.meshes) {
        learn(redactor, mesh);
    }
    Sections sections(redactor);
    Lines program;
    program.heading("program");
    program.add("version", answers.version);
    program.add("platform", answers.platform);
    program.add("time", timeText(answers.time));
    sections.addPlain("program", "Program and platform", program.take());
    sections.add("service", "Background service", answers.capabilities);
    sections.add("state", "Profiles and connections", answers.state);
    std::size_t number = 0;
    for (const auto& mesh : answers.meshes) {
        const std::string name = fmt::format("mesh-{}-", ++number);
        const std::string title = fmt::format(" of mesh {}", number);
        sections.add(name + "peers", "Members" + title, mesh.peers);
        sections.add(name + "routes", "Routes" + title, mesh.routes);
        sections.add(name + "names", "Names" + title, mesh.names);
        sections.add(name + "network", "Network check" + title, mesh.network);
        sections.add(name + "policy", "Figures of the rules" + title, mesh.policy);
    }
    sections.add("log", "Log", answers.log);
    return sections.take();
}

}  // namespace weft::report
