// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/name.h"

#include <gmock/gmock.h>

#include <string>

namespace weft::mesh::dns::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Name nameOf(std::string_view text) {
    const auto name = Name::parse(text);
    EXPECT_TRUE(name.ok()) << text;
    return name.ok() ? *name : Name();
}

TEST(DnsName, IsTheSameWithAndWithoutItsDotAndInBothCases) {
    EXPECT_EQ(nameOf("Mesh.INTERNAL."), nameOf("mesh.internal"));
    EXPECT_EQ(nameOf("Mesh.INTERNAL").toString(), "mesh.internal.");
    EXPECT_EQ(nameOf("").toString(), ".");
    EXPECT_THAT(nameOf(".").labels(), IsEmpty());
}

TEST(DnsName, IsNotReadFromWhatHasOtherCharactersOrEmptyLabels) {
    for (const std::string text :
         {"a..b", ".a", "a..", "a/b.c", "a b", "\u202Ea.b", "a\\.b", "caf\u00E9.b"}) {
        const auto name = Name::parse(text);
        EXPECT_EQ(name.status().code(), StatusCode::kInvalidArgument) << text;
        EXPECT_THAT(messageOf(name.status()), HasSubstr("is no domain name"));
    }
}

TEST(DnsName, HasLabelsOf63BytesAtMost) {
    EXPECT_TRUE(Name::parse(std::string(kMaxLabelBytes, 'a')).ok());
    EXPECT_FALSE(Name::parse(std::string(kMaxLabelBytes + 1, 'a')).ok());
}

TEST(DnsName, Has255BytesAtMost) {
    const std::string label(kMaxLabelBytes, 'a');
    const auto longest = label + "." + label + "." + label + "." + std::string(61, 'b');

    EXPECT_EQ(nameOf(longest).wire().size(), kMaxNameBytes);
    EXPECT_FALSE(Name::parse(longest + "b").ok());
    EXPECT_EQ(nameOf(longest).below("c"), std::nullopt);
}

TEST(DnsName, ComesBackFromItsBytes) {
    const auto name = nameOf("a.mesh.internal");

    EXPECT_EQ(Name::fromWire(name.wire()), name);
    EXPECT_EQ(Name::fromWire(Name().wire()), Name());
}

TEST(DnsName, IsNotReadFromBytesThatEndEarlyOrGoOn) {
    auto wire = nameOf("a.mesh").wire();

    EXPECT_EQ(Name::fromWire({}), std::nullopt);
    EXPECT_EQ(Name::fromWire(std::span(wire).first(wire.size() - 1)), std::nullopt);
    wire.push_back(0);
    EXPECT_EQ(Name::fromWire(wire), std::nullopt);
    const std::vector<std::uint8_t> pointer = {0xC0, 0x0C, 0};
    EXPECT_EQ(Name::fromWire(pointer), std::nullopt);
}

TEST(DnsName, ShowsForeignBytesAsNumbers) {
    const std::vector<std::uint8_t> wire = {3, 'a', '.', 0x1B, 0};

    EXPECT_EQ(Name::fromWire(wire)->toString(), "a\\046\\027.");
}

TEST(DnsName, KnowsWhatItLiesIn) {
    EXPECT_TRUE(nameOf("a.mesh.internal").isWithin(nameOf("mesh.internal")));
    EXPECT_TRUE(nameOf("mesh.internal").isWithin(nameOf("mesh.internal")));
    EXPECT_FALSE(nameOf("mesh.internal").isWithin(nameOf("a.mesh.internal")));
    EXPECT_FALSE(nameOf("amesh.internal").isWithin(nameOf("mesh.internal")));
    EXPECT_EQ(nameOf("b.a.mesh").parent(2), nameOf("mesh"));
    EXPECT_EQ(nameOf("mesh").parent(2), Name());
    EXPECT_THAT(nameOf("mesh").below("A")->labels(), ElementsAre("a", "mesh"));
}

TEST(LabelOfId, IsTheIdInLowerCaseWhenItIsOneLabel) {
    EXPECT_EQ(labelOf("Node-A_1"), "node-a_1");
    EXPECT_EQ(labelOf(std::string(63, 'A')), std::string(63, 'a'));
}

TEST(LabelOfId, IsMissingForWhatIsNoLabel) {
    for (const std::string id :
         {"", "a.b", "a/b", "a b", "\u202Eevil", "a\u200Bb", "caf\u00E9", "a\nb", "a\\b"}) {
        EXPECT_EQ(labelOf(id), std::nullopt) << id;
    }
    EXPECT_EQ(labelOf(std::string("a\0b", 3)), std::nullopt);
    EXPECT_EQ(labelOf(std::string(64, 'a')), std::nullopt);
}

}  // namespace
}  // namespace weft::mesh::dns::tests
