// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/types.h"

#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/mesh/detail/length_prefixed.h"

#include <fmt/format.h>

namespace weft::mesh {

std::string meshIdentity(std::string_view ipv6PrefixText, std::string_view domain) {
    std::string text = fmt::format("weft-mesh/1{}{}", ipv6PrefixText, domain);
    if (!domain.ends_with('.')) {
        text.push_back('.');
    }
    return base::hexEncode(crypto::asString(crypto::sha256(text)));
}

std::string keyChangeMessage(
    std::string_view meshIdentity,
    const NodeId& id,
    const crypto::PublicKey& newKey,
    WallTime when) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(when.time_since_epoch()).count();
    return detail::lengthPrefixed(
        {"weft-key-change/1",
         meshIdentity,
         id.value(),
         newKey.toString(),
         fmt::format("{}", seconds)});
}

}  // namespace weft::mesh
