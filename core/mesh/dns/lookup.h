// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/dns/forward.h"
#include "core/mesh/dns/message.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::dns {

/// Records of one answer that are shown to people; more of them are left out.
inline constexpr std::size_t kMostShownRecords = 256;

/// What somebody typed as a question. A name without a dot is one of the mesh, an address is asked
/// for its name; `type` is "A", "AAAA", "TXT" and so on in any case, and empty means A, or PTR for
/// an address. Errors: kInvalidArgument.
StatusOr<Question> questionFrom(std::string_view name, std::string_view type, const Name& domain);

/// One record for people, without control characters.
struct ShownRecord {
    std::string name;
    std::uint32_t ttl = 0;
    std::string type;
    std::string data;

    friend bool operator==(const ShownRecord&, const ShownRecord&) = default;
};

/// The answers in what a server said; none in what cannot be read.
std::vector<ShownRecord> answersIn(std::span<const std::uint8_t> reply);

/// "NXDOMAIN"
std::string textOf(Rcode rcode);
/// "AAAA"
std::string typeText(std::uint16_t type);

}  // namespace weft::mesh::dns
