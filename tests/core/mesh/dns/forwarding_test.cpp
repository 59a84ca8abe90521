// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/forwarding.h"

#include "core/mesh/dns/cache.h"
#include "core/mesh/dns/rate.h"
#include "tests/core/mesh/dns/dns_messages.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>

namespace weft::mesh::dns::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr TimePoint kStart{};

Question questionOf(const std::string& name, std::uint16_t type = kTypeA) {
    return {*Name::parse(name), type, kClassIn};
}

Forwarder serverOf(std::uint32_t number, bool isOfTheMesh = false) {
    return {{net::IpAddress::v4(0xC0000200U + number), 53}, isOfTheMesh};
}

Forwarded saidOf(Rcode rcode, std::chrono::seconds ttl = 60s) {
    Forwarded said;
    said.rcode = rcode;
    said.ttl = ttl;
    said.bytes = {1, 2, 3};
    return said;
}

TEST(Forwarding, AsksTheNextOneWhenOneIsSilentOrCannot) {
    Forwarding forwarding({});
    const auto question = questionOf("example.org");
    const auto first = forwarding.ask(question, 1, {serverOf(1), serverOf(2), serverOf(3)}, kStart);
    ASSERT_TRUE(first.send);
    EXPECT_EQ(first.send->to, serverOf(1).address);
    EXPECT_EQ(forwarding.nextDeadline(), kStart + 1s);

    EXPECT_FALSE(forwarding.onTime(kStart + 999ms).send);
    const auto second = forwarding.onTime(kStart + 1s);
    ASSERT_TRUE(second.send);
    EXPECT_EQ(second.over, first.send->attempt);
    EXPECT_EQ(second.send->to, serverOf(2).address);

    const auto third =
        forwarding.onReply(second.send->attempt, saidOf(Rcode::Refused), kStart + 1s);
    ASSERT_TRUE(third.send);
    const auto end = forwarding.onReply(third.send->attempt, saidOf(Rcode::NoError), kStart + 1s);

    ASSERT_TRUE(end.done);
    EXPECT_THAT(end.done->clients, ElementsAre(1U));
    EXPECT_TRUE(end.done->said);
    EXPECT_EQ(forwarding.size(), 0U);
    EXPECT_EQ(forwarding.nextDeadline(), std::nullopt);
}

TEST(Forwarding, TakesNoReplyToWhatIsOver) {
    Forwarding forwarding({});
    const auto first =
        forwarding.ask(questionOf("example.org"), 1, {serverOf(1), serverOf(2)}, kStart);
    const auto second = forwarding.onFailure(first.send->attempt, kStart);

    const auto late = forwarding.onReply(first.send->attempt, saidOf(Rcode::NoError), kStart);

    EXPECT_FALSE(late.done);
    EXPECT_TRUE(second.send);
    EXPECT_EQ(forwarding.size(), 1U);
}

TEST(Forwarding, GivesUpAfterItsTimeOrItsLastServer) {
    Forwarding forwarding({.each = 1s, .all = 2500ms});
    const auto question = questionOf("example.org");
    std::vector<Forwarder> many(10, serverOf(1));
    forwarding.ask(question, 1, many, kStart);
    EXPECT_TRUE(forwarding.onTime(kStart + 1s).send);
    EXPECT_TRUE(forwarding.onTime(kStart + 2s).send);
    EXPECT_EQ(forwarding.nextDeadline(), kStart + 2500ms);
    const auto end = forwarding.onTime(kStart + 2500ms);
    ASSERT_TRUE(end.done);
    EXPECT_FALSE(end.done->said);

    const auto only = forwarding.ask(question, 2, {serverOf(1)}, kStart);
    const auto failed = forwarding.onFailure(only.send->attempt, kStart);
    ASSERT_TRUE(failed.done);
    EXPECT_FALSE(failed.done->said);
}

TEST(Forwarding, AsksOnceForAllWhoAskTheSame) {
    Forwarding forwarding({.waiting = 2});
    const auto question = questionOf("example.org");
    const auto first = forwarding.ask(question, 1, {serverOf(1)}, kStart);
    EXPECT_FALSE(forwarding.ask(question, 2, {serverOf(1)}, kStart).send);
    const auto refused = forwarding.ask(question, 3, {serverOf(1)}, kStart);
    ASSERT_TRUE(refused.done);
    EXPECT_THAT(refused.done->clients, ElementsAre(3U));
    EXPECT_TRUE(
        forwarding.ask(questionOf("example.org", kTypeAaaa), 4, {serverOf(1)}, kStart).send);

    const auto end = forwarding.onReply(first.send->attempt, saidOf(Rcode::NxDomain), kStart);

    EXPECT_THAT(end.done->clients, ElementsAre(1U, 2U));
}

