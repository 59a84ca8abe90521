// SPDX-License-Identifier: Apache-2.0
#include "core/services/propagation/propagation_service.h"

#include "core/mesh/host.h"
#include "core/services/propagation/convert.h"
#include "core/services/server/dispatcher.h"

#include "weft/mesh/v1/propagation.grpc.pb.h"

namespace weft::services {
namespace {

namespace pb = mesh::v1;

class PropagationService final : public pb::Propagation::CallbackService {
public:
    explicit PropagationService(const ServiceContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* ReportEffect(
        grpc::CallbackServerContext* context,
        const pb::EffectReport* request,
        pb::EffectReportResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Propagation/ReportEffect",
            [this, report = reportOf(*request)](const mesh::Caller& caller, const CallEndPtr& end) {
                end->finish(context_.host.propagation().report(report, caller));
            });
    }

    grpc::ServerUnaryReactor* GetPropagation(
        grpc::CallbackServerContext* context,
        const pb::GetPropagationRequest* request,
        pb::ChangePropagation* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Propagation/GetPropagation",
            [this, change = request->change_id(), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                const auto answer = context_.host.propagation().get(change, caller);
                end->finishWith(answer.status(), [&] { toProto(*answer, response); });
            });
    }

private:
    const ServiceContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makePropagationService(const ServiceContext& context) {
    return std::make_unique<PropagationService>(context);
}

}  // namespace weft::services
