// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host/host_network.h"
#include "tests/core/platform/host/fake_host.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace weft::platform {

/// Two networks of a mesh, which are reached through the tunnel.
inline TunnelWishes wishes(const std::string& interface) {
    TunnelWishes result;
    result.interface = interface;
    result.routes = {tests::prefix("10.1.0.0/16"), tests::prefix("fd10::/48")};
    return result;
}

/// The same, of a node that offers a network of its own, and lets packets between peers pass.
inline TunnelWishes site(const std::string& interface) {
    auto result = wishes(interface);
    result.offered = {tests::prefix("192.168.1.0/24")};
    result.betweenPeers = {net::Family::V4, net::Family::V6};
    return result;
}

/// A host with the interface "weft0" in memory, and the journal in a folder of its own.
class HostNetworkTest : public testing::Test {
protected:
    HostNetworkTest() { host_.addInterface("weft0"); }

    std::unique_ptr<HostNetwork> make() {
        return std::make_unique<HostNetwork>(host_, journal(), "weft");
    }
    std::filesystem::path journal() const { return folder_.path() / "host.journal"; }
    bool hasJournal() const { return std::filesystem::exists(journal()); }

    tests::FakeHost host_;
    tests::TempDir folder_;
};

}  // namespace weft::platform
