// SPDX-License-Identifier: Apache-2.0
#include "core/rpc/library.h"

#include "core/base/log.h"

#include <grpc/support/log.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/channel_arguments.h>
#include <grpcpp/support/slice.h>
#include <grpcpp/support/stub_options.h>

#include <memory>

namespace weft::rpc {

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
    LastingUser() : stub_(grpc::CreateCustomChannel("", nullptr, grpc::ChannelArguments())) {
        stub_.UnaryCall(
            &context_,
            "/none",
            grpc::StubOptions(),
            &request_,
            &response_,
            [](const grpc::Status&) {});
    }

private:
    /// Keeps the channel.
    grpc::GenericStub stub_;
    grpc::ClientContext context_;
    const grpc::Slice nothing_;
    const grpc::ByteBuffer request_{&nothing_, 1};
    grpc::ByteBuffer response_;
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

}  // namespace weft::rpc
