// SPDX-License-Identifier: Apache-2.0
// What a founder's connection is asked: the database, invitations, members.
#include "core/daemon/detail/invitation_messages.h"
#include "core/daemon/founder_connection.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace meshv1 = weft::mesh::v1;

}  // namespace

template <typename Done>
void FounderConnection::whileEnrolling(Done done, std::function<void(const Done&)> work) {
    whileOpen<Done>(std::move(done), [this, work = std::move(work)](const Done& answer) {
        if (enrolment_) {
            work(answer);
        } else {
            answer(failedPrecondition("this mesh gives out no certificates, so nobody is invited"));
        }
    });
}

mesh::Caller FounderConnection::self() const {
    return {mesh::Caller::Proof::Process, selfId(), "local"};
}

void FounderConnection::retryNow() {
    // A founder waits for nobody but its interface.
    onLoop([this] {
        if (tunnel() != nullptr) {
            tunnel()->retryNow();
        }
    });
}

void FounderConnection::get(std::string key, Callback<std::string> done) {
    whileOpen<Callback<std::string>>(
        std::move(done), [this, key = std::move(key)](const Callback<std::string>& answer) {
            const auto entry = store_->get(key);
            if (entry.ok()) {
                answer(entry->value);
            } else {
                answer(entry.status());
            }
        });
}

void FounderConnection::listKeys(std::string prefix, Callback<std::vector<std::string>> done) {
    using Done = Callback<std::vector<std::string>>;
    whileOpen<Done>(std::move(done), [this, prefix = std::move(prefix)](const Done& answer) {
        answer(store_->listKeys(prefix));
    });
}

void FounderConnection::iterate(std::string prefix, Callback<std::vector<storage::Entry>> done) {
    using Done = Callback<std::vector<storage::Entry>>;
    whileOpen<Done>(std::move(done), [this, prefix = std::move(prefix)](const Done& answer) {
        auto listing = store_->list(prefix);
        if (listing.ok()) {
            answer(std::move(listing->entries));
        } else {
            answer(listing.status());
        }
    });
}

void FounderConnection::publish(storage::Put put, StatusCallback done) {
    whileOpen<StatusCallback>(
        std::move(done), [this, put = std::move(put)](const StatusCallback& answer) {
            host_->publish(put.key, put.value, put.ttl, self(), answer);
        });
}

Subscription FounderConnection::subscribe(
    std::string prefix,
    std::function<void(const std::vector<storage::Event>&)> changed,
    StatusCallback ended) {
    // Shared by the loop, which begins and ends the watch, and the handle, which may drop it.
    auto watch = std::make_shared<Watch>();
    watch->ended = std::move(ended);
    onLoop([this, watch, prefix = std::move(prefix), changed = std::move(changed)] {
        auto handle = store_ ? store_->watch(prefix, std::nullopt, changed)
                             : unavailable("the mesh is not open");
        if (!handle.ok()) {
            watch->ended(handle.status());
            return;
        }
        const base::MutexLock lock(watch->mutex);
        if (!watch->dropped) {
            watch->handle = *std::move(handle);
            watches_.insert(watch);
        }
    });
    return Subscription([this, watch, loop = weakLoop()] {
        watch->take();
        if (const auto alive = loop.lock()) {
            // A loop that has stopped does not run this, so that `this` is used while it lives.
            alive->post([this, watch] { watches_.erase(watch); });
        }
    });
}

storage::WatchHandle FounderConnection::Watch::take() {
    const base::MutexLock lock(mutex);
    dropped = true;
    return std::exchange(handle, {});
}

void FounderConnection::endWatches() {
    for (const auto& watch : std::exchange(watches_, {})) {
        bool told = false;
        {
            const base::MutexLock lock(watch->mutex);
            told = watch->dropped;
        }
        // The watch ends with what is returned, outside of the lock: that waits for its callback.
        watch->take();
        if (!told) {
            watch->ended(cancelled("the mesh was disconnected"));
        }
    }
}

void FounderConnection::invite(
    meshv1::CreateInvitationRequest request, Callback<meshv1::CreateInvitationResponse> done) {
    using Done = Callback<meshv1::CreateInvitationResponse>;
    whileEnrolling<Done>(std::move(done), [this, request = std::move(request)](const Done& answer) {
        enrolment_->invite(paramsOf(request), self(), asMessage(answer));
    });
}

void FounderConnection::invitations(Callback<meshv1::ListInvitationsResponse> done) {
    using Done = Callback<meshv1::ListInvitationsResponse>;
    whileEnrolling<Done>(std::move(done), [this](const Done& answer) {
        enrolment_->list(self(), asMessage(answer));
    });
}

void FounderConnection::revokeInvitation(std::string id, StatusCallback done) {
    whileEnrolling<StatusCallback>(
        std::move(done), [this, id = std::move(id)](const StatusCallback& answer) {
            enrolment_->revoke(id, self(), answer);
        });
}

void FounderConnection::releaseNode(std::string nodeId, StatusCallback done) {
    whileOpen<StatusCallback>(
        std::move(done), [this, nodeId = std::move(nodeId)](const StatusCallback& answer) {
            host_->releaseNode(storage::NodeId(nodeId), self(), answer);
        });
}

}  // namespace weft::daemon
