// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/policy.h"
#include "core/base/status.h"

#include <string>
#include <string_view>

// The words that people write and read for the values of a policy. The same in the command line, in
// files and in the window.
namespace weft::api {

/// "role", "rolebinding", "group", "acl", "route", "edge".
std::string_view wordFor(PolicyKind kind);
/// "put", "get", "delete", "*".
std::string_view wordFor(PolicyVerb verb);
/// "votes", "roles", "rolebindings", "groups", "networkacls", "routes", "datachannels", "edges",
/// "observers", "pubsub", "*".
std::string_view wordFor(PolicyResource resource);
/// "node", "user", "group", "*".
std::string_view wordFor(SubjectKind kind);
/// "accept", "deny".
std::string_view wordFor(AclAction action);
std::string_view wordFor(AddressFamily family);

/// The way back, in any case of letters; also the plural and the name that the API has
/// ("networkacls", "RESOURCE_ROLES").
/// Errors: kInvalidArgument  the text lists the words that there are
StatusOr<PolicyKind> parsePolicyKind(std::string_view text);
StatusOr<PolicyVerb> parsePolicyVerb(std::string_view text);
StatusOr<PolicyResource> parsePolicyResource(std::string_view text);
StatusOr<SubjectKind> parseSubjectKind(std::string_view text);
StatusOr<AclAction> parseAclAction(std::string_view text);

/// "role ops", "edge alpha - beta".
std::string describe(const ObjectRef& ref);
/// "group:ops" for a group, "user ops" for a user, the name alone for a node and for `*`.
std::string describe(const Subject& subject);

}  // namespace weft::api
