// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/name.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace weft::mesh::dns {

using Bytes = std::vector<std::uint8_t>;

/// Numbers of the protocol (RFC 1035, 3596, 2671, 1995, 8482).
inline constexpr std::uint16_t kTypeA = 1;
inline constexpr std::uint16_t kTypeNs = 2;
inline constexpr std::uint16_t kTypeCname = 5;
inline constexpr std::uint16_t kTypeSoa = 6;
inline constexpr std::uint16_t kTypePtr = 12;
inline constexpr std::uint16_t kTypeTxt = 16;
inline constexpr std::uint16_t kTypeAaaa = 28;
inline constexpr std::uint16_t kTypeOpt = 41;
inline constexpr std::uint16_t kTypeIxfr = 251;
inline constexpr std::uint16_t kTypeAxfr = 252;
inline constexpr std::uint16_t kTypeAny = 255;
inline constexpr std::uint16_t kClassIn = 1;

enum class Rcode : std::uint8_t {
    NoError = 0,
    FormErr = 1,
    ServFail = 2,
    NxDomain = 3,
    NotImp = 4,
    Refused = 5,
    BadVers = 16,
};

enum class Transport : std::uint8_t { Udp, Tcp };

/// What a query may have at most; one question and an OPT record need far less.
inline constexpr std::size_t kMaxQueryBytes = 4096;
inline constexpr std::size_t kHeaderBytes = 12;
/// RFC 1035 section 4.2.1, and what comes through a tunnel without fragments.
inline constexpr std::size_t kMinUdpReplyBytes = 512;
inline constexpr std::size_t kMaxUdpReplyBytes = 1232;
inline constexpr std::size_t kMaxTcpReplyBytes = 65535;

struct Question {
    Name name;
    std::uint16_t type = 0;
    std::uint16_t qclass = kClassIn;

    friend bool operator==(const Question&, const Question&) = default;
    friend auto operator<=>(const Question&, const Question&) = default;
};

/// One query, and what its reply has to repeat.
struct Query {
    std::uint16_t id = 0;
    bool recursionDesired = false;
    bool checkingDisabled = false;
    bool hasEdns = false;
    bool dnssecOk = false;
    Question question;
    /// The name as it was sent: some look for their own mix of cases (draft-vixie-dnsext-dns0x20).
    Bytes sentName;
    /// How long the reply may be.
    std::size_t mostReplyBytes = kMinUdpReplyBytes;
};

/// Not to be answered at all: it is no query.
struct Silence {};

/// A query, a reply that says why it is none, or nothing. Other classes, transfers and all that is
/// not one question in a query are refused here (RFC 1035, RFC 5936, RFC 6891, RFC 8482).
std::variant<Query, Bytes, Silence> readQuery(std::span<const std::uint8_t> bytes, Transport by);

/// A reply without records.
Bytes plainReply(const Query& query, Rcode rcode);

}  // namespace weft::mesh::dns
