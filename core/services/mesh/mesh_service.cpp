// SPDX-License-Identifier: Apache-2.0
#include "core/services/mesh/mesh_service.h"

#include "core/mesh/host.h"
#include "core/services/mesh/dot.h"
#include "core/services/server/dispatcher.h"

#include "v1/mesh.grpc.pb.h"

namespace weft::services {

namespace {

class MeshService final : public ::v1::Mesh::CallbackService {
public:
    explicit MeshService(const ServiceContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* GetNode(
        grpc::CallbackServerContext* context,
        const ::v1::GetNodeRequest* request,
        ::v1::MeshNode* response) override {
        return context_.dispatcher.unary(
            context,
            "/v1.Mesh/GetNode",
            [this, id = mesh::NodeId(request->id()), response](
                const mesh::Caller&, const CallEndPtr& end) {
                if (id.empty()) {
                    end->finish(invalidArgument("a node id is needed"));
                    return;
                }
                const auto* node = context_.host.registry().node(id);
                end->finishWith(node == nullptr ? notFound("node not found") : okStatus(), [&] {
                    storage::toProto(*node, response);
                });
            });
    }

    grpc::ServerUnaryReactor* ListNodes(
        grpc::CallbackServerContext* context,
        const google::protobuf::Empty*,
        ::v1::NodeList* response) override {
        return context_.dispatcher.unary(
            context,
            "/v1.Mesh/ListNodes",
            [this, response](const mesh::Caller&, const CallEndPtr& end) {
                end->finishWith(okStatus(), [&] {
                    for (const auto* node : context_.host.registry().nodes()) {
                        storage::toProto(*node, response->add_nodes());
                    }
                });
            });
    }

    grpc::ServerUnaryReactor* GetMeshGraph(
        grpc::CallbackServerContext* context,
        const google::protobuf::Empty*,
        ::v1::MeshGraph* response) override {
        return context_.dispatcher.unary(
            context,
            "/v1.Mesh/GetMeshGraph",
            [this, response](const mesh::Caller&, const CallEndPtr& end) {
                end->finishWith(okStatus(), [&] { fillGraph(response); });
            });
    }

private:
    void fillGraph(::v1::MeshGraph* response) const {
        const auto& registry = context_.host.registry();
        const auto nodes = registry.nodes();
        const auto edges = registry.edges();
        for (const auto* node : nodes) {
            response->add_nodes(node->id.value());
        }
        for (const auto* edge : edges) {
            // Without attributes, as reference nodes answer.
            auto* added = response->add_edges();
            added->set_source(edge->source.value());
            added->set_target(edge->target.value());
            added->set_weight(edge->weight);
        }
        response->set_dot(toDot(nodes, edges));
    }

    const ServiceContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeMeshService(const ServiceContext& context) {
    return std::make_unique<MeshService>(context);
}

}  // namespace weft::services
