// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/policy/model.h"
#include "core/net/ip_prefix.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh::policy {

/// How rules are read where the Webmesh API and the reference node differ.
enum class Dialect : std::uint8_t {
    /// The words of the API, strictly: what does not clearly match an accepting rule is not
    /// accepted by it, and what a denying rule may mean is denied by it.
    Seed,
    /// What a reference node does, to the letter (webmesh.md 7.2).
    Reference,
};

namespace detail {

/// An address as two numbers, with IPv4 in the highest bits.
struct WideAddress {
    explicit WideAddress(const net::IpAddress& address);

    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool isV4 = false;
};

/// The prefixes of one side of an ACL.
class CidrList {
public:
    CidrList() = default;
    /// "10.0.0.0/8", "*". Errors: kInvalidArgument, naming the text.
    static StatusOr<CidrList> parse(const std::vector<std::string>& texts);

    /// Whether it leaves nothing out: it is empty or holds `*`; for the reference also when one of
    /// its prefixes begins at the unspecified address.
    bool isOpen(Dialect dialect) const;
    /// Whether a prefix begins at the unspecified address, which only the reference takes for all.
    bool hasUnspecified() const { return unspecified_; }

    /// Whether what has these addresses matches. `prefix` nullopt: it has none, or none that reads.
    bool matches(const std::optional<net::IpPrefix>& prefix, Dialect dialect, bool isDenied) const;
    /// The same for one address, quickly; only for a list that is not open.
    bool contains(const WideAddress& address) const;

private:
    struct Range {
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        std::uint64_t highMask = 0;
        std::uint64_t lowMask = 0;
        bool isV4 = false;
    };

    std::vector<net::IpPrefix> prefixes_;
    std::vector<Range> ranges_;
    bool wildcard_ = false;
    bool unspecified_ = false;
};

}  // namespace detail
}  // namespace weft::mesh::policy
