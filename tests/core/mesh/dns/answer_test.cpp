// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/answer.h"

#include "tests/core/mesh/dns/dns_messages.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <utility>

namespace weft::mesh::dns::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr const char* kSoa =
    "mesh.internal. 1 IN SOA ns.mesh.internal. hostmaster.ns.mesh.internal.";
constexpr const char* kNs = "mesh.internal. 1 IN NS ns.mesh.internal.";

class DnsAnswer : public ::testing::Test {
protected:
    DnsAnswer() : zone_(options()) {
        add("ns", "172.16.0.1", "fd00:1::1:0");
        add("Node-A", "172.16.0.2", "fd00:1::2:0");
        add("four", "172.16.0.4", "");
        add("six", "", "fd00:1::6:0");
        zone_.setServers(
            {.leader = NodeId("ns"),
             .voters = {NodeId("ns"), NodeId("Node-A")},
             .observers = {NodeId("four")}});
    }

    static ZoneOptions options() {
        ZoneOptions options;
        options.domain = *Name::parse("Mesh.internal.");
        options.networks = {
            *net::IpPrefix::parse("172.16.0.0/12"), *net::IpPrefix::parse("fd00:1::/32")};
        options.serving = NodeId("ns");
        return options;
    }

    void add(const std::string& id, const std::string& ipv4, const std::string& ipv6) {
        ZoneNode node;
        node.id = NodeId(id);
        if (!ipv4.empty()) {
            node.ipv4 = *net::IpAddress::parse(ipv4);
        }
        if (!ipv6.empty()) {
            node.ipv6 = *net::IpAddress::parse(ipv6);
        }
        node.storagePort = 9000;
        node.rpcPort = 8443;
        zone_.set(std::move(node));
    }

    Verdict verdict(const Asked& asked, Transport by = Transport::Udp) const {
        return answer(zone_, queryBytes(asked), by, Caller::Member);
    }
    Told ask(const Asked& asked, Transport by = Transport::Udp) const {
        auto got = verdict(asked, by);
        const auto* bytes = std::get_if<Bytes>(&got);
        if (bytes == nullptr) {
            ADD_FAILURE() << asked.name << " is not answered";
            return {};
        }
        return read(*bytes);
    }
    Told ask(const std::string& name, std::uint16_t type) const {
        return ask({.name = name, .type = type});
    }
    bool isForOthers(const std::string& name, std::uint16_t type = kTypeA) const {
        return std::holds_alternative<Outside>(verdict({.name = name, .type = type}));
    }

    Zone zone_;
};

TEST_F(DnsAnswer, TellsTheAddressesOfANode) {
    const auto four = ask("node-a.mesh.internal", kTypeA);
    EXPECT_EQ(four.header, "NOERROR qr aa rd ra");
    EXPECT_EQ(four.id, 0x1234);
    EXPECT_THAT(four.answer, ElementsAre("node-a.mesh.internal. 1 IN A 172.16.0.2"));
    EXPECT_THAT(four.authority, ElementsAre(kNs));

    const auto six = ask("node-a.mesh.internal", kTypeAaaa);
    EXPECT_THAT(six.answer, ElementsAre("node-a.mesh.internal. 1 IN AAAA fd00:1::2:0"));
}

TEST_F(DnsAnswer, FindsANodeInAnyCaseAndRepeatsTheQuestionAsItWasSent) {
    const auto told = ask("nODE-a.MESH.internal", kTypeA);

    EXPECT_THAT(told.question, ElementsAre("nODE-a.MESH.internal. A"));
    // The owner is a pointer to the question.
    EXPECT_THAT(told.answer, ElementsAre("nODE-a.MESH.internal. 1 IN A 172.16.0.2"));
}

