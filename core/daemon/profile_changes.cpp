// SPDX-License-Identifier: Apache-2.0
// The calls of ConnectionTable that make, change and remove profiles.
#include "core/base/log.h"
#include "core/daemon/connection_spec.h"
#include "core/daemon/connection_table.h"
#include "core/daemon/detail/connection_entry.h"
#include "core/mesh/invitation_code.h"
#include "core/storage/registry/records.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

}  // namespace

Status ConnectionTable::mayAdd(const local::Profile& profile) const {
    if (order_.size() >= kMaxProfiles) {
        return resourceExhausted("there are {} profiles already", kMaxProfiles);
    }
    return factory_.mayMake(profile.id(), profile.kind());
}

void ConnectionTable::createMesh(local::CreateMeshRequest request, Callback<local::Profile> done) {
    if (request.node_id().empty()) {
        request.set_node_id(options_.defaultNodeId);
    }
    if (request.name().empty()) {
        request.set_name(request.domain());
    }
    if (const Status valid = validateCreation(request); !valid.ok()) {
        done(valid);
        return;
    }
    StoredProfile stored;
    auto& profile = stored.profile;
    profile.set_id(newProfileId(request.name(), ids()));
    profile.set_name(request.name());
    profile.set_kind(local::Profile::KIND_FOUNDER);
    if (const Status allowed = mayAdd(profile); !allowed.ok()) {
        done(allowed);
        return;
    }
    profile.set_node_id(request.node_id());
    profile.set_tls_mode(
        request.tls_mode() == local::Profile::TLS_MODE_UNSPECIFIED ? local::Profile::TLS_MODE_MUTUAL
                                                                   : request.tls_mode());
    profile.set_auto_connect(true);
    profile.set_mesh_domain(request.domain());
    profile.set_listen_address(request.listen_address());
    *profile.mutable_endpoints() = request.endpoints();
    stored.creation = std::move(request);

    add(stored).pending = true;
    save(stored, [this, id = profile.id(), done = std::move(done)](const Status& status) {
        Entry* entry = find(id);
        if (!status.ok() || entry == nullptr) {
            erase(id);
            done(status.ok() ? cancelled("the profile was removed") : status);
            return;
        }
        entry->pending = false;
        done(entry->stored.profile);
        connect(*entry, {}, [](const Status&) {});
    });
}

void ConnectionTable::joinWithCode(
    local::JoinWithCodeRequest request, Callback<local::Profile> done) {
    if (request.node_id().empty()) {
        request.set_node_id(options_.defaultNodeId);
    }
    const auto code = mesh::InvitationCode::parse(request.code());
    if (!code.ok()) {
        done(code.status());
        return;
    }
    if (code->expiresAt <= loop_.clock().wallNow()) {
        done(failedPrecondition("the invitation has expired: ask for a new one"));
        return;
    }
    // The mesh would say so too, of a name that a certificate can have.
    if (const Status valid = storage::validateNewNodeId(request.node_id()); !valid.ok()) {
        done(valid);
        return;
    }
    StoredProfile stored;
    auto& profile = stored.profile;
    profile.set_id(newProfileId(request.name(), ids()));
    profile.set_name(request.name());
    profile.set_kind(local::Profile::KIND_MEMBER);
    profile.set_node_id(request.node_id());
    profile.mutable_join_addresses()->Assign(code->addresses.begin(), code->addresses.end());
    profile.set_tls_mode(local::Profile::TLS_MODE_MUTUAL);
    profile.set_auto_connect(true);
    *profile.mutable_endpoints() = request.endpoints();
    if (const Status valid = validateProfile(profile); !valid.ok()) {
        done(valid);
        return;
    }
    if (const Status allowed = mayAdd(profile); !allowed.ok()) {
        done(allowed);
        return;
    }
    const std::string id = profile.id();
    JoinByCode join{
        id,
        store_.folderOf(id),
        request.code(),
        profile.node_id(),
        {profile.endpoints().begin(), profile.endpoints().end()},
        routesOf(options_.base)};
    add(std::move(stored)).pending = true;
    showStep(id, 1, stepText(1));
    factory_.enrol(
        std::move(join),
        [this, id](int number, const std::string& text) {
            loop_.post([this, id, number, text] { showStep(id, number, text); });
        },
        [this, id, done = std::move(done)](const StatusOr<Enrolled>& enrolled) {
            loop_.post([this, id, enrolled, done] { onEnrolled(id, enrolled, done); });
        });
}

void ConnectionTable::showStep(const std::string& id, int number, const std::string& text) {
    Entry* entry = find(id);
    if (entry == nullptr || !entry->pending) {
        return;
    }
    entry->state.set_state(local::Connection::STATE_CONNECTING);
    entry->state.mutable_step()->set_number(static_cast<std::uint32_t>(number));
    entry->state.mutable_step()->set_count(kStepCount);
    entry->state.mutable_step()->set_text(text);
    changed();
}

