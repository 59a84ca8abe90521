// SPDX-License-Identifier: Apache-2.0
// Callers that are known by the address from which they call, over real connections: the loopback
// interface stands for the tunnel.
#include "tests/core/services/server_fixture.h"

#include "v1/members.grpc.pb.h"

#include <gmock/gmock.h>
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
    /// What comes of an update of bravo, which only bravo may ask for.
    static grpc::Status update(const std::shared_ptr<grpc::Channel>& channel) {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + kPatience);
        ::v1::UpdateRequest request;
        request.set_id("bravo");
        ::v1::UpdateResponse answer;
        return ::v1::Membership::NewStub(channel)->Update(&context, request, &answer);
    }
    /// What comes of following bravo's peers: ok when there was a list of them.
    static grpc::Status follow(const std::shared_ptr<grpc::Channel>& channel) {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + kPatience);
        ::v1::SubscribePeersRequest request;
        request.set_id("bravo");
        ::v1::PeerConfigurations peers;
        const auto reader = ::v1::Membership::NewStub(channel)->SubscribePeers(&context, request);
        if (reader->Read(&peers)) {
            context.TryCancel();
            reader->Finish();
            return grpc::Status::OK;
        }
        return reader->Finish();
    }
    /// Connections are made until one is as wanted: the gate hears a moment later what the device
    /// has taken.
    bool isSoonTakenForBravo() const {
        const auto until = std::chrono::steady_clock::now() + kPatience;
        while (std::chrono::steady_clock::now() < until) {
            if (update(fixture_.channelFrom(bravo_, own_)).ok()) {
                return true;
            }
        }
        return false;
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

TEST_F(MeshAddress, IsTheNodeWhereItsOwnKeyLeadsThere) {
    fixture_.leadBy({{"bravo", "bravo"}});
    useLoopbackAsTunnel();

    EXPECT_EQ(update(fixture_.channelFrom(bravo_, own_)).error_code(), grpc::StatusCode::OK);
    EXPECT_EQ(follow(fixture_.channelFrom(bravo_, own_)).error_code(), grpc::StatusCode::OK);
}

TEST_F(MeshAddress, IsAMemberAndNotTheNodeWhereAnotherCarriesIt) {
    ASSERT_TRUE(fixture_.joinDirectly("hub").ok());
    fixture_.leadBy({{"bravo", "hub"}, {"hub", "hub"}});
    useLoopbackAsTunnel();
    const auto channel = fixture_.channelFrom(bravo_, own_);

    EXPECT_EQ(call(channel), grpc::StatusCode::OK);
    for (const auto& status : {update(channel), follow(channel)}) {
        EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
        EXPECT_THAT(
            status.error_message(),
            ::testing::HasSubstr("show a certificate or a password of bravo"));
    }
}

TEST_F(MeshAddress, IsNotTheNodeWhileNobodySaidWhoLeadsThere) {
    useLoopbackAsTunnel();

    EXPECT_EQ(
        update(fixture_.channelFrom(bravo_, own_)).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(MeshAddress, OfAnOldConnectionIsNotTheNodeOnceAnotherCarriedIt) {
    ASSERT_TRUE(fixture_.joinDirectly("hub").ok());
    fixture_.leadBy({{"bravo", "bravo"}});
    useLoopbackAsTunnel();
    const auto old = fixture_.channelFrom(bravo_, own_);
    ASSERT_EQ(update(old).error_code(), grpc::StatusCode::OK);

    fixture_.leadBy({{"bravo", "hub"}});
    EXPECT_EQ(update(old).error_code(), grpc::StatusCode::UNAUTHENTICATED);
    fixture_.leadBy({{"bravo", "bravo"}});

    EXPECT_TRUE(isSoonTakenForBravo());
    EXPECT_EQ(update(old).error_code(), grpc::StatusCode::UNAUTHENTICATED)
        << "bytes of another may be in it";
    EXPECT_EQ(call(old), grpc::StatusCode::OK);
}

TEST_F(MeshAddress, IsNotTheNodeWhenTheKeyInItsRecordIsAnother) {
    fixture_.leadBy({{"bravo", "bravo"}});
    useLoopbackAsTunnel();
    const auto channel = fixture_.channelFrom(bravo_, own_);
    ASSERT_EQ(update(channel).error_code(), grpc::StatusCode::OK);
    auto params = joinParamsOf("bravo");
    params.publicKey = crypto::NodeKey::generate()->publicKey();

    const auto joined = fixture_.await<StatusOr<mesh::JoinGrant>>(
        [&](const auto& done) { fixture_.host->join(params, callerNamed("bravo"), done); });

    ASSERT_TRUE(joined.ok()) << joined.status();
    EXPECT_EQ(update(channel).error_code(), grpc::StatusCode::UNAUTHENTICATED)
        << "the device still takes the old key's packets";
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
