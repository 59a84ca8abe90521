// SPDX-License-Identifier: Apache-2.0
#include "core/services/direct/direct_service.h"

#include "core/mesh/host.h"
#include "core/services/direct/convert.h"
#include "core/services/server/dispatcher.h"

#include "weft/mesh/v1/direct.grpc.pb.h"

namespace weft::services {

namespace {

namespace pb = mesh::v1;

class DirectService final : public pb::DirectWays::CallbackService {
public:
    explicit DirectService(const ServiceContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* Report(
        grpc::CallbackServerContext* context,
        const pb::DirectReport* request,
        pb::DirectReportResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.DirectWays/Report",
            [this, report = reportOf(*request)](const mesh::Caller& caller, const CallEndPtr& end) {
                end->finish(
                    report.ok() ? context_.host.directWays().report(*report, caller)
                                : report.status());
            });
    }

    grpc::ServerWriteReactor<pb::DirectOffers>* Watch(
        grpc::CallbackServerContext* context, const pb::WatchDirectRequest* request) override {
        // Made and dropped on the loop; shared by the work below and by the stream's end.
        auto held = std::make_shared<Subscription>();
        return context_.dispatcher.stream<pb::DirectOffers>(
            context,
            "/weft.mesh.v1.DirectWays/Watch",
            [this, held, id = mesh::NodeId(request->node_id())](
                const mesh::Caller& caller, const auto& writer) {
                if (const Status status = context_.host.directWays().mayWatch(id, caller);
                    !status.ok()) {
                    writer->end(status);
                    return;
                }
                writer->open();
                *held = context_.host.directWays().watch(
                    id, [writer](const mesh::DirectOffers& offers) {
                        pb::DirectOffers message;
                        toProto(offers, &message);
                        writer->replace(std::move(message));
                    });
            },
            [this, held] { context_.loop.post([held] { held->cancel(); }); });
    }

private:
    const ServiceContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeDirectService(const ServiceContext& context) {
    return std::make_unique<DirectService>(context);
}

}  // namespace weft::services
