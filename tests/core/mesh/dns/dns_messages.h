// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/message.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::dns::tests {

struct Asked {
    std::string name;
    std::uint16_t type = kTypeA;
    std::uint16_t qclass = kClassIn;
    std::uint16_t id = 0x1234;
    bool recursionDesired = true;
    /// 0: without EDNS.
    std::uint16_t udpBytes = 0;
    std::uint8_t ednsVersion = 0;
    bool dnssecOk = false;
};

/// A query as bytes. The name may have labels of any bytes, with dots between them.
Bytes queryBytes(const Asked& asked);

/// A reply as people read it.
struct Told {
    /// "NOERROR", with the flags that are set: "NOERROR qr aa rd ra".
    std::string header;
    std::uint16_t id = 0;
    /// "Node-A.mesh.internal. A"
    std::vector<std::string> question;
    /// "node-a.mesh.internal. 1 IN A 172.16.0.1"
    std::vector<std::string> answer;
    std::vector<std::string> authority;
    std::vector<std::string> additional;
    bool hasEdns = false;
    bool dnssecOk = false;
    std::size_t bytes = 0;
};

/// A reply with so many A records of one name: 10.0.0.1, 10.0.0.2 and so on.
Bytes addressesReply(const Name& name, std::size_t count);

/// Fails the test when the library cannot read it.
Told read(const Bytes& bytes);

}  // namespace weft::mesh::dns::tests
