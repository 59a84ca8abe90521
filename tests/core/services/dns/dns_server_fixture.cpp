// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/dns/dns_server_fixture.h"

#include <variant>

namespace weft::services::tests {

std::pair<std::unique_ptr<OtherServer>, base::UniqueFd> serverWithListener(
    const OtherServer::Says& says) {
    for (int times = 0; times < kManyTimes; ++times) {
        auto other = std::make_unique<OtherServer>(says);
        auto listener = detail::openServerSocket(SOCK_STREAM, other->endpoint(), "");
        if (listener.ok()) {
            return {std::move(other), std::move(listener->first)};
        }
    }
    return {std::make_unique<OtherServer>(says), base::UniqueFd()};
}
Bytes addressFor(const Bytes& query) {
    const auto asked = mesh::dns::readQuery(query, mesh::dns::Transport::Udp);
    const auto& parsed = std::get<mesh::dns::Query>(asked);
    Bytes reply(query.begin(), query.begin() + 12);
    reply[2] |= 0x80U;
    reply[7] = 1;
    reply[11] = 0;
    reply.insert(reply.end(), parsed.sentName.begin(), parsed.sentName.end());
    reply.insert(reply.end(), {0, 1, 0, 1});
    reply.insert(reply.end(), {0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7});
    return reply;
}

}  // namespace weft::services::tests
