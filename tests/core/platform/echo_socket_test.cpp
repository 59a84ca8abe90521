// SPDX-License-Identifier: Apache-2.0
#include "core/platform/echo.h"
#include "tests/core/platform/linux_fixture.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <vector>

namespace weft::platform {
namespace {

using namespace std::chrono_literals;

/// Echo requests to the loopback interface of a namespace of the test's own.
class EchoSocketTest : public tests::InOwnNetwork<> {
protected:
    static net::IpAddress address(const char* text) { return net::IpAddress::parse(text).value(); }
    static void setGroups(const char* range) {
        std::ofstream("/proc/sys/net/ipv4/ping_group_range") << range;
    }
    /// What comes back for two requests to `target`.
    static StatusOr<std::vector<EchoAnswer>> ask(const char* target) {
        asio::io_context context;
        std::vector<EchoAnswer> answers;
        WEFT_ASSIGN_OR_RETURN(
            auto socket,
            openEcho(
                context,
                {.interface = "lo", .target = address(target)},
                [&answers](const EchoAnswer& answer) { answers.push_back(answer); }));
        for (std::uint16_t sequence = 1; sequence <= 2; ++sequence) {
            WEFT_RETURN_IF_ERROR(socket->send(sequence));
        }
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (answers.size() < 2 && context.run_one_until(deadline) > 0) {
        }
        return answers;
    }
    static void expectBoth(const char* target) {
        const auto answers = ask(target);
        ASSERT_TRUE(answers.ok()) << answers.status();
        ASSERT_EQ(answers->size(), 2U);
        EXPECT_EQ((*answers)[0].sequence, 1);
        EXPECT_EQ((*answers)[1].sequence, 2);
        EXPECT_EQ((*answers)[0].unreachable, "");
        EXPECT_EQ((*answers)[0].hopLimit, 64);
    }
};

TEST_F(EchoSocketTest, IsAnsweredWithoutARightWhereTheSystemLetsItsGroupIn) {
    setGroups("0 2147483647");
    onThread([] {
        ASSERT_TRUE(tests::dropNetworkRights());
        expectBoth("127.0.0.1");
        expectBoth("::1");
    });
}

TEST_F(EchoSocketTest, IsAnsweredByRightWhereNoGroupIsLetIn) {
    setGroups("1 0");

    expectBoth("127.0.0.1");
    expectBoth("::1");
}

TEST_F(EchoSocketTest, SaysWhatHelpsWhenNeitherIsAllowed) {
    setGroups("1 0");
    onThread([] {
        ASSERT_TRUE(tests::dropNetworkRights());
        const auto answers = ask("127.0.0.1");
        EXPECT_EQ(answers.status().code(), StatusCode::kPermissionDenied);
        EXPECT_NE(messageOf(answers.status()).find("CAP_NET_RAW"), std::string::npos);
    });
}

TEST_F(EchoSocketTest, NeedsItsInterface) {
    asio::io_context context;
    const auto socket = openEcho(
        context,
        {.interface = "weft-none", .target = address("127.0.0.1")},
        [](const EchoAnswer& /*answer*/) {});

    EXPECT_EQ(socket.status().code(), StatusCode::kUnavailable);
}

}  // namespace
}  // namespace weft::platform