TEST_F(DnsAnswer, TellsWhatANodeIsAsTexts) {
    const auto told = ask("node-a.mesh.internal", kTypeTxt);

    EXPECT_THAT(
        told.answer,
        ElementsAre("node-a.mesh.internal. 1 IN TXT \"id=Node-A\" \"storage_port=9000\" "
                    "\"grpc_port=8443\" \"wireguard_endpoints=<none>\" "
                    "\"primary_endpoint=<none>\""));
    EXPECT_THAT(told.additional, SizeIs(2));
    EXPECT_THAT(ask("node-a.mesh.internal", kTypeA).additional, ElementsAre(told.answer[0]));
}

TEST_F(DnsAnswer, EscapesAndBoundsWhatNodesSayOfThemselves) {
    ZoneNode node;
    node.id = NodeId("evil");
    node.primaryEndpoint = "\x1b[31m\u202E";
    node.wireguardEndpoints.assign(1000, "192.0.2.1:51820");
    zone_.set(std::move(node));

    const auto told = ask("evil.mesh.internal", kTypeTxt);

    ASSERT_THAT(told.answer, SizeIs(1));
    EXPECT_THAT(told.answer[0], HasSubstr("primary_endpoint=\\\\x1b[31m\\\\xe2\\\\x80\\\\xae"));
    EXPECT_LT(told.bytes, 600U);
}

TEST_F(DnsAnswer, LooksUpTheFirstLabelOfDeeperNames) {
    EXPECT_THAT(
        ask("node-a.any.thing.mesh.internal", kTypeA).answer,
        ElementsAre("node-a.any.thing.mesh.internal. 1 IN A 172.16.0.2"));
    EXPECT_EQ(ask("other.node-a.mesh.internal", kTypeA).header, "NXDOMAIN qr aa rd ra");
}

TEST_F(DnsAnswer, SaysThatANameIsThereWithoutWhatWasAskedFor) {
    for (const auto& told :
         {ask("six.mesh.internal", kTypeA),
          ask("four.mesh.internal", kTypeAaaa),
          ask("node-a.mesh.internal", 15),
          ask("mesh.internal", kTypeA)}) {
        EXPECT_EQ(told.header, "NOERROR qr aa rd ra") << told.question[0];
        EXPECT_THAT(told.answer, IsEmpty());
        EXPECT_THAT(told.authority, ElementsAre(StartsWith(kSoa)));
    }
}

TEST_F(DnsAnswer, SaysThatANameIsNotThere) {
    const auto told = ask("nobody.mesh.internal", kTypeA);

    EXPECT_EQ(told.header, "NXDOMAIN qr aa rd ra");
    EXPECT_THAT(told.authority, ElementsAre(StartsWith(kSoa)));
}

TEST_F(DnsAnswer, TellsWhoAnswersForTheMesh) {
    EXPECT_THAT(ask("mesh.internal", kTypeSoa).answer, ElementsAre(StartsWith(kSoa)));
    EXPECT_THAT(ask("mesh.internal", kTypeNs).answer, ElementsAre(kNs));
    EXPECT_THAT(ask("mesh.internal", kTypeNs).authority, IsEmpty());
}

TEST_F(DnsAnswer, PointsToTheLeaderVotersAndObservers) {
    EXPECT_THAT(
        ask("leader.mesh.internal", kTypeA).answer,
        ElementsAre(
            "leader.mesh.internal. 1 IN CNAME ns.mesh.internal.",
            "ns.mesh.internal. 1 IN A 172.16.0.1"));
    EXPECT_THAT(
        ask("voters.mesh.internal", kTypeAaaa).answer,
        ElementsAre(
            "voters.mesh.internal. 1 IN AAAA fd00:1::1:0",
            "voters.mesh.internal. 1 IN AAAA fd00:1::2:0"));
    EXPECT_THAT(ask("voters.mesh.internal", kTypeTxt).answer, SizeIs(2));
    // A name has one alias at most.
    EXPECT_EQ(ask("voters.mesh.internal", kTypeCname).header, "NOERROR qr aa rd ra");
    EXPECT_THAT(ask("voters.mesh.internal", kTypeCname).answer, SizeIs(0));
    EXPECT_THAT(
        ask("observers.mesh.internal", kTypeCname).answer,
        ElementsAre("observers.mesh.internal. 1 IN CNAME four.mesh.internal."));
    EXPECT_THAT(ask("observers.mesh.internal", kTypeTxt).answer, SizeIs(2));
}

