// SPDX-License-Identifier: Apache-2.0
// What a member's connection is asked: it passes the questions on to the server in use.
#include "core/daemon/detail/invitation_messages.h"
#include "core/daemon/member_connection.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace meshv1 = weft::mesh::v1;

}  // namespace

template <typename Done>
void MemberConnection::whileLinked(
    Done done, std::function<void(mesh::MemberLink&, const Done&)> work) {
    onLoop([this, done = std::move(done), work = std::move(work)] {
        auto* link = member_ ? member_->link() : nullptr;
        if (link != nullptr) {
            work(*link, done);
        } else {
            done(unavailable("no member of the mesh can be reached at the moment"));
        }
    });
}

template <typename Done>
void MemberConnection::whileServed(
    Done done, std::function<void(services::EnrolmentClient&, const Done&)> work) {
    onLoop([this, done = std::move(done), work = std::move(work)] {
        const auto server = client();
        if (server.ok()) {
            work(**server, done);
        } else {
            done(server.status());
        }
    });
}

services::LinkOptions MemberConnection::linkTo(net::HostPort& server) {
    auto options = link_.clone();
    services::dialWhereKnown(
        [this](const std::string& host) { return knownPlace(host); }, server, options);
    return options;
}

StatusOr<services::EnrolmentClient*> MemberConnection::client() {
    if (!member_ || member_->status().serverAddress.empty()) {
        return unavailable("no member of the mesh can be reached at the moment");
    }
    const auto& address = member_->status().serverAddress;
    if (!client_ || clientAddress_ != address) {
        WEFT_ASSIGN_OR_RETURN(auto server, net::HostPort::parse(address));
        const auto options = linkTo(server);
        WEFT_ASSIGN_OR_RETURN(client_, services::EnrolmentClient::create(server, options, loop()));
        clientAddress_ = address;
    }
    return client_.get();
}

void MemberConnection::get(std::string key, Callback<std::string> done) {
    using Done = Callback<std::string>;
    whileLinked<Done>(
        std::move(done), [key = std::move(key)](mesh::MemberLink& link, const Done& answer) {
            link.get(key, answer);
        });
}

void MemberConnection::listKeys(std::string prefix, Callback<std::vector<std::string>> done) {
    using Done = Callback<std::vector<std::string>>;
    whileLinked<Done>(
        std::move(done), [prefix = std::move(prefix)](mesh::MemberLink& link, const Done& answer) {
            link.listKeys(prefix, answer);
        });
}

void MemberConnection::iterate(std::string prefix, Callback<std::vector<storage::Entry>> done) {
    using Done = Callback<std::vector<storage::Entry>>;
    whileLinked<Done>(
        std::move(done), [prefix = std::move(prefix)](mesh::MemberLink& link, const Done& answer) {
            link.iterate(prefix, answer);
        });
}

void MemberConnection::publish(storage::Put put, StatusCallback done) {
    whileLinked<StatusCallback>(
        std::move(done),
        [put = std::move(put)](mesh::MemberLink& link, const StatusCallback& answer) {
            link.publish(put, answer);
        });
}

Subscription MemberConnection::subscribe(
    std::string prefix,
    std::function<void(const std::vector<storage::Event>&)> changed,
    StatusCallback ended) {
    // Shared by the loop, which begins and ends it, and the handle, which may drop it.
    auto following = std::make_shared<Following>();
    whileLinked<StatusCallback>(
        std::move(ended),
        [this, following, prefix = std::move(prefix), changed = std::move(changed)](
            mesh::MemberLink& link, const StatusCallback& answer) {
            if (following->dropped) {
                return;
            }
            following->handle = link.subscribe(
                prefix,
                [changed, following](const std::vector<storage::Event>& events) {
                    if (!following->dropped) {
                        changed(events);
                    }
                },
                answer);
            following_.insert(following);
        });
    return Subscription([this, following, loop = weakLoop()] {
        following->dropped = true;
        if (const auto alive = loop.lock()) {
            // A loop that has stopped does not run this, so that `this` is used while it lives.
            alive->post([this, following] {
                following->handle.cancel();
                following_.erase(following);
            });
        }
    });
}

void MemberConnection::invite(
    meshv1::CreateInvitationRequest request, Callback<meshv1::CreateInvitationResponse> done) {
    using Done = Callback<meshv1::CreateInvitationResponse>;
    whileServed<Done>(
        std::move(done),
        [request = std::move(request)](services::EnrolmentClient& server, const Done& answer) {
            server.invite(paramsOf(request), asMessage(answer));
        });
}

void MemberConnection::invitations(Callback<meshv1::ListInvitationsResponse> done) {
    using Done = Callback<meshv1::ListInvitationsResponse>;
    whileServed<Done>(std::move(done), [](services::EnrolmentClient& server, const Done& answer) {
        server.list(asMessage(answer));
    });
}

void MemberConnection::revokeInvitation(std::string id, StatusCallback done) {
    whileServed<StatusCallback>(
        std::move(done),
        [id = std::move(id)](services::EnrolmentClient& server, const StatusCallback& answer) {
            server.revoke(id, answer);
        });
}

void MemberConnection::releaseNode(std::string nodeId, StatusCallback done) {
    whileServed<StatusCallback>(
        std::move(done),
        [nodeId =
             std::move(nodeId)](services::EnrolmentClient& server, const StatusCallback& answer) {
            server.releaseNode(storage::NodeId(nodeId), answer);
        });
}

}  // namespace weft::daemon
