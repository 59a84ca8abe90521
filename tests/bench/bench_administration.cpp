// SPDX-License-Identifier: Apache-2.0
// A mesh with 10,000 roles, bindings, groups and access rules each over a durable store: how long
// calls of v1.Admin take that list a kind, that edit one object, and a decision after an edit; over
// TLS, as an administrator's programs call. Prints one line for each.
//
//   bench_administration [--objects N]
#include "core/base/asio_loop.h"
#include "core/base/log.h"
#include "core/mesh/administration.h"
#include "core/mesh/detail/policy_plan.h"
#include "core/mesh/policy/records.h"
#include "core/services/link/channel.h"
#include "core/services/server/mesh_server.h"
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/core/services/server_fixture.h"
#include "tests/support/temp_dir.h"

#include "v1/admin.grpc.pb.h"
#include "weft/mesh/v1/policy.grpc.pb.h"

#include <fmt/format.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

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

/// One row of the bench: how v1.Admin names the kind.
template <typename Message, typename Messages>
struct Calls {
    grpc::Status (::v1::Admin::Stub::*list)(
        grpc::ClientContext*, const google::protobuf::Empty&, Messages*);
    grpc::Status (::v1::Admin::Stub::*put)(
        grpc::ClientContext*, const Message&, google::protobuf::Empty*);
    grpc::Status (::v1::Admin::Stub::*get)(grpc::ClientContext*, const Message&, Message*);
};

class Bench {
public:
    explicit Bench(std::size_t objects) : objects_(objects) {}