TEST_F(DnsAnswer, KnowsTheNamesOfServersAlsoWhileThereAreNone) {
    zone_.setServers({});

    for (const std::string name : {"leader", "voters", "observers"}) {
        EXPECT_EQ(ask(name + ".mesh.internal", kTypeA).header, "NOERROR qr aa rd ra") << name;
    }
}

TEST_F(DnsAnswer, ListsSoManyServersAndNoMore) {
    ZoneServers servers;
    for (std::size_t number = 0; number <= kMostListed; ++number) {
        const auto id = fmt::format("v{}", number);
        add(id, fmt::format("172.17.{}.{}", number / 250, number % 250 + 1), "");
        servers.voters.emplace_back(id);
    }
    zone_.setServers(std::move(servers));

    const auto all = ask({.name = "voters.mesh.internal", .type = kTypeA}, Transport::Tcp);
    EXPECT_THAT(all.answer, SizeIs(kMostListed));
    const auto texts = ask({.name = "voters.mesh.internal", .type = kTypeTxt}, Transport::Tcp);
    EXPECT_LE(texts.bytes, kMaxTcpReplyBytes);
}

TEST_F(DnsAnswer, NamesTheNodeOfAnAddress) {
    const auto four = ask("2.0.16.172.in-addr.arpa", kTypePtr);
    EXPECT_EQ(four.header, "NOERROR qr aa rd ra");
    EXPECT_THAT(
        four.answer, ElementsAre("2.0.16.172.in-addr.arpa. 1 IN PTR node-a.mesh.internal."));
    EXPECT_THAT(four.authority, ElementsAre("16.172.in-addr.arpa. 1 IN NS ns.mesh.internal."));

    const auto six =
        ask("0.0.0.0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa", kTypePtr);
    ASSERT_THAT(six.answer, SizeIs(1));
    EXPECT_THAT(six.answer[0], HasSubstr("IN PTR node-a.mesh.internal."));
    EXPECT_THAT(six.authority, ElementsAre("1.0.0.0.0.0.d.f.ip6.arpa. 1 IN NS ns.mesh.internal."));
}

TEST_F(DnsAnswer, SaysForTheAddressesOfTheMeshWhatIsNotThere) {
    EXPECT_EQ(ask("9.9.31.172.in-addr.arpa", kTypePtr).header, "NXDOMAIN qr aa rd ra");
    EXPECT_THAT(
        ask("9.9.31.172.in-addr.arpa", kTypePtr).authority,
        ElementsAre(StartsWith("31.172.in-addr.arpa. 1 IN SOA ns.mesh.internal.")));
    EXPECT_EQ(ask("2.0.16.172.in-addr.arpa", kTypeA).header, "NOERROR qr aa rd ra");
    EXPECT_EQ(ask("0.16.172.in-addr.arpa", kTypePtr).header, "NOERROR qr aa rd ra");
    EXPECT_EQ(ask("x.2.0.16.172.in-addr.arpa", kTypePtr).header, "NXDOMAIN qr aa rd ra");
    EXPECT_EQ(ask("02.0.16.172.in-addr.arpa", kTypePtr).header, "NXDOMAIN qr aa rd ra");
    EXPECT_THAT(ask("16.172.in-addr.arpa", kTypeSoa).answer, SizeIs(1));
}

TEST_F(DnsAnswer, LeavesWhatIsNotOfTheMeshToOthers) {
    EXPECT_TRUE(isForOthers("example.org"));
    EXPECT_TRUE(isForOthers("internal"));
    EXPECT_TRUE(isForOthers("xmesh.internal"));
    EXPECT_TRUE(isForOthers(""));
    EXPECT_TRUE(isForOthers("1.0.32.172.in-addr.arpa", kTypePtr));
    EXPECT_TRUE(isForOthers("172.in-addr.arpa", kTypePtr));
    EXPECT_TRUE(isForOthers("in-addr.arpa", kTypePtr));
    EXPECT_TRUE(isForOthers("2.0.0.0.0.0.d.f.ip6.arpa", kTypePtr));
}

