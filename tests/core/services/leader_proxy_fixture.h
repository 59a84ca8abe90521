// SPDX-License-Identifier: Apache-2.0
// A plain node's server in front of a leader, each on a port of loopback.
#pragma once

#include "core/services/link/channel.h"
#include "core/services/proxy/leader_proxy.h"
#include "core/services/proxy/leader_route.h"
#include "tests/core/services/chat.h"
#include "tests/core/services/echo_leader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace weft::tests {

inline constexpr std::size_t kReceiveCap = 64 * 1024;

/// The methods of the real table, and some of a leader that does as it is told.
inline std::span<const services::MethodRow> rowsWithTestLeader() {
    using services::Access;
    using services::MethodRow;
    using services::ProxyClass;
    static const auto rows = [] {
        std::vector<MethodRow> made(services::methodRows().begin(), services::methodRows().end());
        for (const char* name :
             {"/test.Leader/Busy",
              "/test.Leader/Echo",
              "/test.Leader/Fail",
              "/test.Leader/Large",
              "/test.Leader/Pour",
              "/test.Leader/Wait"}) {
            made.push_back({name, Access::Authenticated, ProxyClass::Leader, true});
        }
        std::ranges::sort(made, {}, &MethodRow::name);
        return made;
    }();
    return rows;
}

inline services::LinkOptions clearText() {
    services::LinkOptions options;
    options.tls = services::TlsMode::Insecure;
    return options;
}

/// What the plain node "bravo" knows: "charlie" and it are members.
class BravosView final : public mesh::Standing {
public:
    const storage::Registry& registry() const override { return registry_; }
    const mesh::NodeId& selfId() const override { return self_; }
    bool isAdmin(const mesh::Caller& /*caller*/) const override { return false; }
    bool isMember(const mesh::Caller& caller) const override {
        return caller.identity.value() == "charlie";
    }
    bool isRemoved(const mesh::NodeId& /*id*/) const override { return false; }
    Subscription onRemoval(std::function<void(const mesh::NodeId&)> /*removed*/) const override {
        return {};
    }
    std::vector<mesh::StorageServer> storageServers() const override {
        return {{mesh::NodeId("alpha"), mesh::StorageServer::Suffrage::Leader, ""}};
    }
    void record(mesh::AuditEvent /*event*/) const override {}

private:
    const mesh::NodeId self_{"bravo"};
    storage::Registry registry_;
};

class LeaderProxyTest : public ::testing::Test {
protected:
    ~LeaderProxyTest() override { stop(); }

    /// Starts the plain node's server, whose leader is reached with `link`.
    void start(
        services::LinkOptions link,
        const std::optional<net::HostPort>& leaderAt,
        services::ProxyLimits limits = {}) {
        proxy_ =
            std::make_unique<services::LeaderProxy>(mesh::NodeId("bravo"), std::move(link), limits);
        if (leaderAt) {
            proxy_->setRoute(services::LeaderRoute{mesh::NodeId("alpha"), *leaderAt});
        }
        services::MeshServerOptions options;
        options.listen = {"127.0.0.1", 0};
        options.identity = authority_.issue("bravo");
        options.authorityPem = authority_.pem();
        options.authentication = authentication_;
        options.methods = rowsWithTestLeader();
        options.maxReceiveBytes = kReceiveCap;
        auto started =
            services::MeshServer::startForMember(std::move(options), {loop_, view_, proxy_.get()});
        ASSERT_TRUE(started.ok()) << started.status();
        server_ = *std::move(started);
    }
    void startBeforeEcho(services::ProxyLimits limits = {}) {
        // Not sent in clear text, but had: a leader would take a call without a name for its own.
        auto link = clearText();
        link.identity = authority_.issue("bravo");
        start(std::move(link), leader_.address(), limits);
    }
    void stop() { server_.reset(); }

    std::shared_ptr<grpc::Channel> channelAs(const std::string& name) const {
        services::LinkOptions options;
        options.authorityPem = authority_.pem();
        options.serverName = "bravo";
        if (!name.empty()) {
            options.identity = authority_.issue(name);
        }
        return services::makeChannel({"127.0.0.1", server_->port()}, options);
    }

    /// What waits at the proxy, once it is as much as wanted.
    std::size_t waitForAnswerBytes(std::size_t wanted) const {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (proxy_->answerBytes() != wanted && std::chrono::steady_clock::now() < end) {
            std::this_thread::yield();
        }
        return proxy_->answerBytes();
    }

    mesh::Authentication authentication_ = mesh::Authentication::Required;
    TestAuthority authority_;
    EchoLeader leader_;
    base::AsioLoop loop_{"test-bravo"};
    BravosView view_;
    std::unique_ptr<services::LeaderProxy> proxy_;
    std::unique_ptr<services::MeshServer> server_;
};

}  // namespace weft::tests
