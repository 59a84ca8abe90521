// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/document.h"
#include "app/cli/output.h"
#include "core/api/types.h"

#include <string>
#include <string_view>

namespace weft::cli {

// Names of the core's values in words: lower case, as they stand in tables and documents.
std::string_view nameOf(api::ConnectionState state);
std::string_view nameOf(api::CheckState state);
std::string_view nameOf(api::ClusterStatus status);
std::string_view nameOf(api::InvitationState state);
std::string_view nameOf(api::ProfileKind kind);
std::string_view nameOf(api::TlsMode mode);
std::string_view nameOf(api::Severity severity);
std::string_view nameOf(api::Grade grade);
std::string_view nameOf(api::Freshness freshness);
std::string_view nameOf(api::RouteState state);

Tone toneOf(api::ConnectionState state);
Tone toneOf(api::CheckState state);

/// Whether the profile is a member of its mesh now, well or badly.
bool isInMesh(api::ConnectionState state);

/// The name of a line of the checklist; the id itself for one that this program does not know.
std::string_view checkName(std::string_view id);

/// A DNS domain as people write it: without the dot of the root.
std::string shownDomain(std::string domain);

/// What is wrong and what to do about it, as sentences.
std::string sentences(const api::Problem& problem);

/// "1 pair", "3 pairs".
std::string counted(std::uint64_t count, std::string_view noun);

// The core's values as documents.
Document describe(const api::Profile& profile);
Document describe(const api::Connection& connection);
Document describe(const api::Peer& peer);
Document describe(const api::MeshRoute& route);
Document describe(const api::Edge& edge);
Document describe(const api::Invitation& invitation);
Document describe(const api::CodePreview& preview);
/// Bytes that are not text stand in "valueBase64".
Document describe(const api::KeyValue& pair);

}  // namespace weft::cli
