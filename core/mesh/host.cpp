// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/host.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/mesh/detail/bootstrap.h"
#include "core/mesh/detail/direct_host.h"
#include "core/mesh/detail/host_access.h"
#include "core/mesh/detail/host_opening.h"
#include "core/mesh/detail/membership_plan.h"
#include "core/mesh/detail/operation_queue.h"
#include "core/mesh/detail/peer_feed.h"
#include "core/mesh/detail/peers.h"
#include "core/mesh/detail/propagation_host.h"
#include "core/mesh/detail/rights.h"
#include "core/mesh/detail/tombstones.h"
#include "core/mesh/network/network.h"
#include "core/storage/registry/observers.h"

#include "v1/node.pb.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace weft::mesh {
namespace {

using detail::MembershipPlan;
using detail::MeshView;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

/// The rule of v0.9.7, which refuses /registryfoo too, and our own prefix.
constexpr std::array<std::string_view, 3> kReservedForPublish = {
    "/registry", "/raft", storage::kWeftPrefix};

/// What members live on; reading it needs no right of its own.
constexpr std::array<std::string_view, 2> kReservedForMembers = {"/registry", "/raft"};

Status validatePublishKey(std::string_view key) {
    WEFT_RETURN_IF_ERROR(storage::validateKey(key));
    for (const auto reserved : kReservedForPublish) {
        if (key.starts_with(reserved)) {
            return invalidArgument("key {} is reserved", base::escapeForLine(key));
        }
    }
    return okStatus();
}

class HostImpl final : public Host, public detail::HostAccess {
public:
    HostImpl(HostOptions options, base::Loop& loop, storage::KeyValueStore& store)
        : options_(std::move(options))
        , loop_(loop)
        , store_(store)
        , queue_(loop, store, [this] { return view(); }) {}

    ~HostImpl() override {
        // The writer thread must not find half a host.
        registryWatch_.cancel();
        sharedWatch_.cancel();
        alive_.reset();
        for (const auto& pending : std::exchange(pendingPublishes_, {})) {
            (*pending)(cancelled("the server is stopping"));
        }
    }

    Status start() {
        WEFT_RETURN_IF_ERROR(detail::openMesh(options_, loop_.clock().wallNow(), store_));
        WEFT_RETURN_IF_ERROR(load());
        WEFT_RETURN_IF_ERROR(refreshSelf());
        feed_ = std::make_unique<detail::PeerFeed>(loop_, registry_, network_, &seen_);
        direct_ = std::make_unique<detail::DirectHost>(detail::DirectHost::Parts{
            .loop = loop_,
            .access = *this,
            .registry = registry_,
            .network = network_,
            .seen = seen_,
            .feed = *feed_});
        propagation_ = std::make_unique<detail::PropagationHost>(detail::PropagationHost::Parts{
            .loop = loop_,
            .access = *this,
            .registry = registry_,
            .policy = policy_,
            .store = store_,
            .feed = *feed_});
        return okStatus();
    }

    const storage::Registry& registry() const override { return registry_; }
    const policy::PolicyMirror& policy() const override { return policy_; }
    storage::KeyValueStore& store() override { return store_; }
    MeshInfo info() const override { return detail::infoOf(registry_); }
    const NodeId& selfId() const override { return options_.self.id; }
    bool isAdmin(const Caller& caller) const override { return detail::isAdmin(view(), caller); }
    bool isMember(const Caller& caller) const override { return detail::isMember(view(), caller); }
    bool mayHandOn(const Caller& proxy) const override;

    bool isRemoved(const NodeId& id) const override {
        return shared_.find(detail::tombstoneKey(id)) != nullptr;
    }
    Subscription onRemoval(std::function<void(const NodeId&)> removed) const override {
        return removals_.add(std::move(removed));
    }

    void join(JoinParams params, Caller caller, Callback<JoinGrant> done) override;
    void update(UpdateParams params, Caller caller, StatusCallback done) override;
    void leave(NodeId id, Caller caller, StatusCallback done) override;
    Subscription subscribePeers(
        const NodeId& id, std::function<void(const PeerSet&)> changed) override {
        return feed_->subscribe(id, std::move(changed));
    }
    DirectWays& directWays() override { return *direct_; }
    Propagation& propagation() override { return *propagation_; }
    std::vector<StorageServer> storageServers() const override;
    void releaseNode(NodeId id, Caller caller, StatusCallback done) override;
    void publish(
        std::string key,
        std::string value,
        std::optional<Duration> ttl,
        Caller caller,
        StatusCallback done) override;
    Status maySubscribe(std::string_view prefix, const Caller& caller) const override;
    void updateSelf(UpdateParams params, StatusCallback done) override;

