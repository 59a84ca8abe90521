// SPDX-License-Identifier: Apache-2.0
#include "core/platform/zone.h"

#include "core/base/log.h"

#include <array>
#include <charconv>

#include <net/if.h>

namespace weft::platform {
namespace {

using NameBuffer = std::array<char, IF_NAMESIZE>;

}  // namespace

StatusOr<std::uint32_t> interfaceOfZone(const std::string& zone) {
    // An interface may be called 7: the name is asked for first.
    if (const auto index = ::if_nametoindex(zone.c_str()); index != 0) {
        return index;
    }
    std::uint32_t number = 0;
    const auto* const end = zone.data() + zone.size();
    const auto [stopped, error] = std::from_chars(zone.data(), end, number);
    NameBuffer name{};
    if (error != std::errc{} || stopped != end || number == 0
        || ::if_indextoname(number, name.data()) == nullptr) {
        return notFound(
            "no interface is called \"{}\" or has it as its number; \"ip link\" lists them",
            base::quoted(zone));
    }
    return number;
}

std::string zoneOf(std::uint32_t interface) {
    NameBuffer name{};
    if (interface == 0 || ::if_indextoname(interface, name.data()) == nullptr) {
        return std::to_string(interface);
    }
    return {name.data()};
}

}  // namespace weft::platform
