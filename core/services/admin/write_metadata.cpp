// SPDX-License-Identifier: Apache-2.0
#include "core/services/admin/write_metadata.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <charconv>
#include <string>

namespace weft::services {

StatusOr<std::optional<storage::Revision>> baseRevisionOf(
    const grpc::CallbackServerContext& context) {
    const auto& headers = context.client_metadata();
    const grpc::string_ref name(kBaseRevisionHeader.data(), kBaseRevisionHeader.size());
    const auto found = headers.find(name);
    if (found == headers.end()) {
        return std::nullopt;
    }
    if (headers.count(name) > 1) {
        return invalidArgument("the header {} is given more than once", kBaseRevisionHeader);
    }
    storage::Revision revision = 0;
    const char* const last = found->second.data() + found->second.size();
    const auto [end, error] = std::from_chars(found->second.data(), last, revision);
    if (error != std::errc{} || end != last) {
        return invalidArgument("the header {} is not a revision", kBaseRevisionHeader);
    }
    return revision;
}

void describeRevision(storage::Revision revision, grpc::CallbackServerContext* context) {
    context->AddTrailingMetadata(std::string(kRevisionHeader), std::to_string(revision));
}

void describeWrite(
    const StatusOr<mesh::WriteReport>& report, grpc::CallbackServerContext* context) {
    if (!report.ok()) {
        if (const auto current = mesh::currentRevisionOf(report.status())) {
            context->AddTrailingMetadata(
                std::string(kCurrentRevisionHeader), std::to_string(*current));
        }
        return;
    }
    describeRevision(report->revision, context);
    std::size_t told = 0;
    std::size_t bytes = 0;
    for (const auto& text : report->alsoChanged) {
        bytes += text.size();
        if (told == kMaxAlsoChanged || bytes > kMaxAlsoChangedBytes) {
            context->AddTrailingMetadata(
                std::string(kAlsoChangedHeader),
                fmt::format("and {} more", report->alsoChanged.size() - told));
            return;
        }
        context->AddTrailingMetadata(std::string(kAlsoChangedHeader), text);
        ++told;
    }
}

}  // namespace weft::services