TEST_F(DnsAnswer, LeavesOutNodesThatHaveNoLabel) {
    for (const std::string id : {"a.b", "a/b", "\u202Eevil"}) {
        add(id, "172.16.9.9", "");
        EXPECT_EQ(
            ask({.name = id + ".mesh.internal", .type = kTypeA}).header, "NXDOMAIN qr aa rd ra")
            << id;
    }
    EXPECT_EQ(ask("9.9.16.172.in-addr.arpa", kTypePtr).header, "NXDOMAIN qr aa rd ra");
    add(std::string(64, 'a'), "172.16.9.9", "");
    EXPECT_EQ(zone_.leftOut(), 4U);
    zone_.setServers({.leader = NodeId("a.b"), .voters = {NodeId("gone")}, .observers = {}});
    EXPECT_THAT(ask("leader.mesh.internal", kTypeA).answer, IsEmpty());
    EXPECT_THAT(ask("voters.mesh.internal", kTypeA).answer, IsEmpty());
}

TEST_F(DnsAnswer, DoesNotTellIpv4WhereItIsOff) {
    auto own = options();
    own.ipv6Only = true;
    Zone zone(std::move(own));
    zone.set(*zone_.node(NodeId("Node-A")));

    auto got = answer(
        zone,
        queryBytes({.name = "node-a.mesh.internal", .type = kTypeA}),
        Transport::Udp,
        Caller::Host);

    const auto told = read(std::get<Bytes>(got));
    EXPECT_EQ(told.header, "NOERROR qr aa rd ra");
    EXPECT_THAT(told.answer, IsEmpty());
}

TEST_F(DnsAnswer, RefusesWhatItDoesNotDo) {
    EXPECT_EQ(ask("mesh.internal", kTypeAxfr).header, "REFUSED qr rd ra");
    EXPECT_EQ(ask("mesh.internal", kTypeIxfr).header, "REFUSED qr rd ra");
    EXPECT_EQ(ask("mesh.internal", kTypeAny).header, "NOTIMPL qr rd ra");
    EXPECT_EQ(ask("mesh.internal", 249).header, "NOTIMPL qr rd ra");
    EXPECT_EQ(ask("mesh.internal", kTypeOpt).header, "FORMERR qr rd ra");
    constexpr std::uint16_t kChaos = 3;
    EXPECT_EQ(
        ask({.name = "version.bind", .type = kTypeTxt, .qclass = kChaos}).header,
        "REFUSED qr rd ra");
    EXPECT_EQ(
        ask({.name = "mesh.internal", .udpBytes = 1232, .ednsVersion = 1}).header, "16 qr rd ra");
}

TEST_F(DnsAnswer, RefusesOtherDeedsAndCountsOfQuestions) {
    const auto changed = [this](std::size_t at, std::uint8_t value) {
        auto bytes = queryBytes({.name = "node-a.mesh.internal"});
        bytes[at] = value;
        const auto got = answer(zone_, bytes, Transport::Udp, Caller::Member);
        const auto* reply = std::get_if<Bytes>(&got);
        return reply == nullptr ? std::string("nothing") : read(*reply).header;
    };

    EXPECT_EQ(changed(2, 0x28), "NOTIMPL qr ra");  // UPDATE
    EXPECT_EQ(changed(5, 0), "FORMERR qr rd ra");
    EXPECT_EQ(changed(5, 2), "FORMERR qr rd ra");
    EXPECT_EQ(changed(12, 0x3F), "FORMERR qr rd ra");
    EXPECT_EQ(changed(2, 0x81), "nothing");  // a reply
}

TEST_F(DnsAnswer, SaysNothingToHalfAHeader) {
    const auto bytes = queryBytes({.name = "node-a.mesh.internal"});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto got =
            answer(zone_, std::span(bytes).first(size), Transport::Udp, Caller::Member);
        if (size < kHeaderBytes) {
            EXPECT_TRUE(std::holds_alternative<Silence>(got)) << size;
        } else {
            EXPECT_EQ(read(std::get<Bytes>(got)).header, "FORMERR qr rd ra") << size;
        }
    }
}

