// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/member_impl.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {

void MemberImpl::follow() {
    if (!link_) {
        onStreamEnded(unavailable("no connection to {}", dialled_));
        return;
    }
    state_.beginReading();
    const auto generation = generation_;
    followPeers();
    if (generation == generation_) {
        followState();
    }
}

void MemberImpl::followPeers() {
    peerStream_ = link_->subscribePeers(
        options_.join.id,
        forThisLink<PeerSet>([this](PeerSet peers) {
            peers_ = std::move(peers);
            if (machine_.phase() == MemberPhase::Connected) {
                observers_.notify();
            }
        }),
        forThisLink<Status>([this](const Status& status) { onStreamEnded(status); }));
}

void MemberImpl::onStreamEnded(const Status& status) {
    if (followInside(status)) {
        return;
    }
    const auto why = status.ok() ? unavailable("the server closed the connection") : status;
    if (machine_.phase() == MemberPhase::ReadingState) {
        act(machine_.onFollowing(judge(why), moment()));
    } else {
        lost(why);
    }
}

void MemberImpl::followState() {
    const std::string prefix(storage::kRegistryPrefix);
    // First the changes, then the state: nothing falls between the two.
    stateStream_ = link_->subscribe(
        prefix,
        forThisLink<std::vector<storage::Event>>(
            [this](std::vector<storage::Event> events) { onEvents(std::move(events)); }),
        forThisLink<Status>([this](const Status& status) { onStreamEnded(status); }));
    link_->iterate(
        prefix,
        forThisLink<StatusOr<std::vector<storage::Entry>>>(
            [this](StatusOr<std::vector<storage::Entry>> entries) {
                onListing(std::move(entries));
            }));
}

void MemberImpl::onListing(StatusOr<std::vector<storage::Entry>> entries) {
    if (!entries.ok()) {
        if (!followInside(entries.status())) {
            act(machine_.onFollowing(judge(entries.status()), moment()));
        }
        return;
    }
    state_.onListing(*entries);
    if (state_.registry().node(options_.join.id) == nullptr) {
        noteForgotten();
        act(machine_.onFollowing(
            {true, notFound("{} has forgotten this node", dialled_)}, moment()));
        return;
    }
    noteConnected();
    act(machine_.onFollowing({}, moment()));
    if (machine_.phase() == MemberPhase::Connected) {
        askForServers();
        sendUpdate();
        checkLater();
    }
}

void MemberImpl::onEvents(std::vector<storage::Event> events) {
    const bool wasReading = state_.isReading();
    if (const auto taken = state_.onEvents(std::move(events)); !taken.ok()) {
        act(machine_.onFollowing({true, taken}, moment()));
        return;
    }
    if (wasReading) {
        return;
    }
    if (state_.registry().node(options_.join.id) == nullptr) {
        noteForgotten();
        act(machine_.onLost(
            notFound("this node was removed from the mesh: joining again"), moment()));
        return;
    }
    observers_.notify();
}

void MemberImpl::askForServers() {
    link_->storageServers(forThisLink<StatusOr<std::vector<StorageServer>>>(
        [this](StatusOr<std::vector<StorageServer>> servers) {
            if (!servers.ok()) {
                return;
            }
            status_.servers = *std::move(servers);
            const auto leader = std::ranges::find(
                status_.servers, StorageServer::Suffrage::Leader, &StorageServer::suffrage);
            status_.leader = leader == status_.servers.end() ? std::string() : leader->id.value();
            observers_.notify();
        }));
}

}  // namespace weft::mesh::detail
