// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/endpoint.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weft::platform {

/// As many as the C library uses.
inline constexpr std::size_t kMostNameservers = 3;
/// Search domains that are looked at, and lines of ours.
inline constexpr std::size_t kMostSearchDomains = 64;
/// Of a resolv.conf(5): more is none that a program could have written.
inline constexpr std::size_t kMostResolverFileBytes = std::size_t{64} * 1024;

/// The first name servers in the text of a resolv.conf(5), with port 53, without our own lines.
/// Other lines, and addresses that cannot be read, are passed over.
std::vector<net::Endpoint> nameserversOf(std::string_view text);
/// What the last "search" or "domain" line says, in lower case and without dots at the ends.
std::vector<std::string> searchDomainsOf(std::string_view text);

/// `text` with a line for `server` in front, which is asked before all others. A line of ours for
/// another server goes.
std::string withServer(std::string_view text, const net::IpAddress& server);
/// Without our line for `server`, and otherwise to the byte as it is.
std::string withoutServer(std::string_view text, const net::IpAddress& server);
/// Without any line of ours.
std::string withoutServers(std::string_view text);
/// Whether our line for `server` is the first name server.
bool isFirst(std::string_view text, const net::IpAddress& server);

}  // namespace weft::platform
