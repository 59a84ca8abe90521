// SPDX-License-Identifier: Apache-2.0
// Joins over a durable store: 1,000 public nodes one after another, which make a full mesh of half
// a million edges, and a join into a mesh of 10,000 nodes. Prints one line for each figure.
//
//   bench_join [--nodes N] [--large no] [--dir FOLDER]
#include "core/base/asio_loop.h"
#include "core/base/log.h"
#include "core/mesh/host.h"
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/support/temp_dir.h"

#include "v1/node.pb.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include <malloc.h>
#include <sys/resource.h>

namespace weft::bench {
namespace {

using Clock = std::chrono::steady_clock;
using mesh::NodeId;

double millisecondsSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

[[noreturn]] void stop(const Status& status, std::string_view what) {
    fmt::print(stderr, "bench_join: {}: {}\n", what, weft::toString(status));
    std::exit(1);  // NOLINT(concurrency-mt-unsafe): nothing else runs that would mind
}

/// Resident memory of this process in KiB.
std::size_t residentKib() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word == "VmRSS:") {
            std::size_t kib = 0;
            status >> kib;
            return kib;
        }
    }
    return 0;
}

/// Processor time of this process in seconds: what a machine that others use at the same time does
/// not falsify.
double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

crypto::PublicKey keyOf(std::uint32_t number) {
    std::array<std::uint8_t, 32> seed{};
    for (std::size_t byte = 0; byte < 4; ++byte) {
        seed[byte] = static_cast<std::uint8_t>(number >> (8 * byte));
    }
    return crypto::NodeKey::fromSeed(seed)->publicKey();
}

mesh::JoinParams paramsOf(std::uint32_t number, bool isPublic) {
    mesh::JoinParams params;
    params.id = NodeId(fmt::format("node-{:05}", number));
    params.publicKey = keyOf(number);
    params.features = {{v1::NODES, 8443}};
    if (isPublic) {
        params.primaryEndpoint = fmt::format("198.18.{}.{}", number / 256, number % 256);
        params.wireguardEndpoints = {params.primaryEndpoint + ":51820"};
    }
    return params;
}

