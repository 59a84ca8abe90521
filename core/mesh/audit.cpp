// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/audit.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/detail/attempt_limiter.h"
#include "core/mesh/detail/audit_record.h"
#include "core/mesh/detail/denial_limiter.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <system_error>
#include <utility>

namespace weft::mesh {
namespace {

constexpr std::string_view kFileName = "audit.jsonl";
constexpr std::string_view kOlderFileName = "audit.1.jsonl";

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

std::string_view proofName(Caller::Proof proof) {
    switch (proof) {
    case Caller::Proof::None:
        return "none";
    case Caller::Proof::Certificate:
        return "certificate";
    case Caller::Proof::Password:
        return "password";
    case Caller::Proof::MeshAddress:
        return "mesh-address";
    case Caller::Proof::CarriedAddress:
        return "carried-address";
    case Caller::Proof::Process:
        return "process";
    }
    return "none";
}

AuditEvent::Outcome outcomeOf(const Status& status) {
    switch (status.code()) {
    case StatusCode::kOk:
        return AuditEvent::Outcome::Allowed;
    case StatusCode::kPermissionDenied:
    case StatusCode::kUnauthenticated:
        return AuditEvent::Outcome::Denied;
    default:
        return AuditEvent::Outcome::Failed;
    }
}

std::size_t limitOf(const AuditFilter& filter) {
    return filter.limit == 0 ? kMaxAuditEvents : std::min(filter.limit, kMaxAuditEvents);
}

/// Where the lines are kept. Thread: confined to the writer's loop.
class Lines {
public:
    explicit Lines(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Status append(std::string line) {
        if (folder_.empty()) {
            kept_.push_back(std::move(line));
            if (kept_.size() > kMaxAuditEvents) {
                kept_.pop_front();
            }
            return okStatus();
        }
        line.push_back('\n');
        if (!bytes_) {
            WEFT_RETURN_IF_ERROR(open());
            // The last line may have been cut short by a crash.
            line.insert(line.begin(), '\n');
        }
        WEFT_RETURN_IF_ERROR(makeRoom(line.size()));
        WEFT_RETURN_IF_ERROR(base::appendToFile(folder_ / kFileName, line));
        bytes_ = bytes_.value_or(0) + line.size();
        return okStatus();
    }

    std::vector<AuditEvent> read(const AuditFilter& filter) const {
        std::vector<AuditEvent> found;
        const auto limit = limitOf(filter);
        for (auto line = kept_.rbegin(); line != kept_.rend(); ++line) {
            detail::collectEvents(*line, filter, limit, found);
        }
        if (folder_.empty()) {
            return found;
        }
        for (const auto name : {kFileName, kOlderFileName}) {
            // Longer than its limit by one line at most.
            const auto bytes = base::readFile(folder_ / name, 2 * kMaxAuditFileBytes);
            if (bytes.ok()) {
                detail::collectEvents(*bytes, filter, limit, found);
            }
        }
        return found;
    }

private:
    Status open() {
        WEFT_RETURN_IF_ERROR(base::makeFolders(folder_));
        std::error_code error;
        const auto size = std::filesystem::file_size(folder_ / kFileName, error);
        bytes_ = error ? 0 : size;
        return okStatus();
    }

    Status makeRoom(std::size_t wanted) {
        std::error_code error;
        const auto path = folder_ / kFileName;
        if (*bytes_ == 0 || *bytes_ + wanted <= kMaxAuditFileBytes) {
            return okStatus();
        }
        std::filesystem::rename(path, folder_ / kOlderFileName, error);
        if (error) {
            return unavailable("the audit log cannot be turned over: {}", error.message());
        }
        bytes_ = 0;
        return okStatus();
    }

    const std::filesystem::path folder_;
    std::deque<std::string> kept_;
    std::optional<std::uintmax_t> bytes_;
};

/// What the writer's tasks share with the log, which may be gone before them.
struct Shared {
    explicit Shared(std::filesystem::path folder) : lines(std::move(folder)) {}
    Lines lines;
    detail::DenialLimiter denials;
    std::atomic<std::size_t> waiting{0};
    std::atomic<std::uint64_t> dropped{0};

    /// On the writer's loop.
    void append(AuditEvent event, TimePoint now) {
        if (event.outcome == AuditEvent::Outcome::Denied) {
            const auto leftOut = denials.admit(
                event.identity.empty() ? detail::limiterSource(event.source) : event.identity, now);
            if (!leftOut) {
                return;
            }
            if (*leftOut > 0) {
                event.reason += fmt::format(" ({} refusals before were not logged)", *leftOut);
            }
        }
        detail::capTexts(event);
        const Status status = lines.append(detail::encodeAuditEvent(event));
        if (!status.ok()) {
            noteDropped(messageOf(status));
        }
    }

    void noteDropped(std::string_view why) {
        const auto count = dropped.fetch_add(1) + 1;
        // Powers of two only: a full disk must not become a full log.
        if ((count & (count - 1)) == 0) {
            log().error("audit events lost count={} why=\"{}\"", count, why);
        }
    }
};

class AuditLogImpl final : public AuditLog {
public:
    AuditLogImpl(std::filesystem::path folder, base::Loop& writer)
        : writer_(writer), shared_(std::make_shared<Shared>(std::move(folder))) {}

    void record(AuditEvent event) override {
        if (shared_->waiting.fetch_add(1) >= kMaxWaitingAuditEvents) {
            shared_->waiting.fetch_sub(1);
            shared_->noteDropped("too many wait for the disk");
            return;
        }
        if (event.time == WallTime()) {
            event.time = writer_.clock().wallNow();
        }
        // Before they wait: that is what bounds the memory.
        detail::capTexts(event);
        writer_.post(
            [shared = shared_, now = writer_.clock().now(), event = std::move(event)]() mutable {
                shared->waiting.fetch_sub(1);
                shared->append(std::move(event), now);
            });
    }

    void read(AuditFilter filter, Callback<std::vector<AuditEvent>> done) override {
        writer_.post([shared = shared_, filter = std::move(filter), done = std::move(done)] {
            done(shared->lines.read(filter));
        });
    }

    std::uint64_t dropped() const override { return shared_->dropped.load(); }

private:
    base::Loop& writer_;
    const std::shared_ptr<Shared> shared_;
};

}  // namespace

AuditEvent auditEvent(
    const Caller& caller,
    std::string_view verb,
    std::string_view kind,
    std::string_view name,
    const Status& status) {
    AuditEvent event;
    event.identity = caller.identity.value();
    event.proof = proofName(caller.proof);
    event.proxiedBy = caller.proxiedBy.value();
    event.source = caller.source;
    event.verb = verb;
    event.kind = kind;
    event.name = name;
    event.outcome = outcomeOf(status);
    event.code = absl::StatusCodeToString(status.code());
    event.reason = messageOf(status);
    return event;
}

bool AuditFilter::matches(const AuditEvent& event) const {
    return (identity.empty() || identity == event.identity) && (kind.empty() || kind == event.kind)
           && (name.empty() || name == event.name)
           && (outcome == AuditEvent::Outcome::Unknown || outcome == event.outcome)
           && (!since || event.time >= *since) && (!until || event.time <= *until);
}

std::unique_ptr<AuditLog> AuditLog::create(std::filesystem::path folder, base::Loop& writer) {
    return std::make_unique<AuditLogImpl>(std::move(folder), writer);
}

}  // namespace weft::mesh
