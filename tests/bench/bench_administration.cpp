// SPDX-License-Identifier: Apache-2.0
// A mesh with 10,000 roles, bindings, groups and access rules each over a durable store: how long
// listing a kind, editing one object, and a decision after an edit take. Prints one line for each.
//
//   bench_administration [--objects N]
#include "core/base/asio_loop.h"
#include "core/base/log.h"
#include "core/mesh/administration.h"
#include "core/mesh/detail/policy_plan.h"
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/support/temp_dir.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <future>
#include <string>
#include <string_view>
#include <vector>

namespace weft::bench {
namespace {

using Clock = std::chrono::steady_clock;
using mesh::PolicyObject;
using mesh::policy::ObjectKind;
using mesh::policy::Resource;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;

constexpr int kRounds = 20;

[[noreturn]] void stop(const Status& status, std::string_view what) {
    fmt::print(stderr, "bench_administration: {}: {}\n", what, weft::toString(status));
    std::exit(1);  // NOLINT(concurrency-mt-unsafe): nothing else runs that would mind
}

std::string nameOf(std::size_t number) {
    return fmt::format("object-{:05}", number);
}

PolicyObject objectOf(ObjectKind kind, std::size_t number, Verb verb = Verb::Get) {
    const auto name = nameOf(number);
    switch (kind) {
    case ObjectKind::Role:
        return mesh::policy::Role{name, {{{Resource::Routes}, {name, "other"}, {verb}}}};
    case ObjectKind::RoleBinding:
        return mesh::policy::RoleBinding{
            name,
            name,
            {{fmt::format("node-{}-{}", number, static_cast<int>(verb)), SubjectKind::Node},
             {name, SubjectKind::Group}}};
    case ObjectKind::Group:
        return mesh::policy::Group{
            name,
            {{fmt::format("node-{}", number), SubjectKind::Node},
             {fmt::format("node-{}-{}", number + 1, static_cast<int>(verb)), SubjectKind::Node}}};
    default: {
        mesh::policy::NetworkAcl acl;
        acl.name = name;
        acl.priority = static_cast<std::int32_t>(number) + static_cast<std::int32_t>(verb);
        acl.action = mesh::policy::AclAction::Accept;
        acl.sourceNodes = {"group:" + name};
        acl.destinationNodes = {"*"};
        acl.destinationCidrs = {"10.0.0.0/8"};
        return acl;
    }
    }
}

constexpr std::array kKinds{
    ObjectKind::Role, ObjectKind::RoleBinding, ObjectKind::Group, ObjectKind::NetworkAcl};

class Bench {
public:
    explicit Bench(std::size_t objects) : objects_(objects) {}

    void run() {
        open();
        fill();
        for (const auto kind : kKinds) {
            measureKind(kind);
        }
        onLoop([this] {
            administration_.reset();
            host_.reset();
        });
    }

private:
    void onLoop(const std::function<void()>& task) {
        std::promise<void> done;
        loop_.post([&] {
            task();
            done.set_value();
        });
        done.get_future().wait();
    }

    void open() {
        storage::SqliteOptions options;
        options.path = folder_.path() / "mesh.db";
        auto store = storage::SqliteStore::open(options, loop_.clock());
        if (!store.ok()) {
            stop(store.status(), "opening the store");
        }
        store_ = *std::move(store);
        onLoop([this] {
            mesh::HostOptions host;
            host.self.id = mesh::NodeId("alpha");
            host.self.publicKey = crypto::NodeKey::generate()->publicKey();
            auto opened = mesh::Host::open(std::move(host), loop_, *store_);
            if (!opened.ok()) {
                stop(opened.status(), "opening the mesh");
            }
            host_ = *std::move(opened);
            administration_ = mesh::Administration::create(*host_, loop_, nullptr);
        });
    }

    /// Straight into the store: one transaction for each kind.
    void fill() {
        for (const auto kind : kKinds) {
            storage::Transaction transaction;
            for (std::size_t number = 0; number < objects_; ++number) {
                transaction.operations.emplace_back(storage::Put{
                    std::string(mesh::detail::prefixOf(kind)) + nameOf(number),
                    mesh::detail::encode(objectOf(kind, number)),
                    std::nullopt});
            }
            const auto result = store_->commitAndWait(std::move(transaction));
            if (!result.ok()) {
                stop(result.status(), "filling the store");
            }
        }
    }

    void measureKind(ObjectKind kind) {
        std::vector<double> lists;
        std::vector<double> edits;
        for (int round = 0; round < kRounds; ++round) {
            lists.push_back(timed([&] { list(kind); }));
            edits.push_back(timed([&] {
                edit(objectOf(kind, objects_ / 2, round % 2 == 0 ? Verb::Put : Verb::Get));
            }));
        }
        print(kind, "list", lists);
        print(kind, "edit", edits);
    }

    static double timed(const std::function<void()>& work) {
        const auto start = Clock::now();
        work();
        return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    }

    void list(ObjectKind kind) {
        Status status;
        onLoop([&] { status = administration_->mayList(kind, caller()); });
        const auto objects = mesh::readObjects(*store_, kind);
        if (!status.ok() || !objects.ok() || objects->size() < objects_) {
            stop(status, "listing");
        }
    }

    void edit(const PolicyObject& object) {
        std::promise<Status> done;
        loop_.post([&] {
            administration_->put(object, std::nullopt, caller(), [&done](const auto& report) {
                done.set_value(report.status());
            });
        });
        if (const auto status = done.get_future().get(); !status.ok()) {
            stop(status, "editing");
        }
    }

    void print(ObjectKind kind, std::string_view what, std::vector<double>& times) const {
        std::ranges::sort(times);
        fmt::print(
            "{} {} objects={} median_ms={:.1f} worst_ms={:.1f}\n",
            what,
            mesh::kindName(kind),
            objects_,
            times[times.size() / 2],
            times.back());
    }

    static mesh::Caller caller() {
        return {mesh::Caller::Proof::Certificate, mesh::NodeId("alpha"), "bench"};
    }

    const std::size_t objects_;
    tests::TempDir folder_;
    base::AsioLoop loop_{"bench"};
    std::unique_ptr<storage::KeyValueStore> store_;
    std::unique_ptr<mesh::Host> host_;
    std::unique_ptr<mesh::Administration> administration_;
};

}  // namespace
}  // namespace weft::bench

int main(int count, char** arguments) {
    std::size_t objects = 10'000;
    if (count == 3 && std::string_view(arguments[1]) == "--objects") {
        objects = std::strtoul(arguments[2], nullptr, 10);
    } else if (count != 1) {
        fmt::print(stderr, "usage: bench_administration [--objects N]\n");
        return 2;
    }
    weft::base::configureLogging("error", weft::base::LogTarget::Stderr);
    weft::bench::Bench(objects).run();
    return 0;
}
