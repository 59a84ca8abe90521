// SPDX-License-Identifier: Apache-2.0
#include "core/services/admin/admin_client.h"

#include "core/services/admin/listing.h"
#include "core/services/admin/write_metadata.h"
#include "core/services/link/channel.h"

#include "v1/admin.grpc.pb.h"
#include "weft/mesh/v1/audit.grpc.pb.h"
#include "weft/mesh/v1/mesh.grpc.pb.h"
#include "weft/mesh/v1/policy.grpc.pb.h"

#include <grpcpp/channel.h>

#include <charconv>
#include <chrono>
#include <utility>

namespace weft::services {
namespace {

namespace pb = weft::mesh::v1;
using google::protobuf::Empty;
using mesh::policy::ObjectKind;
using AdminStub = ::v1::Admin::StubInterface::async_interface;

/// What stands beside the answer of a write.
mesh::WriteReport reportOf(const grpc::ClientContext& context) {
    mesh::WriteReport report;
    for (const auto& [name, value] : context.GetServerTrailingMetadata()) {
        const std::string_view header(name.data(), name.size());
        if (header == kRevisionHeader) {
            std::from_chars(value.data(), value.data() + value.size(), report.revision);
        } else if (header == kAlsoChangedHeader && report.alsoChanged.size() <= kMaxAlsoChanged) {
            report.alsoChanged.emplace_back(value.data(), value.size());
        }
    }
    return report;
}

}  // namespace

struct AdminClient::Impl {
    Impl(const net::HostPort& address, const LinkOptions& options, base::Loop& loop)
        : channel(makeChannel(address, options))
        , admin(::v1::Admin::NewStub(channel))
        , policy(pb::Policy::NewStub(channel))
        , members(pb::Members::NewStub(channel))
        , audit(pb::Audit::NewStub(channel))
        , calls(loop, address, options.clone(), probes) {}

    /// One write of v1.Admin, whose answer is empty.
    template <typename Message>
    void write(
        void (AdminStub::*method)(
            grpc::ClientContext*, const Message*, Empty*, std::function<void(grpc::Status)>),
        Message message,
        std::optional<storage::Revision> base,
        Callback<mesh::WriteReport> done) {
        // The context lives until the end of the call has been told.
        auto context = std::make_shared<const grpc::ClientContext*>(nullptr);
        calls.unary<Message, Empty>(
            kCallDeadline,
            std::move(message),
            [this, method](auto* used, auto* sent, auto* response, auto finished) {
                (admin->async()->*method)(used, sent, response, std::move(finished));
            },
            [context, done = std::move(done)](const Status& status, const Empty& /*response*/) {
                if (status.ok()) {
                    done(reportOf(**context));
                } else {
                    done(writeOutcome(status));
                }
            },
            [context, base](grpc::ClientContext* used) {
                *context = used;
                if (base) {
                    used->AddMetadata(std::string(kBaseRevisionHeader), std::to_string(*base));
                }
            });
    }

