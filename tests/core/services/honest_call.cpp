// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/honest_call.h"

#include "v1/node.grpc.pb.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <fstream>

#include <unistd.h>

namespace weft::tests {

std::optional<std::chrono::milliseconds> honestCall(const std::shared_ptr<grpc::Channel>& channel) {
    const auto start = std::chrono::steady_clock::now();
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kHonestPatience);
    ::v1::Status response;
    const auto status = ::v1::Node::NewStub(channel)->GetStatus(&context, {}, &response);
    if (!status.ok()) {
        ADD_FAILURE() << status.error_message();
        return std::nullopt;
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
}

std::size_t residentKilobytes() {
    std::size_t pages = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

std::size_t grownSince(std::size_t before) {
    const std::size_t now = residentKilobytes();
    return now > before && !kInstrumented ? now - before : 0;
}

}  // namespace weft::tests
