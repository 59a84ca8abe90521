// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/types.h"
#include "core/storage/key_value_store.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh {

/// One file of the log; there are two, and the older one goes when the newer one is full.
inline constexpr std::size_t kMaxAuditFileBytes = std::size_t{8} << 20;
/// Of the texts of one event: names and the like, and the objects before and after.
inline constexpr std::size_t kMaxAuditTextBytes = 512;
inline constexpr std::size_t kMaxAuditObjectBytes = 16'384;
/// Events that wait for the disk; what comes past it is counted and dropped.
inline constexpr std::size_t kMaxWaitingAuditEvents = 4096;
/// Events that one reading returns, and that a log without a folder keeps.
inline constexpr std::size_t kMaxAuditEvents = 1000;

/// Somebody changed something, or was not let.
struct AuditEvent {
    WallTime time;
    /// Empty for a caller that proved nothing.
    std::string identity;
    /// "none", "certificate", "password", "mesh-address", "carried-address", "process".
    std::string proof;
    /// The node that handed the call on.
    std::string proxiedBy;
    std::string source;
    std::string verb;
    std::string kind;
    std::string name;
    enum class Outcome : std::uint8_t { Unknown, Allowed, Denied, Failed };
    Outcome outcome = Outcome::Unknown;
    /// The name of the status code.
    std::string code;
    std::string reason;
    /// protojson; empty when there was or is nothing.
    std::string before;
    std::string after;
    storage::Revision revision = 0;

    friend bool operator==(const AuditEvent&, const AuditEvent&) = default;
};

/// An event of what `caller` wanted and what came of it.
AuditEvent auditEvent(
    const Caller& caller,
    std::string_view verb,
    std::string_view kind,
    std::string_view name,
    const Status& status);

/// What is empty does not restrict.
struct AuditFilter {
    std::string identity;
    std::string kind;
    std::string name;
    AuditEvent::Outcome outcome = AuditEvent::Outcome::Unknown;
    std::optional<WallTime> since;
    std::optional<WallTime> until;
    /// 0: kMaxAuditEvents, which is also the most.
    std::size_t limit = 0;

    bool matches(const AuditEvent& event) const;
};

/// The bounded log of what was changed and refused here. Thread: any.
class AuditLog {
public:
    /// JSON lines in `folder`, "audit.jsonl" and "audit.1.jsonl"; an empty path keeps the last
    /// events in memory. `writer` does the reading and writing; it outlives the log.
    static std::unique_ptr<AuditLog> create(std::filesystem::path folder, base::Loop& writer);
    AuditLog() = default;
    AuditLog(const AuditLog&) = delete;
    AuditLog& operator=(const AuditLog&) = delete;
    virtual ~AuditLog() = default;

    /// Cuts texts that are too long, stamps the time unless there is one, and queues the event.
    virtual void record(AuditEvent event) = 0;
    /// Newest first; `done` runs on the writer's loop.
    virtual void read(AuditFilter filter, Callback<std::vector<AuditEvent>> done) = 0;
    /// Events that were dropped because the disk was too slow or refused them.
    virtual std::uint64_t dropped() const = 0;
};

}  // namespace weft::mesh
