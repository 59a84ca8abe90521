// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/connection_table.h"

#include "core/base/log.h"
#include "core/daemon/connection_spec.h"
#include "core/daemon/detail/connection_entry.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

}  // namespace

void ConnectionTable::Entry::resetState() {
    local::Connection off;
    off.set_profile_id(id());
    off.set_state(local::Connection::STATE_OFF);
    off.set_node_id(stored.profile.node_id());
    off.set_mesh_domain(stored.profile.mesh_domain());
    off.set_mesh_identity(stored.profile.mesh_identity());
    state = std::move(off);
}

ConnectionTable::ConnectionTable(
    base::Loop& loop,
    base::Loop& work,
    ProfileStore store,
    ConnectionFactory& factory,
    Options options)
    : loop_(loop)
    , work_(work)
    , store_(std::move(store))
    , factory_(factory)
    , options_(std::move(options))
    , watchers_(std::make_shared<Watchers>()) {
    watchers_->table = this;
}

ConnectionTable::~ConnectionTable() {
    watchers_->table = nullptr;
    watchers_->state.clear();
}

Status ConnectionTable::load() {
    if (options_.base.hasMeshSource()) {
        StoredProfile stored;
        stored.profile = profileOf(options_.base);
        if (stored.profile.node_id().empty()) {
            stored.profile.set_node_id(options_.defaultNodeId);
        }
        auto& entry = add(std::move(stored));
        entry.configured = options_.base;
    }
    WEFT_ASSIGN_OR_RETURN(auto loaded, store_.load());
    for (const auto& problem : loaded.problems) {
        log().warn("profile passed over {}", problem);
    }
    for (auto& stored : loaded.profiles) {
        if (find(stored.profile.id()) == nullptr) {
            add(std::move(stored));
        }
    }
    return okStatus();
}

void ConnectionTable::startAll() {
    for (const auto& id : std::vector(order_)) {
        Entry* entry = find(id);
        if (entry != nullptr && entry->stored.profile.auto_connect()) {
            entry->unattended = true;
            connect(*entry, {}, [this, id](const Status& status) { noteStarted(id, status); });
        }
    }
}

void ConnectionTable::noteStarted(const std::string& id, const Status& status) const {
    if (status.ok()) {
        return;
    }
    log().error("not connected profile={} reason={}", id, messageOf(status));
    if (options_.notStarted) {
        options_.notStarted(id);
    }
}

std::set<std::string> ConnectionTable::lockedAtStart() const {
    std::set<std::string> locked;
    for (const auto& id : order_) {
        const auto& profile = find(id)->stored.profile;
        if (profile.auto_connect() && (profile.lockdown() || options_.base.mesh.lockdown)) {
            locked.insert(id);
        }
    }
    return locked;
}

void ConnectionTable::stopAll(Duration limit, std::function<void()> done) {
    stopping_ = true;
    // Counts the connections that still run, and one for this function itself.
    auto left = std::make_shared<std::size_t>(entries_.size() + 1);
    const auto one = [left, done = std::move(done)](const Status&) {
        if (--*left == 0) {
            done();
        }
    };
    for (const auto& id : std::vector(order_)) {
        if (Entry* entry = find(id); entry != nullptr && entry->connection) {
            stop(*entry, limit, one);
        } else {
            one(okStatus());
        }
    }
    one(okStatus());
}

local::DaemonState ConnectionTable::state() const {
    local::DaemonState state;
    state.set_revision(revision_);
    for (const auto& id : order_) {
        const Entry* entry = find(id);
        *state.add_profiles() = entry->stored.profile;
        *state.add_connections() = entry->state;
    }
    state.set_default_profile_id(defaultId());
    return state;
}

Subscription ConnectionTable::watchState(std::function<void(const local::DaemonState&)> changed) {
    changed(state());
    const auto key = watchers_->next++;
    watchers_->state.emplace(key, std::move(changed));
    return Subscription([watchers = watchers_, key] { watchers->state.erase(key); });
}

void ConnectionTable::connectProfile(
    const std::string& id, const SecretMap& secrets, StatusCallback done) {
    Entry* entry = find(id.empty() ? defaultId() : id);
    if (entry == nullptr) {
        done(notFound("there is no such profile"));
        return;
    }
    if (entry->pending) {
        done(failedPrecondition("the profile is being made"));
        return;
    }
    if (!entry->stopping.empty()) {
        done(failedPrecondition("the profile is still disconnecting"));
        return;
    }
    if (entry->connection && !entry->isOff()) {
        entry->connection->retryNow();
        done(okStatus());
        return;
    }
    entry->unattended = false;
    connect(*entry, secrets, std::move(done));
}

void ConnectionTable::disconnectProfile(const std::string& id, StatusCallback done) {
    Entry* entry = find(id.empty() ? defaultId() : id);
    if (entry == nullptr) {
        done(notFound("there is no such profile"));
        return;
    }
    if (!entry->connection) {
        entry->resetState();
        changed();
        done(okStatus());
        return;
    }
    stop(*entry, options_.base.weft.shutdownTimeout, std::move(done));
}

