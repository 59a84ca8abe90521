// SPDX-License-Identifier: Apache-2.0
// What direct ways cost the leader of a large mesh: bench_direct_ways [NODES [WATCHERS]]
#include "core/mesh/detail/direct_host.h"
#include "tests/bench/sample_mesh.h"
#include "tests/support/manual_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <malloc.h>

namespace {

using namespace weft;  // NOLINT(google-build-using-namespace): a program of one file
using bench::SampleMesh;
using mesh::DirectOffer;
using mesh::NodeId;

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

/// Commits at once and always, into the registry alone.
class Access final : public mesh::detail::HostAccess {
public:
    explicit Access(storage::Registry& registry) : registry_(registry) {}

    mesh::detail::MeshView view() const override {
        return {
            .registry = registry_,
            .shared = shared_,
            .self = NodeId(SampleMesh::nameOf(0)),
            .engine = {},
            .now = {}};
    }
    void transact(Planner plan, StatusCallback done) override {
        const auto planned = plan(view());
        if (!planned.ok()) {
            done(planned.status());
            return;
        }
        std::vector<storage::Event> events;
        for (const auto& operation : planned->operations) {
            if (const auto* put = std::get_if<storage::Put>(&operation)) {
                events.push_back({storage::Event::Kind::Put, put->key, put->value, 0});
            } else if (const auto* erase = std::get_if<storage::Delete>(&operation)) {
                events.push_back({storage::Event::Kind::Delete, erase->key, {}, 0});
            }
        }
        registry_.apply(events);
        done(okStatus());
    }
    void record(mesh::AuditEvent /*event*/) const override {}

private:
    storage::Registry& registry_;
    mesh::detail::SharedRecords shared_;
};

class Bench {
public:
    Bench(std::size_t nodes, std::size_t watchers)
        : watchers_(watchers), mesh_(nodes, SampleMesh::Shape::Chords) {
        registry_.apply(mesh_.take());
        policy_ = std::make_unique<mesh::policy::PolicyMirror>(registry_);
        network_ = std::make_unique<mesh::network::Network>(registry_, *policy_);
        feed_ = std::make_unique<mesh::detail::PeerFeed>(loop_, registry_, *network_, &seen_);
        const mesh::detail::DirectHost::Parts parts{
            loop_, access_, registry_, *network_, seen_, *feed_};
        ways_ = std::make_unique<mesh::detail::DirectHost>(parts);
        for (std::size_t number = 0; number < watchers_; ++number) {
            names_.emplace_back(SampleMesh::nameOf(number));
        }
        fmt::print("{} nodes, {} take part\n", nodes, watchers_);
    }

    void run() {
        const auto before = megabytes();
        measure("all watch", [this] { watchAll(); });
        measure("all are seen", [this] { seeAll(); });
        fmt::print("  kept: {:.1f} MB\n", megabytes() - before);
        measure("all say that packets come", [this] { sayUp(); });
        fmt::print("  kept: {:.1f} MB, edges {}\n", megabytes() - before, registry_.edgeCount());
        measure("one is seen elsewhere", [this] { see(names_[watchers_ / 2], 6000); });
        measure("one more rule", [this] {
            mesh_.putAcl(
                "one", 9, mesh::policy::AclAction::Deny, names_[3].value(), names_[7].value());
            registry_.apply(mesh_.take());
        });
    }

private:
    /// The change, and all that follows from it within a minute.
    template <typename Change>
    void measure(std::string_view what, Change make) {
        told_ = 0;
        const auto start = cpu();
        make();
        loop_.runPosted();
        for (int turn = 0; turn < 60; ++turn) {
            loop_.advance(std::chrono::milliseconds(100));
        }
        fmt::print("  {}: {:.1f} ms ({} lists of offers told)\n", what, cpu() - start, told_);
    }

    void watchAll() {
        for (std::size_t number = 0; number < watchers_; ++number) {
            subscriptions_.push_back(
                ways_->watch(names_[number], [this, number](const mesh::DirectOffers& offers) {
                    keep(number, offers);
                }));
        }
    }

    /// Whom the node is to call.
    void keep(std::size_t number, const mesh::DirectOffers& offers) {
        ++told_;
        auto& rounds = rounds_[number];
        rounds.clear();
        for (const auto& offer : offers.offers) {
            if (offer.kind != DirectOffer::Kind::Relayed) {
                rounds.emplace_back(offer.node.id, offer.round);
            }
        }
    }

    void see(const NodeId& node, std::uint16_t port) {
        // Of those who take part.
        const auto edges = registry_.edgesOf(node);
        const auto edge = std::ranges::find_if(edges, [this](const storage::EdgeRecord* found) {
            return found->target <= names_.back();
        });
        if (edge == edges.end()) {
            return;
        }
        const auto& observer = (*edge)->target;
        auto& seen = seenBy_[observer];
        std::erase_if(
            seen, [&node](const mesh::Sighting& sighting) { return sighting.node == node; });
        seen.push_back({node, net::Endpoint{net::IpAddress::v4(0xCB007101U), port}});
        report(observer);
    }
    void seeAll() {
        std::uint16_t port = 1024;
        for (const auto& node : names_) {
            see(node, port++);
        }
    }
    void report(const NodeId& observer) {
        mesh::Caller caller;
        caller.proof = mesh::Caller::Proof::Process;
        take(ways_->report({observer, seenBy_[observer], {}}, caller));
    }
    static void take(const Status& status) {
        if (!status.ok()) {
            fmt::print(stderr, "bench_direct_ways: {}\n", toString(status));
        }
    }
    void sayUp() {
        mesh::Caller caller;
        caller.proof = mesh::Caller::Proof::Process;
        for (std::size_t number = 0; number < watchers_; ++number) {
            mesh::DirectReport report;
            report.node = names_[number];
            report.sightings = seenBy_[names_[number]];
            for (const auto& [node, round] : rounds_[number]) {
                report.ways.push_back({node, round, mesh::WayReport::State::Up});
            }
            take(ways_->report(report, caller));
        }
    }

    std::size_t watchers_;
    SampleMesh mesh_;
    tests::ManualLoop loop_;
    storage::Registry registry_;
    Access access_{registry_};
    mesh::detail::Sightings seen_;
    std::unique_ptr<mesh::policy::PolicyMirror> policy_;
    std::unique_ptr<mesh::network::Network> network_;
    std::unique_ptr<mesh::detail::PeerFeed> feed_;
    std::unique_ptr<mesh::detail::DirectHost> ways_;
    std::vector<NodeId> names_;
    std::map<std::size_t, std::vector<std::pair<NodeId, std::uint64_t>>> rounds_;
    std::map<NodeId, std::vector<mesh::Sighting>> seenBy_;
    std::vector<Subscription> subscriptions_;
    std::size_t told_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::size_t> numbers{10'000, 1000};
    for (int at = 1; at < argc && at <= 2; ++at) {
        const std::string_view text(argv[at]);
        auto& number = numbers[static_cast<std::size_t>(at - 1)];
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec != std::errc() || number < 10 || number > 100'000) {
            fmt::print(stderr, "bench_direct_ways: {} is no number from 10 to 100000\n", text);
            return 2;
        }
    }
    if (numbers[1] > numbers[0]) {
        fmt::print(stderr, "bench_direct_ways: more take part than there are nodes\n");
        return 2;
    }
    Bench(numbers[0], numbers[1]).run();
    return 0;
}
