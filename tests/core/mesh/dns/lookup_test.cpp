// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/lookup.h"

#include "tests/core/mesh/dns/dns_messages.h"

#include <gmock/gmock.h>

namespace weft::mesh::dns::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const Name kDomain = *Name::parse("mesh.internal");

Question asked(std::string_view name, std::string_view type = "") {
    const auto question = questionFrom(name, type, kDomain);
    EXPECT_TRUE(question.ok()) << messageOf(question.status());
    return question.value_or(Question());
}

TEST(NameQuestion, IsAboutTheMeshWhenItHasNoDot) {
    EXPECT_EQ(asked("Nas").name.toString(), "nas.mesh.internal.");
    EXPECT_EQ(asked("nas.").name.toString(), "nas.");
    EXPECT_EQ(asked("nas.lan").name.toString(), "nas.lan.");
    EXPECT_EQ(asked("nas").type, kTypeA);
}

TEST(NameQuestion, IsAboutTheNameOfAnAddress) {
    EXPECT_EQ(asked("172.16.0.1").name.toString(), "1.0.16.172.in-addr.arpa.");
    EXPECT_EQ(asked("172.16.0.1").type, kTypePtr);
    EXPECT_THAT(asked("fd00::1").name.toString(), HasSubstr(".d.f.ip6.arpa."));
}

TEST(NameQuestion, HasATypeInAnyCase) {
    EXPECT_EQ(asked("nas", "aaaa").type, kTypeAaaa);
    EXPECT_EQ(asked("nas", "TXT").type, kTypeTxt);
    EXPECT_EQ(asked("nas", "srv").type, 33);
    EXPECT_EQ(asked("nas", "TYPE65").type, 65);
}

TEST(NameQuestion, RefusesWhatIsNone) {
    for (const auto& [name, type] : std::vector<std::pair<std::string, std::string>>{
             {"", ""},
             {"a b", ""},
             {"a..b", ""},
             {std::string(64, 'a'), ""},
             {"nas", "nonsense"},
             {"nas", "ANY"},
             {"nas", "AXFR"},
             {"nas", "OPT"},
             {"nas", std::string(100'000, 'A')}}) {
        EXPECT_EQ(questionFrom(name, type, kDomain).status().code(), StatusCode::kInvalidArgument)
            << name << " " << type.substr(0, 10);
    }
}

TEST(NameAnswers, AreShownAsTheyAre) {
    const auto answers = answersIn(addressesReply(kDomain, 2));

    ASSERT_THAT(answers, SizeIs(2));
    EXPECT_EQ(answers[0], (ShownRecord{"mesh.internal.", 1, "A", "10.0.0.1"}));
    EXPECT_EQ(answers[1].data, "10.0.0.2");
    EXPECT_THAT(answersIn({}), SizeIs(0));
}

TEST(NameAnswers, AreShownUpToSoManyAndNoMore) {
    EXPECT_THAT(answersIn(addressesReply(kDomain, kMostShownRecords)), SizeIs(kMostShownRecords));
    EXPECT_THAT(
        answersIn(addressesReply(kDomain, kMostShownRecords + 1)), SizeIs(kMostShownRecords));
}

TEST(NameAnswers, HaveAWordForEachResult) {
    EXPECT_EQ(textOf(Rcode::NxDomain), "NXDOMAIN");
    EXPECT_EQ(textOf(static_cast<Rcode>(9)), "RCODE9");
    EXPECT_EQ(typeText(kTypeAaaa), "AAAA");
}

}  // namespace
}  // namespace weft::mesh::dns::tests
