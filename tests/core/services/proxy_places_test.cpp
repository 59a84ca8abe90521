// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/proxy_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::services {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

using Place = std::shared_ptr<ProxyPlaces::Place>;

/// The text of the refusal; empty when there was a place, which is put into `held`.
std::string take(
    ProxyPlaces& places,
    const std::string& caller,
    bool unary,
    std::vector<Place>& held,
    TimePoint now = TimePoint()) {
    auto place = places.take(caller, unary, now);
    if (!place.ok()) {
        EXPECT_EQ(place.status().code(), StatusCode::kResourceExhausted);
        return messageOf(place.status());
    }
    held.push_back(*std::move(place));
    return {};
}

TEST(ProxyPlaces, HaveAShareForEachCaller) {
    ProxyPlaces places({.callsPerCaller = 3, .streamsPerCaller = 2});
    std::vector<Place> held;

    EXPECT_EQ(take(places, "a", false, held), "");
    EXPECT_EQ(take(places, "a", false, held), "");
    EXPECT_THAT(take(places, "a", false, held), HasSubstr("2 streams"));
    EXPECT_EQ(take(places, "a", true, held), "");
    EXPECT_THAT(take(places, "a", true, held), HasSubstr("3 calls"));
    EXPECT_EQ(take(places, "b", false, held), "");

    held.erase(held.begin());
    EXPECT_EQ(take(places, "a", false, held), "");
}

TEST(ProxyPlaces, HaveAnEndForAllTogether) {
    ProxyPlaces places({.calls = 3, .streams = 2});
    std::vector<Place> held;

    EXPECT_EQ(take(places, "a", false, held), "");
    EXPECT_EQ(take(places, "b", false, held), "");
    EXPECT_THAT(take(places, "c", false, held), HasSubstr("of all callers"));
    EXPECT_EQ(take(places, "c", true, held), "");
    EXPECT_THAT(take(places, "d", true, held), HasSubstr("of all callers"));

    held.clear();
    EXPECT_EQ(take(places, "d", false, held), "");
}

TEST(ProxyPlaces, RefuseWhoBeginsCallsWithoutEndUntilSomeTimeHasPassed) {
    ProxyPlaces places({.callsPerSecond = 2, .callBurst = 2});
    std::vector<Place> held;

    EXPECT_EQ(take(places, "a", true, held), "");
    EXPECT_EQ(take(places, "a", true, held), "");
    EXPECT_THAT(take(places, "a", true, held), HasSubstr("2 a second"));
    EXPECT_EQ(take(places, "b", true, held), "");
    EXPECT_EQ(take(places, "a", true, held, TimePoint() + 500ms), "");
    EXPECT_THAT(take(places, "a", true, held, TimePoint() + 500ms), HasSubstr("2 a second"));
}

TEST(ProxyPlaces, AreGivenBackAlsoWhenNobodyAsksForThemAnyMore) {
    auto places = std::make_unique<ProxyPlaces>(ProxyLimits());
    std::vector<Place> held;
    EXPECT_EQ(take(*places, "a", false, held), "");

    places.reset();
    held.clear();
}

TEST(ProxyPlaces, HoldSoManyBytesOfAnswers) {
    ProxyPlaces places({.answerBytes = 250, .answerBytesPerCaller = 100});
    std::vector<Place> held;
    for (const char* caller : {"a", "a", "b", "c"}) {
        ASSERT_EQ(take(places, caller, false, held), "");
    }

    EXPECT_TRUE(held[0]->hold(60).ok());
    EXPECT_TRUE(held[1]->hold(40).ok());
    EXPECT_THAT(messageOf(held[1]->hold(41)), HasSubstr("60 bytes wait"));
    EXPECT_TRUE(held[1]->hold(40).ok()) << "the one before counts no more";
    EXPECT_TRUE(held[2]->hold(100).ok());
    EXPECT_EQ(held[3]->hold(51).code(), StatusCode::kResourceExhausted);
    EXPECT_TRUE(held[3]->hold(50).ok());

    held.erase(held.begin() + 2);
    EXPECT_TRUE(held[2]->hold(100).ok());
    EXPECT_TRUE(held[0]->hold(0).ok());
    EXPECT_TRUE(held[1]->hold(100).ok());
}

TEST(ProxyPlaces, HoldSoManyBytesOfRequests) {
    ProxyPlaces places(
        {.answerBytes = 10,
         .answerBytesPerCaller = 10,
         .requestBytes = 150,
         .requestBytesPerCaller = 100});
    std::vector<Place> held;
    for (const char* caller : {"a", "a", "b"}) {
        ASSERT_EQ(take(places, caller, true, held), "");
    }

    EXPECT_TRUE(held[0]->holdRequest(60).ok());
    EXPECT_TRUE(held[1]->holdRequest(40).ok());
    EXPECT_THAT(messageOf(held[1]->holdRequest(41)), HasSubstr("60 bytes of this caller wait"));
    EXPECT_TRUE(held[1]->holdRequest(40).ok()) << "the one before counts no more";
    EXPECT_TRUE(held[0]->hold(10).ok()) << "answers are another matter";
    EXPECT_THAT(messageOf(held[2]->holdRequest(51)), HasSubstr("wait at this node for the leader"));
    EXPECT_TRUE(held[2]->holdRequest(50).ok());

    held.erase(held.begin());
    EXPECT_TRUE(held[1]->holdRequest(100).ok());
    EXPECT_EQ(held[0]->holdRequest(51).code(), StatusCode::kResourceExhausted);
    EXPECT_TRUE(held[1]->holdRequest(0).ok());
    EXPECT_TRUE(held[0]->holdRequest(100).ok());
}

}  // namespace
}  // namespace weft::services
