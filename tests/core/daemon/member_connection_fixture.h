// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/file.h"
#include "core/base/mutex.h"
#include "core/base/unique_fd.h"
#include "core/daemon/detail/credentials.h"
#include "core/daemon/member_connection.h"
#include "core/services/link/channel.h"
#include "core/services/server/sockets.h"
#include "tests/core/services/chat.h"
#include "tests/core/services/server_fixture.h"
#include "tests/support/fake_tunnel.h"
#include "tests/support/temp_dir.h"

#include "v1/node.pb.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

namespace weft::daemon {

/// What a connection told, and a way to wait for it.
class Told {
public:
    using Connection = weft::local::v1::Connection;

    void put(Connection state) {
        {
            const base::MutexLock lock(mutex_);
            state_ = std::move(state);
        }
        changed_.notifyAll();
    }
    /// The first state from now on that `wanted` takes; the last one when none comes.
    Connection waitFor(const std::function<bool(const Connection&)>& wanted) {
        const auto end = std::chrono::steady_clock::now() + tests::kPatience;
        const base::MutexLock lock(mutex_);
        while (!wanted(state_) && std::chrono::steady_clock::now() < end) {
            changed_.waitUntil(mutex_, end);
        }
        return state_;
    }

private:
    base::Mutex mutex_;
    base::ConditionVariable changed_;
    Connection state_ WEFT_GUARDED_BY(mutex_);
};

/// "bravo", a member of the mesh of a real server, whose tunnels are fakes.
class MemberConnectionTest : public ::testing::Test {
protected:
    using Connection = weft::local::v1::Connection;

    /// Two authorities, so that a server can be made that takes only new certificates.
    MemberConnectionTest() {
        spec_.profileId = "home";
        spec_.folder = folder_.path();
        spec_.options.mesh.nodeId = "bravo";
        spec_.options.mesh.joinAddresses = {fixture_.address()};
        spec_.options.wireguard.keyFile = folder_ / kNodeKeyFile;
        spec_.options.tls.caFile = folder_ / kAuthorityFile;
        spec_.options.auth.mtls.certFile = folder_ / kCertificateFile;
        spec_.options.auth.mtls.keyFile = folder_ / kCertificateKeyFile;
        spec_.meshDomain = "webmesh.internal";
        spec_.enrolled = true;
        fixture_.onLoop([this] { fixture_.enrolment.authority = &newer_.authority(); });
    }
    ~MemberConnectionTest() override { connection_.reset(); }

    void giveCertificate(std::chrono::hours age, std::chrono::hours lifetime) {
        const auto identity = fixture_.authority.issue("bravo", age, lifetime);
        ASSERT_TRUE(
            writeCertificate(
                folder_.path(), identity.certificatePem, fixture_.authority.pem() + newer_.pem())
                .ok());
        ASSERT_TRUE(
            base::writeFileAtomically(folder_ / kCertificateKeyFile, identity.keyPem.revealText())
                .ok());
        given_ = *endOf(identity);
    }
    void start() {
        connection_ = std::make_unique<MemberConnection>(
            spec_,
            ConnectionEvents{
                [this](Connection state) { told_.put(std::move(state)); },
                [](const std::shared_ptr<const PeerList>&) {}},
            &tunnels_);
        connection_->start();
    }
    /// The port that the leader's record of "bravo" has for a feature; 0 when there is none.
    std::uint16_t advertised(std::int32_t feature) {
        std::int32_t port = 0;
        fixture_.onLoop([&] {
            const auto* own = fixture_.host->registry().node(storage::NodeId("bravo"));
            port = own == nullptr ? 0 : own->featurePort(feature).value_or(0);
        });
        return static_cast<std::uint16_t>(port);
    }
    /// The port under which "bravo" is known as a leader proxy, once it is `wanted`.
    std::uint16_t waitForProxyPort(std::uint16_t wanted) {
        told_.waitFor([&](const Connection&) { return advertised(v1::LEADER_PROXY) == wanted; });
        return advertised(v1::LEADER_PROXY);
    }
    /// A call of "charlie" to the server of "bravo".
    template <typename Response = google::protobuf::Empty>
    grpc::Status callBravo(
        std::uint16_t port,
        const std::string& method,
        const google::protobuf::Message& request,
        Response* response = nullptr) {
        auto options = fixture_.linkOptionsAs("charlie");
        options.serverName = "bravo";
        const auto channel = services::makeChannel({"127.0.0.1", port}, options);
        std::string answer;
        auto status = tests::Chat(channel, method).ask(request.SerializeAsString(), &answer);
        if (response != nullptr) {
            EXPECT_TRUE(response->ParseFromString(answer));
        }
        return status;
    }
    /// Waits until the connection has heard what was posted to its loop.
    void letPass() {
        std::promise<void> passed;
        connection_->ownNode([&passed](const auto& /*node*/) { passed.set_value(); });
        passed.get_future().wait();
    }
    static std::uint16_t freePort() {
        base::UniqueFd listener;
        EXPECT_EQ(services::listenOn(net::IpAddress(), 0, "", &listener), 0);
        return services::portOf(listener.get());
    }
    WallTime endOnDisk() const {
        const auto pem = base::readFile(folder_ / kCertificateFile, kMaxPemBytes);
        return crypto::inspectCertificate(*pem)->notAfter;
    }
    /// As the leader has it.
    storage::NodeRecord ownRecord() {
        storage::NodeRecord record;
        fixture_.onLoop([&] {
            if (const auto* own = fixture_.host->registry().node(storage::NodeId("bravo"))) {
                record = *own;
            }
        });
        return record;
    }
    static platform::HostAddress hostAddress(const char* address) {
        platform::HostAddress result;
        result.address = *net::IpPrefix::parse(address);
        result.interface = "eth0";
        result.isRunning = true;
        return result;
    }
    static bool isConnected(const Connection& state) {
        return state.state() == Connection::STATE_CONNECTED
               || state.state() == Connection::STATE_DEGRADED;
    }

    tests::ServerFixture fixture_;
    tests::TestAuthority newer_{"newer authority"};
    tests::TempDir folder_;
    ConnectionSpec spec_;
    WallTime given_;
    Told told_;
    tests::FakeTunnels tunnels_;
    std::unique_ptr<MemberConnection> connection_;
};

}  // namespace weft::daemon