void ConnectionTable::onEnrolled(
    const std::string& id,
    const StatusOr<Enrolled>& enrolled,
    const Callback<local::Profile>& done) {
    Entry* entry = find(id);
    if (!enrolled.ok() || entry == nullptr) {
        erase(id);
        done(enrolled.ok() ? cancelled("the profile was removed") : enrolled.status());
        return;
    }
    auto& profile = entry->stored.profile;
    profile.set_node_id(enrolled->nodeId);
    profile.set_mesh_domain(enrolled->meshDomain);
    if (profile.name().empty()) {
        // Without the dot of the root: it is a name for people.
        const std::string_view domain(enrolled->meshDomain);
        profile.set_name(std::string(domain.substr(0, domain.find_last_not_of('.') + 1)));
    }
    // The addresses of the code stay in front: this node has just reached the mesh there, while the
    // mesh's own list may hold addresses that only its neighbours can reach.
    for (const auto& address : enrolled->joinAddresses) {
        const auto& known = profile.join_addresses();
        if (known.size() < kMaxJoinAddresses
            && std::find(known.begin(), known.end(), address) == known.end()) {
            profile.add_join_addresses(address);
        }
    }
    save(entry->stored, [this, id, done](const Status& status) {
        Entry* saved = find(id);
        if (!status.ok() || saved == nullptr) {
            erase(id);
            done(status.ok() ? cancelled("the profile was removed") : status);
            return;
        }
        saved->pending = false;
        saved->resetState();
        done(saved->stored.profile);
        connect(*saved, {}, [](const Status&) {});
    });
}

Status ConnectionTable::mayPut(const Entry* known, const local::Profile& profile) const {
    if (!profile.id().empty() && known == nullptr) {
        return notFound("there is no such profile");
    }
    if (known != nullptr && (known->configured || known->pending)) {
        return failedPrecondition("this profile comes from the configuration: change it there");
    }
    if (known == nullptr && profile.kind() != local::Profile::KIND_MEMBER) {
        return invalidArgument("a mesh is started by creating one, not by its profile");
    }
    if (known != nullptr && known->stored.profile.kind() != profile.kind()) {
        return invalidArgument("a profile cannot change between starting and joining a mesh");
    }
    WEFT_RETURN_IF_ERROR(validateProfile(profile));
    return known == nullptr ? mayAdd(profile) : okStatus();
}

void ConnectionTable::putProfile(local::Profile profile, Callback<local::Profile> done) {
    if (profile.node_id().empty()) {
        profile.set_node_id(options_.defaultNodeId);
    }
    Entry* known = profile.id().empty() ? nullptr : find(profile.id());
    if (const Status allowed = mayPut(known, profile); !allowed.ok()) {
        done(allowed);
        return;
    }
    StoredProfile stored;
    // Changed by setRouteConsent alone.
    profile.clear_agreed_routes();
    if (known != nullptr) {
        stored.creation = known->stored.creation;
        const auto& before = known->stored.profile;
        *profile.mutable_agreed_routes() = before.agreed_routes();
        // Left out by who does not know of them.
        if (!profile.has_accept_dns()) {
            profile.set_accept_dns(before.accept_dns());
        }
        if (!profile.has_lockdown()) {
            profile.set_lockdown(before.lockdown());
        }
    } else {
        profile.set_id(newProfileId(profile.name(), ids()));
    }
    stored.profile = std::move(profile);
    const std::string id = stored.profile.id();
    if (known == nullptr) {
        add(stored).pending = true;
    }
    const bool isNew = known == nullptr;
    save(stored, [this, id, stored, isNew, done = std::move(done)](const Status& status) {
        Entry* entry = find(id);
        if (!status.ok() || entry == nullptr) {
            if (isNew) {
                erase(id);
            }
            done(status.ok() ? cancelled("the profile was removed") : status);
            return;
        }
        entry->pending = false;
        entry->stored = stored;
        if (entry->connection) {
            entry->connection->setLockdown(
                stored.profile.lockdown() || options_.base.mesh.lockdown);
        }
        // What made the last attempt fail stays to be read.
        if (entry->state.state() == local::Connection::STATE_OFF) {
            entry->resetState();
        }
        changed();
        done(entry->stored.profile);
    });
}

void ConnectionTable::removeProfile(const std::string& id, bool forgetState, StatusCallback done) {
    Entry* entry = find(id);
    if (entry == nullptr) {
        done(notFound("there is no such profile"));
        return;
    }
    if (entry->configured) {
        done(failedPrecondition("this profile comes from the configuration: remove it there"));
        return;
    }
    auto remove = [this, id, forgetState, done = std::move(done)](const Status&) {
        erase(id);
        work_.post([this, id, forgetState, done] {
            const Status status = store_.remove(id, forgetState);
            loop_.post([done, status] { done(status); });
        });
    };
    if (entry->connection) {
        stop(*entry, options_.base.weft.shutdownTimeout, std::move(remove));
    } else {
        remove(okStatus());
    }
}

}  // namespace weft::daemon
