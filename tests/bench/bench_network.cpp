// SPDX-License-Identifier: Apache-2.0
// What it costs to keep a mesh's peers: bench_network [hubs|chords] [NODES...]
#include "core/mesh/detail/peer_feed.h"
#include "core/mesh/detail/peers.h"
#include "tests/bench/sample_mesh.h"
#include "tests/support/manual_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string_view>
#include <vector>

#include <malloc.h>

namespace {

using namespace weft;  // NOLINT(google-build-using-namespace): a program of one file
using bench::SampleMesh;
using mesh::NodeId;

constexpr std::size_t kSubscribers = 1000;

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

class Bench {
public:
    Bench(std::size_t nodes, SampleMesh::Shape shape) : nodes_(nodes), mesh_(nodes, shape) {
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
            shape == SampleMesh::Shape::Hubs ? "hubs  " : "chords",
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
                SampleMesh::nameOf(nodes_ / 2),
                SampleMesh::nameOf(last / 3));
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
            const NodeId id(SampleMesh::nameOf(mesh_.below(nodes_)));
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
                NodeId(SampleMesh::nameOf(number * (nodes_ / count))),
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
            mesh::detail::computePeers(registry_, *network_, NodeId(SampleMesh::nameOf(number)));
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
    SampleMesh mesh_;
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
    std::vector<SampleMesh::Shape> shapes;
    for (int at = 1; at < argc; ++at) {
        const std::string_view text(argv[at]);
        if (text == "hubs" || text == "chords") {
            shapes.push_back(text == "hubs" ? SampleMesh::Shape::Hubs : SampleMesh::Shape::Chords);
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
        shapes = {SampleMesh::Shape::Hubs, SampleMesh::Shape::Chords};
    }
    for (const auto nodes : sizes) {
        for (const auto shape : shapes) {
            Bench(nodes, shape).run();
        }
    }
    return 0;
}