TEST_F(DnsAnswer, RefusesQueriesThatAreTooLong) {
    auto bytes = queryBytes({.name = "node-a.mesh.internal", .udpBytes = 1232});
    // One option of the OPT record fills it up.
    const auto free = kMaxQueryBytes - bytes.size();
    bytes[bytes.size() - 2] = static_cast<std::uint8_t>(free >> 8U);
    bytes[bytes.size() - 1] = static_cast<std::uint8_t>(free & 0xFFU);
    const auto option = free - 4;
    bytes.insert(
        bytes.end(),
        {0,
         12,
         static_cast<std::uint8_t>(option >> 8U),
         static_cast<std::uint8_t>(option & 0xFFU)});
    bytes.resize(kMaxQueryBytes);

    auto got = answer(zone_, bytes, Transport::Tcp, Caller::Member);
    EXPECT_EQ(read(std::get<Bytes>(got)).header, "NOERROR qr aa rd ra");
    bytes.push_back(0);
    got = answer(zone_, bytes, Transport::Tcp, Caller::Member);
    EXPECT_EQ(read(std::get<Bytes>(got)).header, "FORMERR qr rd ra");
}

TEST_F(DnsAnswer, SaysNothingToStrangers) {
    for (const std::string name : {"node-a.mesh.internal", "example.org"}) {
        EXPECT_TRUE(std::holds_alternative<Silence>(
            answer(zone_, queryBytes({.name = name}), Transport::Udp, Caller::Stranger)));
    }
}

TEST_F(DnsAnswer, SpeaksEdnsToThoseWhoDo) {
    const auto told = ask({.name = "node-a.mesh.internal", .udpBytes = 4096, .dnssecOk = true});
    EXPECT_TRUE(told.hasEdns);
    EXPECT_TRUE(told.dnssecOk);
    EXPECT_FALSE(ask("node-a.mesh.internal", kTypeA).hasEdns);
}

TEST_F(DnsAnswer, HasClientsComeAgainByTcpWhenItDoesNotFit) {
    ZoneServers servers;
    for (int number = 0; number < 100; ++number) {
        const auto id = fmt::format("a-voter-with-a-long-name-{}", number);
        add(id, fmt::format("172.17.0.{}", number + 1), "");
        servers.voters.emplace_back(id);
    }
    zone_.setServers(std::move(servers));
    const std::string name = "voters.mesh.internal";

    const auto plain = ask({.name = name});
    EXPECT_EQ(plain.header, "NOERROR qr aa tc rd ra");
    EXPECT_THAT(plain.answer, IsEmpty());
    const auto edns = ask({.name = name, .udpBytes = 65000});
    EXPECT_EQ(edns.header, "NOERROR qr aa tc rd ra");
    EXPECT_LE(edns.bytes, kMaxUdpReplyBytes);
    const auto tcp = ask({.name = name}, Transport::Tcp);
    EXPECT_EQ(tcp.header, "NOERROR qr aa rd ra");
    EXPECT_THAT(tcp.answer, SizeIs(100));
}

TEST_F(DnsAnswer, LeavesAdditionalRecordsOutBeforeItCutsAnswers) {
    ZoneNode node;
    node.id = NodeId("talker");
    node.ipv4 = net::IpAddress::v4(0xAC100A0AU);
    node.primaryEndpoint = std::string(250, 'p');
    node.wireguardEndpoints = {std::string(250, 'w')};
    zone_.set(std::move(node));

    const auto told = ask("talker.mesh.internal", kTypeA);

    EXPECT_EQ(told.header, "NOERROR qr aa rd ra");
    EXPECT_THAT(told.answer, SizeIs(1));
    EXPECT_THAT(told.additional, IsEmpty());
}

}  // namespace
}  // namespace weft::mesh::dns::tests
