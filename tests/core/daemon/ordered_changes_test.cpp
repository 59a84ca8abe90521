// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/ordered_changes.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

namespace weft::daemon {
namespace {

using mesh::changes::Edit;
using mesh::changes::PolicySet;
using mesh::policy::Group;
using mesh::policy::Role;
using mesh::policy::RoleBinding;
using mesh::policy::SubjectKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

mesh::PolicyObject group(const std::string& name, const std::string& member) {
    return Group{name, {{member, SubjectKind::Node}}};
}

Edit making(const mesh::PolicyObject& object) {
    return {mesh::refOf(object), std::nullopt, object};
}

Edit removing(const mesh::PolicyObject& object) {
    return {mesh::refOf(object), object, std::nullopt};
}

/// A server that takes one object at a time.
class FakeServer {
public:
    PolicySet rules;
    /// In the order of calls: "put group a".
    std::vector<std::string> calls;
    /// What refuses; "put group a".
    std::map<std::string, Status> refusals;
    /// These are made all the same: their answer is lost.
    std::set<std::string> lost;

    StatusOr<mesh::WriteReport> make(const std::vector<Edit>& edits) {
        std::optional<StatusOr<mesh::WriteReport>> answer;
        makeInOrder(
            edits,
            rules,
            {.put =
                 [this](const mesh::PolicyObject& object, const Callback<mesh::WriteReport>& done) {
                     done(take("put", mesh::refOf(object), [&] { rules.put(object); }));
                 },
             .remove =
                 [this](const mesh::ObjectRef& ref, const Callback<mesh::WriteReport>& done) {
                     done(take("remove", ref, [&] { rules.remove(ref); }));
                 }},
            [&answer](StatusOr<mesh::WriteReport> made) { answer = std::move(made); });
        return answer.value_or(internalError("no answer"));
    }

private:
    StatusOr<mesh::WriteReport> take(
        const std::string& verb, const mesh::ObjectRef& ref, const std::function<void()>& write) {
        calls.push_back(verb + " " + mesh::nameOf(ref));
        const auto refusal = refusals.find(calls.back());
        if (verb == "remove" && rules.find(ref) == nullptr) {
            return notFound("there is none");
        }
        if (refusal == refusals.end() || lost.contains(calls.back())) {
            write();
        }
        if (refusal != refusals.end()) {
            return refusal->second;
        }
        return mesh::WriteReport{calls.size(), {}};
    }
};

class OrderedChangesTest : public ::testing::Test {
protected:
    std::string textOf(const StatusOr<mesh::WriteReport>& answer) {
        return std::string(messageOf(answer.status()));
    }
    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a fixture
    FakeServer server_;
};

TEST_F(OrderedChangesTest, MakeWhatIsNamedBeforeWhatNamesIt) {
    const mesh::PolicyObject role = Role{"r", {}};
    const mesh::PolicyObject binding = RoleBinding{"b", "r", {{"x", SubjectKind::Node}}};
    const mesh::PolicyObject oldRole = Role{"old-r", {}};
    const mesh::PolicyObject oldBinding = RoleBinding{"old-b", "old-r", {}};
    server_.rules.put(oldRole);
    server_.rules.put(oldBinding);
    const auto made = server_.make(
        {removing(oldRole),
         removing(oldBinding),
         making(binding),
         making(group("g", "x")),
         making(role)});
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_EQ(made->revision, 5U);
    EXPECT_THAT(
        server_.calls, ElementsAre("put r", "put g", "put b", "remove old-b", "remove old-r"));
}

TEST_F(OrderedChangesTest, LookBeforeTheFirstWrite) {
    server_.rules.put(group("g", "other"));
    const auto refused = server_.make(
        {making(group("a", "x")), {mesh::refOf(group("g", "")), group("g", "x"), group("g", "y")}});
    EXPECT_EQ(refused.status().code(), StatusCode::kAborted);
    EXPECT_THAT(textOf(refused), HasSubstr("group g"));
    EXPECT_THAT(server_.calls, IsEmpty());
}

TEST_F(OrderedChangesTest, PassOverWhatIsSoAlready) {
    server_.rules.put(group("a", "x"));
    ASSERT_TRUE(server_.make({making(group("a", "x")), making(group("b", "x"))}).ok());
    EXPECT_THAT(server_.calls, ElementsAre("put b"));
    server_.calls.clear();
    ASSERT_TRUE(server_.make({making(group("a", "x"))}).ok());
    EXPECT_THAT(server_.calls, IsEmpty());
}

TEST_F(OrderedChangesTest, TakeBackWhatWasMadeBeforeARefusal) {
    server_.rules.put(group("a", "x"));
    const auto before = server_.rules;
    server_.refusals["put c"] = permissionDenied("you may not");
    const auto refused = server_.make(
        {{mesh::refOf(group("a", "")), group("a", "x"), group("a", "y")},
         making(group("b", "x")),
         making(group("c", "x"))});
    EXPECT_EQ(refused.status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(textOf(refused), HasSubstr("what was made before was taken back"));
    EXPECT_THAT(server_.calls, ElementsAre("put a", "put b", "put c", "remove b", "put a"));
    EXPECT_EQ(server_.rules, before);
}

TEST_F(OrderedChangesTest, TakeBackAWriteWhoseAnswerDidNotCome) {
    server_.refusals["put b"] = deadlineExceeded("no answer");
    server_.lost.insert("put b");
    const auto before = server_.rules;
    const auto refused = server_.make({making(group("a", "x")), making(group("b", "x"))});
    EXPECT_EQ(refused.status().code(), StatusCode::kDeadlineExceeded);
    EXPECT_THAT(server_.calls, ElementsAre("put a", "put b", "remove b", "remove a"));
    EXPECT_EQ(server_.rules, before);
}

TEST_F(OrderedChangesTest, TakeNoOffenceWhenNothingWasMade) {
    server_.refusals["put b"] = deadlineExceeded("no answer");
    const auto refused = server_.make({making(group("a", "x")), making(group("b", "x"))});
    EXPECT_THAT(textOf(refused), HasSubstr("what was made before was taken back"));
    EXPECT_THAT(server_.calls, ElementsAre("put a", "put b", "remove b", "remove a"));
}

TEST_F(OrderedChangesTest, MakeAnEdgeAnewWhoseAttributesChange) {
    using storage::EdgeRecord;
    using storage::NodeId;
    const mesh::PolicyObject before =
        EdgeRecord{NodeId("a"), NodeId("b"), 1, {{"one", "1"}, {"two", "2"}}};
    const mesh::PolicyObject after = EdgeRecord{NodeId("a"), NodeId("b"), 1, {{"one", "1"}}};
    server_.rules.put(before);
    ASSERT_TRUE(server_.make({{mesh::refOf(before), before, after}}).ok());
    EXPECT_THAT(server_.calls, ElementsAre("remove a/b", "put a/b"));
    EXPECT_EQ(*server_.rules.find(mesh::refOf(before)), after);

    server_.calls.clear();
    server_.refusals["put a/b"] = permissionDenied("you may not");
    EXPECT_FALSE(server_.make({{mesh::refOf(before), after, before}}).ok());
    EXPECT_THAT(server_.calls, ElementsAre("remove a/b", "put a/b", "put a/b"));
}

TEST_F(OrderedChangesTest, SayWhatCouldNotBeTakenBack) {
    server_.refusals["put c"] = permissionDenied("you may not");
    server_.refusals["remove a"] = unavailable("gone");
    const auto refused =
        server_.make({making(group("a", "x")), making(group("b", "x")), making(group("c", "x"))});
    EXPECT_EQ(refused.status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(textOf(refused), HasSubstr("a part of the change stays, look at group a yourself"));
    EXPECT_EQ(server_.rules.find(mesh::refOf(group("b", ""))), nullptr);
}

}  // namespace
}  // namespace weft::daemon
