// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/dns_server.h"
#include "tests/core/services/dns/dns_server_fixture.h"
#include "tests/support/temp_dir.h"

#include <fstream>
#include <future>
#include <mutex>
#include <vector>

namespace weft::services::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

using DnsForwardingTest = DnsServerTest;

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
TEST_F(DnsForwardingTest, RefusesWhatItHasNobodyToAskFor) {
    start();
    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
}

TEST_F(DnsForwardingTest, AsksOthersAndKeepsWhatTheySay) {
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

TEST_F(DnsForwardingTest, OutlivesClientsThatAreGoneBeforeTheirReply) {
    std::promise<void> asked;
    std::promise<void> gone;
    std::once_flag first;
    const OtherServer other([&](const Bytes& query) {
        std::call_once(first, [&] {
            asked.set_value();
            gone.get_future().wait();
        });
        return addressFor(query);
    });
    options_.forwarders = {other.endpoint()};
    options_.limits.forwarding.each = 10s;
    start();

    Client byTcp(SOCK_STREAM, tcp());
    byTcp.send(queryBytes(kOutside));
    asked.get_future().wait();
    byTcp.vanish();
    gone.set_value();

    // Its reply was written before this one.
    EXPECT_TRUE(Client(SOCK_STREAM, tcp()).ask({.name = "example.net"}));
}

TEST_F(DnsForwardingTest, TakesOnlyRepliesToWhatItAsked) {
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

TEST_F(DnsForwardingTest, AsksTheNextOneWhenOneIsSilent) {
    const OtherServer silent([](const Bytes&) { return Bytes(); });
    const OtherServer other(addressFor);
    options_.forwarders = {silent.endpoint(), other.endpoint()};
    options_.limits.forwarding.each = 100ms;
    start();

    EXPECT_EQ(headerOf(kOutside), "NOERROR qr rd ra");
    EXPECT_EQ(silent.asked(), 1);
}

TEST_F(DnsForwardingTest, AsksAgainByTcpWhenAReplyWasCut) {
    const auto [other, listener] = serverWithListener([](const Bytes& query) {
        Bytes cut = query;
        cut[2] |= 0x82U;
        return cut;
    });
    ASSERT_TRUE(listener.valid());
    options_.forwarders = {other->endpoint()};
    options_.limits.forwarding.each = 10s;
    options_.limits.forwarding.all = 10s;
    start();
    std::thread byTcp([fd = listener.get()] { answerOnce(fd); });

    const auto reply = Client(SOCK_DGRAM, udp()).ask(kOutside);

    byTcp.join();
    ASSERT_TRUE(reply);
    EXPECT_EQ(read(*reply).header, "NOERROR qr rd ra");
    EXPECT_EQ(read(*reply).answer.size(), 1U);
}

TEST_F(DnsForwardingTest, NeverAsksItself) {
    for (int times = 0; times < kManyTimes && !server_; ++times) {
        // A port that was free a moment ago.
        options_.udpPort = OtherServer([](const Bytes&) { return Bytes(); }).endpoint().port;
        options_.forwarders = {{kLoopback, options_.udpPort}};
        if (auto started = DnsServer::start(options_); started.ok()) {
            server_ = *std::move(started);
        }
    }
    ASSERT_TRUE(server_);

    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
}

TEST_F(DnsForwardingTest, AsksNodesOfTheMeshForInternalNamesAlone) {
    const OtherServer node(addressFor);
    auto& server = start();
    server.setMeshForwarders({node.endpoint()});

    EXPECT_EQ(headerOf({.name = "a.other.internal"}), "NOERROR qr rd ra");
    EXPECT_EQ(headerOf(kOutside), "REFUSED qr rd ra");
    EXPECT_EQ(node.asked(), 1);
}

TEST_F(DnsForwardingTest, AsksEightNodesOfTheMeshAndNotOneMore) {
    std::vector<std::unique_ptr<OtherServer>> nodes;
    std::vector<net::Endpoint> endpoints;
    for (int number = 0; number < 9; ++number) {
        // What cannot be said is asked of the next one.
        nodes.push_back(std::make_unique<OtherServer>([](const Bytes& query) {
            auto reply = query;
            constexpr std::uint8_t kRefused = 5;
            reply[2] |= 0x80U;
            reply[3] = kRefused;
            return reply;
        }));
        endpoints.push_back(nodes.back()->endpoint());
    }
    auto& server = start();
    server.setMeshForwarders(endpoints);

    EXPECT_EQ(headerOf({.name = "a.other.internal"}), "SERVFAIL qr rd ra");

    for (std::size_t number = 0; number < nodes.size(); ++number) {
        EXPECT_EQ(nodes[number]->asked(), number < 8 ? 1 : 0) << number;
    }
}

TEST_F(DnsForwardingTest, PassesOverSixteenStrangeRepliesAndNotOneMore) {
    for (const int strange : {16, 17}) {
        const OtherServer other(
            [](const Bytes& query) {
                auto reply = addressFor(query);
                reply[0] ^= 1U;
                return reply;
            },
            strange,
            addressFor);
        const OtherServer next(addressFor);
        options_.forwarders = {other.endpoint(), next.endpoint()};
        options_.limits.forwarding.each = 10s;
        options_.limits.forwarding.all = 10s;
        start();

        EXPECT_EQ(headerOf(kOutside), "NOERROR qr rd ra");
        EXPECT_EQ(next.asked(), strange > 16 ? 1 : 0);
    }
}
TEST_F(DnsForwardingTest, UsesTheServersOfTheSystem) {
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