    detail::HostAccess* access() override { return this; }
    MeshView view() const override {
        return {
            .registry = registry_,
            .shared = shared_,
            .self = options_.self.id,
            .authentication = options_.authentication,
            .supportsVoters = store_.supportsVoters(),
            .engine = store_.engineName(),
            .now = loop_.clock().wallNow(),
            .rules = policy_.roles()};
    }
    void transact(Planner plan, StatusCallback done) override {
        queue_.add(std::move(plan), std::move(done));
    }

    void record(AuditEvent event) const override {
        if (options_.audit != nullptr) {
            options_.audit->record(std::move(event));
        }
    }

private:
    using Plan = std::function<StatusOr<MembershipPlan>(const MeshView&)>;

    /// Runs a plan; `done` gets what was planned last.
    void change(Plan plan, Callback<MembershipPlan> done);
    Status load();
    Status refreshSelf();
    /// What came of a change of `id`, for the log.
    void note(
        std::string_view verb, const NodeId& id, const Caller& caller, const Status& status) const;
    void noteRefusal(
        std::string_view verb,
        std::string_view key,
        const Caller& caller,
        const Status& status) const;
    void tellOfRemovals(const std::vector<storage::Event>& events) const;
    template <typename Mirror>
    StatusOr<Subscription> follow(std::string_view prefix, storage::Revision after, Mirror mirror);
    JoinGrant grantFor(const storage::NodeRecord& node) const;

