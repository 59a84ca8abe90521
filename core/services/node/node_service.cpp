// SPDX-License-Identifier: Apache-2.0
#include "core/services/node/node_service.h"

#include "core/base/text.h"
#include "core/mesh/standing.h"
#include "core/services/node/interface_source.h"
#include "core/services/server/dispatcher.h"

#include "v1/node.grpc.pb.h"

#include <google/protobuf/util/time_util.h>

namespace weft::services {

namespace {

using Base =
    ::v1::Node::WithCallbackMethod_GetStatus<::v1::Node::WithGenericMethod_NegotiateDataChannel<
        ::v1::Node::WithGenericMethod_ReceiveSignalChannel<::v1::Node::Service>>>;

class NodeService final : public Base {
public:
    explicit NodeService(const NodeContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* GetStatus(
        grpc::CallbackServerContext* context,
        const ::v1::GetStatusRequest* request,
        ::v1::Status* response) override {
        return context_.dispatcher.unary(
            context,
            "/v1.Node/GetStatus",
            [this, id = mesh::NodeId(request->id()), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                const Status status = checkTarget(id, caller);
                if (status.ok() && isInside(caller)) {
                    answerMember(response, end);
                    return;
                }
                end->finishWith(status, [&] { fill(response); });
            });
    }

private:
    bool isInside(const mesh::Caller& caller) const {
        return context_.standing.isMember(caller) || context_.standing.isAdmin(caller);
    }

    // Relaying for strangers would make this node a reflector.
    Status checkTarget(const mesh::NodeId& id, const mesh::Caller& caller) const {
        const mesh::Standing& standing = context_.standing;
        if (id.empty() || id == standing.selfId()) {
            return okStatus();
        }
        if (!isInside(caller)) {
            return permissionDenied("permission denied");
        }
        if (standing.registry().node(id) == nullptr) {
            return notFound("node not found");
        }
        return unimplemented(
            "this server does not ask other nodes: ask {} itself", base::escapeForLine(id.value()));
    }

    void answerMember(::v1::Status* response, const CallEndPtr& end) const {
        readInterface([this, response, end](const StatusOr<::v1::InterfaceMetrics>& metrics) {
            // This and the response are there while the call is not over.
            end->finishWith(okStatus(), [&] {
                fill(response);
                fillInterface(metrics, response);
            });
        });
    }

    void readInterface(Callback<::v1::InterfaceMetrics> done) const {
        if (context_.tunnel != nullptr) {
            context_.tunnel->read(std::move(done));
        } else {
            done(failedPrecondition("there is no tunnel interface"));
        }
    }

    // Without an interface the node has its addresses all the same.
    void fillInterface(
        const StatusOr<::v1::InterfaceMetrics>& metrics, ::v1::Status* response) const {
        if (metrics.ok()) {
            *response->mutable_interface_metrics() = *metrics;
            return;
        }
        const auto* self = context_.standing.registry().node(context_.standing.selfId());
        if (self != nullptr && self->privateIpv4) {
            response->mutable_interface_metrics()->set_address_v4(self->privateIpv4->toString());
        }
        if (self != nullptr && self->privateIpv6) {
            response->mutable_interface_metrics()->set_address_v6(self->privateIpv6->toString());
        }
    }

    void fill(::v1::Status* response) const {
        using Suffrage = mesh::StorageServer::Suffrage;
        const mesh::Standing& standing = context_.standing;
        const WallTime now = context_.loop.clock().wallNow();
        response->set_id(standing.selfId().value());
        response->set_version(WEFT_VERSION);
        response->set_commit("unknown");
        response->set_build_date("unknown");
        response->set_uptime(goDuration(now - context_.startedAt));
        *response->mutable_started_at() = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
            std::chrono::duration_cast<std::chrono::nanoseconds>(
                context_.startedAt.time_since_epoch())
                .count());
        if (const auto* self = standing.registry().node(standing.selfId())) {
            ::v1::MeshNode record;
            storage::toProto(*self, &record);
            response->mutable_features()->Swap(record.mutable_features());
        }
        for (const auto& server : standing.storageServers()) {
            if (server.id == standing.selfId()) {
                response->set_cluster_status(static_cast<::v1::ClusterStatus>(server.suffrage));
            }
            if (server.suffrage == Suffrage::Leader) {
                response->set_current_leader(server.id.value());
            }
        }
    }

    const NodeContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeNodeService(const NodeContext& context) {
    return std::make_unique<NodeService>(context);
}

std::string goDuration(Duration duration) {
    using namespace std::chrono_literals;
    if (duration <= Duration::zero()) {
        return "0s";
    }
    // Fractions without trailing zeros, as Go prints them.
    const auto fraction = [](std::int64_t whole, std::int64_t rest, int digits) {
        std::string text = fmt::format("{}.{:0{}}", whole, rest, digits);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) {
            text.pop_back();
        }
        return text;
    };
    const std::int64_t count = duration.count();
    if (duration < 1us) {
        return fmt::format("{}ns", count);
    }
    if (duration < 1ms) {
        return fraction(count / 1'000, count % 1'000, 3) + "µs";
    }
    if (duration < 1s) {
        return fraction(count / 1'000'000, count % 1'000'000, 6) + "ms";
    }
    const std::int64_t seconds = count / 1'000'000'000;
    std::string text = fraction(seconds % 60, count % 1'000'000'000, 9) + "s";
    if (seconds >= 60) {
        text = fmt::format("{}m{}", seconds / 60 % 60, text);
    }
    if (seconds >= 3600) {
        text = fmt::format("{}h{}", seconds / 3600, text);
    }
    return text;
}

}  // namespace weft::services
