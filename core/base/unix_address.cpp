// SPDX-License-Identifier: Apache-2.0
#include "core/base/unix_address.h"

#include "core/base/log.h"

#include <cstring>

namespace weft::base {

StatusOr<UnixAddress> UnixAddress::of(const std::filesystem::path& path) {
    UnixAddress made;
    const std::string text = path.string();
    if (text.empty() || text.size() >= sizeof(made.address_.sun_path)) {
        return invalidArgument(
            "the path of a socket has 1 to {} bytes, not {}: \"{}\"",
            sizeof(made.address_.sun_path) - 1,
            text.size(),
            base::quoted(text));
    }
    made.address_.sun_family = AF_UNIX;
    std::memcpy(made.address_.sun_path, text.data(), text.size());
    return made;
}

const sockaddr* UnixAddress::get() const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what the calls take
    return reinterpret_cast<const sockaddr*>(&address_);
}

}  // namespace weft::base
