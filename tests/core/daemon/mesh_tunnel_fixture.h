// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/detail/mesh_tunnel.h"
#include "tests/core/daemon/tunnel_samples.h"
#include "tests/support/fake_tunnel.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace weft::daemon {

/// The tunnel of the connection "home", over an interface that is none.
class MeshTunnelTest : public ::testing::Test {
protected:
    void make() {
        tunnel_ = std::make_unique<MeshTunnel>(MeshTunnel::Parts{
            .factory = tunnels_,
            .loop = loop_,
            .profileId = "home",
            .options = options_,
            .portIsExplicit = explicit_,
            .ipv4 = ipv4_,
            .ipv6 = true,
            .privateKey = crypto::NodeKey::generate()->wireGuardPrivateKey(),
            .folder = folder_ / "home",
            .changed = [this] { ++changes_; },
            .opened = [this](const TunnelFacts& facts) { opened_.push_back(facts); },
            .gone = [this] { goneBefore_.push_back(tunnels_.newest().gone); },
            .pathsExpected =
                [this](std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) {
                    expected_.push_back({number, std::move(paths), tunnels_.newest().peersGiven});
                },
            .pathsSettled = [this](std::uint64_t number) { settled_.push_back(number); },
            .figures = [this] { ++figures_; },
            .settled = [this] { ++timesSettled_; }});
    }
    void giveAddresses() {
        tunnel_->setAddresses(tests::prefix("172.16.0.1/32"), tests::prefix("fd00::1:0/112"));
        loop_.runPosted();
    }
    void open() {
        make();
        giveAddresses();
    }
    void givePeer() {
        peers_.peers = {tests::peerNamed("bravo", "192.0.2.7:51820")};
        tunnel_->setPeers(peers_);
        loop_.runPosted();
    }
    /// The peer's last handshake was that long ago.
    TunnelPeerStatistics figuresOf(Duration age) {
        TunnelPeerStatistics figures;
        figures.key = *peers_.peers.front().node.publicKey->wireGuardKey();
        figures.lastHandshake =
            loop_.clock().wallNow() - std::chrono::duration_cast<WallTime::duration>(age);
        figures.receivedBytes = 7;
        return figures;
    }
    weft::local::v1::Connection describe() const {
        weft::local::v1::Connection state;
        state.set_state(weft::local::v1::Connection::STATE_CONNECTED);
        tunnel_->describe(state);
        return state;
    }

    tests::TempDir folder_;
    tests::ManualLoop loop_;
    tests::FakeTunnels tunnels_;
    config::WireGuardOptions options_;
    bool explicit_ = false;
    bool ipv4_ = true;
    mesh::PeerSet peers_;
    int changes_ = 0;
    int figures_ = 0;
    int timesSettled_ = 0;
    std::vector<TunnelFacts> opened_;
    /// Each time that its end was told: whether it was the end already.
    std::vector<bool> goneBefore_;
    struct Expected {
        std::uint64_t number = 0;
        std::shared_ptr<const services::TunnelPaths> paths;
        /// How often the device had got peers before.
        int peersGiven = 0;
    };
    std::vector<Expected> expected_;
    std::vector<std::uint64_t> settled_;
    std::unique_ptr<MeshTunnel> tunnel_;
};

}  // namespace weft::daemon
