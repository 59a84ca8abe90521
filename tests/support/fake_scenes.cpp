// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_scenes.h"

#include "tests/support/fake_change_scenes.h"
#include "tests/support/fake_logs.h"
#include "tests/support/fake_mesh.h"
#include "tests/support/fake_peers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <functional>
#include <utility>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using api::CheckState;
using api::ConnectionState;
using api::Severity;

const api::ProfileId kHome{"home"};

api::Profile makeProfile(const std::string& id, const std::string& name) {
    api::Profile profile;
    profile.id = api::ProfileId{id};
    profile.name = name;
    profile.nodeId = "laptop";
    profile.meshDomain = id + ".internal";
    profile.meshIdentity = "6f1c2f6f0b0a4f9d8c55f3c4b2a1908e7d6c5b4a39281706f5e4d3c2b1a09f8e";
    return profile;
}

std::vector<api::CheckItem> connectedChecklist(WallTime since) {
    return {
        {"leader", CheckState::Ok, "This node keeps the mesh", since},
        {"address", CheckState::Ok, "172.16.0.1/32, fd5e:7ab1:c04:1::/64", since},
        {"state", CheckState::Ok, "The database is on this machine", since},
        {"certificate", CheckState::Ok, "Good for 89 days", since},
        {"tunnel", CheckState::Ok, "weft0 is up, UDP port 51820", since},
        {"routes", CheckState::Ok, "3 of 3 networks lead into weft0", since},
        {"handshake", CheckState::Ok, "3 of 5 peers answer", since},
        {"dns",
         CheckState::Off,
         "Names are not served here (services.meshdns.enabled)",
         std::nullopt},
    };
}

api::Connection makeConnected(const api::Profile& profile, WallTime now) {
    api::Connection connection;
    connection.profileId = profile.id;
    connection.state = ConnectionState::Connected;
    connection.since = now - 42min - 10s;
    connection.nodeId = profile.nodeId;
    connection.publicKey = fakePublicKey(0);
    connection.meshDomain = profile.meshDomain;
    connection.meshIdentity = profile.meshIdentity;
    connection.addressIpv4 = "172.16.0.1/32";
    connection.addressIpv6 = "fd5e:7ab1:c04:1::/64";
    connection.networkIpv4 = "172.16.0.0/12";
    connection.networkIpv6 = "fd5e:7ab1:c04::/48";
    connection.clusterStatus = api::ClusterStatus::Leader;
    connection.leader = profile.nodeId;
    connection.peerCount = 11;
    connection.certificateExpiresAt = now + 89 * 24h;
    connection.checklist = connectedChecklist(*connection.since);
    connection.weftMesh = true;
    connection.listenAddress = "[::]:8443";
    connection.isAdmin = true;
    connection.tunnel = {"weft0", 51820, 1420};
    return connection;
}

std::vector<api::Invitation> sampleInvitations(WallTime now) {
    api::Invitation open;
    open.id = "inv-7f3a";
    open.nodeId = "laptop-support";
    open.note = "Laptop of support";
    open.createdAt = now - 3h;
    open.expiresAt = now + 21h;
    open.createdBy = "laptop";
    api::Invitation used = open;
    used.id = "inv-51c0";
    used.nodeId.clear();
    used.note = "Kitchen tablet";
    used.createdAt = now - 5h;
    used.state = api::InvitationState::Used;
    used.usedBy = "tablet-kitchen";
    used.usedAt = now - 2h;
    api::Invitation expired = open;
    expired.id = "inv-0b9e";
    expired.nodeId.clear();
    expired.note.clear();
    expired.createdAt = now - 50h;
    expired.expiresAt = now - 26h;
    expired.state = api::InvitationState::Expired;
    return {open, used, expired};
}

api::MeshRoute makeRoute(
    const std::string& cidr,
    const std::string& node,
    api::RouteState state,
    std::string text = {}) {
    api::MeshRoute route;
    route.cidr = cidr;
    route.nodeId = node;
    route.state = state;
    route.text = std::move(text);
    return route;
}

