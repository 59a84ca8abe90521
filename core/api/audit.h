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
    /// The identity that counted, empty for nobody known, and what proved it: "none",
    /// "certificate", "password", "mesh-address", "carried-address", "process".
    std::string who;
    std::string proof;
    /// The node that handed the call on, when one did.
    std::string proxiedBy;
    /// The caller's address, or the grade of a local caller.
    std::string source;
    /// "put", "delete", "remove".
    std::string verb;
    /// "role", "rolebinding", "group", "networkacl", "route", "edge", "node".
    std::string kind;
    /// Of an edge: "alpha/beta".
    std::string name;
    AuditOutcome outcome = AuditOutcome::Allowed;
    /// Of a denial or failure: "PERMISSION_DENIED".
    std::string code;
    /// Why it was refused or failed, or what else was changed.
    std::string reason;
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
