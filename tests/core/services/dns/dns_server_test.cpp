// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/dns_server.h"

#include "tests/core/services/dns/dns_server_fixture.h"
#include "tests/fuzz/mutator.h"
#include "tests/support/random_seed.h"

#include <algorithm>
#include <cstdlib>
#include <future>

namespace weft::services::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

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
TEST_F(DnsServerTest, AnswersThisHostAloneWhenItServesNobodyElse) {
    const OtherServer other(addressFor);
    options_.servesMembers = false;
    options_.forwarders = {other.endpoint()};
    options_.forwards = false;
    start();

    EXPECT_EQ(headerOf(kNode), "NOERROR qr aa rd ra");
    EXPECT_EQ(headerOf(kOutside), "NOERROR qr rd ra");
    EXPECT_EQ(server_->hostEndpoint(), udp());
    EXPECT_TRUE(server_->hostPortFailure().ok());
    // A member is a stranger then.
    const Client byUdp(SOCK_DGRAM, udp(), "127.0.0.2");
    byUdp.send(queryBytes(kNode));
    EXPECT_FALSE(byUdp.receive(kShortMs));
    EXPECT_FALSE(Client(SOCK_STREAM, tcp(), "127.0.0.2").receive());
}

TEST_F(DnsServerTest, ForwardsForThisHostOnlyWhenItMay) {
    const OtherServer other(addressFor);
    options_.servesMembers = false;
    options_.forwarders = {other.endpoint()};
    options_.forwardsForHost = false;
    start();

    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
}

TEST_F(DnsServerTest, HasAnotherPortForThisHostAndNeverAsksItselfThere) {
    for (int times = 0; times < kManyTimes && options_.hostPort == 0; ++times) {
        const auto [other, listener] = serverWithListener(addressFor);
        options_.hostPort = other->endpoint().port;
    }
    options_.forwarders = {{kLoopback, options_.hostPort}};
    auto& server = start();

    ASSERT_TRUE(server.hostPortFailure().ok()) << messageOf(server.hostPortFailure());
    EXPECT_EQ(server.hostEndpoint(), (net::Endpoint{kLoopback, options_.hostPort}));
    for (const int type : {SOCK_DGRAM, SOCK_STREAM}) {
        const auto reply = Client(type, server.hostEndpoint()).ask(kNode);
        ASSERT_TRUE(reply);
        EXPECT_EQ(read(*reply).header, "NOERROR qr aa rd ra");
    }
    const Client member(SOCK_DGRAM, server.hostEndpoint(), "127.0.0.2");
    member.send(queryBytes(kNode));
    EXPECT_FALSE(member.receive(kShortMs));
    EXPECT_TRUE(Client(SOCK_DGRAM, udp(), "127.0.0.2").ask(kNode));
    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
}

TEST_F(DnsServerTest, DoesWithoutThePortForThisHostWhenItIsTaken) {
    const OtherServer other(addressFor);
    options_.hostPort = other.endpoint().port;
    auto& server = start();

    EXPECT_THAT(
        messageOf(server.hostPortFailure()), ::testing::HasSubstr("is taken by another program"));
    EXPECT_EQ(server.hostEndpoint(), udp());
    EXPECT_EQ(headerOf(kNode), "NOERROR qr aa rd ra");
}

/// Damaged queries by UDP, damaged ones by TCP, and connections that end in between.
void flood(const net::Endpoint& udp, const net::Endpoint& tcp, int rounds) {
    const auto text = [](const Bytes& bytes) { return std::string(bytes.begin(), bytes.end()); };
    Asked outside = kOutside;
    outside.type = mesh::dns::kTypeTxt;
    fuzz::Mutator mutator(
        {text(queryBytes(kNode)), text(queryBytes(outside)), std::string("\0\7nothing", 9)},
        weft::tests::randomSeed());
    constexpr int kByTcpEach = 50;
    for (int round = 0; round < rounds; ++round) {
        const auto damaged = mutator.next();
        const auto size = std::min<std::size_t>(damaged.size(), mesh::dns::kMaxQueryBytes);
        const Bytes bytes(damaged.begin(), damaged.begin() + static_cast<std::ptrdiff_t>(size));
        const Client byUdp(SOCK_DGRAM, udp, round % 2 == 0 ? "127.0.0.3" : "127.9.0.1");
        byUdp.trySend(bytes);
        if (round % kByTcpEach == 0) {
            const Client byTcp(SOCK_STREAM, tcp, "127.0.0.4");
            byTcp.trySend(bytes);
        }
    }
}

TEST_F(DnsServerTest, StandsAFloodOfDamagedQueries) {
    const auto [other, listener] = serverWithListener([](const Bytes& query) {
        auto reply = query;
        reply.resize(reply.size() / 2);
        return reply;
    });
    options_.forwarders = {other->endpoint()};
    options_.limits.forwarding.each = 10ms;
    auto& server = start();
    const char* more = std::getenv("WEFT_FLOOD");  // NOLINT(concurrency-mt-unsafe): no other thread

    flood(udp(), tcp(), more == nullptr ? 5'000 : std::atoi(more));  // NOLINT(cert-err34-c)

    EXPECT_EQ(headerOfOneOfMany(kNode), "NOERROR qr aa rd ra");
    EXPECT_GT(server.figures().queries, 1'000U);
    EXPECT_GT(server.figures().dropped, 100U);
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
    server.probe(udp(), [&found](const Status& status) { found.set_value(status); });
    auto future = found.get_future();
    ASSERT_EQ(future.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(future.get().ok());
}
}  // namespace
}  // namespace weft::services::tests
