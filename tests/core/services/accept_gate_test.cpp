// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/accept_gate.h"

#include "core/base/log.h"
#include "core/base/unique_fd.h"
#include "tests/core/services/honest_call.h"
#include "tests/core/services/raw_client.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include <poll.h>
#include <sys/socket.h>

namespace weft::tests {
namespace {

using services::AcceptGate;

/// A library that reads the connections it is given to their end before it takes the next.
class AcceptGateAlone : public ::testing::Test {
protected:
    void SetUp() override {
        AcceptGate::Options options;
        options.listen = {"127.0.0.1", 0};
        options.protocol = AcceptGate::Protocol::Http2;
        options.limits.penalty = Duration::zero();
        auto gate = AcceptGate::open(
            options,
            [this](int descriptor) { readToTheEnd(descriptor); },
            [](const net::Endpoint&) { return std::uint64_t{0}; });
        ASSERT_TRUE(gate.ok()) << toString(gate.status());
        gate_ = std::move(*gate);
        gate_->start();
    }

    bool floodUntilItIsCut() {
        RawClient flood(gate_->port());
        bool alive = flood.send(h2::hello());
        const std::string bytes(64 * 1024, 'a');
        const auto end = std::chrono::steady_clock::now() + kHonestPatience;
        while (alive && std::chrono::steady_clock::now() < end) {
            alive = flood.send(bytes);
        }
        return !alive;
    }

    std::unique_ptr<AcceptGate> gate_;
    std::atomic<int> taken_{0};

private:
    void readToTheEnd(int descriptor) {
        const base::UniqueFd own(descriptor);
        ++taken_;
        std::array<char, 4096> bytes{};
        pollfd item{descriptor, POLLIN, 0};
        while (::poll(&item, 1, -1) > 0 && ::recv(descriptor, bytes.data(), bytes.size(), 0) > 0) {
        }
    }
};

TEST_F(AcceptGateAlone, CutsAFloodThatTheLibraryReadsWithoutPause) {
    EXPECT_TRUE(floodUntilItIsCut());
    EXPECT_EQ(gate_->counters().cut, 1U);
}

TEST_F(AcceptGateAlone, LooksAtTheNextWhileTheLibraryReads) {
    RawClient busy(gate_->port());
    ASSERT_TRUE(busy.send(h2::hello()));

    RawClient garbage(gate_->port());
    ASSERT_TRUE(garbage.send("GET / HTTP/1.1\r\n\r\n"));

    EXPECT_TRUE(garbage.closedWithin(kHonestPatience));
    EXPECT_EQ(gate_->counters().refusedGarbage, 1U);
}

TEST_F(AcceptGateAlone, StopsWhileTheLibraryReads) {
    RawClient busy(gate_->port());
    RawClient waiting(gate_->port());
    ASSERT_TRUE(busy.send(h2::hello()) && waiting.send(h2::hello()));
    const auto end = std::chrono::steady_clock::now() + kHonestPatience;
    while (taken_ == 0 && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
    }

    auto stopped = std::async(std::launch::async, [this] { gate_->stop(); });

    EXPECT_EQ(stopped.wait_for(kHonestPatience), std::future_status::ready);
    EXPECT_TRUE(busy.closedWithin(kHonestPatience));
    EXPECT_TRUE(waiting.closedWithin(kHonestPatience));
}

/// What a gate logs of two connections that the library closes at once, after `calls` each.
std::string logOfTwoThatEnd(AcceptGate::Protocol protocol, std::uint64_t calls) {
    AcceptGate::Options options;
    options.listen = {"127.0.0.1", 0};
    options.protocol = protocol;
    options.limits.firstByteTimeout = std::chrono::milliseconds(20);
    EXPECT_TRUE(base::configureLogging("info", base::LogTarget::Stderr));
    testing::internal::CaptureStderr();
    auto gate = AcceptGate::open(
        options,
        [](int descriptor) { const base::UniqueFd own(descriptor); },
        [calls](const net::Endpoint&) { return calls; });
    EXPECT_TRUE(gate.ok()) << toString(gate.status());
    (*gate)->start();
    const std::string first =
        protocol == AcceptGate::Protocol::Tls ? std::string("\x16\x03\x01") : h2::hello();
    for (int i = 0; i < 2; ++i) {
        RawClient client((*gate)->port());
        EXPECT_TRUE(client.send(first));
        EXPECT_TRUE(client.closedWithin(kHonestPatience));
    }
    const auto end = std::chrono::steady_clock::now() + kHonestPatience;
    while ((*gate)->counters().open > 0 && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
    }
    EXPECT_EQ((*gate)->counters().open, 0U);
    (*gate)->stop();
    base::configureLogging("warn", base::LogTarget::Stderr);
    return testing::internal::GetCapturedStderr();
}

TEST(AcceptGateLog, NamesOneOfThoseWhoEndBeforeTheirFirstCall) {
    const auto text = logOfTwoThatEnd(AcceptGate::Protocol::Tls, 0);

    const std::string line = "connection ended without a call peer=127.0.0.1:";
    const auto found = text.find(line);
    ASSERT_NE(found, std::string::npos) << text;
    EXPECT_NE(text.find("a certificate that this mesh does not take", found), std::string::npos);
    EXPECT_EQ(text.find(line, found + 1), std::string::npos) << text;
}

TEST(AcceptGateLog, SaysNothingOfThoseWhoHaveCalledOrNeedNoCertificate) {
    const std::string line = "connection ended without a call";
    EXPECT_EQ(logOfTwoThatEnd(AcceptGate::Protocol::Tls, 1).find(line), std::string::npos);
    EXPECT_EQ(logOfTwoThatEnd(AcceptGate::Protocol::Http2, 0).find(line), std::string::npos);
}

}  // namespace
}  // namespace weft::tests
