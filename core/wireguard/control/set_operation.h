// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/control/control_target.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace weft::wireguard {

/// One set operation of the configuration protocol (wireguard.com/xplatform), line by line, in
/// memory that does not grow with the operation.
///
/// The lines of the interface are applied together before the first peer, then the peers in their
/// order. When a line is wrong, what came before the peer it belongs to stays applied, and that
/// peer's lines are dropped, but for a peer with so many addresses that it was applied in parts.
/// Thread: one.
class SetOperation {
public:
    /// Peers wait until so many are there, or so many addresses; then they are applied.
    static constexpr std::size_t kMostPeersWaiting = 256;
    static constexpr std::size_t kMostAddressesWaiting = 4096;

    explicit SetOperation(ControlTarget& target) : target_(target) {}

    /// Takes one line without its end. Returns 0, or the errno with which the operation has ended.
    int line(std::string_view line);
    /// Applies what waits. Returns 0 or the errno.
    int finish();

private:
    int startPeer(std::string_view value);
    int interfaceLine(std::string_view key, std::string_view value);
    int peerLine(std::string_view key, std::string_view value);
    int flagLine(std::string_view key, std::string_view value);
    int allowedIpLine(std::string_view value);
    int applyInterface();
    /// The current peer joins those that wait.
    void endPeer();
    /// The same, and its next lines belong to a second change.
    void dividePeer();
    int applyIfMany();
    int applyPeers();

    ControlTarget& target_;
    InterfaceSettings interface_;
    std::optional<PeerChange> current_;
    bool divided_ = false;
    bool updateOnlyGiven_ = false;
    bool removed_ = false;
    std::vector<PeerChange> waiting_;
    std::size_t addressesWaiting_ = 0;
};

}  // namespace weft::wireguard
