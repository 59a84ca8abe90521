// SPDX-License-Identifier: Apache-2.0
#include "core/services/admin/admin_service.h"

#include "core/mesh/administration.h"
#include "core/services/admin/convert.h"
#include "core/services/admin/write_metadata.h"
#include "core/services/server/dispatcher.h"

#include "v1/admin.grpc.pb.h"

namespace weft::services {

namespace {

using google::protobuf::Empty;
using mesh::ObjectRef;
using mesh::policy::ObjectKind;
using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

template <typename Message>
ObjectRef refOf(ObjectKind kind, const Message& message) {
    return {kind, message.name()};
}

ObjectRef refOf(ObjectKind kind, const ::v1::MeshEdge& message) {
    return {kind, message.source(), message.target()};
}

/// Every method is one of four: put, delete, get, list.
class AdminService final : public ::v1::Admin::CallbackService {
public:
    explicit AdminService(const ServiceContext& context) : context_(context) {}

    Reactor* PutRole(Context* context, const ::v1::Role* request, Empty* /*response*/) override {
        return put(context, "/v1.Admin/PutRole", *request);
    }
    Reactor* DeleteRole(Context* context, const ::v1::Role* request, Empty* /*response*/) override {
        return remove(context, "/v1.Admin/DeleteRole", refOf(ObjectKind::Role, *request));
    }
    Reactor* GetRole(Context* context, const ::v1::Role* request, ::v1::Role* response) override {
        return get(context, "/v1.Admin/GetRole", refOf(ObjectKind::Role, *request), response);
    }
    Reactor* ListRoles(Context* context, const Empty* /*request*/, ::v1::Roles* response) override {
        return list(context, "/v1.Admin/ListRoles", ObjectKind::Role, response);
    }

    Reactor* PutRoleBinding(
        Context* context, const ::v1::RoleBinding* request, Empty* /*response*/) override {
        return put(context, "/v1.Admin/PutRoleBinding", *request);
    }
    Reactor* DeleteRoleBinding(
        Context* context, const ::v1::RoleBinding* request, Empty* /*response*/) override {
        return remove(
            context, "/v1.Admin/DeleteRoleBinding", refOf(ObjectKind::RoleBinding, *request));
    }
    Reactor* GetRoleBinding(
        Context* context, const ::v1::RoleBinding* request, ::v1::RoleBinding* response) override {
        return get(
            context,
            "/v1.Admin/GetRoleBinding",
            refOf(ObjectKind::RoleBinding, *request),
            response);
    }
    Reactor* ListRoleBindings(
        Context* context, const Empty* /*request*/, ::v1::RoleBindings* response) override {
        return list(context, "/v1.Admin/ListRoleBindings", ObjectKind::RoleBinding, response);
    }

    Reactor* PutGroup(Context* context, const ::v1::Group* request, Empty* /*response*/) override {
        return put(context, "/v1.Admin/PutGroup", *request);
    }
    Reactor* DeleteGroup(
        Context* context, const ::v1::Group* request, Empty* /*response*/) override {
        return remove(context, "/v1.Admin/DeleteGroup", refOf(ObjectKind::Group, *request));
    }
    Reactor* GetGroup(
        Context* context, const ::v1::Group* request, ::v1::Group* response) override {
        return get(context, "/v1.Admin/GetGroup", refOf(ObjectKind::Group, *request), response);
    }
    Reactor* ListGroups(
        Context* context, const Empty* /*request*/, ::v1::Groups* response) override {
        return list(context, "/v1.Admin/ListGroups", ObjectKind::Group, response);
    }

    Reactor* PutNetworkACL(
        Context* context, const ::v1::NetworkACL* request, Empty* /*response*/) override {
        return put(context, "/v1.Admin/PutNetworkACL", *request);
    }
    Reactor* DeleteNetworkACL(
        Context* context, const ::v1::NetworkACL* request, Empty* /*response*/) override {
        return remove(
            context, "/v1.Admin/DeleteNetworkACL", refOf(ObjectKind::NetworkAcl, *request));
    }
    Reactor* GetNetworkACL(
        Context* context, const ::v1::NetworkACL* request, ::v1::NetworkACL* response) override {
        return get(
            context, "/v1.Admin/GetNetworkACL", refOf(ObjectKind::NetworkAcl, *request), response);
    }
    Reactor* ListNetworkACLs(
        Context* context, const Empty* /*request*/, ::v1::NetworkACLs* response) override {
        return list(context, "/v1.Admin/ListNetworkACLs", ObjectKind::NetworkAcl, response);
    }

