// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/administration.h"
#include "core/services/admin/admin_service.h"
#include "core/services/admin/convert.h"
#include "core/services/server/dispatcher.h"

#include "weft/mesh/v1/audit.grpc.pb.h"
#include "weft/mesh/v1/mesh.grpc.pb.h"
#include "weft/mesh/v1/policy.grpc.pb.h"

#include <array>
#include <utility>
#include <vector>

namespace weft::services {

namespace {

namespace pb = mesh::v1;
using mesh::policy::ObjectKind;
using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

constexpr std::array kKinds{
    ObjectKind::Role,
    ObjectKind::RoleBinding,
    ObjectKind::Group,
    ObjectKind::NetworkAcl,
    ObjectKind::Route,
    ObjectKind::Edge};

/// Sends a list one message at a time as the reader takes them.
template <typename Message, typename Items>
void feed(const std::shared_ptr<StreamWriter<Message>>& writer, Items items) {
    writer->feed([items = std::move(items), at = std::size_t{0}](Message* next) mutable {
        if (at == items.size()) {
            return false;
        }
        toProto(items[at], next);
        ++at;
        return true;
    });
}

void fill(const mesh::WriteReport& report, pb::RemoveNodeResponse* response) {
    response->set_revision(report.revision);
    for (const auto& text : report.alsoChanged) {
        response->add_also_changed(text);
    }
}

class PolicyService final : public pb::Policy::CallbackService {
public:
    explicit PolicyService(const ServiceContext& context) : context_(context) {}

    grpc::ServerWriteReactor<pb::PolicyObject>* ListObjects(
        Context* context, const pb::ListObjectsRequest* request) override {
        return context_.dispatcher.stream<pb::PolicyObject>(
            context,
            "/weft.mesh.v1.Policy/ListObjects",
            [this, kind = request->kind()](const mesh::Caller& caller, const Writer& writer) {
                auto kinds = readableKinds(kind, caller);
                if (!kinds.ok()) {
                    writer->end(kinds.status());
                    return;
                }
                context_.reader.post([&store = context_.host.store(),
                                      kinds = *std::move(kinds),
                                      writer] { send(store, kinds, writer); });
            });
    }

private:
    using Writer = std::shared_ptr<StreamWriter<pb::PolicyObject>>;

    StatusOr<std::vector<ObjectKind>> readableKinds(
        pb::ObjectKind wanted, const mesh::Caller& caller) const {
        if (wanted < pb::OBJECT_KIND_UNSPECIFIED || wanted > pb::OBJECT_KIND_EDGE) {
            return invalidArgument("unknown kind of object {}", static_cast<int>(wanted));
        }
        if (wanted != pb::OBJECT_KIND_UNSPECIFIED) {
            const auto kind = kKinds[static_cast<std::size_t>(wanted) - 1];
            WEFT_RETURN_IF_ERROR(context_.administration->mayList(kind, caller));
            return std::vector{kind};
        }
        std::vector<ObjectKind> kinds;
        Status refused;
        for (const auto kind : kKinds) {
            if (Status may = context_.administration->mayList(kind, caller); may.ok()) {
                kinds.push_back(kind);
            } else {
                refused = std::move(may);
            }
        }
        if (kinds.empty()) {
            return refused;
        }
        return kinds;
    }

    static void send(
        const storage::KeyValueStore& store,
        const std::vector<ObjectKind>& kinds,
        const Writer& writer) {
        std::vector<mesh::StoredObject> all;
        for (const auto kind : kinds) {
            auto objects = mesh::readObjects(store, kind);
            if (!objects.ok()) {
                writer->end(objects.status());
                return;
            }
            std::ranges::move(*objects, std::back_inserter(all));
        }
        feed<pb::PolicyObject>(writer, std::move(all));
    }

    const ServiceContext context_;
};

class AuditService final : public pb::Audit::CallbackService {
public:
    explicit AuditService(const ServiceContext& context) : context_(context) {}

    grpc::ServerWriteReactor<pb::AuditEvent>* ListEvents(
        Context* context, const pb::ListEventsRequest* request) override {
        return context_.dispatcher.stream<pb::AuditEvent>(
            context,
            "/weft.mesh.v1.Audit/ListEvents",
            [this, filter = filterOf(*request)](const mesh::Caller& caller, const auto& writer) {
                context_.administration->auditEvents(
                    filter, caller, [writer](StatusOr<std::vector<mesh::AuditEvent>> events) {
                        if (events.ok()) {
                            feed<pb::AuditEvent>(writer, *std::move(events));
                        } else {
                            writer->end(events.status());
                        }
                    });
            });
    }

private:
    const ServiceContext context_;
};

class MembersService final : public pb::Members::CallbackService {
public:
    explicit MembersService(const ServiceContext& context) : context_(context) {}

    Reactor* ReleaseNode(
        Context* context,
        const pb::ReleaseNodeRequest* request,
        pb::ReleaseNodeResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Members/ReleaseNode",
            [this, id = mesh::NodeId(request->node_id())](
                const mesh::Caller& caller, const CallEndPtr& end) {
                context_.host.releaseNode(
                    id, caller, [end](const Status& status) { end->finish(status); });
            });
    }

    Reactor* RemoveNode(
        Context* context,
        const pb::RemoveNodeRequest* request,
        pb::RemoveNodeResponse* response) override {
        return administer(
            context,
            "/weft.mesh.v1.Members/RemoveNode",
            [this, id = mesh::NodeId(request->node_id()), reason = request->reason(), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                context_.administration->removeNode(
                    id, reason, caller, [end, response](const StatusOr<mesh::WriteReport>& report) {
                        end->finishWith(report.status(), [&] { fill(*report, response); });
                    });
            });
    }

    Reactor* ReadmitNode(
        Context* context,
        const pb::ReadmitNodeRequest* request,
        pb::ReadmitNodeResponse* /*response*/) override {
        return administer(
            context,
            "/weft.mesh.v1.Members/ReadmitNode",
            [this, id = mesh::NodeId(request->node_id())](
                const mesh::Caller& caller, const CallEndPtr& end) {
                context_.administration->readmitNode(
                    id, caller, [end](const Status& status) { end->finish(status); });
            });
    }

    Reactor* ListRemovedNodes(
        Context* context,
        const pb::ListRemovedNodesRequest* /*request*/,
        pb::ListRemovedNodesResponse* response) override {
        return administer(
            context,
            "/weft.mesh.v1.Members/ListRemovedNodes",
            [this, response](const mesh::Caller& caller, const CallEndPtr& end) {
                const auto nodes = context_.administration->removedNodes(caller);
                end->finishWith(nodes.status(), [&] {
                    for (const auto& node : *nodes) {
                        toProto(node, response->add_nodes());
                    }
                });
            });
    }

private:
    Reactor* administer(Context* context, std::string_view method, Dispatcher::UnaryWork work) {
        return context_.dispatcher.unary(
            context,
            method,
            [this, work = std::move(work)](const mesh::Caller& caller, const CallEndPtr& end) {
                if (context_.administration == nullptr) {
                    end->finish(unimplemented("this server does not remove nodes"));
                    return;
                }
                work(caller, end);
            });
    }

    const ServiceContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makePolicyService(const ServiceContext& context) {
    return std::make_unique<PolicyService>(context);
}

std::unique_ptr<grpc::Service> makeAuditService(const ServiceContext& context) {
    return std::make_unique<AuditService>(context);
}

std::unique_ptr<grpc::Service> makeMembersService(const ServiceContext& context) {
    return std::make_unique<MembersService>(context);
}

}  // namespace weft::services