    std::shared_ptr<grpc::Channel> channel;
    std::unique_ptr<::v1::Admin::Stub> admin;
    std::unique_ptr<pb::Policy::Stub> policy;
    std::unique_ptr<pb::Members::Stub> members;
    std::unique_ptr<pb::Audit::Stub> audit;
    ProbeWorker probes;
    // Last, so that it goes first.
    ClientCalls calls;
};

AdminClient::AdminClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AdminClient::~AdminClient() = default;

StatusOr<std::unique_ptr<AdminClient>> AdminClient::create(
    const net::HostPort& address, const LinkOptions& options, base::Loop& loop) {
    WEFT_RETURN_IF_ERROR(options.validate());
    return std::unique_ptr<AdminClient>(
        new AdminClient(std::make_unique<Impl>(address, options, loop)));
}

void AdminClient::list(Callback<std::vector<pb::PolicyObject>> done) {
    collect<pb::PolicyObject>(
        impl_->calls,
        pb::ListObjectsRequest(),
        [this](auto* context, const auto* request, auto* reactor) {
            impl_->policy->async()->ListObjects(context, request, reactor);
        },
        std::move(done));
}

void AdminClient::put(
    const pb::PolicyObject& object,
    std::optional<storage::Revision> base,
    Callback<mesh::WriteReport> done) {
    switch (object.object_case()) {
    case pb::PolicyObject::kRole:
        return impl_->write(&AdminStub::PutRole, object.role(), base, std::move(done));
    case pb::PolicyObject::kRoleBinding:
        return impl_->write(
            &AdminStub::PutRoleBinding, object.role_binding(), base, std::move(done));
    case pb::PolicyObject::kGroup:
        return impl_->write(&AdminStub::PutGroup, object.group(), base, std::move(done));
    case pb::PolicyObject::kNetworkAcl:
        return impl_->write(&AdminStub::PutNetworkACL, object.network_acl(), base, std::move(done));
    case pb::PolicyObject::kRoute:
        return impl_->write(&AdminStub::PutRoute, object.route(), base, std::move(done));
    case pb::PolicyObject::kEdge:
        return impl_->write(&AdminStub::PutEdge, object.edge(), base, std::move(done));
    case pb::PolicyObject::OBJECT_NOT_SET:
        break;
    }
    done(invalidArgument("object is missing"));
}

void AdminClient::remove(
    const mesh::ObjectRef& ref,
    std::optional<storage::Revision> base,
    Callback<mesh::WriteReport> done) {
    const auto named = [&ref](auto message) {
        message.set_name(ref.name);
        return message;
    };
    switch (ref.kind) {
    case ObjectKind::Role:
        return impl_->write(&AdminStub::DeleteRole, named(::v1::Role()), base, std::move(done));
    case ObjectKind::RoleBinding:
        return impl_->write(
            &AdminStub::DeleteRoleBinding, named(::v1::RoleBinding()), base, std::move(done));
    case ObjectKind::Group:
        return impl_->write(&AdminStub::DeleteGroup, named(::v1::Group()), base, std::move(done));
    case ObjectKind::NetworkAcl:
        return impl_->write(
            &AdminStub::DeleteNetworkACL, named(::v1::NetworkACL()), base, std::move(done));
    case ObjectKind::Route:
        return impl_->write(&AdminStub::DeleteRoute, named(::v1::Route()), base, std::move(done));
    case ObjectKind::Edge:
        break;
    }
    ::v1::MeshEdge edge;
    edge.set_source(ref.name);
    edge.set_target(ref.target);
    impl_->write(&AdminStub::DeleteEdge, std::move(edge), base, std::move(done));
}

void AdminClient::removeNode(
    const std::string& id, const std::string& reason, Callback<mesh::WriteReport> done) {
    pb::RemoveNodeRequest request;
    request.set_node_id(id);
    request.set_reason(reason);
    impl_->calls.unary<pb::RemoveNodeRequest, pb::RemoveNodeResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->members->async()->RemoveNode(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const pb::RemoveNodeResponse& response) {
            if (!status.ok()) {
                done(writeOutcome(status));
                return;
            }
            done(mesh::WriteReport{
                response.revision(),
                {response.also_changed().begin(), response.also_changed().end()}});
        });
}

void AdminClient::readmitNode(const std::string& id, StatusCallback done) {
    pb::ReadmitNodeRequest request;
    request.set_node_id(id);
    impl_->calls.unary<pb::ReadmitNodeRequest, pb::ReadmitNodeResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->members->async()->ReadmitNode(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const auto& /*response*/) {
            done(writeOutcome(status));
        });
}

void AdminClient::removedNodes(Callback<pb::ListRemovedNodesResponse> done) {
    impl_->calls.unary<pb::ListRemovedNodesRequest, pb::ListRemovedNodesResponse>(
        kCallDeadline,
        {},
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->members->async()->ListRemovedNodes(context, sent, response, std::move(finished));
        },
        [done =
             std::move(done)](const Status& status, const pb::ListRemovedNodesResponse& response) {
            if (status.ok()) {
                done(response);
            } else {
                done(explained(status));
            }
        });
}

void AdminClient::auditEvents(
    const pb::ListEventsRequest& filter, Callback<std::vector<pb::AuditEvent>> done) {
    collect<pb::AuditEvent>(
        impl_->calls,
        filter,
        [this](auto* context, const auto* request, auto* reactor) {
            impl_->audit->async()->ListEvents(context, request, reactor);
        },
        std::move(done));
}

}  // namespace weft::services