    Reactor* PutRoute(Context* context, const ::v1::Route* request, Empty* /*response*/) override {
        return put(context, "/v1.Admin/PutRoute", *request);
    }
    Reactor* DeleteRoute(
        Context* context, const ::v1::Route* request, Empty* /*response*/) override {
        return remove(context, "/v1.Admin/DeleteRoute", refOf(ObjectKind::Route, *request));
    }
    Reactor* GetRoute(
        Context* context, const ::v1::Route* request, ::v1::Route* response) override {
        return get(context, "/v1.Admin/GetRoute", refOf(ObjectKind::Route, *request), response);
    }
    Reactor* ListRoutes(
        Context* context, const Empty* /*request*/, ::v1::Routes* response) override {
        return list(context, "/v1.Admin/ListRoutes", ObjectKind::Route, response);
    }

    Reactor* PutEdge(
        Context* context, const ::v1::MeshEdge* request, Empty* /*response*/) override {
        return put(context, "/v1.Admin/PutEdge", *request);
    }
    Reactor* DeleteEdge(
        Context* context, const ::v1::MeshEdge* request, Empty* /*response*/) override {
        return remove(context, "/v1.Admin/DeleteEdge", refOf(ObjectKind::Edge, *request));
    }
    Reactor* GetEdge(
        Context* context, const ::v1::MeshEdge* request, ::v1::MeshEdge* response) override {
        return get(context, "/v1.Admin/GetEdge", refOf(ObjectKind::Edge, *request), response);
    }
    Reactor* ListEdges(
        Context* context, const Empty* /*request*/, ::v1::MeshEdges* response) override {
        return list(context, "/v1.Admin/ListEdges", ObjectKind::Edge, response);
    }

private:
    template <typename Message>
    Reactor* put(Context* context, std::string_view method, const Message& request);
    Reactor* remove(Context* context, std::string_view method, ObjectRef ref);
    template <typename Message>
    Reactor* get(Context* context, std::string_view method, ObjectRef ref, Message* response);
    template <typename Messages>
    Reactor* list(Context* context, std::string_view method, ObjectKind kind, Messages* response);

    static void finish(
        const CallEndPtr& end, Context* context, const StatusOr<mesh::WriteReport>& report) {
        end->finishAfter(report.status(), [&] { describeWrite(report, context); });
    }

    const ServiceContext context_;
};

template <typename Message>
Reactor* AdminService::put(Context* context, std::string_view method, const Message& request) {
    return context_.dispatcher.unary(
        context,
        method,
        [this, context, base = baseRevisionOf(*context), object = objectOf(request)](
            const mesh::Caller& caller, const CallEndPtr& end) {
            if (!base.ok() || !object.ok()) {
                end->finish(base.ok() ? object.status() : base.status());
                return;
            }
            context_.administration->put(
                *object, *base, caller, [end, context](const StatusOr<mesh::WriteReport>& report) {
                    finish(end, context, report);
                });
        });
}

Reactor* AdminService::remove(Context* context, std::string_view method, ObjectRef ref) {
    return context_.dispatcher.unary(
        context,
        method,
        [this, context, base = baseRevisionOf(*context), ref = std::move(ref)](
            const mesh::Caller& caller, const CallEndPtr& end) {
            if (!base.ok()) {
                end->finish(base.status());
                return;
            }
            context_.administration->remove(
                ref, *base, caller, [end, context](const StatusOr<mesh::WriteReport>& report) {
                    finish(end, context, report);
                });
        });
}

template <typename Message>
Reactor* AdminService::get(
    Context* context, std::string_view method, ObjectRef ref, Message* response) {
    return context_.dispatcher.unary(
        context,
        method,
        [this, context, ref = std::move(ref), response](
            const mesh::Caller& caller, const CallEndPtr& end) {
            const auto stored = context_.administration->get(ref, caller);
            end->finishWith(stored.status(), [&] {
                describeRevision(stored->revision, context);
                toProto(stored->object, response);
            });
        });
}

template <typename Messages>
void addAll(const std::vector<mesh::StoredObject>& objects, Messages* response) {
    for (const auto& stored : objects) {
        toProto(stored.object, response->add_items());
    }
}

template <typename Messages>
Reactor* AdminService::list(
    Context* context, std::string_view method, ObjectKind kind, Messages* response) {
    return context_.dispatcher.unary(
        context, method, [this, kind, response](const mesh::Caller& caller, const CallEndPtr& end) {
            if (const Status may = context_.administration->mayList(kind, caller); !may.ok()) {
                end->finish(may);
                return;
            }
            // There may be tens of thousands: not on the node's loop.
            context_.reader.post([&store = context_.host.store(), kind, response, end] {
                const auto objects = mesh::readObjects(store, kind);
                end->finishWith(objects.status(), [&] { addAll(*objects, response); });
            });
        });
}

}  // namespace

std::unique_ptr<grpc::Service> makeAdminService(const ServiceContext& context) {
    return std::make_unique<AdminService>(context);
}

}  // namespace weft::services
