// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/services/dns/detail/sockets.h"
#include "core/services/dns/dns_server.h"
#include "tests/core/mesh/dns/dns_messages.h"

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <poll.h>

namespace weft::services::tests {

using mesh::dns::Bytes;
using mesh::dns::tests::Asked;
using mesh::dns::tests::queryBytes;
using mesh::dns::tests::read;

inline constexpr int kPatienceMs = 10'000;
inline constexpr int kShortMs = 50;
/// Until a port is free that somebody else may take in between.
inline constexpr int kManyTimes = 100;

inline const auto kLoopback = net::IpAddress::v4(INADDR_LOOPBACK);

/// A client at one address of this host.
class Client {
public:
    Client(int type, const net::Endpoint& server, const std::string& from = "127.0.0.1")
        : type_(type), socket_(::socket(AF_INET, type | SOCK_CLOEXEC, 0)) {
        const detail::SocketAddress own({*net::IpAddress::parse(from), 0});
        const detail::SocketAddress to(server);
        EXPECT_EQ(::bind(socket_.get(), own.get(), own.size), 0);
        EXPECT_EQ(::connect(socket_.get(), to.get(), to.size), 0);
    }

    void send(const Bytes& query) const {
        Bytes bytes;
        if (type_ == SOCK_STREAM) {
            bytes = {
                static_cast<std::uint8_t>(query.size() >> 8U),
                static_cast<std::uint8_t>(query.size())};
        }
        bytes.insert(bytes.end(), query.begin(), query.end());
        EXPECT_EQ(
            ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(bytes.size()));
    }
    /// The other end may not want it.
    void trySend(const Bytes& bytes) const {
        ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    /// nullopt: nothing within the time, or the end.
    std::optional<Bytes> receive(int patienceMs = kPatienceMs) const {
        if (type_ == SOCK_DGRAM) {
            return take(4096, false, patienceMs);
        }
        const auto length = take(2, true, patienceMs);
        return length ? take(
                   static_cast<std::size_t>((*length)[0] << 8U | (*length)[1]), true, patienceMs)
                      : std::nullopt;
    }
    std::optional<Bytes> ask(const Asked& asked) const {
        send(queryBytes(asked));
        return receive();
    }
    /// Ends its half of a connection and then the whole, so that the other end may write no more.
    void vanish() {
        const linger atOnce{1, 0};
        ::shutdown(socket_.get(), SHUT_WR);
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof(atOnce));
        socket_ = {};
    }

private:
    std::optional<Bytes> take(std::size_t most, bool whole, int patienceMs) const {
        pollfd ready{socket_.get(), POLLIN, 0};
        if (::poll(&ready, 1, patienceMs) != 1) {
            return std::nullopt;
        }
        Bytes bytes(most);
        const auto size = ::recv(socket_.get(), bytes.data(), most, whole ? MSG_WAITALL : 0);
        if (size <= 0) {
            return std::nullopt;
        }
        bytes.resize(static_cast<std::size_t>(size));
        return bytes;
    }

    const int type_;
    base::UniqueFd socket_;
};

/// Another name server, at a port of its own.
class OtherServer {
public:
    /// What it says to a query; empty: nothing.
    using Says = std::function<Bytes(const Bytes&)>;

    explicit OtherServer(Says says) : OtherServer(nullptr, 0, std::move(says)) {}
    /// Says `first` so many times to each query, and then `says`.
    OtherServer(Says first, int times, Says says)
        : first_(std::move(first)), times_(times), says_(std::move(says)) {
        auto opened = detail::openServerSocket(SOCK_DGRAM, {kLoopback, 0}, "");
        EXPECT_TRUE(opened.ok());
        endpoint_ = {kLoopback, opened->second};
        socket_ = std::move(opened->first);
        thread_ = std::thread([this] { run(); });
    }
    ~OtherServer() {
        ending_ = true;
        thread_.join();
    }
    OtherServer(const OtherServer&) = delete;
    OtherServer& operator=(const OtherServer&) = delete;

    const net::Endpoint& endpoint() const { return endpoint_; }
    int asked() const { return asked_; }

private:
    void run() {
        while (!ending_) {
            pollfd ready{socket_.get(), POLLIN, 0};
            if (::poll(&ready, 1, 20) != 1) {
                continue;
            }
            Bytes query(4096);
            detail::SocketAddress from;
            const auto size =
                ::recvfrom(socket_.get(), query.data(), query.size(), 0, from.get(), &from.size);
            query.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
            ++asked_;
            for (int time = 0; time < times_; ++time) {
                reply(first_(query), from);
            }
            reply(says_(query), from);
        }
    }

    void reply(const Bytes& bytes, const detail::SocketAddress& to) const {
        if (!bytes.empty()) {
            ::sendto(socket_.get(), bytes.data(), bytes.size(), 0, to.get(), to.size);
        }
    }

    const Says first_;
    const int times_;
    const Says says_;
    net::Endpoint endpoint_;
    base::UniqueFd socket_;
    std::atomic<bool> ending_ = false;
    std::atomic<int> asked_ = 0;
    std::thread thread_;
};
/// A server by UDP, and what listens by TCP at the same port; invalid when there was none free.
std::pair<std::unique_ptr<OtherServer>, base::UniqueFd> serverWithListener(
    const OtherServer::Says& says);

/// 192.0.2.7 for the question, with a life of a minute.
Bytes addressFor(const Bytes& query);

class DnsServerTest : public ::testing::Test {
protected:
    DnsServerTest() {
        options_.zone.domain = *mesh::dns::Name::parse("mesh.internal");
        // Members of this mesh are at addresses of loopback, but not at all of them.
        options_.zone.networks = {*net::IpPrefix::parse("127.0.0.0/16")};
        options_.zone.serving = mesh::dns::NodeId("ns");
        options_.addresses = {kLoopback};
        options_.udpPort = 0;
        options_.tcpPort = 0;
        options_.resolverFile = "/nowhere";
    }

    DnsServer& start() {
        auto started = DnsServer::start(options_);
        EXPECT_TRUE(started.ok()) << messageOf(started.status());
        server_ = *std::move(started);
        mesh::dns::ZoneNode node;
        node.id = mesh::dns::NodeId("node-a");
        node.ipv4 = *net::IpAddress::parse("127.0.0.9");
        server_->replaceNodes({node});
        return *server_;
    }
    net::Endpoint udp() const { return {kLoopback, server_->udpPort()}; }
    net::Endpoint tcp() const { return {kLoopback, server_->tcpPort()}; }
    std::string headerOf(const Asked& asked) const {
        const auto reply = Client(SOCK_DGRAM, udp()).ask(asked);
        return reply ? read(*reply).header : "nothing";
    }

    /// Asks again as a resolver does: a flood leaves no room for a query in the server's socket.
    std::string headerOfOneOfMany(const Asked& asked) const {
        for (int times = 0; times < kManyTimes; ++times) {
            const Client client(SOCK_DGRAM, udp());
            client.send(queryBytes(asked));
            if (const auto reply = client.receive(4 * kShortMs)) {
                return read(*reply).header;
            }
        }
        return "nothing";
    }

    DnsServerOptions options_;
    std::unique_ptr<DnsServer> server_;
};
inline const Asked kNode{.name = "node-a.mesh.internal"};
inline const Asked kOutside{.name = "example.org"};

}  // namespace weft::services::tests
