// SPDX-License-Identifier: Apache-2.0
// The call of ConnectionTable that keeps what was said to routes.
#include "core/base/text.h"
#include "core/daemon/connection_table.h"
#include "core/daemon/detail/connection_entry.h"
#include "core/daemon/detail/route_consents.h"
#include "core/net/network.h"
#include "core/storage/registry/records.h"

#include <set>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
using Answer = local::SetRouteConsentRequest;

StatusOr<local::RouteConsent> consentFrom(const Answer& request) {
    WEFT_ASSIGN_OR_RETURN(const auto network, net::parseNetwork(request.cidr()));
    if (!request.node_id().empty()) {
        WEFT_RETURN_IF_ERROR(storage::validateNodeId(request.node_id()));
    }
    if (request.answer() != Answer::ANSWER_AGREE && request.answer() != Answer::ANSWER_REFUSE
        && request.answer() != Answer::ANSWER_FORGET) {
        return invalidArgument("the answer is neither yes nor no, nor to be forgotten");
    }
    local::RouteConsent consent;
    consent.set_cidr(network.toString());
    consent.set_node_id(request.node_id());
    consent.set_refused(request.answer() == Answer::ANSWER_REFUSE);
    return consent;
}

/// `wanted`, with the node that offers it and its key. `own` is this node.
StatusOr<local::RouteConsent> withKey(
    local::RouteConsent wanted, const local::ListRoutesResponse& known, const std::string& own) {
    std::set<std::string> nodes;
    const local::Route* found = nullptr;
    for (const auto& each : known.routes()) {
        const bool isMeant = wanted.node_id().empty() || each.node_id() == wanted.node_id();
        if (each.cidr() == wanted.cidr() && each.node_id() != own && isMeant) {
            nodes.insert(each.node_id());
            found = &each;
        }
    }
    if (found == nullptr) {
        return notFound(
            "{} offers no route {}: \"weftctl routes list\" shows what there is",
            wanted.node_id().empty() ? std::string("this mesh")
                                     : base::escapeForLine(wanted.node_id()),
            wanted.cidr());
    }
    if (nodes.size() > 1) {
        std::string all;
        for (const auto& each : nodes) {
            all += (all.empty() ? "" : ", ") + base::escapeForLine(each);
        }
        return invalidArgument(
            "{} is offered by {}: say by --from whose it is", wanted.cidr(), all);
    }
    wanted.set_node_id(found->node_id());
    wanted.set_public_key(found->public_key());
    return wanted;
}

}  // namespace

void ConnectionTable::setRouteConsent(const Answer& request, StatusCallback done) {
    Entry* entry = find(request.profile_id().empty() ? defaultId() : request.profile_id());
    if (entry == nullptr) {
        done(notFound("there is no such profile"));
        return;
    }
    if (entry->configured || entry->pending) {
        done(failedPrecondition(
            "this profile comes from the configuration: set mesh.agreed-routes there"));
        return;
    }
    const auto consent = consentFrom(request);
    if (!consent.ok()) {
        done(consent.status());
        return;
    }
    if (request.answer() == Answer::ANSWER_AGREE) {
        agreeTo(*entry, *consent, std::move(done));
        return;
    }
    if (request.answer() == Answer::ANSWER_REFUSE) {
        answerRoute(*entry, *consent, std::move(done));
        return;
    }
    auto consents = entry->stored.profile.agreed_routes();
    if (!forgetConsent(consents, consent->cidr(), consent->node_id())) {
        done(notFound("nothing was said to {}", consent->cidr()));
        return;
    }
    keepConsents(entry->id(), consents, std::move(done));
}

void ConnectionTable::agreeTo(
    Entry& entry, const local::RouteConsent& wanted, StatusCallback done) {
    const auto connection = connected(entry.id());
    if (!connection.ok()) {
        done(annotate(connection.status(), "who offers the route is not known"));
        return;
    }
    (*connection)
        ->routes([this, id = entry.id(), wanted, done = std::move(done)](
                     const StatusOr<local::ListRoutesResponse>& routes) {
            loop_.post([this, id, wanted, routes, done] {
                Entry* found = find(id);
                if (found == nullptr || !routes.ok()) {
                    done(routes.ok() ? notFound("the profile was removed") : routes.status());
                    return;
                }
                const auto consent = withKey(wanted, *routes, found->stored.profile.node_id());
                if (consent.ok()) {
                    answerRoute(*found, *consent, done);
                } else {
                    done(consent.status());
                }
            });
        });
}

void ConnectionTable::answerRoute(
    Entry& entry, const local::RouteConsent& consent, StatusCallback done) {
    auto consents = entry.stored.profile.agreed_routes();
    if (const Status added = addConsent(consents, consent); !added.ok()) {
        done(added);
        return;
    }
    keepConsents(entry.id(), consents, std::move(done));
}

void ConnectionTable::keepConsents(
    const std::string& id,
    const google::protobuf::RepeatedPtrField<local::RouteConsent>& consents,
    StatusCallback done) {
    auto stored = find(id)->stored;
    *stored.profile.mutable_agreed_routes() = consents;
    // The profile may change meanwhile: only this part of it is taken from here.
    save(stored, [this, id, consents, done = std::move(done)](const Status& status) {
        Entry* entry = find(id);
        if (!status.ok() || entry == nullptr) {
            done(status.ok() ? notFound("the profile was removed") : status);
            return;
        }
        *entry->stored.profile.mutable_agreed_routes() = consents;
        if (entry->connection) {
            entry->connection->setConsents({consents.begin(), consents.end()});
        }
        changed();
        done(okStatus());
    });
}

}  // namespace weft::daemon