    const HostOptions options_;
    base::Loop& loop_;
    storage::KeyValueStore& store_;
    storage::Registry registry_;
    detail::SharedRecords shared_;
    mutable storage::Observers<NodeId> removals_;
    const policy::PolicyMirror policy_{registry_};
    /// Reading it moves only what it searches with.
    mutable network::Network network_{registry_, policy_};
    detail::Sightings seen_;
    std::unique_ptr<detail::PeerFeed> feed_;
    std::unique_ptr<detail::DirectHost> direct_;
    std::unique_ptr<detail::PropagationHost> propagation_;
    detail::OperationQueue queue_;
    /// Answers that are owed; the store caps how many commits wait.
    std::set<std::shared_ptr<StatusCallback>> pendingPublishes_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    Subscription registryWatch_;
    Subscription sharedWatch_;
};

Status HostImpl::load() {
    WEFT_ASSIGN_OR_RETURN(const auto records, store_.list(storage::kRegistryPrefix));
    WEFT_ASSIGN_OR_RETURN(const auto shared, store_.list(storage::kWeftPrefix));
    registry_.reset(records.entries, records.revision);
    if (!registry_.networkIpv6() || !registry_.networkIpv4()) {
        return dataLoss("the networks of the mesh do not read");
    }
    shared_.reset(shared.entries, shared.revision, *registry_.networkIpv4());
    if (registry_.unreadableRecords() > 0) {
        log().warn("records do not read count={}", registry_.unreadableRecords());
    }
    WEFT_ASSIGN_OR_RETURN(
        registryWatch_,
        follow(storage::kRegistryPrefix, records.revision, [this](const auto& events) {
            registry_.apply(events);
        }));
    WEFT_ASSIGN_OR_RETURN(
        sharedWatch_, follow(storage::kWeftPrefix, shared.revision, [this](const auto& events) {
            shared_.apply(events);
            tellOfRemovals(events);
        }));
    return okStatus();
}

void HostImpl::tellOfRemovals(const std::vector<storage::Event>& events) const {
    for (const auto& event : events) {
        if (event.kind == storage::Event::Kind::Put
            && event.key.starts_with(detail::kTombstonesPrefix)) {
            removals_.notify(NodeId(event.key.substr(detail::kTombstonesPrefix.size())));
        }
    }
}

template <typename Mirror>
StatusOr<Subscription> HostImpl::follow(
    std::string_view prefix, storage::Revision after, Mirror mirror) {
    const std::weak_ptr<bool> alive = alive_;
    auto watch = store_.watch(
        prefix, after, [alive, mirror, &loop = loop_](const std::vector<storage::Event>& events) {
            loop.post([alive, mirror, events] {
                if (!alive.expired()) {
                    mirror(events);
                }
            });
        });
    if (!watch.ok()) {
        return watch.status();
    }
    return std::move(watch->subscription);
}

Status HostImpl::refreshSelf() {
    WEFT_RETURN_IF_ERROR(detail::checkOwner(view(), options_.self));
    WEFT_ASSIGN_OR_RETURN(auto plan, detail::planSelfRefresh(view(), options_.self));
    if (plan.transaction.operations.empty()) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(const auto result, store_.commitAndWait(std::move(plan.transaction)));
    if (!result.applied) {
        return aborted("the store was changed by somebody else while it was opened");
    }
    // The watches bring this over the loop, which does not run yet.
    WEFT_ASSIGN_OR_RETURN(const auto records, store_.list(storage::kRegistryPrefix));
    WEFT_ASSIGN_OR_RETURN(const auto shared, store_.list(storage::kWeftPrefix));
    registry_.reset(records.entries, records.revision);
    shared_.reset(
        shared.entries, shared.revision, registry_.networkIpv4().value_or(net::IpPrefix()));
    return okStatus();
}

void HostImpl::change(Plan plan, Callback<MembershipPlan> done) {
    auto planned = std::make_shared<MembershipPlan>();
    transact(
        [plan = std::move(plan), planned](const MeshView& view) -> StatusOr<storage::Transaction> {
            WEFT_ASSIGN_OR_RETURN(*planned, plan(view));
            return std::move(planned->transaction);
        },
        [planned, done = std::move(done)](const Status& status) {
            if (!status.ok()) {
                done(status);
                return;
            }
            if (!planned->warning.empty()) {
                log().warn("{}", planned->warning);
            }
            done(std::move(*planned));
        });
}

void HostImpl::join(JoinParams params, Caller caller, Callback<JoinGrant> done) {
    auto source = base::escapeForLine(caller.source);
    auto id = params.id;
    change(
        [params = std::move(params), caller](const MeshView& view) {
            return detail::planJoin(view, params, caller);
        },
        [this, id = std::move(id), caller, source = std::move(source), done = std::move(done)](
            const StatusOr<MembershipPlan>& plan) {
            note("join", id, caller, plan.status());
            if (!plan.ok()) {
                log().info(
                    "join refused node={} source={} why=\"{}\"",
                    base::quoted(id.value()),
                    source,
                    messageOf(plan.status()));
                done(plan.status());
                return;
            }
            log().info("node joined node={} source={}", base::quoted(id.value()), source);
            done(grantFor(plan->node));
        });
}

JoinGrant HostImpl::grantFor(const storage::NodeRecord& node) const {
    const auto mesh = info();
    JoinGrant grant;
    grant.addressIpv4 = node.privateIpv4;
    grant.addressIpv6 = node.privateIpv6.value_or(net::IpPrefix());
    grant.networkIpv4 = mesh.networkIpv4;
    grant.networkIpv6 = mesh.networkIpv6;
    grant.meshDomain = mesh.domain;
    grant.peers = detail::computePeers(registry_, network_, node.id, &seen_);
    return grant;
}

void HostImpl::update(UpdateParams params, Caller caller, StatusCallback done) {
    auto id = params.id;
    change(
        [params = std::move(params), caller](const MeshView& view) {
            return detail::planUpdate(view, params, caller);
        },
        [this, id = std::move(id), caller, done = std::move(done)](
            const StatusOr<MembershipPlan>& plan) {
            // The program's own updates of its own record are no news.
            if (caller.proof != Caller::Proof::Process) {
                note("update", id, caller, plan.status());
            }
            done(plan.status());
        });
}

void HostImpl::updateSelf(UpdateParams params, StatusCallback done) {
    params.id = options_.self.id;
    Caller self;
    self.proof = Caller::Proof::Process;
    self.identity = options_.self.id;
    update(std::move(params), std::move(self), std::move(done));
}

void HostImpl::leave(NodeId id, Caller caller, StatusCallback done) {
    auto name = id;
    change(
        [id = std::move(id), caller](const MeshView& view) {
            return detail::planLeave(view, id, caller);
        },
        [this, name = std::move(name), caller, done = std::move(done)](
            const StatusOr<MembershipPlan>& plan) {
            note("leave", name, caller, plan.status());
            if (plan.ok()) {
                log().info("node left node={}", base::quoted(name.value()));
            }
            done(plan.status());
        });
}

void HostImpl::releaseNode(NodeId id, Caller caller, StatusCallback done) {
    auto name = id;
    auto by = caller.identity;
    change(
        [id = std::move(id), caller](const MeshView& view) {
            return detail::planRelease(view, id, caller);
        },
        [this, name = std::move(name), caller, by = std::move(by), done = std::move(done)](
            const StatusOr<MembershipPlan>& plan) {
            note("release", name, caller, plan.status());
            if (plan.ok()) {
                log().warn(
                    "node id released node={} by={}",
                    base::quoted(name.value()),
                    base::quoted(by.value()));
            }
            done(plan.status());
        });
}

std::vector<StorageServer> HostImpl::storageServers() const {
    StorageServer self;
    self.id = options_.self.id;
    self.suffrage = StorageServer::Suffrage::Leader;
    if (const auto* node = registry_.node(self.id)) {
        self.address = detail::storageAddress(*node);
    }
    return {std::move(self)};
}

bool HostImpl::mayHandOn(const Caller& proxy) const {
    if (!proxy.hasCredential() || isRemoved(proxy.identity)) {
        return false;
    }
    const auto stores = [&proxy](const StorageServer& server) {
        using Suffrage = StorageServer::Suffrage;
        return server.id == proxy.identity && server.suffrage != Suffrage::Unknown
               && server.suffrage != Suffrage::Node;
    };
    if (std::ranges::any_of(storageServers(), stores)) {
        return true;
    }
    const auto* node = registry_.node(proxy.identity);
    if (node == nullptr || !node->featurePort(::v1::LEADER_PROXY)) {
        return false;
    }
    // With the rules switched off everybody has every right, and nobody is trusted for it.
    const auto right = std::array{policy::Action{policy::Verb::Put, policy::Resource::Observers}};
    return isAdmin(proxy)
           || (!registry_.rbacDisabled() && detail::authorise(view(), proxy, right).ok());
}

Status HostImpl::maySubscribe(std::string_view prefix, const Caller& caller) const {
    for (const auto reserved : kReservedForMembers) {
        if (prefix.starts_with(reserved)) {
            return okStatus();
        }
    }
    if (!caller.authenticated() && isMember(caller)) {
        return okStatus();
    }
    auto status = detail::mayHave(
        view(), caller, {{policy::Verb::Get, policy::Resource::PubSub, std::string(prefix)}});
    noteRefusal("subscribe", prefix, caller, status);
    return status;
}

void HostImpl::noteRefusal(
    std::string_view verb, std::string_view key, const Caller& caller, const Status& status) const {
    if (status.code() == StatusCode::kPermissionDenied
        || status.code() == StatusCode::kUnauthenticated) {
        record(auditEvent(caller, verb, "pubsub", key, status));
    }
}

void HostImpl::note(
    std::string_view verb, const NodeId& id, const Caller& caller, const Status& status) const {
    auto event = auditEvent(caller, verb, "node", id.value(), status);
    event.revision = status.ok() ? registry_.revision() : 0;
    record(std::move(event));
}

void HostImpl::publish(
    std::string key,
    std::string value,
    std::optional<Duration> ttl,
    Caller caller,
    StatusCallback done) {
    auto status = validatePublishKey(key);
    if (status.ok() && !isMember(caller) && !isAdmin(caller)) {
        status = permissionDenied("only members of the mesh may publish");
    }
    // Who is a member without a proof is one of a mesh that asks nobody.
    if (status.ok() && caller.authenticated()) {
        status =
            detail::mayHave(view(), caller, {{policy::Verb::Put, policy::Resource::PubSub, key}});
    }
    if (!status.ok()) {
        noteRefusal("publish", key, caller, status);
        done(status);
        return;
    }
    storage::Transaction transaction;
    transaction.operations.emplace_back(storage::Put{std::move(key), std::move(value), ttl});
    // Not through the queue: no record depends on it, and it may share a disk write with others.
    auto pending = std::make_shared<StatusCallback>(std::move(done));
    pendingPublishes_.insert(pending);
    store_.commit(
        std::move(transaction),
        [this, alive = std::weak_ptr<bool>(alive_), pending, &loop = loop_](
            const StatusOr<storage::CommitResult>& result) {
            loop.post([this, alive, pending, status = result.status()] {
                if (!alive.expired() && pendingPublishes_.erase(pending) > 0) {
                    (*pending)(status);
                }
            });
        });
}

}  // namespace

StatusOr<std::unique_ptr<Host>> Host::open(
    HostOptions options, base::Loop& loop, storage::KeyValueStore& store) {
    auto host = std::make_unique<HostImpl>(std::move(options), loop, store);
    WEFT_RETURN_IF_ERROR(host->start());
    return host;
}

}  // namespace weft::mesh
