// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/leader_answer.h"

#include "core/base/message_text.h"
#include "core/base/text.h"
#include "core/services/proxy/leader_route.h"
#include "core/services/server/grpc_status.h"

#include <string_view>

namespace weft::services {

namespace {

// A reference node asks whoever connects for a proof, and never whom a call is handed on for
// (webmesh.md 5.5); so does ours, which says when it means the proxy.
bool refusesProxy(const grpc::Status& status, const HandedOn& call) {
    return isAboutProxy(status)
           || (status.error_code() == grpc::StatusCode::UNAUTHENTICATED && call.named
               && call.method.starts_with("/v1."));
}

grpc::Status asStatus(grpc::StatusCode code, std::string text, const std::string& details = {}) {
    if (text.size() > kMaxStatusText) {
        text.resize(kMaxStatusText);
    }
    return {code, text, details};
}

}  // namespace

grpc::Status toldByProxy(const grpc::Status& status, const LeaderAnswer& answer) {
    if (status.ok()) {
        return status;
    }
    const auto code = status.error_code();
    const std::string text = base::messageForLine(status.error_message(), kMaxStatusText);
    const std::string leader = base::escapeForLine(answer.route.leader.value());
    const std::string proxy = base::escapeForLine(answer.call.proxy.value());
    if (isAboutProxy(status) && code == grpc::StatusCode::RESOURCE_EXHAUSTED) {
        return asStatus(
            code,
            fmt::format(
                "too many calls of all callers are handed on through {}: call the leader {} itself "
                "(it says: {})",
                proxy,
                leader,
                text));
    }
    if (refusesProxy(status, answer.call)) {
        return asStatus(
            grpc::StatusCode::FAILED_PRECONDITION,
            fmt::format(
                "the leader {} does not let {} hand calls on, which says nothing of yours: call "
                "the leader itself, or have an administrator look after the certificate and the "
                "rights of {} (the leader says: {})",
                leader,
                proxy,
                proxy,
                text));
    }
    if (code != grpc::StatusCode::UNAVAILABLE || !status.error_details().empty()) {
        return asStatus(code, text, status.error_details());
    }
    if (answer.reached) {
        // The library tells a connection that broke as it tells the leader's own word.
        return asStatus(
            code,
            fmt::format(
                "the leader {} was reached, but the call ended there: {}; try again in a moment",
                leader,
                text));
    }
    return asStatus(
        code,
        fmt::format(
            "the leader {} at {} cannot be reached from here, or does not take the certificate of "
            "{} ({}): try again in a moment, or call another storage member",
            leader,
            answer.route.address.toString(),
            proxy,
            text));
}

}  // namespace weft::services
