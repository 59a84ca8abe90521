// SPDX-License-Identifier: Apache-2.0
#include "core/services/health/health_service.h"

#include "core/services/server/dispatcher.h"

#include "grpc/health/v1/health.grpc.pb.h"

namespace weft::services {

namespace {

namespace pb = grpc::health::v1;

class HealthService final : public pb::Health::CallbackService {
public:
    HealthService(const NodeContext& context, std::set<std::string> services)
        : context_(context), services_(std::move(services)) {}

    grpc::ServerUnaryReactor* Check(
        grpc::CallbackServerContext* context,
        const pb::HealthCheckRequest* request,
        pb::HealthCheckResponse* response) override {
        return context_.dispatcher.unary(
            context,
            "/grpc.health.v1.Health/Check",
            [known = knows(request->service()),
             response](const mesh::Caller&, const CallEndPtr& end) {
                end->finishWith(known ? okStatus() : notFound("unknown service"), [&] {
                    response->set_status(pb::HealthCheckResponse::SERVING);
                });
            });
    }

    grpc::ServerWriteReactor<pb::HealthCheckResponse>* Watch(
        grpc::CallbackServerContext* context, const pb::HealthCheckRequest* request) override {
        return context_.dispatcher.stream<pb::HealthCheckResponse>(
            context,
            "/grpc.health.v1.Health/Watch",
            [known = knows(request->service())](const mesh::Caller&, const auto& writer) {
                pb::HealthCheckResponse message;
                message.set_status(
                    known ? pb::HealthCheckResponse::SERVING
                          : pb::HealthCheckResponse::SERVICE_UNKNOWN);
                writer->offer(std::move(message));
            });
    }

private:
    bool knows(const std::string& service) const {
        return service.empty() || services_.contains(service);
    }

    const NodeContext context_;
    const std::set<std::string> services_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeHealthService(
    const NodeContext& context, std::set<std::string> services) {
    return std::make_unique<HealthService>(context, std::move(services));
}

}  // namespace weft::services