StatusOr<Subscription> ConnectionTable::watchPeers(
    const std::string& id,
    std::function<void(std::shared_ptr<const PeerList>)> changed,
    StatusCallback ended) {
    Entry* entry = find(id.empty() ? defaultId() : id);
    if (entry == nullptr) {
        return notFound("there is no such profile");
    }
    if (!entry->connection || !entry->isUp()) {
        changed(std::make_shared<PeerList>());
    } else if (entry->peers) {
        changed(entry->peers);
    }
    const auto key = watchers_->next++;
    entry->peerWatchers.emplace(key, PeerWatcher{std::move(changed), std::move(ended)});
    if (entry->connection) {
        entry->connection->wantPeers(true);
    }
    return Subscription([watchers = watchers_, name = entry->id(), key] {
        Entry* watched = watchers->table == nullptr ? nullptr : watchers->table->find(name);
        if (watched == nullptr) {
            return;
        }
        watched->peerWatchers.erase(key);
        if (!watched->peerWatchers.empty()) {
            return;
        }
        watched->peers.reset();
        if (watched->connection) {
            watched->connection->wantPeers(false);
        }
    });
}

StatusOr<MeshConnection*> ConnectionTable::connected(const std::string& id) {
    Entry* entry = find(id.empty() ? defaultId() : id);
    if (entry == nullptr && !id.empty()) {
        return notFound("there is no such profile");
    }
    if (entry == nullptr || !entry->connection || !entry->isUp()) {
        return failedPrecondition("not connected");
    }
    return entry->connection.get();
}

StatusOr<std::string> ConnectionTable::profileIdOf(const std::string& id) const {
    auto wanted = id.empty() ? defaultId() : id;
    if (find(wanted) == nullptr) {
        return notFound("there is no such profile");
    }
    return wanted;
}

ConnectionTable::Entry* ConnectionTable::find(const std::string& id) {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : found->second.get();
}

const ConnectionTable::Entry* ConnectionTable::find(const std::string& id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : found->second.get();
}

std::string ConnectionTable::defaultId() const {
    std::string configured(kDefaultProfileId);
    if (find(configured) != nullptr || order_.empty()) {
        return configured;
    }
    return order_.front();
}

std::set<std::string> ConnectionTable::ids() const {
    return {order_.begin(), order_.end()};
}

ConnectionTable::Entry& ConnectionTable::add(StoredProfile stored) {
    auto entry = std::make_unique<Entry>();
    entry->stored = std::move(stored);
    entry->resetState();
    Entry& added = *entry;
    order_.push_back(added.id());
    entries_.emplace(added.id(), std::move(entry));
    changed();
    return added;
}

StatusOr<ConnectionSpec> ConnectionTable::specFor(
    const Entry& entry, const SecretMap& secrets) const {
    const auto folder = store_.folderOf(entry.id());
    if (!entry.configured) {
        return specOf(entry.stored, folder, options_.base, secrets);
    }
    auto spec = specOf(*entry.configured, folder);
    if (spec.options.mesh.nodeId.empty()) {
        spec.options.mesh.nodeId = options_.defaultNodeId;
    }
    return spec;
}

void ConnectionTable::connect(Entry& entry, const SecretMap& secrets, StatusCallback done) {
    if (stopping_) {
        done(cancelled("the daemon is stopping"));
        return;
    }
    if (!secrets.empty() || entry.configured) {
        done(runWith(entry, secrets));
        return;
    }
    // Secrets that were left on the disk by choice.
    work_.post([this, id = entry.id(), done = std::move(done)] {
        // Shared because a posted task must be copyable, and secrets are not.
        auto loaded = std::make_shared<StatusOr<SecretMap>>(store_.loadSecrets(id));
        loop_.post([this, id, loaded, done] {
            Entry* found = find(id);
            if (found == nullptr || stopping_) {
                done(notFound("there is no such profile"));
            } else if (!loaded->ok()) {
                done(loaded->status());
            } else {
                done(found->isOff() ? runWith(*found, **loaded) : okStatus());
            }
        });
    });
}

Status ConnectionTable::runWith(Entry& entry, const SecretMap& secrets) {
    WEFT_ASSIGN_OR_RETURN(auto spec, specFor(entry, secrets));
    WEFT_RETURN_IF_ERROR(factory_.mayMake(spec.profileId, spec.kind));
    spec.unattended = entry.unattended;
    run(entry, std::move(spec));
    return okStatus();
}

void ConnectionTable::run(Entry& entry, ConnectionSpec spec) {
    retire(std::move(entry.connection));
    entry.generation = nextGeneration_++;
    entry.resetState();
    entry.state.set_state(local::Connection::STATE_CONNECTING);
    entry.state.mutable_step()->set_number(1);
    entry.state.mutable_step()->set_count(kStepCount);
    entry.state.mutable_step()->set_text(stepText(1));
    ConnectionEvents events;
    events.changed =
        [this, id = entry.id(), generation = entry.generation](local::Connection state) {
            loop_.post([this, id, generation, state = std::move(state)] {
                onChanged(id, generation, state);
            });
        };
    events.peers = [this, id = entry.id(), generation = entry.generation](
                       std::shared_ptr<const PeerList> peers) {
        loop_.post([this, id, generation, peers] { onPeers(id, generation, peers); });
    };
    entry.connection = factory_.make(std::move(spec), std::move(events));
    entry.connection->wantPeers(!entry.peerWatchers.empty());
    entry.connection->start();
    changed();
}