/// One in every state that there is.
std::vector<api::MeshRoute> sampleRoutes() {
    using api::RouteState;
    std::vector<api::MeshRoute> routes{
        makeRoute("172.16.0.0/12", "", RouteState::InUse),
        makeRoute("0.0.0.0/0", "nas", RouteState::Asked, "Nobody here has agreed to it yet."),
        makeRoute("10.1.0.0/24", "nas", RouteState::InUse),
        makeRoute(
            "10.40.0.0/16", "workstation", RouteState::Refused, "Somebody here has said no to it."),
        makeRoute(
            "192.168.1.0/24",
            "build-01",
            RouteState::Overlaps,
            "This computer reaches it by eth0."),
        makeRoute(
            "198.51.100.128/25",
            "vps-fra",
            RouteState::KeyChanged,
            "It was agreed to for another key of the node: make sure that it is still the same "
            "machine, and agree again."),
        makeRoute("10.8.0.0/24", "laptop", RouteState::Offered),
        makeRoute(
            "10.9.0.0/24",
            "laptop",
            RouteState::NotOffered,
            "The configuration of this node does not offer it (mesh.routes)."),
    };
    routes.at(1).isDefault = true;
    routes.at(1).needsConsent = true;
    routes.at(5).needsConsent = true;
    for (std::size_t i = 1; i < 6; ++i) {
        routes.at(i).publicKey = fakePublicKey(i);
    }
    return routes;
}

FakeScene homeScene(WallTime now) {
    FakeScene scene;
    scene.capabilities.version = "0.1.0";
    scene.capabilities.grade = api::Grade::Administer;
    scene.capabilities.features = {"profiles", "invitations", "graph", "policy"};
    scene.capabilities.defaultNodeId = "laptop";
    scene.capabilities.keepsSecrets = true;
    scene.capabilities.hasLocalApi = true;
    scene.routes[kHome] = sampleRoutes();
    api::Profile profile = makeProfile("home", "Home");
    profile.kind = api::ProfileKind::Founder;
    profile.listenAddress = "[::]:8443";
    profile.endpoints = {"192.0.2.14"};
    scene.state.revision = 1;
    scene.state.connections = {makeConnected(profile, now)};
    scene.state.profiles = {std::move(profile)};
    scene.state.defaultProfile = kHome;
    scene.peers[kHome] = fakePeers(kFakeSamples, now);
    scene.invitations[kHome] = sampleInvitations(now);
    scene.policies[kHome] = fakePolicy(scene.peers[kHome], now);
    scene.values = {
        {"/registry/nodes/laptop", R"({"id":"laptop"})"},
        {"/registry/nodes/nas", R"({"id":"nas"})"},
        {"/meshdomain", "home.internal"},
    };
    scene.metrics = {
        {"weft0",
         fakePublicKey(0),
         "172.16.0.1/32",
         "fd5e:7ab1:c04:1::/64",
         "userspace",
         51820,
         7'002'020'326,
         1'333'964'564,
         5}};
    return scene;
}

FakeScene linkedScene(WallTime now) {
    FakeScene scene = homeScene(now);
    scene.edges[kHome] = fakeEdges(scene.peers[kHome]);
    scene.plans[kHome] = fakePlan(scene.peers[kHome], scene.edges[kHome], scene.policies[kHome]);
    return scene;
}

api::Connection& firstConnection(FakeScene& scene) {
    return scene.state.connections.front();
}

/// No longer in the mesh: what is left of a connection when it is off.
void turnOff(api::Connection& connection, ConnectionState state) {
    connection.state = state;
    connection.since.reset();
    connection.peerCount = 0;
    connection.checklist.clear();
}

FakeScene firstRunScene(WallTime now) {
    FakeScene scene;
    scene.capabilities = homeScene(now).capabilities;
    scene.state.revision = 1;
    return scene;
}

FakeScene aloneScene(WallTime now) {
    FakeScene scene = homeScene(now);
    scene.peers[kHome] = fakePeers(1, now);
    scene.invitations.clear();
    scene.policies[kHome] = fakePolicy(scene.peers[kHome], now);
    firstConnection(scene).peerCount = 0;
    return scene;
}

FakeScene offScene(WallTime now) {
    FakeScene scene = homeScene(now);
    turnOff(firstConnection(scene), ConnectionState::Off);
    return scene;
}