mesh::HostOptions serverOptions() {
    mesh::HostOptions options;
    options.self.id = NodeId("server");
    options.self.publicKey = keyOf(4'000'000'000);
    options.self.primaryEndpoint = "198.19.0.1";
    options.self.wireguardEndpoints = {"198.19.0.1:51820"};
    options.self.features = {{v1::NODES, 8443}, {v1::STORAGE_PROVIDER, 9000}};
    return options;
}

mesh::Caller callerOf(const NodeId& id) {
    mesh::Caller caller;
    caller.proof = mesh::Caller::Proof::Certificate;
    caller.identity = id;
    return caller;
}

/// A server on a loop of its own over SQLite.
class Server {
public:
    explicit Server(const std::filesystem::path& folder) {
        storage::SqliteOptions options;
        options.path = folder / "mesh.db";
        auto store = storage::SqliteStore::open(options, clock_);
        if (!store.ok()) {
            stop(store.status(), "opening the store");
        }
        store_ = *std::move(store);
        const auto cpu = cpuSeconds();
        const auto start = Clock::now();
        onLoop([this] {
            auto host = mesh::Host::open(serverOptions(), loop_, *store_);
            if (!host.ok()) {
                stop(host.status(), "opening the mesh");
            }
            host_ = *std::move(host);
        });
        openMilliseconds_ = millisecondsSince(start);
        openCpuMilliseconds_ = (cpuSeconds() - cpu) * 1000;
    }
    ~Server() {
        onLoop([this] { host_.reset(); });
        loop_.stop();
        store_.reset();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    double openMilliseconds() const { return openMilliseconds_; }
    double openCpuMilliseconds() const { return openCpuMilliseconds_; }
    storage::KeyValueStore& store() { return *store_; }
    const storage::Registry& registry() const { return host_->registry(); }

    /// How long the answer took.
    double join(mesh::JoinParams params) {
        std::promise<Status> answer;
        const auto start = Clock::now();
        loop_.post([this, params = std::move(params), &answer] {
            host_->join(params, callerOf(params.id), [&answer](const auto& grant) {
                answer.set_value(grant.status());
            });
        });
        const auto status = answer.get_future().get();
        if (!status.ok()) {
            stop(status, "join");
        }
        return millisecondsSince(start);
    }

private:
    template <typename Task>
    void onLoop(Task task) {
        std::promise<void> done;
        loop_.post([&task, &done] {
            task();
            done.set_value();
        });
        done.get_future().get();
    }

    base::SystemClock clock_;
    base::AsioLoop loop_{"bench"};
    std::unique_ptr<storage::SqliteStore> store_;
    std::unique_ptr<mesh::Host> host_;
    double openMilliseconds_ = 0;
    double openCpuMilliseconds_ = 0;
};

double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const auto at = static_cast<double>(values.size() - 1) * share;
    return values[static_cast<std::size_t>(at)];
}

void joinOneAfterAnother(const std::filesystem::path& folder, std::uint32_t count, bool isPublic) {
    Server server(folder);
    std::vector<mesh::JoinParams> nodes;
    for (std::uint32_t number = 1; number <= count; ++number) {
        nodes.push_back(paramsOf(number, isPublic));
    }
    std::vector<double> times;
    const auto cpu = cpuSeconds();
    const auto start = Clock::now();
    times.reserve(nodes.size());
    for (auto& node : nodes) {
        times.push_back(server.join(std::move(node)));
    }
    fmt::print(
        "{} joins one after another: {} in {:.2f} s, {:.2f} s of it processor time (p50 {:.2f} "
        "ms, last ten {:.2f} ms each), {} edges, resident {} MiB\n",
        isPublic ? "public" : "plain",
        count,
        millisecondsSince(start) / 1000,
        cpuSeconds() - cpu,
        percentile(times, 0.5),
        percentile({times.end() - 10, times.end()}, 0.5),
        server.registry().edgeCount(),
        residentKib() / 1024);
}

/// Writes 10,000 nodes and 25,000 edges below the server's own: 100 of them public.
void fill(storage::KeyValueStore& store, std::uint32_t nodes) {
    storage::Transaction transaction;
    const auto flush = [&store, &transaction] {
        if (auto result = store.commitAndWait(std::move(transaction)); !result.ok()) {
            stop(result.status(), "filling the store");
        }
        transaction = {};
    };
    const auto put = [&](std::string key, std::string value) {
        transaction.operations.emplace_back(
            storage::Put{std::move(key), std::move(value), std::nullopt});
        if (transaction.operations.size() >= 20'000) {
            flush();
        }
    };
    const auto link = [&](const NodeId& left, const NodeId& right, std::int32_t weight) {
        put(storage::edgeKey(left, right), storage::encodeEdge({left, right, weight, {}}));
        put(storage::edgeKey(right, left), storage::encodeEdge({right, left, weight, {}}));
    };
    constexpr std::uint32_t kPublic = 100;
    const auto prefix = *net::IpPrefix::parse("fd00:1:2::/32");
    for (std::uint32_t number = 1; number <= nodes; ++number) {
        const auto params = paramsOf(number, number <= kPublic);
        storage::NodeRecord node;
        node.id = params.id;
        node.publicKey = params.publicKey;
        node.primaryEndpoint = params.primaryEndpoint;
        node.wireguardEndpoints = params.wireguardEndpoints;
        node.features = params.features;
        node.privateIpv6 = crypto::nodePrefix(prefix, *params.publicKey.wireGuardKey());
        node.privateIpv4 = net::IpPrefix::host(net::IpAddress::v4(0xAC100001U + number));
        node.joinedAt = WallTime(std::chrono::seconds(1'790'000'000));
        put(storage::nodeKey(node.id), storage::encodeNode(node));
        put("/weft/v1/keys/" + node.id.value(), node.publicKey->toString());
        put("/weft/v1/reservations/ipv4/" + node.privateIpv4->address().toString(),
            node.id.value());
        link(node.id, NodeId("server"), number <= kPublic ? 99 : 1);
        for (std::uint32_t other = 1; number <= kPublic && other < number; ++other) {
            link(node.id, paramsOf(other, true).id, 99);
        }
        if (number > kPublic) {
            link(node.id, NodeId(fmt::format("node-{:05}", number / 2)), 1);
        }
    }
    flush();
}

/// What the records of nodes alone take in memory, and how long reading them takes.
void nodesInMemory(storage::KeyValueStore& store) {
    const auto listing = store.list(storage::kNodesPrefix);
    if (!listing.ok()) {
        stop(listing.status(), "listing nodes");
    }
    const auto before = mallinfo2().uordblks;
    const auto start = Clock::now();
    storage::Registry registry;
    registry.reset(listing->entries, listing->revision);
    const auto took = millisecondsSince(start);
    fmt::print(
        "registry of {} nodes alone: {} bytes for each, read in {:.1f} ms\n",
        registry.nodeCount(),
        (mallinfo2().uordblks - before) / registry.nodeCount(),
        took);
}

void joinsIntoALargeMesh(const std::filesystem::path& folder, std::uint32_t nodes) {
    {
        Server server(folder);
        fill(server.store(), nodes);
    }
    const auto before = residentKib();
    Server server(folder);
    const auto kib = residentKib() - before;
    fmt::print(
        "open a mesh of {} nodes and {} edges: {:.1f} ms, {:.1f} ms of it processor time, {} MiB more "
        "resident\n",
        server.registry().nodeCount(),
        server.registry().edgeCount(),
        server.openMilliseconds(),
        server.openCpuMilliseconds(),
        kib / 1024);
    nodesInMemory(server.store());
    std::vector<double> commits;
    for (int round = 0; round < 100; ++round) {
        const auto start = Clock::now();
        if (auto status = server.store().put("/bench", fmt::format("{}", round)); !status.ok()) {
            stop(status, "put");
        }
        commits.push_back(millisecondsSince(start));
    }
    for (const bool isPublic : {false, true}) {
        std::vector<double> times;
        for (std::uint32_t round = 0; round < 100; ++round) {
            const auto number = nodes + 1 + round + (isPublic ? 1000U : 0U);
            times.push_back(server.join(paramsOf(number, isPublic)));
        }
        fmt::print(
            "{} join into {} nodes: p50 {:.2f} ms, p99 {:.2f} ms; one small commit: p50 {:.2f} ms\n",
            isPublic ? "public" : "plain",
            nodes,
            percentile(times, 0.5),
            percentile(times, 0.99),
            percentile(commits, 0.5));
    }
}

}  // namespace
}  // namespace weft::bench

int main(int argc, char** argv) {
    std::uint32_t nodes = 1000;
    bool large = true;
    std::optional<weft::tests::TempDir> temporary;
    std::filesystem::path folder;
    for (int at = 1; at + 1 < argc; at += 2) {
        const std::string_view name = argv[at];
        if (name == "--nodes") {
            nodes =
                static_cast<std::uint32_t>(std::max(20L, std::strtol(argv[at + 1], nullptr, 10)));
        } else if (name == "--large") {
            large = std::string_view(argv[at + 1]) != "no";
        } else if (name == "--dir") {
            folder = argv[at + 1];
        }
    }
    if (folder.empty()) {
        folder = temporary.emplace().path();
    }
    (void)weft::base::configureLogging("error", weft::base::LogTarget::Stderr);
    if (large) {
        weft::bench::joinsIntoALargeMesh(folder / "large", 10'000);
    }
    weft::bench::joinOneAfterAnother(folder / "plain", nodes, false);
    weft::bench::joinOneAfterAnother(folder / "public", nodes, true);
    return 0;
}
