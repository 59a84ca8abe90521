// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/mutator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace weft::fuzz {
namespace {

using ::testing::Le;

TEST(Mutator, RepeatsItselfWithTheSameSeedOnly) {
    const std::vector<std::string> inputs{"10.0.0.1", "fd00::1"};
    Mutator first(inputs, 7);
    Mutator same(inputs, 7);
    Mutator other(inputs, 8);

    bool differs = false;
    for (int i = 0; i < 100; ++i) {
        const auto text = first.next();
        EXPECT_EQ(same.next(), text);
        differs = differs || other.next() != text;
    }

    EXPECT_TRUE(differs);
}

TEST(Mutator, MakesManyDifferentInputsFromAnEmptyOne) {
    Mutator mutator({""}, 1);

    std::set<std::string> made;
    for (int i = 0; i < 1000; ++i) {
        made.insert(mutator.next());
    }

    EXPECT_GT(made.size(), 200U);
}

TEST(Mutator, NeverPassesTheLimitOnSize) {
    Mutator mutator({std::string(Mutator::kMaxInputBytes, 'x')}, 1);

    for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(mutator.next().size(), Le(Mutator::kMaxInputBytes));
    }
}

}  // namespace
}  // namespace weft::fuzz