FakeScene connectingScene(WallTime now) {
    FakeScene scene = homeScene(now);
    turnOff(firstConnection(scene), ConnectionState::Connecting);
    firstConnection(scene).step = {3, 6, "Proving who we are"};
    return scene;
}

FakeScene degradedScene(WallTime now) {
    FakeScene scene = homeScene(now);
    api::Connection& connection = firstConnection(scene);
    connection.state = ConnectionState::Degraded;
    connection.clusterStatus = api::ClusterStatus::Node;
    connection.leader = "vps-fra";
    connection.checklist[0] = {
        "leader", CheckState::Warn, "vps-fra has not answered for 2 minutes", now - 2min};
    connection.checklist[3] = {
        "certificate", CheckState::Warn, "Ends in 6 days and was not renewed", now - 9h};
    connection.certificateExpiresAt = now + 6 * 24h;
    connection.problems = {
        {Severity::Warn,
         "No leader answers.",
         "Changes to the mesh wait until vps-fra is back. Check that it is switched on."},
        {Severity::Warn,
         "The certificate of this node ends in 6 days.",
         "It renews by itself as soon as a leader answers."},
    };
    return scene;
}

FakeScene reconnectingScene(WallTime now) {
    FakeScene scene = homeScene(now);
    api::Connection& connection = firstConnection(scene);
    connection.state = ConnectionState::Reconnecting;
    connection.retryAt = now + 8s;
    connection.failure = {
        Severity::Warn, "The connection to vps-fra:8443 was lost.", "Weft tries again by itself."};
    connection.checklist[0] = {"leader", CheckState::Failed, "No member can be reached", now - 20s};
    connection.checklist[2] = {"state", CheckState::Warn, "Last news 20 seconds ago", now - 20s};
    return scene;
}

FakeScene failedScene(WallTime now) {
    FakeScene scene = homeScene(now);
    turnOff(firstConnection(scene), ConnectionState::Failed);
    firstConnection(scene).step = {3, 6, "Proving who we are"};
    firstConnection(scene).failure = {
        Severity::Error,
        "The certificate of this node has expired.",
        "Ask a member for a new invitation code and join again; the node keeps its name."};
    return scene;
}

FakeScene disconnectingScene(WallTime now) {
    FakeScene scene = homeScene(now);
    firstConnection(scene).state = ConnectionState::Disconnecting;
    return scene;
}

FakeScene severalScene(WallTime now) {
    FakeScene scene = homeScene(now);
    const auto add = [&scene, now](const std::string& id, const std::string& name) {
        api::Profile profile = makeProfile(id, name);
        profile.joinAddresses = {"hub." + id + ".example:8443"};
        api::Connection connection = makeConnected(profile, now);
        connection.clusterStatus = api::ClusterStatus::Node;
        connection.leader = "hub";
        connection.isAdmin = false;
        scene.state.profiles.push_back(std::move(profile));
        scene.state.connections.push_back(std::move(connection));
        return &scene.state.connections.back();
    };
    turnOff(*add("work", "Work"), ConnectionState::Off);
    api::Connection* lab = add("lab", "Lab");
    turnOff(*lab, ConnectionState::Connecting);
    lab->step = {2, 6, "Reaching a member"};
    api::Connection* club = add("club", "Sailing club");
    turnOff(*club, ConnectionState::Failed);
    club->failure = {
        Severity::Error,
        "No member answered at hub.club.example:8443.",
        "Check that one of the members is switched on and reachable."};
    return scene;
}

