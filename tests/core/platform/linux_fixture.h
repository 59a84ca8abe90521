// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/interface_setup.h"
#include "core/platform/tun.h"
#include "tests/support/network_namespace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace weft::platform {

/// Each test has a network namespace of its own, or is skipped when this process may not make one.
class LinuxNetworkTest : public testing::Test {
protected:
    void SetUp() override {
        if (!tests::enterNewNetwork()) {
            GTEST_SKIP() << "a network namespace needs root";
        }
    }

    static std::unique_ptr<TunDevice> open(const TunOptions& options = {}) {
        auto tun = openTun(options);
        EXPECT_EQ(tun.status(), okStatus());
        return tun.ok() ? *std::move(tun) : nullptr;
    }

    static net::IpPrefix prefix(const char* text) { return net::IpPrefix::parse(text).value(); }

    /// Runs `body` on a thread of its own, which may give up rights and system calls.
    static void onThread(const std::function<void()>& body) { std::thread(body).join(); }
};

}  // namespace weft::platform
