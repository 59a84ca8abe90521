// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/dns_server.h"

#include "core/base/unique_fd.h"
#include "core/services/dns/detail/sockets.h"
#include "tests/core/mesh/dns/dns_messages.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <poll.h>

namespace weft::services::tests {
namespace {

using namespace std::chrono_literals;
using mesh::dns::Bytes;
using mesh::dns::tests::Asked;
using mesh::dns::tests::queryBytes;
using mesh::dns::tests::read;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kPatienceMs = 10'000;
constexpr int kShortMs = 50;

const auto kLoopback = net::IpAddress::v4(INADDR_LOOPBACK);

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
    const base::UniqueFd socket_;
};

/// Another name server, at a port of its own.
class OtherServer {
public:
    /// What it says to a query; empty: nothing.
    using Says = std::function<Bytes(const Bytes&)>;

    explicit OtherServer(Says says) : says_(std::move(says)) {
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
            if (const auto reply = says_(query); !reply.empty()) {
                ::sendto(socket_.get(), reply.data(), reply.size(), 0, from.get(), from.size);
            }
        }
    }

    const Says says_;
    net::Endpoint endpoint_;
    base::UniqueFd socket_;
    std::atomic<bool> ending_ = false;
    std::atomic<int> asked_ = 0;
    std::thread thread_;
};

/// 192.0.2.7 for the question, with a life of a minute.
Bytes addressFor(const Bytes& query) {
    const auto asked = mesh::dns::readQuery(query, mesh::dns::Transport::Udp);
    const auto& parsed = std::get<mesh::dns::Query>(asked);
    Bytes reply(query.begin(), query.begin() + 12);
    reply[2] |= 0x80U;
    reply[7] = 1;
    reply[11] = 0;
    reply.insert(reply.end(), parsed.sentName.begin(), parsed.sentName.end());
    reply.insert(reply.end(), {0, 1, 0, 1});
    reply.insert(reply.end(), {0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7});
    return reply;
}

/// One query to `listener` by TCP; gives up after a while.
void answerOnce(int listener) {
    pollfd ready{listener, POLLIN, 0};
    if (::poll(&ready, 1, kPatienceMs) != 1) {
        return;
    }
    const base::UniqueFd client(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    Bytes query(2);
    ::recv(client.get(), query.data(), query.size(), MSG_WAITALL);
    query.resize(static_cast<std::size_t>(query[0] << 8U | query[1]));
    ::recv(client.get(), query.data(), query.size(), MSG_WAITALL);
    auto reply = addressFor(query);
    reply.insert(reply.begin(), {0, static_cast<std::uint8_t>(reply.size())});
    ::send(client.get(), reply.data(), reply.size(), MSG_NOSIGNAL);
}

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

    DnsServerOptions options_;
    std::unique_ptr<DnsServer> server_;
};

const Asked kNode{.name = "node-a.mesh.internal"};
const Asked kOutside{.name = "example.org"};

TEST_F(DnsServerTest, AnswersByUdpAndTcpOnceForEachQuery) {
    start();
    const Client byUdp(SOCK_DGRAM, udp());
    const auto reply = byUdp.ask(kNode);
    ASSERT_TRUE(reply);
    EXPECT_THAT(read(*reply).answer, ElementsAre("node-a.mesh.internal. 1 IN A 127.0.0.9"));
    EXPECT_FALSE(byUdp.receive(kShortMs));

    const Client byTcp(SOCK_STREAM, tcp());
    for (int times = 0; times < 3; ++times) {
        const auto again = byTcp.ask(kNode);
        ASSERT_TRUE(again);
        EXPECT_EQ(read(*again).header, "NOERROR qr aa rd ra");
    }
    EXPECT_EQ(server_->figures().queries, 4U);
}

TEST_F(DnsServerTest, SaysNothingToStrangers) {
    start();
    const Client byUdp(SOCK_DGRAM, udp(), "127.9.0.1");
    byUdp.send(queryBytes(kNode));
    EXPECT_FALSE(byUdp.receive(kShortMs));

    const Client byTcp(SOCK_STREAM, tcp(), "127.9.0.1");
    EXPECT_FALSE(byTcp.ask(kNode));
    EXPECT_EQ(server_->figures().dropped, 2U);
}