TEST(Forwarding, HasSoManyQuestionsUnderWayAndNoMore) {
    Forwarding forwarding({.questions = 2});
    forwarding.ask(questionOf("a.org"), 1, {serverOf(1)}, kStart);
    forwarding.ask(questionOf("b.org"), 2, {serverOf(1)}, kStart);

    const auto third = forwarding.ask(questionOf("c.org"), 3, {serverOf(1)}, kStart);

    ASSERT_TRUE(third.done);
    EXPECT_FALSE(third.done->said);
    EXPECT_EQ(forwarding.size(), 2U);
}

TEST(Forwarding, BelievesThatANameIsNotThereUnlessANodeOfTheMeshSaysSo) {
    Forwarding forwarding({});
    const auto question = questionOf("a.other.internal");
    const auto first =
        forwarding.ask(question, 1, {serverOf(1, true), serverOf(2, true), serverOf(3)}, kStart);
    EXPECT_FALSE(first.send->recursion);
    const auto second = forwarding.onReply(first.send->attempt, saidOf(Rcode::NxDomain), kStart);
    const auto third = forwarding.onReply(second.send->attempt, saidOf(Rcode::Refused), kStart);
    EXPECT_TRUE(third.send->recursion);

    const auto end = forwarding.onReply(third.send->attempt, saidOf(Rcode::NxDomain), kStart);
    ASSERT_TRUE(end.done);
    EXPECT_EQ(end.done->said->rcode, Rcode::NxDomain);

    const auto again = forwarding.ask(question, 1, {serverOf(1, true), serverOf(3)}, kStart);
    const auto external = forwarding.onReply(again.send->attempt, saidOf(Rcode::NxDomain), kStart);
    const auto silent = forwarding.onFailure(external.send->attempt, kStart);
    EXPECT_EQ(silent.done->said->rcode, Rcode::NxDomain);
}

TEST(Forwarding, HasNobodyToAskAtOnce) {
    Forwarding forwarding({});
    const auto steps = forwarding.ask(questionOf("a.org"), 1, {}, kStart);
    ASSERT_TRUE(steps.done);
    EXPECT_FALSE(steps.done->said);
}

TEST(DnsCache, KeepsWhatWasSaidForItsTime) {
    Cache cache(10);
    const auto question = questionOf("example.org");
    cache.put(question, saidOf(Rcode::NoError, 3s), kStart);

    EXPECT_EQ(cache.find(question, kStart + 2s).age, 2s);
    EXPECT_EQ(cache.find(questionOf("example.org", kTypeAaaa), kStart).said, nullptr);
    EXPECT_EQ(cache.find(question, kStart + 3s).said, nullptr);
    EXPECT_EQ(cache.size(), 0U);
}

TEST(DnsCache, LetsGoWhatWasNotAskedForTheLongest) {
    Cache cache(2);
    cache.put(questionOf("a.org"), saidOf(Rcode::NoError), kStart);
    cache.put(questionOf("b.org"), saidOf(Rcode::NoError), kStart);
    cache.find(questionOf("a.org"), kStart);
    cache.put(questionOf("c.org"), saidOf(Rcode::NoError), kStart);

    EXPECT_EQ(cache.size(), 2U);
    EXPECT_EQ(cache.find(questionOf("b.org"), kStart).said, nullptr);
    EXPECT_NE(cache.find(questionOf("a.org"), kStart).said, nullptr);
    cache.put(questionOf("c.org"), saidOf(Rcode::NxDomain), kStart);
    EXPECT_EQ(cache.size(), 2U);
}

TEST(DnsCache, KeepsNothingThatDoesNotLastOrIsTooLong) {
    Cache cache(10);
    cache.put(questionOf("a.org"), saidOf(Rcode::NoError, 0s), kStart);
    auto longOne = saidOf(Rcode::NoError);
    longOne.bytes.assign(kMaxForwardedBytes, 0);
    cache.put(questionOf("b.org"), longOne, kStart);
    EXPECT_EQ(cache.size(), 1U);
    longOne.bytes.push_back(0);
    cache.put(questionOf("c.org"), longOne, kStart);
    EXPECT_EQ(cache.size(), 1U);
    Cache none(0);
    none.put(questionOf("a.org"), saidOf(Rcode::NoError), kStart);
    EXPECT_EQ(none.size(), 0U);
}

