// SPDX-License-Identifier: Apache-2.0
// What it costs to keep a mesh's peers: bench_network [hubs|chords] [NODES...]
#include "core/crypto/node_key.h"
#include "core/mesh/detail/peer_feed.h"
#include "core/mesh/detail/peers.h"
#include "core/mesh/policy/records.h"
#include "tests/support/manual_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>
#include <set>
#include <string_view>
#include <vector>

#include <malloc.h>

namespace {

using namespace weft;  // NOLINT(google-build-using-namespace): a program of one file
using mesh::NodeId;
using storage::Event;

constexpr std::size_t kTeams = 40;
constexpr std::size_t kRoutes = 100;
constexpr std::size_t kSubscribers = 1000;
constexpr std::size_t kEdgesPerHundredNodes = 250;

/// Milliseconds of this thread's processor time.
double cpu() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double megabytes() {
    const auto info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / 1e6;
}

/// One key for all: making ten thousand takes longer than all else, and nobody looks at them here.
const crypto::PublicKey& sharedKey() {
    static const auto key = crypto::NodeKey::generate().value().publicKey();
    return key;
}

class Mesh {
public:
    enum class Shape { Hubs, Chords };

    // NOLINTNEXTLINE(cert-msc51-cpp): the same mesh each time
    Mesh(std::size_t nodes, Shape shape) : size_(nodes), shape_(shape), random_(7) {
        addRules();
        for (std::size_t number = 0; number < nodes; ++number) {
            putNode(number);
        }
        shape == Shape::Hubs ? linkHubs() : linkChords();
        for (std::size_t number = 0; number < kRoutes; ++number) {
            storage::RouteRecord route;
            route.name = fmt::format("r{}", number);
            route.node = nameOf(below(size_));
            route.destinations = {net::IpPrefix(
                net::IpAddress::v4(0x0A000000U + (static_cast<std::uint32_t>(number) << 8U)), 24)};
            put(std::string(storage::kRoutesPrefix) + route.name, storage::encodeRoute(route));
        }
    }

    /// With more, not all of them linked, ways become long, and agreeing on them takes long as
    /// well.
    std::size_t hubs() const { return std::clamp<std::size_t>(size_ / 100, 1, 100); }
    std::size_t below(std::size_t count) { return random_() % count; }
    static std::string nameOf(std::size_t number) { return fmt::format("node-{:06}", number); }

    void putNode(std::size_t number) {
        storage::NodeRecord node;
        node.id = NodeId(nameOf(number));
        node.publicKey = sharedKey();
        node.privateIpv4 = net::IpPrefix::host(
            net::IpAddress::v4(0xAC100000U + static_cast<std::uint32_t>(number) + 1));
        std::array<std::uint8_t, 16> bytes{0xfd, 1, 2, 3};
        for (std::size_t at = 0; at < 4; ++at) {
            bytes[8 + at] = static_cast<std::uint8_t>(number >> (8 * at));
        }
        node.privateIpv6 = net::IpPrefix(net::IpAddress::v6(bytes), 112);
        put(storage::nodeKey(node.id), storage::encodeNode(node));
    }

    void link(std::size_t left, std::size_t right, bool isThere = true) {
        const NodeId one(nameOf(left));
        const NodeId other(nameOf(right));
        if (left == right || (isThere && !linked_.insert(std::minmax(left, right)).second)) {
            return;
        }
        if (!isThere) {
            linked_.erase(std::minmax(left, right));
        }
        for (const auto& [from, to] : {std::pair(one, other), std::pair(other, one)}) {
            events.push_back(
                {isThere ? Event::Kind::Put : Event::Kind::Delete,
                 storage::edgeKey(from, to),
                 isThere ? storage::encodeEdge(from, to, 1, {}) : std::string(),
                 0});
        }
    }

    void putAcl(
        const std::string& name,
        std::int32_t priority,
        mesh::policy::AclAction action,
        std::string from,
        std::string to) {
        mesh::policy::NetworkAcl acl;
        acl.name = name;
        acl.priority = priority;
        acl.action = action;
        acl.sourceNodes = {std::move(from)};
        acl.destinationNodes = {std::move(to)};
        put(std::string(storage::kNetworkAclsPrefix) + name, mesh::policy::encode(acl));
    }

