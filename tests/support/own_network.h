// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/network_namespace.h"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

namespace weft::tests {

/// Each test has a network namespace of its own, or is skipped when this process may not make one.
/// A fixture that does more in SetUp looks at IsSkipped() first.
template <typename Base = testing::Test>
class InOwnNetwork : public Base {
protected:
    void SetUp() override {
        if (!enterNewNetwork()) {
            GTEST_SKIP() << "a network namespace needs root";
        }
    }

    /// Runs `body` on a thread of its own, which may give up rights and system calls.
    static void onThread(const std::function<void()>& body) { std::thread(body).join(); }
};

}  // namespace weft::tests
