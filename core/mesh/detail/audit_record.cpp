// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/audit_record.h"

#include "core/base/text.h"

#include "weft/mesh/v1/audit.pb.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

using Outcome = AuditEvent::Outcome;

v1::AuditEvent::Outcome toProto(Outcome outcome) {
    switch (outcome) {
    case Outcome::Allowed:
        return v1::AuditEvent::OUTCOME_ALLOWED;
    case Outcome::Denied:
        return v1::AuditEvent::OUTCOME_DENIED;
    case Outcome::Failed:
        return v1::AuditEvent::OUTCOME_FAILED;
    case Outcome::Unknown:
        break;
    }
    return v1::AuditEvent::OUTCOME_UNSPECIFIED;
}

Outcome fromProto(v1::AuditEvent::Outcome outcome) {
    switch (outcome) {
    case v1::AuditEvent::OUTCOME_ALLOWED:
        return Outcome::Allowed;
    case v1::AuditEvent::OUTCOME_DENIED:
        return Outcome::Denied;
    case v1::AuditEvent::OUTCOME_FAILED:
        return Outcome::Failed;
    default:
        return Outcome::Unknown;
    }
}

}  // namespace

void capText(std::string& text, std::size_t most) {
    if (!base::isUtf8(text)) {
        text = base::escapeForLine(text, most);
    }
    if (text.size() <= most) {
        return;
    }
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) {
        --most;
    }
    text.resize(most);
}

void capTexts(AuditEvent& event) {
    for (auto* text :
         {&event.identity,
          &event.proof,
          &event.proxiedBy,
          &event.source,
          &event.verb,
          &event.kind,
          &event.name,
          &event.code,
          &event.reason}) {
        capText(*text, kMaxAuditTextBytes);
    }
    capText(event.before, kMaxAuditObjectBytes);
    capText(event.after, kMaxAuditObjectBytes);
}

std::string encodeAuditEvent(const AuditEvent& event) {
    v1::AuditEvent message;
    const auto since = event.time.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    message.mutable_time()->set_seconds(seconds.count());
    message.mutable_time()->set_nanos(static_cast<std::int32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(since - seconds).count()
        * 1'000'000));
    message.set_identity(event.identity);
    message.set_proof(event.proof);
    message.set_proxied_by(event.proxiedBy);
    message.set_source(event.source);
    message.set_verb(event.verb);
    message.set_kind(event.kind);
    message.set_name(event.name);
    message.set_outcome(toProto(event.outcome));
    message.set_code(event.code);
    message.set_reason(event.reason);
    message.set_before(event.before);
    message.set_after(event.after);
    message.set_revision(event.revision);
    std::string json;
    // The texts were made UTF-8, and the clock's times are within range.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    return json;
}

StatusOr<AuditEvent> decodeAuditEvent(std::string_view line) {
    v1::AuditEvent message;
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(line.data(), line.size()), &message, options);
    if (!parsed.ok()) {
        return dataLoss("a line of the audit log does not parse");
    }
    AuditEvent event;
    constexpr std::int64_t kMostSeconds = 7'258'118'400;
    event.time = WallTime(
        std::chrono::seconds(std::clamp<std::int64_t>(message.time().seconds(), 0, kMostSeconds))
        + std::chrono::milliseconds(
            std::clamp<std::int32_t>(message.time().nanos(), 0, 999'999'999) / 1'000'000));
    event.identity = message.identity();
    event.proof = message.proof();
    event.proxiedBy = message.proxied_by();
    event.source = message.source();
    event.verb = message.verb();
    event.kind = message.kind();
    event.name = message.name();
    event.outcome = fromProto(message.outcome());
    event.code = message.code();
    event.reason = message.reason();
    event.before = message.before();
    event.after = message.after();
    event.revision = message.revision();
    capTexts(event);
    return event;
}

void collectEvents(
    std::string_view bytes,
    const AuditFilter& filter,
    std::size_t limit,
    std::vector<AuditEvent>& found) {
    while (!bytes.empty() && found.size() < limit) {
        const auto start = bytes.rfind('\n', bytes.size() - 1);
        const auto at = start == std::string_view::npos ? 0 : start + 1;
        const auto line = bytes.substr(at);
        bytes = bytes.substr(0, start == std::string_view::npos ? 0 : start);
        if (line.empty()) {
            continue;
        }
        auto event = decodeAuditEvent(line);
        if (event.ok() && filter.matches(*event)) {
            found.push_back(*std::move(event));
        }
    }
}

}  // namespace weft::mesh::detail