void ConnectionTable::stop(Entry& entry, Duration limit, StatusCallback done) {
    entry.stopping.push_back(std::move(done));
    if (entry.stopping.size() > 1) {
        return;
    }
    entry.state.set_state(local::Connection::STATE_DISCONNECTING);
    entry.state.clear_step();
    entry.state.clear_retry_at();
    changed();
    answerWaiting(entry);
    // What it tells on its way out would only undo "disconnecting".
    entry.generation = nextGeneration_++;
    entry.connection->stop(
        limit, [this, id = entry.id(), generation = entry.generation](const Status& status) {
            loop_.post([this, id, generation, status] {
                Entry* found = find(id);
                if (found == nullptr || found->generation != generation) {
                    return;
                }
                retire(std::move(found->connection));
                found->resetState();
                tellPeers(*found, std::make_shared<PeerList>());
                changed();
                for (const auto& waiting : std::exchange(found->stopping, {})) {
                    waiting(status);
                }
            });
        });
}

void ConnectionTable::retire(std::unique_ptr<MeshConnection> connection) {
    if (!connection) {
        return;
    }
    // Its end waits for its threads, so it happens where waiting holds nobody up. Shared only
    // because a posted task must be copyable.
    work_.post([held = std::shared_ptr<MeshConnection>(std::move(connection))]() mutable {
        held.reset();
    });
}

void ConnectionTable::onChanged(
    const std::string& id, std::uint64_t generation, local::Connection told) {
    Entry* entry = find(id);
    if (entry == nullptr || entry->generation != generation) {
        return;
    }
    told.set_profile_id(id);
    if (told.state() != entry->state.state()) {
        log().info(
            "connection profile={} state={}", id, local::Connection::State_Name(told.state()));
    }
    entry->state = std::move(told);
    learn(*entry);
    if (entry->isUp() || entry->isOff()) {
        answerWaiting(*entry);
    }
    changed();
}

void ConnectionTable::onPeers(
    const std::string& id, std::uint64_t generation, std::shared_ptr<const PeerList> peers) {
    Entry* entry = find(id);
    if (entry != nullptr && entry->generation == generation) {
        tellPeers(*entry, std::move(peers));
    }
}

void ConnectionTable::tellPeers(Entry& entry, std::shared_ptr<const PeerList> peers) {
    if (entry.peerWatchers.empty()) {
        return;
    }
    const auto now = entry.peers = std::move(peers);
    const auto watching = entry.peerWatchers;
    for (const auto& [key, watcher] : watching) {
        watcher.changed(now);
    }
}

void ConnectionTable::learn(Entry& entry) {
    if (entry.configured || !entry.isUp()) {
        return;
    }
    auto& profile = entry.stored.profile;
    const auto before = profile.SerializeAsString();
    if (profile.mesh_identity().empty()) {
        profile.set_mesh_identity(entry.state.mesh_identity());
    }
    if (profile.mesh_domain().empty()) {
        profile.set_mesh_domain(entry.state.mesh_domain());
    }
    const bool anyPort =
        profile.listen_address().empty() || profile.listen_address().ends_with(":0");
    if (anyPort && profile.kind() == local::Profile::KIND_FOUNDER) {
        // The members were told this port: the next start must take the same.
        profile.set_listen_address(entry.state.listen_address());
    }
    if (profile.SerializeAsString() != before) {
        save(entry.stored, [](const Status& status) {
            if (!status.ok()) {
                log().error("profile not saved reason={}", messageOf(status));
            }
        });
    }
}

void ConnectionTable::save(const StoredProfile& stored, StatusCallback done) {
    work_.post([this, stored, done = std::move(done)] {
        const Status status = store_.save(stored);
        loop_.post([done, status] { done(status); });
    });
}

void ConnectionTable::erase(const std::string& id) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) {
        return;
    }
    const auto watching = found->second->peerWatchers;
    retire(std::move(found->second->connection));
    entries_.erase(found);
    std::erase(order_, id);
    for (const auto& [key, watcher] : watching) {
        watcher.ended(notFound("the profile was removed"));
    }
    changed();
}

void ConnectionTable::changed() {
    ++revision_;
    if (telling_) {
        return;
    }
    telling_ = true;
    loop_.post([this] { tellState(); });
}

void ConnectionTable::tellState() {
    telling_ = false;
    const auto now = state();
    const auto watching = watchers_->state;
    for (const auto& [key, watcher] : watching) {
        if (watchers_->state.contains(key)) {
            watcher(now);
        }
    }
}

}  // namespace weft::daemon
