// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/draft_edits.h"

#include <gmock/gmock.h>

namespace weft::mesh::changes::tests {
namespace {

using policy::Group;
using policy::ObjectKind;
using policy::SubjectKind;
using storage::EdgeRecord;
using storage::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PolicyObject group(const std::string& name, const std::vector<std::string>& members) {
    Group group{name, {}};
    for (const auto& member : members) {
        group.subjects.push_back({member, SubjectKind::Node});
    }
    return group;
}

ObjectRef refTo(const std::string& name) {
    return {ObjectKind::Group, name, {}};
}

Edit made(const std::string& name, const std::vector<std::string>& members) {
    return {refTo(name), std::nullopt, group(name, members)};
}

Edit changed(
    const std::string& name,
    const std::vector<std::string>& from,
    const std::vector<std::string>& to) {
    return {refTo(name), group(name, from), group(name, to)};
}

PolicySet present(const std::vector<PolicyObject>& objects) {
    PolicySet set;
    for (const auto& object : objects) {
        set.put(object);
    }
    return set;
}

TEST(DraftEditsTest, FollowEachOther) {
    const std::vector<Edit> draft{changed("g", {"a"}, {"b"}), made("n", {"x"})};
    const auto more = combine(draft, {changed("g", {"b"}, {"c"})});
    ASSERT_THAT(more, SizeIs(2));
    EXPECT_EQ(more.front(), changed("g", {"a"}, {"c"}));

    // What is made and goes again was never there; what comes back has not changed.
    EXPECT_THAT(
        combine(more, {{refTo("n"), group("n", {"x"}), std::nullopt}, changed("g", {"c"}, {"a"})}),
        IsEmpty());
}

TEST(DraftEditsTest, StandOnWhatTheyWereMadeOf) {
    const std::vector<Edit> draft{changed("g", {"a"}, {"b"})};
    // Somebody else has made it c meanwhile; to go back to a is an edit then, and none of the draft
    // that there was.
    EXPECT_THAT(
        combine(draft, {changed("g", {"c"}, {"a"})}), ElementsAre(changed("g", {"c"}, {"a"})));
    EXPECT_THAT(
        combine(draft, {changed("g", {"a"}, {"d"})}), ElementsAre(changed("g", {"a"}, {"d"})));
}

TEST(DraftEditsTest, TakeAnEdgeFromEitherEndForOne) {
    const PolicyObject before = EdgeRecord{NodeId("a"), NodeId("b"), 1, {}};
    const PolicyObject after = EdgeRecord{NodeId("b"), NodeId("a"), 2, {}};
    const auto first = checked({refOf(before), std::nullopt, before});
    const auto second = checked({refOf(after), before, after});
    ASSERT_TRUE(first.ok() && second.ok());
    const auto edits = combine({*first}, {*second});
    ASSERT_THAT(edits, SizeIs(1));
    EXPECT_FALSE(edits.front().before);
    EXPECT_EQ(std::get<EdgeRecord>(*edits.front().after).weight, 2);
}

TEST(DraftEditsTest, AreLookedAtBeforeTheyAreTaken) {
    EXPECT_THAT(
        std::string(messageOf(checked({refTo("g"), std::nullopt, std::nullopt}).status())),
        HasSubstr("says nothing"));
    EXPECT_THAT(
        std::string(messageOf(checked({refTo("g"), std::nullopt, group("other", {"a"})}).status())),
        HasSubstr("holds group other"));
    EXPECT_EQ(checked(made("g/g", {"a"})).status().code(), StatusCode::kInvalidArgument);
    EXPECT_TRUE(checked(made("g", {"a"})).ok());
}

TEST(DraftEditsTest, MoveOnTopOfWhatIsThere) {
    const std::vector<Edit> draft{changed("g", {"a"}, {"a", "b"}), made("n", {"x"})};
    // Somebody else added c to g, and made n as it is wanted.
    const auto moved =
        rebase(draft, present({group("g", {"a", "c"}), group("n", {"x"})}), Decisions());
    ASSERT_TRUE(moved.ok()) << moved.status();
    ASSERT_THAT(*moved, SizeIs(1));
    EXPECT_EQ(moved->front().before, std::optional(canonical(group("g", {"a", "c"}))));
    EXPECT_THAT(std::get<Group>(*moved->front().after).subjects, SizeIs(3));
}

TEST(DraftEditsTest, KeepConflictsUntilTheyAreDecided) {
    const std::vector<Edit> draft{changed("g", {"a"}, {"b"})};
    const auto gone = present({});
    const auto merged = merge(draft, gone);
    ASSERT_THAT(merged.conflicts, SizeIs(1));
    EXPECT_EQ(
        textOf(merged.conflicts.front()), "group g is changed here, and was deleted meanwhile");
    EXPECT_THAT(forced(merged), ElementsAre(made("g", {"b"})));

    EXPECT_EQ(rebase(draft, gone, {}).value(), draft);
    EXPECT_THAT(rebase(draft, gone, {{refTo("g")}, {}}).value(), ElementsAre(made("g", {"b"})));
    EXPECT_THAT(rebase(draft, gone, {{}, {refTo("g")}}).value(), IsEmpty());
    EXPECT_EQ(rebase(draft, gone, {{refTo("h")}, {}}).status().code(), StatusCode::kNotFound);
}

TEST(DraftEditsTest, SayWhatGoesAgainstWhat) {
    const auto other = textOf({refTo("g"), std::nullopt, group("g", {"a"}), group("g", {"b"})});
    EXPECT_EQ(other, "group g is made here, and somebody else made it otherwise");
    const auto mine = textOf({refTo("g"), group("g", {"a"}), std::nullopt, group("g", {"b"})});
    EXPECT_EQ(mine, "group g is deleted here, and was changed meanwhile");
    const auto both = textOf({refTo("g"), group("g", {"a"}), group("g", {"b"}), group("g", {"c"})});
    EXPECT_EQ(both, "group g was changed meanwhile in the same place: subjects");
}

PastChange record(std::uint64_t id, std::vector<PastObject> objects) {
    PastChange record;
    record.id = id;
    record.objects = std::move(objects);
    return record;
}

TEST(DraftEditsTest, GoBackToWhatAChangeLeft) {
    const auto first = encode(group("g", {"a"}));
    const auto second = encode(group("g", {"b"}));
    const std::vector<PastChange> history{
        record(4, {{refTo("h"), {}}}),
        record(3, {{refTo("g"), second}}),
        record(2, {{refTo("g"), first}}),
        record(1, {{refTo("g"), {}}})};
    const auto now = present({group("g", {"c"}), group("h", {"x"})});

    EXPECT_EQ(rulesAfter(now, history, 4).value(), now);
    EXPECT_EQ(rulesAfter(now, history, 2).value(), present({group("g", {"b"})}));
    EXPECT_EQ(rulesAfter(now, history, 1).value(), present({group("g", {"a"})}));
    EXPECT_EQ(rulesAfter(now, history, 9).status().code(), StatusCode::kNotFound);
    EXPECT_EQ(rulesAfter(now, history, 0).status().code(), StatusCode::kNotFound);
}

TEST(DraftEditsTest, DoNotGuessWhatTheHistoryDoesNotKnow) {
    std::vector<PastChange> history{record(3, {}), record(2, {{refTo("g"), "["}}), record(1, {})};
    EXPECT_EQ(rulesAfter({}, history, 1).status().code(), StatusCode::kFailedPrecondition);
    history[0].withoutObjects = true;
    EXPECT_THAT(
        std::string(messageOf(rulesAfter({}, history, 2).status())),
        HasSubstr("change 3 was too large to be kept"));
}

}  // namespace
}  // namespace weft::mesh::changes::tests
