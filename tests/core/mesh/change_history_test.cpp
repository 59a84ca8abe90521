// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/change_control_fixture.h"
#include "tests/support/random_seed.h"

#include <fmt/format.h>

#include <cstdlib>
#include <random>

namespace weft::tests {
namespace {

using mesh::NodeId;
using mesh::PolicyObject;
using mesh::policy::AclAction;
using mesh::policy::ObjectKind;
using mesh::policy::Resource;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;

constexpr int kHistories = 60;
constexpr int kMostChanges = 6;
constexpr int kMostEdits = 3;

/// Objects of a small mesh whose names meet often.
class RandomObjects {
public:
    explicit RandomObjects(std::uint64_t seed) : random_(seed) {}

    int below(int limit) { return std::uniform_int_distribution<>(0, limit - 1)(random_); }
    std::string node() { return nodes_[static_cast<std::size_t>(below(3))]; }
    std::string name() { return fmt::format("x{}", below(2)); }

    PolicyObject object() {
        switch (static_cast<ObjectKind>(below(6))) {
        case ObjectKind::Role:
            return roleOf(name(), {Resource::Routes}, {below(2) == 0 ? Verb::Put : Verb::Get});
        case ObjectKind::RoleBinding:
            return bindingOf(name(), name(), node());
        case ObjectKind::Group:
            return mesh::policy::Group{name(), {{node(), SubjectKind::Node}}};
        case ObjectKind::NetworkAcl:
            return rule();
        case ObjectKind::Route:
            return storage::RouteRecord{
                name(), node(), {*net::IpPrefix::parse(fmt::format("10.{}.0.0/16", below(9)))}};
        case ObjectKind::Edge:
            break;
        }
        return storage::EdgeRecord{
            NodeId("alpha"),
            NodeId(below(2) == 0 ? "bravo" : "charlie"),
            below(5),
            {{"k", fmt::format("{}", below(3))}}};
    }

private:
    PolicyObject rule() {
        auto acl = aclOf(name(), below(2) == 0 ? AclAction::Accept : AclAction::Deny);
        acl.priority = below(3);
        acl.sourceNodes = {below(2) == 0 ? node() : "group:" + name()};
        acl.destinationNodes = {"*"};
        return acl;
    }

    std::mt19937_64 random_;
    const std::array<std::string, 3> nodes_ = {"alpha", "bravo", "charlie"};
};

class ChangeHistoryTest : public ChangeControlTest {
protected:
    ChangeHistoryTest() {
        join("bravo", 2);
        join("charlie", 3);
    }

    /// Refusals are part of a history: they leave nothing.
    void changeSomething(RandomObjects& random) {
        switch (random.below(3)) {
        case 0:
            (void)put(random.object());
            return;
        case 1:
            (void)remove(mesh::refOf(random.object()));
            return;
        default:
            break;
        }
        std::vector<Edit> edits;
        for (int count = 0; count <= random.below(kMostEdits); ++count) {
            const auto object = random.object();
            edits.push_back(random.below(3) == 0 ? removal(mesh::refOf(object)) : edit(object));
        }
        (void)apply(edits);
    }
    /// Everything, and by what history.
    void undoAll(std::uint64_t until) {
        for (const auto& change : listed()) {
            if (change.record.id > until) {
                const auto undone = revert(change.record.id);
                ASSERT_TRUE(undone.ok()) << change.record.id << ": " << undone.status();
            }
        }
    }
};

TEST_F(ChangeHistoryTest, EndsInTheSameStateWhenAllIsUndone) {
    RandomObjects random(randomSeed());
    const char* more = std::getenv("WEFT_HISTORIES");  // NOLINT(concurrency-mt-unsafe): alone
    const int histories = more == nullptr ? kHistories : std::atoi(more);  // NOLINT(cert-err34-c)
    std::uint64_t last = 0;
    std::size_t undone = 0;
    for (int history = 0; history < histories && !HasFatalFailure(); ++history) {
        const auto before = present().fingerprint();
        for (int count = 0; count <= random.below(kMostChanges); ++count) {
            changeSomething(random);
        }
        const auto changes = listed();
        undone += changes.empty() ? 0 : changes.front().record.id - last;
        undoAll(last);
        ASSERT_EQ(present().fingerprint(), before) << "history " << history;
        // The next one begins with something.
        changeSomething(random);
        last = listed().empty() ? 0 : listed().front().record.id;
    }
    EXPECT_GT(undone, static_cast<std::size_t>(histories));
}

}  // namespace
}  // namespace weft::tests
