// SPDX-License-Identifier: Apache-2.0
// What a member's connection is asked about changes of the rules: the server in use makes them.
#include "core/daemon/member_connection.h"
#include "core/services/changes/changes_client.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace meshv1 = weft::mesh::v1;

}  // namespace

StatusOr<services::ChangesClient*> MemberConnection::changesClient() {
    if (!member_ || member_->status().serverAddress.empty()) {
        return unavailable("no member of the mesh can be reached at the moment");
    }
    const auto& address = member_->status().serverAddress;
    if (!changesClient_ || changesAddress_ != address) {
        WEFT_ASSIGN_OR_RETURN(auto server, net::HostPort::parse(address));
        const auto options = linkTo(server);
        WEFT_ASSIGN_OR_RETURN(
            changesClient_, services::ChangesClient::create(server, options, loop()));
        changesAddress_ = address;
    }
    return changesClient_.get();
}

template <typename Done>
void MemberConnection::withChanges(
    Done done, std::function<void(services::ChangesClient&, const Done&)> work) {
    onLoop([this, done = std::move(done), work = std::move(work)] {
        const auto server = changesClient();
        if (server.ok()) {
            work(**server, done);
        } else {
            done(server.status());
        }
    });
}

void MemberConnection::applyChanges(
    meshv1::ApplyChangesRequest request, Callback<meshv1::AppliedChange> done) {
    using Done = Callback<meshv1::AppliedChange>;
    withChanges<Done>(
        std::move(done),
        [request = std::move(request)](services::ChangesClient& server, const Done& answer) {
            server.apply(request, answer);
        });
}

void MemberConnection::confirmChange(std::uint64_t id, StatusCallback done) {
    withChanges<StatusCallback>(
        std::move(done), [id](services::ChangesClient& server, const StatusCallback& answer) {
            server.confirm(id, answer);
        });
}

void MemberConnection::revertChange(
    meshv1::RevertChangeRequest request, Callback<meshv1::AppliedChange> done) {
    using Done = Callback<meshv1::AppliedChange>;
    withChanges<Done>(
        std::move(done),
        [request = std::move(request)](services::ChangesClient& server, const Done& answer) {
            server.revert(request, answer);
        });
}

void MemberConnection::listChanges(
    meshv1::ListChangesRequest filter, Callback<std::vector<meshv1::ChangeRecord>> done) {
    using Done = Callback<std::vector<meshv1::ChangeRecord>>;
    withChanges<Done>(
        std::move(done),
        [filter = std::move(filter)](services::ChangesClient& server, const Done& answer) {
            server.list(filter, answer);
        });
}

}  // namespace weft::daemon
