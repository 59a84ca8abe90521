// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/contents.h"
#include "core/mesh/changes/merge.h"
#include "core/mesh/changes/object_diff.h"
#include "tests/core/mesh/changes/random_policy.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

namespace weft::mesh::changes::tests {
namespace {

using ::testing::IsEmpty;

/// What the merge has to say of a change: entries that come and go.
using Marks = std::set<std::string>;

Marks marksOf(const Edit& edit) {
    Marks marks;
    for (const auto& change : changesOf(edit)) {
        for (const auto& entry : change.added) {
            marks.insert(change.field + " + " + entry);
        }
        for (const auto& entry : change.removed) {
            marks.insert(change.field + " - " + entry);
        }
    }
    return marks;
}

/// The set in which the lists of objects are sorted and have each entry once.
std::map<std::string, Marks> contentOf(const PolicySet& set) {
    std::map<std::string, Marks> content;
    for (const auto& [key, object] : set.objects()) {
        content[key] = marksOf({refOf(*object), std::nullopt, *object});
    }
    return content;
}

/// Two people's edits of one set, each merged into what the other made.
class TwoSides {
public:
    explicit TwoSides(RandomPolicy& random) {
        const auto base = random.set(20);
        ours = random.edits(base, 12);
        theirs = random.edits(base, 12);
        one = base;
        two = base;
        one.apply(theirs);
        two.apply(ours);
        here = merge(ours, one);
        there = merge(theirs, two);
        one.apply(here.edits);
        two.apply(there.edits);
        for (const auto& conflict : here.conflicts) {
            disputed.insert(keyOf(conflict.ref));
        }
    }

    std::vector<Edit> ours;
    std::vector<Edit> theirs;
    Merge here;
    Merge there;
    PolicySet one;
    PolicySet two;
    std::set<std::string> disputed;
};

TEST(MergePropertyTest, IsTheSameFromBothSides) {
    RandomPolicy random(weft::tests::randomSeed());
    std::size_t conflicts = 0;
    for (int round = 0; round < 60; ++round) {
        const TwoSides sides(random);

        EXPECT_EQ(sides.here.conflicts.size(), sides.there.conflicts.size());
        conflicts += sides.here.conflicts.size();
        auto one = contentOf(sides.one);
        auto two = contentOf(sides.two);
        for (const auto& key : sides.disputed) {
            one.erase(key);
            two.erase(key);
        }
        EXPECT_EQ(one, two);
    }
    EXPECT_GT(conflicts, 0U);
}

/// 1 when `now` has the change and another one, 0 when it has the change.
std::size_t countMore(const Edit& edit, const PolicyObject* now) {
    EXPECT_EQ(now != nullptr, edit.after.has_value()) << summaryOf(edit);
    if (now == nullptr || !edit.before) {
        return 0;
    }
    EXPECT_TRUE(validate(*now).ok());
    const auto change = marksOf(edit);
    const auto done = marksOf({edit.ref, edit.before, *now});
    EXPECT_TRUE(std::ranges::includes(done, change)) << summaryOf(edit);
    return done == change ? 0 : 1;
}

TEST(MergePropertyTest, HoldsBothChanges) {
    RandomPolicy random(weft::tests::randomSeed());
    std::size_t bothChanged = 0;
    for (int round = 0; round < 60; ++round) {
        const TwoSides sides(random);
        auto edits = sides.ours;
        edits.insert(edits.end(), sides.theirs.begin(), sides.theirs.end());
        for (const auto& edit : edits) {
            if (!sides.disputed.contains(keyOf(edit.ref))) {
                bothChanged += countMore(edit, sides.one.find(edit.ref));
            }
        }
    }
    EXPECT_GT(bothChanged, 0U);
}

TEST(MergePropertyTest, FindsNoConflictBetweenDifferentObjects) {
    RandomPolicy random(weft::tests::randomSeed());
    const auto base = random.set(60);
    const auto all = random.edits(base, 60);
    std::vector<Edit> ours;
    std::vector<Edit> theirs;
    for (const auto& edit : all) {
        (random.oneIn(2) ? ours : theirs).push_back(edit);
    }
    auto present = base;
    present.apply(theirs);

    const auto done = merge(ours, present);

    EXPECT_THAT(done.conflicts, IsEmpty());
    EXPECT_EQ(done.edits, ours);
    present.apply(done.edits);
    auto wanted = base;
    wanted.apply(all);
    EXPECT_EQ(present, wanted);
}

}  // namespace
}  // namespace weft::mesh::changes::tests
