// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/accept_gate.h"

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

}  // namespace
}  // namespace weft::tests
