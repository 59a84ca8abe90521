// SPDX-License-Identifier: Apache-2.0
// What a founder's connection is asked about who may do what: it decides by itself.
#include "core/daemon/detail/policy_answers.h"
#include "core/daemon/founder_connection.h"
#include "core/services/admin/convert.h"

#include <array>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
using mesh::policy::ObjectKind;

constexpr std::array kKinds{
    ObjectKind::Role,
    ObjectKind::RoleBinding,
    ObjectKind::Group,
    ObjectKind::NetworkAcl,
    ObjectKind::Route,
    ObjectKind::Edge};

StatusOr<std::vector<meshv1::PolicyObject>> objectsOf(
    const storage::KeyValueStore& store, const std::vector<ObjectKind>& kinds) {
    std::vector<meshv1::PolicyObject> objects;
    for (const auto kind : kinds) {
        WEFT_ASSIGN_OR_RETURN(const auto stored, mesh::readObjects(store, kind));
        for (const auto& each : stored) {
            services::toProto(each, &objects.emplace_back());
        }
    }
    return objects;
}

}  // namespace

void FounderConnection::policy(Callback<local::PolicyState> done) {
    using Done = Callback<local::PolicyState>;
    whileOpen<Done>(std::move(done), [this](const Done& answer) {
        std::vector<ObjectKind> readable;
        Status refused;
        for (const auto kind : kKinds) {
            if (Status may = administration_->mayList(kind, self()); may.ok()) {
                readable.push_back(kind);
            } else {
                refused = std::move(may);
            }
        }
        if (readable.empty()) {
            answer(refused);
            return;
        }
        // The store is read where the mesh does not wait for it; the reader goes before the store.
        auditWriter_->post([store = store_.get(), readable, rules = rules(), answer] {
            auto objects = objectsOf(*store, readable);
            if (objects.ok()) {
                answer(policyState(*std::move(objects), rules.get()));
            } else {
                answer(objects.status());
            }
        });
    });
}

void FounderConnection::putObject(
    local::PutObjectRequest request, Callback<local::WriteReport> done) {
    using Done = Callback<local::WriteReport>;
    whileOpen<Done>(std::move(done), [this, request = std::move(request)](const Done& answer) {
        auto object = services::objectOf(request.object());
        if (object.ok()) {
            administration_->put(*std::move(object), baseOf(request), self(), reportTo(answer));
        } else {
            answer(object.status());
        }
    });
}

void FounderConnection::removeObject(
    local::RemoveObjectRequest request, Callback<local::WriteReport> done) {
    using Done = Callback<local::WriteReport>;
    whileOpen<Done>(std::move(done), [this, request = std::move(request)](const Done& answer) {
        auto ref = refOf(request);
        if (ref.ok()) {
            administration_->remove(*std::move(ref), baseOf(request), self(), reportTo(answer));
        } else {
            answer(ref.status());
        }
    });
}

void FounderConnection::removeNode(
    std::string nodeId, std::string reason, Callback<local::WriteReport> done) {
    using Done = Callback<local::WriteReport>;
    whileOpen<Done>(
        std::move(done),
        [this, id = storage::NodeId(std::move(nodeId)), reason = std::move(reason)](
            const Done& answer) {
            administration_->removeNode(id, reason, self(), reportTo(answer));
        });
}

void FounderConnection::readmitNode(std::string nodeId, StatusCallback done) {
    whileOpen<StatusCallback>(
        std::move(done),
        [this, id = storage::NodeId(std::move(nodeId))](const StatusCallback& answer) {
            administration_->readmitNode(id, self(), answer);
        });
}

void FounderConnection::removedNodes(Callback<meshv1::ListRemovedNodesResponse> done) {
    using Done = Callback<meshv1::ListRemovedNodesResponse>;
    whileOpen<Done>(std::move(done), [this](const Done& answer) {
        const auto nodes = administration_->removedNodes(self());
        if (!nodes.ok()) {
            answer(nodes.status());
            return;
        }
        meshv1::ListRemovedNodesResponse response;
        for (const auto& node : *nodes) {
            services::toProto(node, response.add_nodes());
        }
        answer(std::move(response));
    });
}

void FounderConnection::auditEvents(
    meshv1::ListEventsRequest filter, Callback<std::vector<meshv1::AuditEvent>> done) {
    using Done = Callback<std::vector<meshv1::AuditEvent>>;
    whileOpen<Done>(std::move(done), [this, filter = std::move(filter)](const Done& answer) {
        administration_->auditEvents(
            services::filterOf(filter),
            self(),
            [answer](const StatusOr<std::vector<mesh::AuditEvent>>& events) {
                if (!events.ok()) {
                    answer(events.status());
                    return;
                }
                std::vector<meshv1::AuditEvent> messages;
                for (const auto& event : *events) {
                    services::toProto(event, &messages.emplace_back());
                }
                answer(std::move(messages));
            });
    });
}

}  // namespace weft::daemon