    std::vector<Event> take() { return std::exchange(events, {}); }

    std::vector<Event> events;

private:
    void put(std::string key, std::string value) {
        events.push_back({Event::Kind::Put, std::move(key), std::move(value), 0});
    }

    /// A hundred rules. Around hubs: teams that see themselves and the hubs. With chords: everybody
    /// sees everybody, but for some pairs.
    void addRules() {
        using mesh::policy::AclAction;
        std::vector<mesh::policy::Group> teams(kTeams + 1);
        for (std::size_t number = 0; number < size_; ++number) {
            const auto team = number < hubs() ? kTeams : number % kTeams;
            teams[team].subjects.push_back({nameOf(number), mesh::policy::SubjectKind::Node});
        }
        for (std::size_t team = 0; team <= kTeams; ++team) {
            teams[team].name = fmt::format("team-{}", team);
            put(std::string(storage::kGroupsPrefix) + teams[team].name,
                mesh::policy::encode(teams[team]));
        }
        std::size_t count = 0;
        if (shape_ == Shape::Hubs) {
            for (std::size_t team = 0; team < kTeams; ++team, ++count) {
                const auto group = fmt::format("group:team-{}", team);
                putAcl(fmt::format("inside-{}", team), 0, AclAction::Accept, group, group);
            }
            const auto servers = fmt::format("group:team-{}", kTeams);
            putAcl("to-hubs", 0, AclAction::Accept, "*", servers);
            putAcl("from-hubs", 0, AclAction::Accept, servers, "*");
        } else {
            putAcl("all", 0, AclAction::Accept, "*", "*");
            ++count;
            // One that matters, so that not everybody is alike.
            putAcl("off", 5, AclAction::Deny, nameOf(1), nameOf(size_ - 1));
        }
        for (count += 2; count < 100; ++count) {
            putAcl(fmt::format("idle-{}", count), -1, AclAction::Deny, "nobody", "nobody");
        }
    }

    void linkHubs() {
        for (std::size_t left = 0; left < hubs(); ++left) {
            for (std::size_t right = left + 1; right < std::min(hubs(), left + 50); ++right) {
                link(left, right);
            }
        }
        for (auto number = hubs(); number < size_; ++number) {
            link(number, below(hubs()));
            link(number, below(hubs()));
        }
    }

    void linkChords() {
        for (std::size_t number = 0; number < size_; ++number) {
            link(number, (number + 1) % size_);
        }
        while (linked_.size() < size_ * kEdgesPerHundredNodes / 100) {
            link(below(size_), below(size_));
        }
    }

    std::size_t size_;
    Shape shape_;
    std::mt19937_64 random_;
    std::set<std::pair<std::size_t, std::size_t>> linked_;
};

class Bench {
public:
    Bench(std::size_t nodes, Mesh::Shape shape) : nodes_(nodes), mesh_(nodes, shape) {
        const auto events = mesh_.take();
        const auto before = megabytes();
        registry_.apply(events);
        const auto records = megabytes();
        const auto start = cpu();
        policy_ = std::make_unique<mesh::policy::PolicyMirror>(registry_);
        network_ = std::make_unique<mesh::network::Network>(registry_, *policy_);
        const auto made = cpu() - start;
        feed_ = std::make_unique<mesh::detail::PeerFeed>(loop_, registry_, *network_);
        fmt::print(
            "{} {} nodes, {} edges: made in {:.1f} ms; records {:.1f} MB, network {:.1f} MB\n",
            shape == Mesh::Shape::Hubs ? "hubs  " : "chords",
            nodes,
            registry_.edgeCount(),
            made,
            records - before,
            megabytes() - records);
    }

