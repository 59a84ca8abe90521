// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_set.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using policy::Group;
using policy::NetworkAcl;
using policy::ObjectKind;
using policy::Role;
using storage::EdgeRecord;
using storage::NodeId;
using storage::RouteRecord;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Group group(std::string name, std::string member) {
    return {std::move(name), {{std::move(member), policy::SubjectKind::Node}}};
}

PolicySet someObjects() {
    PolicySet set;
    set.put(Role{"readers", {}});
    set.put(group("laptops", "a"));
    set.put(NetworkAcl{"all", 1, policy::AclAction::Accept, {}, {}, {}, {}});
    set.put(RouteRecord{"office", "b", {*net::IpPrefix::parse("10.0.0.0/24")}});
    set.put(EdgeRecord{NodeId("b"), NodeId("a"), 3});
    return set;
}

/// A registry that holds `set`.
std::vector<storage::Entry> entriesOf(const PolicySet& set) {
    std::vector<storage::Entry> entries;
    for (const auto& [key, object] : set.objects()) {
        entries.push_back({key, encode(*object), 1, std::nullopt});
    }
    return entries;
}

TEST(PolicySetTest, ReadsWhatARegistryHolds) {
    const auto set = someObjects();
    auto entries = entriesOf(set);
    const auto add = [&entries](const std::string& key, const std::string& value) {
        entries.push_back({key, value, 1, std::nullopt});
    };
    add("/registry/edges/b/a", encode(EdgeRecord{NodeId("b"), NodeId("a"), 3}));
    add("/registry/roles/broken", "{");
    add("/registry/routes/broken", "{");
    storage::Registry registry;
    registry.reset(entries, 1);

    const auto read = PolicySet::of(registry);
    EXPECT_EQ(read, set);
    EXPECT_EQ(read.fingerprint(), set.fingerprint());
    EXPECT_EQ(read.unreadable(), 2U);
}

TEST(PolicySetTest, FindsAnEdgeFromEitherEnd) {
    const auto set = someObjects();
    const auto* edge = set.find({ObjectKind::Edge, "b", "a"});
    ASSERT_NE(edge, nullptr);
    EXPECT_EQ(edge, set.find({ObjectKind::Edge, "a", "b"}));
    EXPECT_EQ(std::get<EdgeRecord>(*edge).source, NodeId("a"));
    EXPECT_NE(set.find<Group>("laptops"), nullptr);
    EXPECT_EQ(set.find<Group>("readers"), nullptr);
    EXPECT_EQ(set.ofKind(ObjectKind::Role).size(), 1U);
}

TEST(PolicySetTest, TellsWhatLeadsFromOneSetToAnother) {
    const auto before = someObjects();
    auto after = before;
    EXPECT_THAT(difference(before, after), IsEmpty());
    after.put(group("laptops", "c"));
    after.put(group("cameras", "d"));
    EXPECT_TRUE(after.remove({ObjectKind::Edge, "b", "a"}));
    EXPECT_FALSE(after.remove({ObjectKind::Edge, "b", "a"}));

    const auto edits = difference(before, after);
    EXPECT_THAT(
        edits,
        ElementsAre(
            Edit{{ObjectKind::Edge, "a", "b"}, EdgeRecord{NodeId("a"), NodeId("b"), 3}, {}},
            Edit{{ObjectKind::Group, "cameras"}, {}, group("cameras", "d")},
            Edit{{ObjectKind::Group, "laptops"}, group("laptops", "a"), group("laptops", "c")}));

    auto there = before;
    there.apply(edits);
    EXPECT_EQ(there, after);
    EXPECT_NE(there.fingerprint(), before.fingerprint());
    for (const auto& edit : edits) {
        there.apply({inverse(edit)});
    }
    EXPECT_EQ(there.fingerprint(), before.fingerprint());
}

TEST(PolicySetTest, SharesNothingThatChanges) {
    auto one = someObjects();
    const auto other = one;
    one.put(group("laptops", "z"));
    EXPECT_EQ(*other.find<Group>("laptops"), group("laptops", "a"));
}

TEST(PolicyKeysTest, NamesWhatAKeyIsAbout) {
    EXPECT_EQ(refOfKey("/registry/roles/x"), (ObjectRef{ObjectKind::Role, "x"}));
    EXPECT_EQ(refOfKey("/registry/edges/b/a"), (ObjectRef{ObjectKind::Edge, "b", "a"}));
    EXPECT_EQ(refOfKey("/registry/edges/b"), std::nullopt);
    EXPECT_EQ(refOfKey("/registry/nodes/b"), std::nullopt);
    const auto set = someObjects();
    for (const auto& [key, object] : set.objects()) {
        EXPECT_EQ(refOfKey(key), refOf(*object)) << key;
    }
}

}  // namespace
}  // namespace weft::mesh::changes::tests
