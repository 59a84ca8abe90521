// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace weft::services {

/// What of a call's metadata a proxy hands on. Both come from strangers, and the library ends the
/// program when it is given a name or a value that cannot be written, so that is asked here.

/// From the caller to the leader: what is listed, and nothing else. Never credentials, and never
/// a header that names an identity: the proxy writes its own.
bool goesToLeader(std::string_view name, std::string_view value);

/// From the leader to the caller: everything but what the library itself writes.
bool comesBack(std::string_view name, std::string_view value);

/// Whether a header can carry the text: printable ASCII without a space at its ends, not empty.
bool fitsHeader(std::string_view text);

}  // namespace weft::services
