// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/library.h"

#include "core/base/log.h"

#include "grpc/health/v1/health.grpc.pb.h"

#include <grpc/support/log.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <memory>

namespace weft::services {

namespace {

void writeLine(gpr_log_func_args* line) {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("grpc");
    const auto level =
        line->severity == GPR_LOG_SEVERITY_ERROR ? spdlog::level::debug : spdlog::level::trace;
    logger.log(level, "{}", base::quoted(line->message));
}

/// A user of the callback threads that never goes: a call on a channel without credentials, which
/// connects to nothing and fails at once.
class LastingUser {
public:
    LastingUser()
        : channel_(grpc::CreateCustomChannel("", nullptr, grpc::ChannelArguments()))
        , stub_(grpc::health::v1::Health::NewStub(channel_)) {
        stub_->async()->Check(&context_, &request_, &response_, [](const grpc::Status&) {});
    }

private:
    std::shared_ptr<grpc::Channel> channel_;
    std::unique_ptr<grpc::health::v1::Health::Stub> stub_;
    grpc::ClientContext context_;
    grpc::health::v1::HealthCheckRequest request_;
    grpc::health::v1::HealthCheckResponse response_;
};

}  // namespace

void prepareLibrary() {
    // Left alone at the end of the process on purpose.
    static const auto* const user = [] {
        gpr_set_log_function(writeLine);
        return new LastingUser;
    }();
    static_cast<void>(user);
}

}  // namespace weft::services
