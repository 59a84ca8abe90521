// SPDX-License-Identifier: Apache-2.0
// Callers that are known by the address from which they call, over real connections: the loopback
// interface stands for the tunnel.
#include "tests/core/services/server_fixture.h"

#include "v1/members.grpc.pb.h"

#include <grpcpp/channel.h>
#include <gtest/gtest.h>

#include <net/if.h>

namespace weft::tests {
namespace {

class MeshAddress : public ::testing::Test {
protected:
    MeshAddress() {
        EXPECT_TRUE(fixture_.joinDirectly("bravo").ok());
        own_ = fixture_.meshAddressOf("alpha");
        bravo_ = fixture_.meshAddressOf("bravo");
    }
    void useLoopbackAsTunnel() const {
        fixture_.server->setTunnelInterface(::if_nametoindex("lo"));
    }
    /// The code of a call for members.
    static grpc::StatusCode call(const std::shared_ptr<grpc::Channel>& channel) {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + kPatience);
        ::v1::StorageConfigurationResponse answer;
        return ::v1::Membership::NewStub(channel)
            ->GetStorageConfiguration(&context, {}, &answer)
            .error_code();
    }
    grpc::StatusCode callFrom(const net::IpAddress& from, const net::IpAddress& to) const {
        return call(fixture_.channelFrom(from, to));
    }

    ServerFixture fixture_{
        mesh::Authentication::Required,
        services::TlsMode::Insecure,
        [](auto* options) {
            options->listen = {"", 0};
        },
        kLoopbackNetwork};
    net::IpAddress own_;
    net::IpAddress bravo_;
};

TEST_F(MeshAddress, ProvesTheNodeThatCallsThroughTheTunnel) {
    useLoopbackAsTunnel();

    EXPECT_EQ(callFrom(bravo_, own_), grpc::StatusCode::OK);
}

TEST_F(MeshAddress, ProvesNothingFromAnywhereElse) {
    useLoopbackAsTunnel();
    const auto loopback = *net::IpAddress::parse("127.0.0.1");
    const auto unassigned = *net::IpAddress::parse("127.31.255.254");

    EXPECT_EQ(callFrom(unassigned, own_), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(callFrom(loopback, own_), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(callFrom(bravo_, loopback), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(callFrom(own_, own_), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(MeshAddress, ProvesNothingOnAnotherInterface) {
    EXPECT_EQ(callFrom(bravo_, own_), grpc::StatusCode::UNAUTHENTICATED) << "there is no tunnel";

    fixture_.server->setTunnelInterface(::if_nametoindex("lo") + 1);

    EXPECT_EQ(callFrom(bravo_, own_), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(MeshAddress, ProvesNothingOnceTheInterfaceHasGone) {
    useLoopbackAsTunnel();
    const auto before = fixture_.channelFrom(bravo_, own_);
    ASSERT_EQ(call(before), grpc::StatusCode::OK);

    fixture_.server->setTunnelInterface(0);

    EXPECT_EQ(callFrom(bravo_, own_), grpc::StatusCode::UNAUTHENTICATED);
    // The next interface with the same number is another one.
    useLoopbackAsTunnel();
    EXPECT_EQ(callFrom(bravo_, own_), grpc::StatusCode::OK);
    EXPECT_EQ(call(before), grpc::StatusCode::UNAVAILABLE) << "whoever is behind it now";
}

TEST_F(MeshAddress, CountsForConnectionsThatCameBeforeTheTunnelWasKnown) {
    const auto early = fixture_.channelFrom(bravo_, own_);
    ASSERT_EQ(call(early), grpc::StatusCode::UNAUTHENTICATED);

    useLoopbackAsTunnel();

    // Comes in behind the news, which the connections learn one after another.
    ASSERT_EQ(callFrom(bravo_, own_), grpc::StatusCode::OK);
    EXPECT_EQ(call(early), grpc::StatusCode::OK);
}

TEST_F(MeshAddress, OfANodeThatWasRemovedProvesNothing) {
    useLoopbackAsTunnel();
    const auto channel = fixture_.channelFrom(bravo_, own_);
    ASSERT_EQ(call(channel), grpc::StatusCode::OK);

    const auto removed = fixture_.await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
        fixture_.administration->removeNode(
            mesh::NodeId("bravo"), "test", callerNamed("boss"), done);
    });

    ASSERT_TRUE(removed.ok());
    EXPECT_EQ(call(channel), grpc::StatusCode::UNAUTHENTICATED);
}

}  // namespace
}  // namespace weft::tests
