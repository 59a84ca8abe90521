// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/grpc_status.h"

#include "core/base/message_text.h"

#include <absl/strings/cord.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace weft::services {

namespace {

constexpr const char* kAboutProxy = "type.googleapis.com/weft.mesh.v1.ProxyRefused";

void putBytes(
    google::protobuf::io::CodedOutputStream& out, std::uint32_t field, std::string_view bytes) {
    constexpr std::uint32_t kLengthDelimited = 2;
    out.WriteTag(field << 3U | kLengthDelimited);
    out.WriteVarint32(static_cast<std::uint32_t>(bytes.size()));
    out.WriteRaw(bytes.data(), static_cast<int>(bytes.size()));
}

// A google.rpc.Status (code 1, message 2, details 3), with one empty detail of this type if there
// is one: clients in Go end a call with INTERNAL when the details are anything else.
std::string detailsOf(
    grpc::StatusCode code, std::string_view text, std::string_view type = std::string_view()) {
    constexpr std::uint32_t kCodeTag = 8;
    std::string detail;
    if (!type.empty()) {
        google::protobuf::io::StringOutputStream stream(&detail);
        google::protobuf::io::CodedOutputStream out(&stream);
        putBytes(out, 1, type);
    }
    std::string details;
    google::protobuf::io::StringOutputStream stream(&details);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.WriteTag(kCodeTag);
    out.WriteVarint32(static_cast<std::uint32_t>(code));
    putBytes(out, 2, text);
    if (!type.empty()) {
        putBytes(out, 3, detail);
    }
    out.Trim();
    return details;
}

std::string detailsAboutProxy(grpc::StatusCode code, std::string_view text) {
    return detailsOf(code, text, kAboutProxy);
}

}  // namespace

grpc::Status toGrpc(const Status& status) {
    if (status.ok()) {
        return grpc::Status::OK;
    }
    std::string text = messageOf(status);
    if (text.size() > kMaxStatusText) {
        text.resize(kMaxStatusText);
    }
    const auto code = static_cast<grpc::StatusCode>(static_cast<int>(status.code()));
    if (status.GetPayload(kAboutProxy)) {
        return {code, text, detailsAboutProxy(code, text)};
    }
    return {code, text};
}

grpc::Status answerToGrpc(const Status& status) {
    auto answer = toGrpc(status);
    const auto code = answer.error_code();
    if (!answer.error_details().empty()
        || (code != grpc::StatusCode::UNAVAILABLE && code != grpc::StatusCode::DEADLINE_EXCEEDED)) {
        return answer;
    }
    return {code, answer.error_message(), detailsOf(code, answer.error_message())};
}

Status fromGrpc(const grpc::Status& status) {
    if (status.ok()) {
        return okStatus();
    }
    const int code = static_cast<int>(status.error_code());
    const bool known = code > 0 && code <= static_cast<int>(grpc::StatusCode::UNAUTHENTICATED);
    return makeStatus(
        known ? static_cast<StatusCode>(code) : StatusCode::kUnknown,
        base::messageForLine(status.error_message(), kMaxStatusText));
}

Status aboutProxy(Status status) {
    status.SetPayload(kAboutProxy, absl::Cord());
    return status;
}

bool isAboutProxy(const grpc::Status& status) {
    return !status.error_details().empty()
           && status.error_details()
                  == detailsAboutProxy(status.error_code(), status.error_message());
}

}  // namespace weft::services
