// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/text.h"
#include "core/services/link/grpc_member_link.h"
#include "tests/core/services/server_fixture.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace weft::tests {

/// The digest of an authority as a code carries it: 32 bytes.
inline std::string fingerprintOf(const std::string& authorityPem) {
    return base::hexDecode(crypto::inspectCertificate(authorityPem)->fingerprint).value();
}

/// A listener on loopback that takes connections and says nothing.
class SilentServer {
public:
    SilentServer() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), length), 0);
        EXPECT_EQ(::listen(socket_, 4), 0);
        EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length), 0);
        port_ = ntohs(address.sin_port);
    }
    ~SilentServer() { ::close(socket_); }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    net::HostPort address() const { return {"127.0.0.1", port_}; }

private:
    const int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::uint16_t port_ = 0;
};

/// A factory and one link, made and dropped on the fixture's loop.
class LinkHarness {
public:
    LinkHarness(ServerFixture& fixture, services::LinkOptions options, const net::HostPort& address)
        : fixture_(fixture) {
        fixture_.onLoop([&] {
            factory_ = std::make_unique<services::GrpcMemberLinkFactory>(
                std::move(options), fixture_.loop);
            auto dialled = factory_->dial(address);
            status_ = dialled.status();
            if (dialled.ok()) {
                link_ = *std::move(dialled);
            }
        });
    }
    ~LinkHarness() {
        fixture_.onLoop([this] {
            link_.reset();
            factory_.reset();
        });
    }
    LinkHarness(const LinkHarness&) = delete;
    LinkHarness& operator=(const LinkHarness&) = delete;

    template <typename T>
    StatusOr<T> ask(const std::function<void(mesh::MemberLink&, Callback<T>)>& call) {
        return fixture_.await<StatusOr<T>>([&](const auto& done) { call(*link_, done); });
    }
    Status tell(const std::function<void(mesh::MemberLink&, StatusCallback)>& call) {
        return fixture_.await<Status>([&](const auto& done) { call(*link_, done); });
    }
    StatusOr<std::vector<mesh::StorageServer>> servers() {
        return ask<std::vector<mesh::StorageServer>>(
            [](auto& link, auto done) { link.storageServers(std::move(done)); });
    }
    const Status& status() const { return status_; }
    std::unique_ptr<mesh::MemberLink>& link() { return link_; }

private:
    ServerFixture& fixture_;
    std::unique_ptr<services::GrpcMemberLinkFactory> factory_;
    std::unique_ptr<mesh::MemberLink> link_;
    Status status_;
};

}  // namespace weft::tests