    void run() {
        open();
        fill();
        serve();
        using Stub = ::v1::Admin::Stub;
        measure<mesh::policy::Role, ::v1::Role, ::v1::Roles>(
            ObjectKind::Role, {&Stub::ListRoles, &Stub::PutRole, &Stub::GetRole});
        measure<mesh::policy::RoleBinding, ::v1::RoleBinding, ::v1::RoleBindings>(
            ObjectKind::RoleBinding,
            {&Stub::ListRoleBindings, &Stub::PutRoleBinding, &Stub::GetRoleBinding});
        measure<mesh::policy::Group, ::v1::Group, ::v1::Groups>(
            ObjectKind::Group, {&Stub::ListGroups, &Stub::PutGroup, &Stub::GetGroup});
        measure<mesh::policy::NetworkAcl, ::v1::NetworkACL, ::v1::NetworkACLs>(
            ObjectKind::NetworkAcl,
            {&Stub::ListNetworkACLs, &Stub::PutNetworkACL, &Stub::GetNetworkACL});
        measureConsole();
        admin_.reset();
        policy_.reset();
        server_.reset();
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
            audit_ = mesh::AuditLog::create({}, auditLoop_);
            administration_ = mesh::Administration::create(*host_, loop_, audit_.get());
        });
    }

    /// Straight into the store: one transaction for each kind.
    void fill() {
        for (const auto kind : kKinds) {
            storage::Transaction transaction;
            for (std::size_t number = 0; number < objects_; ++number) {
                transaction.operations.emplace_back(storage::Put{
                    std::string(mesh::prefixOf(kind)) + nameOf(number),
                    mesh::encode(objectOf(kind, number)),
                    std::nullopt});
            }
            const auto result = store_->commitAndWait(std::move(transaction));
            if (!result.ok()) {
                stop(result.status(), "filling the store");
            }
        }
    }

    /// The server that other nodes call, with certificates both ways.
    void serve() {
        services::MeshServerOptions options;
        options.listen = {"127.0.0.1", 0};
        options.identity = authority_.issue("alpha");
        options.authorityPem = authority_.pem();
        auto started = services::MeshServer::start(
            std::move(options), {loop_, *host_, nullptr, administration_.get()});
        if (!started.ok()) {
            stop(started.status(), "serving");
        }
        server_ = *std::move(started);
        services::LinkOptions link;
        link.authorityPem = authority_.pem();
        link.serverName = "storage.webmesh.internal";
        link.identity = authority_.issue("alpha");
        const auto channel = services::makeChannel({"127.0.0.1", server_->port()}, link);
        admin_ = ::v1::Admin::NewStub(channel);
        policy_ = mesh::v1::Policy::NewStub(channel);
    }

    template <typename Object, typename Message, typename Messages>
    void measure(ObjectKind kind, const Calls<Message, Messages>& calls) {
        std::vector<double> lists;
        std::vector<double> edits;
        std::vector<double> decisions;
        for (int round = 0; round < kRounds; ++round) {
            lists.push_back(timed([&] { list(calls); }));
            Message message;
            const auto object =
                objectOf(kind, objects_ / 2, round % 2 == 0 ? Verb::Put : Verb::Get);
            toProto(std::get<Object>(object), &message);
            edits.push_back(timed([&] { edit(calls, message); }));
            decisions.push_back(timed([&] { decide(calls, message); }));
        }
        print("list", mesh::kindName(kind), lists);
        print("edit", mesh::kindName(kind), edits);
        print("evaluate", mesh::kindName(kind), decisions);
    }

    /// What a window reads when it opens the rules: all objects of all kinds.
    void measureConsole() {
        std::vector<double> lists;
        lists.reserve(kRounds);
        for (int round = 0; round < kRounds; ++round) {
            lists.push_back(timed([this] {
                grpc::ClientContext context;
                const auto reader = policy_->ListObjects(&context, mesh::v1::ListObjectsRequest());
                mesh::v1::PolicyObject object;
                std::size_t count = 0;
                while (reader->Read(&object)) {
                    ++count;
                }
                check(reader->Finish(), "listing all");
                if (count < kKinds.size() * objects_) {
                    stop(internalError("only {} objects came", count), "listing all");
                }
            }));
        }
        print("list", "all four kinds", lists);
    }

    static double timed(const std::function<void()>& work) {
        const auto start = Clock::now();
        work();
        return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    }

    static void check(const grpc::Status& status, std::string_view what) {
        if (!status.ok()) {
            stop(internalError("{}", status.error_message()), what);
        }
    }

    template <typename Message, typename Messages>
    void list(const Calls<Message, Messages>& calls) {
        grpc::ClientContext context;
        Messages all;
        check((*admin_.*calls.list)(&context, google::protobuf::Empty(), &all), "listing");
        if (static_cast<std::size_t>(all.items_size()) < objects_) {
            stop(internalError("only {} objects came", all.items_size()), "listing");
        }
    }

    template <typename Message, typename Messages>
    void edit(const Calls<Message, Messages>& calls, const Message& message) {
        grpc::ClientContext context;
        google::protobuf::Empty empty;
        check((*admin_.*calls.put)(&context, message, &empty), "editing");
    }

    /// The first decisions after an edit: of the roles, whether somebody may read an object, and of
    /// the access rules, whether a packet may pass.
    template <typename Message, typename Messages>
    void decide(const Calls<Message, Messages>& calls, const Message& message) {
        grpc::ClientContext context;
        Message read;
        check((*admin_.*calls.get)(&context, message, &read), "reading");
        bool mayPass = false;
        onLoop([&] {
            mesh::policy::Flow flow;
            flow.sourceNode = fmt::format("node-{}", objects_ / 2);
            flow.destinationNode = "anybody";
            flow.destination = *net::IpPrefix::parse("10.0.0.1/32");
            mayPass = host_->policy().current()->network().accepts(flow);
        });
        if (!mayPass) {
            stop(internalError("nobody may pass"), "deciding");
        }
    }

    void print(std::string_view what, std::string_view kind, std::vector<double>& times) const {
        std::ranges::sort(times);
        fmt::print(
            "{} {} objects={} median_ms={:.1f} worst_ms={:.1f}\n",
            what,
            kind,
            objects_,
            times[times.size() / 2],
            times.back());
    }

    const std::size_t objects_;
    const tests::TestAuthority authority_;
    tests::TempDir folder_;
    base::AsioLoop auditLoop_{"bench-audit"};
    base::AsioLoop loop_{"bench"};
    std::unique_ptr<storage::KeyValueStore> store_;
    std::unique_ptr<mesh::Host> host_;
    std::unique_ptr<mesh::AuditLog> audit_;
    std::unique_ptr<mesh::Administration> administration_;
    std::unique_ptr<services::MeshServer> server_;
    std::unique_ptr<::v1::Admin::Stub> admin_;
    std::unique_ptr<mesh::v1::Policy::Stub> policy_;
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
