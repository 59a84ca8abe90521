// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/firewall_state.h"

#include "core/base/log.h"
#include "core/platform/linux/netlink.h"

#include <span>
#include <utility>
#include <vector>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

namespace weft::platform::detail {
namespace {

constexpr std::uint16_t messageOf(std::uint16_t message) {
    return static_cast<std::uint16_t>(NFNL_SUBSYS_NFTABLES << 8U | message);
}

/// FNV-1a.
class Mixer {
public:
    void add(std::span<const std::uint8_t> bytes) {
        for (const auto byte : bytes) {
            state_ = (state_ ^ byte) * kPrime;
        }
    }
    std::uint64_t value() const { return state_; }

private:
    static constexpr std::uint64_t kPrime = 0x100000001B3;
    std::uint64_t state_ = 0xCBF29CE484222325;
};

NetlinkRequest requestFor(
    std::uint16_t message, std::uint16_t flags, std::uint16_t attribute, const std::string& table) {
    NetlinkRequest request(messageOf(message), flags);
    nfgenmsg body{};
    body.nfgen_family = NFPROTO_INET;
    request.addBody(body);
    std::vector<std::uint8_t> name(table.begin(), table.end());
    name.push_back(0);
    request.addAttribute(attribute, name);
    return request;
}

}  // namespace

StatusOr<std::uint64_t> firewallState(const std::string& owner) {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open(NETLINK_NETFILTER));
    Mixer mixer;
    const auto takeTable = [&mixer](std::uint16_t /*type*/, auto payload) {
        forEachAttribute(attributesBehind(payload, sizeof(nfgenmsg)), [&](auto type, auto value) {
            if (type == NFTA_TABLE_HANDLE || type == NFTA_TABLE_FLAGS) {
                mixer.add(value);
            }
        });
    };
    const auto deed = fmt::format("looking at the filter {}", owner);
    WEFT_RETURN_IF_ERROR(socket.ask(
        requestFor(NFT_MSG_GETTABLE, NLM_F_ACK, NFTA_TABLE_NAME, owner), deed, takeTable));
    const auto takeRule = [&mixer](std::uint16_t /*type*/, auto payload) {
        forEachAttribute(attributesBehind(payload, sizeof(nfgenmsg)), [&](auto type, auto value) {
            if (type == NFTA_RULE_HANDLE) {
                mixer.add(value);
            }
        });
    };
    WEFT_RETURN_IF_ERROR(socket.ask(
        requestFor(NFT_MSG_GETRULE, NLM_F_DUMP, NFTA_RULE_TABLE, owner), deed, takeRule));
    return mixer.value();
}

}  // namespace weft::platform::detail
