// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weft::api {

/// May `subject` do this?
struct AccessQuestion {
    std::string subject;
    /// All: as a node and as a user, as the mesh takes a caller.
    SubjectKind subjectKind = SubjectKind::All;
    PolicyVerb verb = PolicyVerb::Unknown;
    PolicyResource resource = PolicyResource::Unknown;
    /// Empty asks about the kind as a whole: a rule for certain names does not answer it.
    std::string name;
};

struct AccessAnswer {
    bool allowed = false;
    /// What gives the right; empty when nothing does.
    std::string binding;
    std::string role;
    /// In words, either way.
    std::string reason;

    friend bool operator==(const AccessAnswer&, const AccessAnswer&) = default;
};

enum class AddressFamily : std::uint8_t { Ipv4, Ipv6 };

/// One network rule on the way to the verdict.
struct AclTrace {
    std::string acl;
    std::int32_t priority = 0;
    AclAction action = AclAction::Unknown;
    bool matched = false;
    /// Why it did not match: "the source is not in its list".
    std::string reason;

    friend bool operator==(const AclTrace&, const AclTrace&) = default;
};

/// What the network rules say of one direction in one family.
struct FamilyVerdict {
    AddressFamily family = AddressFamily::Ipv4;
    /// The two addresses that were held against the rules; empty for a node that has none.
    std::string fromAddress;
    std::string toAddress;
    bool accepted = false;
    /// The rule that decided; empty when none matched, which is a no.
    std::string acl;
    /// Highest priority first, up to the one that decided.
    std::vector<AclTrace> trace;

    friend bool operator==(const FamilyVerdict&, const FamilyVerdict&) = default;
};

/// A network behind the far end, and whether it may be reached.
struct RouteVerdict {
    std::string route;
    std::string cidr;
    bool accepted = false;
    std::string acl;

    friend bool operator==(const RouteVerdict&, const RouteVerdict&) = default;
};

struct DirectionVerdict {
    std::string from;
    std::string to;
    bool accepted = false;
    std::vector<FamilyVerdict> families;
    std::vector<RouteVerdict> routes;

    friend bool operator==(const DirectionVerdict&, const DirectionVerdict&) = default;
};

/// Why two nodes can or cannot talk.
struct AccessExplanation {
    DirectionVerdict forward;
    DirectionVerdict backward;
    /// A tunnel needs both directions.
    bool tunnelPossible = false;
    /// One sentence.
    std::string summary;

    friend bool operator==(const AccessExplanation&, const AccessExplanation&) = default;
};

}  // namespace weft::api