TEST_F(DnsServerTest, FollowsTheMesh) {
    auto& server = start();
    mesh::dns::ZoneNode node;
    node.id = mesh::dns::NodeId("new");
    node.ipv4 = *net::IpAddress::parse("127.0.0.10");

    server.setNodes({node}, {mesh::dns::NodeId("node-a")});
    server.setServers({.leader = mesh::dns::NodeId("new"), .voters = {}, .observers = {}});

    EXPECT_EQ(headerOf(kNode), "NXDOMAIN qr aa rd ra");
    const auto leader = Client(SOCK_DGRAM, udp()).ask({.name = "leader.mesh.internal"});
    EXPECT_EQ(read(*leader).answer.size(), 2U);
}

TEST_F(DnsServerTest, SaysThatItsPortIsTaken) {
    start();
    options_.udpPort = server_->udpPort();
    const auto second = DnsServer::start(options_);
    EXPECT_EQ(second.status().code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(second.status()), ::testing::HasSubstr("is taken by another program"));
    options_.udpPort = 0;
    options_.tcpPort = server_->tcpPort();
    EXPECT_EQ(DnsServer::start(options_).status().code(), StatusCode::kUnavailable);
    options_.addresses.clear();
    EXPECT_EQ(DnsServer::start(options_).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(DnsServerTest, RefusesWhatItHasNobodyToAskFor) {
    start();
    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
}

TEST_F(DnsServerTest, AsksOthersAndKeepsWhatTheySay) {
    const OtherServer other(addressFor);
    options_.forwarders = {other.endpoint()};
    start();

    const auto reply = Client(SOCK_DGRAM, udp()).ask(kOutside);
    ASSERT_TRUE(reply);
    EXPECT_THAT(read(*reply).answer, ElementsAre("example.org. 60 IN A 192.0.2.7"));
    EXPECT_EQ(read(*reply).header, "NOERROR qr rd ra");
    EXPECT_TRUE(Client(SOCK_STREAM, tcp()).ask(kOutside));

    EXPECT_EQ(other.asked(), 1);
    EXPECT_EQ(server_->figures().fromCache, 1U);
    Asked local = kOutside;
    local.recursionDesired = false;
    EXPECT_EQ(headerOf(local), "REFUSED qr ra");
}

TEST_F(DnsServerTest, TakesOnlyRepliesToWhatItAsked) {
    const OtherServer other([](const Bytes& query) {
        auto reply = addressFor(query);
        reply[0] ^= 1U;
        return reply;
    });
    options_.forwarders = {other.endpoint()};
    options_.limits.forwarding.each = 200ms;
    start();

    EXPECT_EQ(headerOf(kOutside), "SERVFAIL qr rd ra");
}

TEST_F(DnsServerTest, AsksTheNextOneWhenOneIsSilent) {
    const OtherServer silent([](const Bytes&) { return Bytes(); });
    const OtherServer other(addressFor);
    options_.forwarders = {silent.endpoint(), other.endpoint()};
    options_.limits.forwarding.each = 100ms;
    start();

    EXPECT_EQ(headerOf(kOutside), "NOERROR qr rd ra");
    EXPECT_EQ(silent.asked(), 1);
}

TEST_F(DnsServerTest, AsksAgainByTcpWhenAReplyWasCut) {
    const OtherServer other([](const Bytes& query) {
        Bytes cut = query;
        cut[2] |= 0x82U;
        return cut;
    });
    auto listener = detail::openServerSocket(SOCK_STREAM, other.endpoint(), "");
    if (!listener.ok()) {
        GTEST_SKIP() << messageOf(listener.status());
    }
    options_.forwarders = {other.endpoint()};
    options_.limits.forwarding.each = 10s;
    options_.limits.forwarding.all = 10s;
    start();
    std::thread byTcp([&listener] { answerOnce(listener->first.get()); });

    const auto reply = Client(SOCK_DGRAM, udp()).ask(kOutside);

    byTcp.join();
    ASSERT_TRUE(reply);
    EXPECT_EQ(read(*reply).header, "NOERROR qr rd ra");
    EXPECT_EQ(read(*reply).answer.size(), 1U);
}

TEST_F(DnsServerTest, NeverAsksItself) {
    const OtherServer port([](const Bytes&) { return Bytes(); });
    options_.udpPort = static_cast<std::uint16_t>(port.endpoint().port + 1);
    options_.forwarders = {{kLoopback, options_.udpPort}};
    auto started = DnsServer::start(options_);
    if (!started.ok()) {
        GTEST_SKIP() << messageOf(started.status());
    }
    server_ = *std::move(started);

    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
}

TEST_F(DnsServerTest, AsksNodesOfTheMeshForInternalNamesAlone) {
    const OtherServer node(addressFor);
    auto& server = start();
    server.setMeshForwarders({node.endpoint()});

    EXPECT_EQ(headerOf({.name = "a.other.internal"}), "NOERROR qr rd ra");
    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
    EXPECT_EQ(node.asked(), 1);
}

TEST_F(DnsServerTest, LimitsWhatASourceMayHave) {
    options_.limits.queriesPerSource = 3;
    start();
    const Client greedy(SOCK_DGRAM, udp(), "127.0.0.2");
    int answered = 0;
    for (int times = 0; times < 8; ++times) {
        greedy.send(queryBytes(kNode));
    }
    while (greedy.receive(kShortMs)) {
        ++answered;
    }

    // They may fall into two seconds.
    EXPECT_GE(answered, 3);
    EXPECT_LE(answered, 6);
    EXPECT_TRUE(Client(SOCK_DGRAM, udp(), "127.0.0.3").ask(kNode));
}

TEST_F(DnsServerTest, HasSoManyConnectionsAndNoMore) {
    options_.limits.connections = 3;
    options_.limits.connectionsPerSource = 2;
    start();
    const Client one(SOCK_STREAM, tcp(), "127.0.0.2");
    const Client two(SOCK_STREAM, tcp(), "127.0.0.2");
    EXPECT_TRUE(one.ask(kNode));
    EXPECT_TRUE(two.ask(kNode));
    const Client third(SOCK_STREAM, tcp(), "127.0.0.2");
    EXPECT_FALSE(third.receive());
    const Client other(SOCK_STREAM, tcp(), "127.0.0.3");
    EXPECT_TRUE(other.ask(kNode));
    const Client last(SOCK_STREAM, tcp(), "127.0.0.4");
    EXPECT_FALSE(last.receive());
    EXPECT_EQ(server_->figures().connections, 3U);
}

TEST_F(DnsServerTest, EndsConnectionsThatSayNothing) {
    options_.limits.idle = 100ms;
    start();
    const Client silent(SOCK_STREAM, tcp());
    EXPECT_FALSE(silent.receive());
    EXPECT_EQ(server_->figures().connections, 0U);
}

TEST_F(DnsServerTest, EndsConnectionsWithQueriesThatAreTooShortOrTooLong) {
    start();
    const Client tooShort(SOCK_STREAM, tcp());
    tooShort.send(Bytes(3));
    EXPECT_FALSE(tooShort.receive());
    const Client tooLong(SOCK_STREAM, tcp());
    tooLong.send(Bytes(mesh::dns::kMaxQueryBytes + 1));
    EXPECT_FALSE(tooLong.receive());
}

TEST_F(DnsServerTest, FindsThatItAnswers) {
    auto& server = start();
    std::promise<Status> found;
    server.probe([&found](const Status& status) { found.set_value(status); });
    auto future = found.get_future();
    ASSERT_EQ(future.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(future.get().ok());
}

TEST_F(DnsServerTest, UsesTheServersOfTheSystem) {
    weft::tests::TempDir folder;
    options_.resolverFile = folder.path() / "resolv.conf";
    std::ofstream(options_.resolverFile) << "nameserver 127.0.0.250\n";
    options_.limits.forwarding.each = 100ms;
    start();
    // Somebody is to be asked, and nobody is there.
    EXPECT_EQ(headerOf(kOutside), "SERVFAIL qr rd ra");
}

}  // namespace
}  // namespace weft::services::tests
