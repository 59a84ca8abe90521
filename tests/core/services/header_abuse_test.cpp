// SPDX-License-Identifier: Apache-2.0
// What a peer can do with the headers of HTTP/2 alone.
#include "tests/core/services/honest_call.h"
#include "tests/core/services/raw_client.h"
#include "tests/core/services/server_fixture.h"
#include "tests/support/instrumented.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using services::TlsMode;

constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kEndStream = 1;
constexpr std::uint8_t kEndHeaders = 4;

/// What a flood may cost in memory while it lasts, in bytes.
constexpr std::size_t kKept = std::size_t{64} * 1024 * 1024;
/// A call that says nothing takes some 15 KB of the library, and the blocks here have 2 KB.
constexpr std::size_t kKeptForByteSent = 12;

class HeaderAbuse : public ::testing::Test {
protected:
    HeaderAbuse() : channel_(fixture_.channelAs("")), client_(fixture_.server->port()) {}
    void SetUp() override {
        ASSERT_TRUE(honestCall(channel_));
        ASSERT_TRUE(client_.send(h2::hello()));
    }
    /// Sends blocks, each a call of its own without a message, until the connection is cut or
    /// `count` are sent; false when it was cut. Honest calls are answered meanwhile, and memory
    /// stays bounded: how much is sent before the cut is a matter of speed, what the library keeps
    /// for each byte of it is not.
    bool sendBlocks(int count, const std::function<std::string(int)>& blockOf) {
        const std::size_t before = residentKilobytes();
        std::chrono::milliseconds slowest{0};
        std::size_t sent = 0;
        bool alive = true;
        for (int i = 0; i < count && alive; ++i) {
            const auto stream = static_cast<std::uint32_t>(2 * i + 1);
            const auto frame = h2::frame(kHeaders, kEndStream | kEndHeaders, stream, blockOf(i));
            alive = client_.send(frame);
            sent += frame.size();
            if (i % 500 == 0) {
                slowest = std::max(slowest, honestCall(channel_).value_or(kHonestPatience));
            }
        }
        slowest = std::max(slowest, honestCall(channel_).value_or(kHonestPatience));
        EXPECT_LT(slowest, 2000ms * kSlowdown);
        EXPECT_LT(grownSince(before), std::max(kKept, kKeptForByteSent * sent) / 1024);
        return alive;
    }

    ServerFixture fixture_{mesh::Authentication::None, TlsMode::Insecure};
    std::shared_ptr<grpc::Channel> channel_;
    RawClient client_;
};

/// More than any flood gets through before it is noticed.
constexpr int kFlood = 100'000;

TEST_F(HeaderAbuse, ChurnOfTheHeaderTableIsCut) {
    // Each header is new and goes into the table of the decoder, and pushes others out.
    const bool alive = sendBlocks(kFlood, [](int number) {
        std::string block = h2::requestHeaders("/v1.Node/GetStatus");
        for (int i = 0; i < 60; ++i) {
            block += h2::indexedHeader(fmt::format("x-{}-{}", number, i), std::string(64, 'v'));
        }
        return block;
    });

    EXPECT_FALSE(alive);
    EXPECT_GE(fixture_.server->connections().cut, 1U);
}

TEST_F(HeaderAbuse, ResizingOfTheHeaderTableIsCut) {
    // Dynamic table size updates: to nothing, and back to the largest that was agreed on.
    const bool alive = sendBlocks(kFlood, [](int) {
        return h2::tableSize(0) + h2::tableSize(4096) + h2::requestHeaders("/v1.Node/GetStatus")
               + h2::indexedHeader("x-a", std::string(2000, 'v'));
    });

    EXPECT_FALSE(alive);
    EXPECT_GE(fixture_.server->connections().cut, 1U);
}

TEST_F(HeaderAbuse, ATableLargerThanAgreedEndsTheConnection) {
    constexpr std::uint32_t kHuge = 1U << 30U;
    ASSERT_TRUE(client_.send(h2::frame(
        kHeaders,
        kEndStream | kEndHeaders,
        1,
        h2::tableSize(kHuge) + h2::requestHeaders("/v1.Node/GetStatus"))));

    EXPECT_TRUE(client_.closedWithin(kHonestPatience));
    EXPECT_TRUE(honestCall(channel_));
}

TEST_F(HeaderAbuse, AnIndexThatIsNotThereEndsTheConnection) {
    // An indexed field (RFC 7541 section 6.1) far behind the end of both tables.
    ASSERT_TRUE(client_.send(
        h2::frame(kHeaders, kEndStream | kEndHeaders, 1, std::string("\xff\xff\x7f", 3))));

    EXPECT_TRUE(client_.closedWithin(kHonestPatience));
    EXPECT_TRUE(honestCall(channel_));
}

TEST_F(HeaderAbuse, AnIdentityInUpperCaseIsRefused) {
    // The library hands on what clients of its own cannot send.
    constexpr std::uint8_t kData = 0;
    const auto check = [](const std::string& more) {
        const std::string emptyMessage(5, '\0');
        return h2::hello()
               + h2::frame(
                   kHeaders,
                   kEndHeaders,
                   1,
                   h2::requestHeaders("/grpc.health.v1.Health/Check") + more)
               + h2::frame(kData, kEndStream, 1, emptyMessage);
    };
    RawClient plain(fixture_.server->port());
    RawClient upperCase(fixture_.server->port());
    RawClient twice(fixture_.server->port());

    ASSERT_TRUE(plain.send(check("")));
    ASSERT_TRUE(upperCase.send(check(h2::header("X-Webmesh-Proxied-For", "boss"))));
    ASSERT_TRUE(twice.send(check(
        h2::header("x-webmesh-proxied-for", "boss")
        + h2::header("x-webmesh-proxied-for", "boss"))));

    EXPECT_TRUE(plain.hearsText(
        "grpc-status\x01"
        "0",
        kHonestPatience));
    EXPECT_TRUE(upperCase.hearsText("is spelled in another way", kHonestPatience));
    EXPECT_TRUE(twice.hearsText("is given more than once", kHonestPatience));
}

TEST_F(HeaderAbuse, HeadersThatGrowWhenTheyAreDecodedAreNotKept) {
    // A block names one large entry of the table again and again: few bytes here, 780 KB there.
    const std::string large = h2::indexedHeader("x-a", std::string(3900, 'v'));
    const std::string again(200, '\xbe');
    sendBlocks(500, [&](int number) {
        return h2::requestHeaders("/v1.Node/GetStatus") + (number == 0 ? large : "") + again;
    });
}

}  // namespace
}  // namespace weft::tests
