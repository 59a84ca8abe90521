// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>

namespace weft::api {

enum class AuditOutcome : std::uint8_t { Allowed, Denied, Failed };

/// One thing that somebody did, or tried to do, to the shared state.
struct AuditEvent {
    std::optional<WallTime> at;
    /// The identity that counted, and what proved it: "certificate", "mesh address", "local".
    std::string who;
    std::string proof;
    /// For whom `who` spoke, when it was a proxy.
    std::string proxiedFor;
    /// The address the call came from.
    std::string source;
    /// Of a local call: "administer".
    std::string localGrade;
    /// "put", "delete", "remove node".
    std::string verb;
    /// "role", "node".
    std::string kind;
    std::string name;
    AuditOutcome outcome = AuditOutcome::Allowed;
    /// Of a denial or failure: "PERMISSION_DENIED".
    std::string code;
    /// The object before and after, JSON; empty for none.
    std::string before;
    std::string after;
    /// That the change made; 0 for none.
    std::uint64_t revision = 0;

    friend bool operator==(const AuditEvent&, const AuditEvent&) = default;
};

struct AuditFilter {
    /// Empty fields take everything.
    std::string who;
    std::string kind;
    std::string name;
    std::optional<AuditOutcome> outcome;
    std::optional<WallTime> since;
    /// The newest so many; 0 is the daemon's own limit.
    std::uint32_t limit = 0;
};

/// A node that an administrator threw out. Its id and key are refused until it is readmitted.
struct RemovedNode {
    std::string nodeId;
    std::string publicKey;
    std::string removedBy;
    std::optional<WallTime> removedAt;
    std::string reason;

    friend bool operator==(const RemovedNode&, const RemovedNode&) = default;
};

}  // namespace weft::api
