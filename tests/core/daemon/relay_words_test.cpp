// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/relay_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace weft::daemon {
namespace {

using mesh::RelayReason;
using ::testing::EndsWith;
using ::testing::Not;

constexpr RelayReason kLast = RelayReason::NotWeft;

TEST(RelayWords, TellEachReasonApart) {
    std::set<std::string_view> texts;
    for (int number = 0; number <= static_cast<int>(kLast); ++number) {
        texts.insert(relayWords(static_cast<RelayReason>(number)).text);
    }

    EXPECT_EQ(texts.size(), static_cast<std::size_t>(kLast) + 1);
}

TEST(RelayWords, SayWhatToDoUnlessTheDaemonIsAtItOrWasNeverAsked) {
    for (int number = 0; number <= static_cast<int>(kLast); ++number) {
        const auto reason = static_cast<RelayReason>(number);
        const auto words = relayWords(reason);
        const bool isLeftAlone = reason == RelayReason::None || reason == RelayReason::Probing;
        EXPECT_EQ(words.remedy.empty(), isLeftAlone) << words.text;
        EXPECT_THAT(words.text, Not(EndsWith("."))) << "the one who shows it ends the sentence";
        EXPECT_TRUE(words.text.front() >= 'a' && words.text.front() <= 'z') << words.text;
    }
}

}  // namespace
}  // namespace weft::daemon
