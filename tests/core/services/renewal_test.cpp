// SPDX-License-Identifier: Apache-2.0
// Servers that show an older certificate, and go.
#include "core/base/unique_fd.h"
#include "core/services/server/backend.h"
#include "core/services/server/dispatcher.h"
#include "core/services/server/retired_backends.h"
#include "tests/core/services/chat.h"
#include "tests/core/services/server_fixture.h"

#include "v1/members.pb.h"

#include <gtest/gtest.h>

#include <array>

#include <fcntl.h>
#include <sys/socket.h>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class Renewal : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(fixture_.joinDirectly("bravo").ok()); }

    /// A stream that stands, on a connection of its own.
    std::unique_ptr<Chat> openStream() const {
        auto stream =
            std::make_unique<Chat>(fixture_.channelAs("bravo"), "/v1.Membership/SubscribePeers");
        ::v1::SubscribePeersRequest request;
        request.set_id("bravo");
        EXPECT_TRUE(stream->write(request.SerializeAsString()));
        EXPECT_TRUE(stream->read());
        return stream;
    }
    bool renew() const {
        return fixture_.server
            ->renewIdentity(fixture_.authority.issue("alpha"), fixture_.authority.pem())
            .ok();
    }

    ServerFixture fixture_;
};

TEST_F(Renewal, WaitsForNobodyWhoHoldsAStreamOnAnOlderConnection) {
    std::vector<std::unique_ptr<Chat>> streams;
    const auto begin = Clock::now();

    for (int i = 0; i < 4; ++i) {
        streams.push_back(openStream());
        ASSERT_TRUE(renew());
    }

    EXPECT_LT(Clock::now() - begin, services::MeshServer::kRenewalGrace / 2);
    // Two drain, the older ones have had their time.
    EXPECT_FALSE(streams[0]->read());
    EXPECT_FALSE(streams[1]->read());
    EXPECT_EQ(streams[0]->finish().error_code(), grpc::StatusCode::UNAVAILABLE);
    ASSERT_TRUE(fixture_.joinDirectly("charlie").ok());
    EXPECT_TRUE(openStream()) << "new calls are served";
}

TEST_F(Renewal, HoldsUpNoStop) {
    const auto held = openStream();
    ASSERT_TRUE(renew());
    const auto begin = Clock::now();

    fixture_.server->stop(Duration::zero());

    EXPECT_LT(Clock::now() - begin, services::MeshServer::kRenewalGrace / 2);
    EXPECT_FALSE(held->read());
}

TEST_F(Renewal, LosesNoDescriptorThatComesWhileTheOldServerGoes) {
    services::Dispatcher dispatcher({}, fixture_.loop, *fixture_.host);
    services::MeshServerOptions options;
    options.tls = services::TlsMode::Insecure;
    const services::TlsIdentity none;
    const auto backend = services::Backend::start({options, none, "", {}, dispatcher});
    ASSERT_TRUE(backend.ok());
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair.data()), 0);
    const base::UniqueFd ours(pair[0]);
    const base::UniqueFd late(pair[1]);

    (*backend)->shutDown(Duration::zero());

    EXPECT_FALSE((*backend)->take(late.get()));
    EXPECT_GE(::fcntl(late.get(), F_GETFD), 0) << "its owner still has it";
}

}  // namespace
}  // namespace weft::tests
