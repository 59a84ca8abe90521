// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/peer_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace weft::daemon {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

PeerList listOf(const std::map<std::string, std::string>& zones) {
    PeerList list;
    for (const auto& [id, zone] : zones) {
        PeerList::Item item;
        item.peer.mutable_node()->set_id(id);
        item.peer.mutable_node()->set_zone_awareness_id(zone);
        item.digest = digestOf(item.peer);
        list.items.push_back(item);
    }
    return list;
}

TEST(PeerStream, TheFirstMessageReplacesEverythingEvenWhenThereIsNothing) {
    const auto messages = differences(nullptr, listOf({}));

    ASSERT_THAT(messages, SizeIs(1));
    EXPECT_TRUE(messages[0].reset());
    EXPECT_EQ(messages[0].changed_size(), 0);
    EXPECT_TRUE(messages[0].complete());
}

TEST(PeerStream, OnlyWhatDiffersIsTold) {
    const auto before = listOf({{"a", ""}, {"b", ""}, {"c", ""}});
    const auto now = listOf({{"a", ""}, {"b", "x"}, {"d", ""}});

    const auto messages = differences(&before, now);

    ASSERT_THAT(messages, SizeIs(1));
    EXPECT_FALSE(messages[0].reset());
    ASSERT_EQ(messages[0].changed_size(), 2);
    EXPECT_EQ(messages[0].changed(0).node().id(), "b");
    EXPECT_EQ(messages[0].changed(1).node().id(), "d");
    ASSERT_EQ(messages[0].removed_ids_size(), 1);
    EXPECT_EQ(messages[0].removed_ids(0), "c");
    EXPECT_THAT(differences(&now, now), IsEmpty());
}

TEST(PeerStream, ManyPeersComeInSeveralMessagesOfWhichOnlyTheFirstResets) {
    std::map<std::string, std::string> zones;
    for (std::size_t i = 0; i <= kPeersPerMessage; ++i) {
        zones.emplace(std::to_string(i), "");
    }

    const auto messages = differences(nullptr, listOf(zones));

    ASSERT_THAT(messages, SizeIs(2));
    EXPECT_TRUE(messages[0].reset());
    EXPECT_EQ(messages[0].changed_size(), static_cast<int>(kPeersPerMessage));
    EXPECT_FALSE(messages[1].reset());
    EXPECT_EQ(messages[1].changed_size(), 1);
    EXPECT_FALSE(messages[0].complete());
    EXPECT_TRUE(messages[1].complete());
}

}  // namespace
}  // namespace weft::daemon
