// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/detail/cidr_list.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace weft::mesh::policy::detail {
namespace {

constexpr int kHalfBits = 64;

std::uint64_t leadingOnes(int count) {
    return count <= 0 ? 0 : ~std::uint64_t{0} << (kHalfBits - std::min(count, kHalfBits));
}

std::uint64_t bigEndian(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

}  // namespace

WideAddress::WideAddress(const net::IpAddress& address) : isV4(address.isV4()) {
    if (isV4) {
        high = static_cast<std::uint64_t>(address.v4Value()) << 32U;
        return;
    }
    const auto* bytes = address.bytes().data();
    high = bigEndian(bytes);
    low = bigEndian(bytes + sizeof high);
}

StatusOr<CidrList> CidrList::parse(const std::vector<std::string>& texts) {
    CidrList list;
    for (const auto& text : texts) {
        if (text == kWildcard) {
            list.wildcard_ = true;
            continue;
        }
        WEFT_ASSIGN_OR_RETURN(const auto prefix, net::IpPrefix::parse(text));
        list.unspecified_ = list.unspecified_ || prefix.address().isUnspecified();
        Range range;
        range.highMask = leadingOnes(prefix.length());
        range.lowMask = leadingOnes(prefix.length() - kHalfBits);
        const WideAddress base(prefix.address());
        range.high = base.high & range.highMask;
        range.low = base.low & range.lowMask;
        range.isV4 = base.isV4;
        list.ranges_.push_back(range);
        list.prefixes_.push_back(prefix);
    }
    return list;
}

bool CidrList::isOpen(Dialect dialect) const {
    return wildcard_ || prefixes_.empty() || (dialect == Dialect::Reference && unspecified_);
}

bool CidrList::matches(
    const std::optional<net::IpPrefix>& prefix, Dialect dialect, bool isDenied) const {
    if (isOpen(dialect)) {
        return true;
    }
    if (!prefix) {
        // The reference leaves the condition out; we take the side on which nothing slips through.
        return dialect == Dialect::Reference || isDenied;
    }
    return std::ranges::any_of(prefixes_, [&](const net::IpPrefix& listed) {
        if (dialect == Dialect::Reference) {
            return listed.contains(prefix->address());
        }
        return isDenied ? listed.overlaps(*prefix) : listed.contains(*prefix);
    });
}

bool CidrList::contains(const WideAddress& address) const {
    return std::ranges::any_of(ranges_, [&address](const Range& range) {
        return range.isV4 == address.isV4 && (address.high & range.highMask) == range.high
               && (address.low & range.lowMask) == range.low;
    });
}

}  // namespace weft::mesh::policy::detail