TEST(SourceRate, GivesEachSourceItsShareOfASecond) {
    SourceRate rate(2);
    const auto one = net::IpAddress::v4(1);
    EXPECT_TRUE(rate.take(one, kStart + 5s));
    EXPECT_TRUE(rate.take(one, kStart + 5s));
    EXPECT_FALSE(rate.take(one, kStart + 5900ms));
    EXPECT_TRUE(rate.take(net::IpAddress::v4(2), kStart + 5s));
    EXPECT_TRUE(rate.take(one, kStart + 6s));
}

TEST(SourceRate, TakesAllAddressesOfANodeForOneSource) {
    SourceRate rate(1);
    EXPECT_TRUE(rate.take(*net::IpAddress::parse("fd00::1:1"), kStart + 5s));
    EXPECT_FALSE(rate.take(*net::IpAddress::parse("fd00::1:2"), kStart + 5s));
    EXPECT_TRUE(rate.take(*net::IpAddress::parse("fd00::2:1"), kStart + 5s));
}

TEST(SourceRate, HasOneShareForSourcesBeyondItsTable) {
    SourceRate rate(1);
    for (std::uint32_t source = 0; source < SourceRate::kMostSources; ++source) {
        EXPECT_TRUE(rate.take(net::IpAddress::v4(source), kStart + 5s));
    }
    EXPECT_TRUE(rate.take(net::IpAddress::v4(0x01000000), kStart + 5s));
    EXPECT_FALSE(rate.take(net::IpAddress::v4(0x01000001), kStart + 5s));
    EXPECT_LE(rate.size(), SourceRate::kMostSources + 1);
}

TEST(ForwardedReply, IsReadWhenItAnswersTheQuestionUnderItsId) {
    const auto question = questionOf("example.org");
    auto bytes = forwardQuery(question, 0x4242, true);
    EXPECT_FALSE(readForwarded(bytes, 0x4242, question)) << "a query";
    EXPECT_EQ(read(bytes).header, "NOERROR rd");
    bytes[2] |= 0x80U;

    EXPECT_TRUE(readForwarded(bytes, 0x4242, question));
    EXPECT_FALSE(readForwarded(bytes, 0x4243, question));
    EXPECT_FALSE(readForwarded(bytes, 0x4242, questionOf("example.com")));
    EXPECT_FALSE(readForwarded(bytes, 0x4242, questionOf("example.org", kTypeAaaa)));
    EXPECT_FALSE(readForwarded(std::span(bytes).first(20), 0x4242, question));
    EXPECT_FALSE(readForwarded({}, 0x4242, question));
}

TEST(ForwardedReply, HasNoAddressesOfTheMeshAndNoLongLives) {
    auto wire = queryBytes({.name = "evil.org", .id = 7});
    wire[2] |= 0x80U;
    wire[7] = 2;
    for (const auto first : Bytes{172, 192}) {
        wire.insert(wire.end(), {0xC0, 0x0C, 0, 1, 0, 1, 0, 1, 0, 0, 0, 4, first, 16, 0, 1});
    }
    const auto said = readForwarded(wire, 7, questionOf("evil.org"));
    ASSERT_TRUE(said);
    EXPECT_EQ(said->ttl, kMaxTtl);
    auto asked = readQuery(queryBytes({.name = "EVIL.org", .id = 9}), Transport::Udp);
    const std::vector own = {*net::IpPrefix::parse("172.16.0.0/12")};

    const auto told = read(forwardedReply(std::get<Query>(asked), *said, 10s, own));

    EXPECT_EQ(told.id, 9);
    EXPECT_THAT(told.question, ElementsAre("EVIL.org. A"));
    EXPECT_THAT(told.answer, ElementsAre("EVIL.org. 290 IN A 192.16.0.1"));
    EXPECT_EQ(told.header, "NOERROR qr rd ra");
    EXPECT_THAT(told.authority, IsEmpty());
}

}  // namespace
}  // namespace weft::mesh::dns::tests