FakeScene hostileScene(WallTime now) {
    FakeScene scene = homeScene(now);
    const std::array<std::string, 5> names{
        "<b>bold</b><img src='file:///etc/passwd'>",
        "\u202Etxt.exe\u202C invoice",
        "two\nlines\r\tand\u2028more",
        std::string(300, 'w'),
        "</Text><a href=\"x\">click</a>&amp;%1%2",
    };
    std::vector<api::Peer>& peers = scene.peers[kHome];
    for (std::size_t i = 0; i < names.size(); ++i) {
        peers.at(i + 1).id = names.at(i);
        peers.at(i + 1).zone = names.at(i);
        peers.at(i + 1).primaryEndpoint = names.at(i);
    }
    for (auto& route : scene.routes[kHome]) {
        route.text = names[0];
        route.nodeId = route.nodeId == "nas" ? names[3] : names[4];
    }
    peers.at(6).id = std::string("broken \xff\xfe utf-8");
    // NOLINTNEXTLINE(misc-misleading-bidirectional): that is what is hostile about it
    scene.state.profiles.front().name = "<h1>Home</h1>\n\u202Eevil";
    api::Connection& connection = firstConnection(scene);
    connection.leader = names[0];
    connection.meshDomain = names[4];
    connection.state = ConnectionState::Degraded;
    connection.problems = {{Severity::Warn, names[0], names[2]}};
    connection.checklist[0] = {"leader", CheckState::Warn, names[4], now};
    addGroups(scene.policies[kHome], names);
    addHostileDraft(scene, kHome, now, names);
    scene.policies[kHome].state.problems = {{Severity::Warn, names[0], names[4]}};
    scene.invitations[kHome].front().note = names[0];
    scene.invitations[kHome].front().nodeId = names[1];
    return scene;
}

FakeScene crowdScene(WallTime now) {
    FakeScene scene = homeScene(now);
    scene.peers[kHome] = fakePeers(5000, now);
    scene.policies[kHome] = crowdedFakePolicy(2000, now);
    scene.edges[kHome] = fakeEdges(scene.peers[kHome]);
    firstConnection(scene).peerCount = 4999;
    return scene;
}

FakeScene lostScene(WallTime now) {
    FakeScene scene = homeScene(now);
    scene.link = api::LinkState::Lost;
    scene.linkError = unavailable("the background service does not answer");
    return scene;
}

FakeScene readOnlyScene(WallTime now) {
    FakeScene scene = homeScene(now);
    scene.capabilities.grade = api::Grade::Observe;
    firstConnection(scene).isAdmin = false;
    return scene;
}

FakeScene referenceScene(WallTime now) {
    FakeScene scene = firstRunScene(now);
    scene.capabilities.features.clear();
    scene.capabilities.hasLocalApi = false;
    scene.capabilities.defaultNodeId.clear();
    return scene;
}

FakeScene waitingScene(WallTime now) {
    FakeScene scene = homeScene(now);
    scene.link = api::LinkState::Connecting;
    scene.answers = false;
    return scene;
}

FakeScene draftScene(WallTime now) {
    FakeScene scene = homeScene(now);
    addDraft(scene, kHome, now);
    return scene;
}

FakeScene conflictsScene(WallTime now) {
    FakeScene scene = draftScene(now);
    addConflicts(scene, kHome);
    return scene;
}

FakeScene countdownScene(WallTime now) {
    FakeScene scene = homeScene(now);
    addHistory(scene, kHome, now);
    addWaitingChange(scene, kHome, now);
    return scene;
}

using Maker = FakeScene (*)(WallTime);
constexpr std::array<std::pair<const char*, Maker>, 20> kScenes{{
    {"home", homeScene},
    {"linked", linkedScene},
    {"first-run", firstRunScene},
    {"alone", aloneScene},
    {"off", offScene},
    {"connecting", connectingScene},
    {"degraded", degradedScene},
    {"reconnecting", reconnectingScene},
    {"failed", failedScene},
    {"disconnecting", disconnectingScene},
    {"several", severalScene},
    {"hostile", hostileScene},
    {"crowd", crowdScene},
    {"lost", lostScene},
    {"read-only", readOnlyScene},
    {"reference", referenceScene},
    {"waiting", waitingScene},
    {"draft", draftScene},
    {"conflicts", conflictsScene},
    {"countdown", countdownScene},
}};

}  // namespace

StatusOr<FakeScene> fakeScene(std::string_view name, WallTime now) {
    for (const auto& [known, make] : kScenes) {
        if (name == known) {
            FakeScene scene = make(now);
            scene.log = sampleLog(name, now);
            return scene;
        }
    }
    return notFound("no scene \"{}\"; there are: {}", name, fmt::join(fakeSceneNames(), ", "));
}

const std::vector<std::string>& fakeSceneNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        all.reserve(kScenes.size());
        for (const auto& [name, make] : kScenes) {
            all.emplace_back(name);
        }
        return all;
    }();
    return names;
}

}  // namespace weft::tests
