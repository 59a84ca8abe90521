// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/interface_setup.h"
#include "core/platform/tun.h"
#include "tests/support/own_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace weft::platform {

class LinuxNetworkTest : public tests::InOwnNetwork<> {
protected:
    static std::unique_ptr<TunDevice> open(const TunOptions& options = {}) {
        auto tun = openTun(options);
        EXPECT_EQ(tun.status(), okStatus());
        return tun.ok() ? *std::move(tun) : nullptr;
    }

    static net::IpPrefix prefix(const char* text) { return net::IpPrefix::parse(text).value(); }
};

}  // namespace weft::platform