    void run() {
        lists();
        subscribe();
        const auto last = nodes_ - 1;
        change("edge added", [&] { mesh_.link(nodes_ / 3, nodes_ / 2); });
        change("edge removed", [&] { mesh_.link(nodes_ / 3, nodes_ / 2, false); });
        change("ACL added", [&] {
            mesh_.putAcl(
                "one",
                9,
                mesh::policy::AclAction::Deny,
                Mesh::nameOf(nodes_ / 2),
                Mesh::nameOf(last / 3));
        });
        for (std::size_t number = 0; number < 3; ++number) {
            join(nodes_ + number);
        }
    }

private:
    void lists() {
        std::vector<double> times;
        std::size_t prefixes = 0;
        for (std::size_t round = 0; round < 31; ++round) {
            const NodeId id(Mesh::nameOf(mesh_.below(nodes_)));
            const auto start = cpu();
            const auto set = mesh::detail::computePeers(registry_, *network_, id);
            times.push_back(cpu() - start);
            for (const auto& peer : set.peers) {
                prefixes = std::max(prefixes, peer.allowedIps.size());
            }
        }
        std::ranges::sort(times);
        fmt::print(
            "  full peer list: p50 {:.3f} ms, max {:.3f} ms (up to {} prefixes with a peer)\n",
            times[times.size() / 2],
            times.back(),
            prefixes);
    }

    void subscribe() {
        const auto count = std::min(kSubscribers, nodes_);
        for (std::size_t number = 0; number < count; ++number) {
            subscriptions_.push_back(feed_->subscribe(
                NodeId(Mesh::nameOf(number * (nodes_ / count))),
                [this](const mesh::PeerSet&) { ++told_; }));
        }
        const auto before = megabytes();
        const auto start = cpu();
        loop_.runPosted();
        fmt::print(
            "  first lists of {} subscribers: {:.1f} ms; they keep {:.1f} MB\n",
            told_,
            cpu() - start,
            megabytes() - before);
    }

    template <typename Change>
    void change(std::string_view what, Change make) {
        make();
        const auto events = mesh_.take();
        told_ = 0;
        const auto computed = feed_->computed();
        const auto start = cpu();
        registry_.apply(events);
        const auto applied = cpu() - start;
        loop_.advance(std::chrono::seconds(1));
        fmt::print(
            "  {}: taken in {:.2f} ms, all subscribers {:.1f} ms ({} looked at, {} told)\n",
            what,
            applied,
            cpu() - start,
            feed_->computed() - computed,
            told_);
    }

    void join(std::size_t number) {
        mesh_.putNode(number);
        mesh_.link(number, 0);
        const auto events = mesh_.take();
        told_ = 0;
        const auto start = cpu();
        registry_.apply(events);
        const auto set =
            mesh::detail::computePeers(registry_, *network_, NodeId(Mesh::nameOf(number)));
        const auto joined = cpu() - start;
        loop_.advance(std::chrono::seconds(1));
        fmt::print(
            "  join: taken in with its list of {} peers {:.2f} ms; all subscribers {:.1f} ms "
            "({} told)\n",
            set.peers.size(),
            joined,
            cpu() - start,
            told_);
    }

    std::size_t nodes_;
    Mesh mesh_;
    tests::ManualLoop loop_;
    storage::Registry registry_;
    std::unique_ptr<mesh::policy::PolicyMirror> policy_;
    std::unique_ptr<mesh::network::Network> network_;
    std::unique_ptr<mesh::detail::PeerFeed> feed_;
    std::vector<Subscription> subscriptions_;
    std::size_t told_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::size_t> sizes;
    std::vector<Mesh::Shape> shapes;
    for (int at = 1; at < argc; ++at) {
        const std::string_view text(argv[at]);
        if (text == "hubs" || text == "chords") {
            shapes.push_back(text == "hubs" ? Mesh::Shape::Hubs : Mesh::Shape::Chords);
            continue;
        }
        std::size_t nodes = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), nodes);
        if (read.ec != std::errc() || nodes < 10 || nodes > 1'000'000) {
            fmt::print(stderr, "bench_network: {} is no number of nodes from 10 on\n", text);
            return 2;
        }
        sizes.push_back(nodes);
    }
    if (sizes.empty()) {
        sizes = {10'000};
    }
    if (shapes.empty()) {
        shapes = {Mesh::Shape::Hubs, Mesh::Shape::Chords};
    }
    for (const auto nodes : sizes) {
        for (const auto shape : shapes) {
            Bench(nodes, shape).run();
        }
    }
    return 0;
}
