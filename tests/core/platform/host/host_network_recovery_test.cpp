// SPDX-License-Identifier: Apache-2.0
// What is undone later, by the next program, and what others changed meanwhile.
#include "core/base/file.h"
#include "core/platform/host/host_network.h"
#include "tests/core/platform/host/host_network_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>

namespace weft::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::address;
using tests::FakeHost;
using tests::HostPicture;
using tests::prefix;

TEST_F(HostNetworkTest, GuardsWhatItCouldNotClose) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    host_.setAnswer = unavailable("busy");

    EXPECT_THAT(network->forget("weft0"), testing::Not(IsEmpty()));

    const auto guards = testing::UnorderedElementsAre(
        OpenedForwarding{net::Family::V4, "weft0"},
        OpenedForwarding{net::Family::V4, "lan0"},
        OpenedForwarding{net::Family::V6, ""});
    EXPECT_THAT(host_.picture.rules.at("weft").opened, guards);

    EXPECT_THAT(make()->recover(), testing::Not(IsEmpty()));
    EXPECT_THAT(host_.picture.rules.at("weft").opened, guards) << "the next program knows too";

    host_.setAnswer = okStatus();
    EXPECT_THAT(make()->recover(), IsEmpty());
    EXPECT_THAT(host_.picture.rules, IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
}

TEST_F(HostNetworkTest, UndoesTheGoodLinesOfADamagedJournal) {
    {
        auto killed = make();
        EXPECT_THAT(killed->want(site("weft0")), IsEmpty());
    }
    auto text = *base::readFile(journal(), 100'000);
    text.insert(text.find('\n') + 1, "route nowhere\n");
    ASSERT_TRUE(base::writeFileAtomically(journal(), text).ok());

    EXPECT_THAT(make()->recover(), SizeIs(1));

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
    EXPECT_THAT(host_.picture.ourRoutes, IsEmpty());
    EXPECT_THAT(host_.picture.rules, IsEmpty());
}

TEST_F(HostNetworkTest, ChangesNothingThatItCouldNotNote) {
    auto network = std::make_unique<HostNetwork>(host_, folder_.path() / "no" / "journal", "weft");
    const HostPicture before = host_.picture;

    const auto problems = network->want(site("weft0"));

    ASSERT_THAT(problems, testing::Not(IsEmpty()));
    EXPECT_EQ(problems[0].part, HostPart::Journal);
    EXPECT_EQ(host_.picture, before);
}

TEST_F(HostNetworkTest, ForgetsWhatAnotherRunOfTheSystemChanged) {
    HostChanges old;
    old.run = "before the last boot";
    old.changes.emplace_back(ChangedSetting{"ipv4/lan0/forwarding", "0", "1"});
    ASSERT_TRUE(HostJournal(journal()).write(old).ok());
    host_.picture.settings["ipv4/lan0/forwarding"] = "1";

    EXPECT_THAT(make()->recover(), IsEmpty());

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, RemovesItsFilterEvenWhenTheJournalIsDestroyed) {
    host_.picture.rules["weft"].tunnels.push_back({"weft0", {}, {}, true, false});
    ASSERT_TRUE(base::writeFileAtomically(journal(), "weft-host-journal/1 run\nset").ok());

    const auto problems = make()->recover();

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_THAT(problems[0].subject, HasSubstr("unreadable"));
    EXPECT_THAT(host_.picture.rules, IsEmpty());
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, TriesAgainWhatItCouldNotUndo) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    host_.setAnswer = unavailable("busy");

    EXPECT_THAT(network->forget("weft0"), testing::Not(IsEmpty()));
    EXPECT_TRUE(hasJournal());
    network.reset();
    host_.setAnswer = okStatus();

    EXPECT_THAT(make()->recover(), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, PutsBackWhatOthersTookAway) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    const HostPicture wanted = host_.picture;
    host_.picture.ourRoutes.clear();
    host_.picture.settings["ipv4/lan0/forwarding"] = "0";

    network->reconcile();

    EXPECT_EQ(host_.picture, wanted);
    EXPECT_THAT(network->problems(), IsEmpty());
    const auto changes = host_.changes;
    network->reconcile();
    EXPECT_EQ(host_.changes, changes) << "all is as it should be";
}

TEST_F(HostNetworkTest, ForwardsNothingWhileItsFilterIsLostAndLoadsItAgain) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    const HostPicture wanted = host_.picture;
    host_.picture.rules.clear();
    bool wasClosed = false;
    host_.beforeChange = [&] {
        const bool isOpen = host_.picture.settings.at("ipv4/lan0/forwarding") == "1"
                            || host_.picture.settings.at("ipv6/forwarding") == "1";
        if (!isOpen) {
            wasClosed = true;
        } else if (wasClosed) {
            EXPECT_TRUE(host_.picture.rules.contains("weft")) << "opened before it filtered";
        }
    };

    network->reconcile();

    EXPECT_TRUE(wasClosed);
    EXPECT_EQ(host_.picture, wanted);
}

TEST_F(HostNetworkTest, LoadsAFilterAgainThatWasChangedOrWhoseLoadingWasCutOff) {
    auto network = make();
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());
    host_.changeRulesFromOutside("weft");
    network->reconcile();
    EXPECT_THAT(host_.picture.rules.at("weft").tunnels, SizeIs(1));

    host_.firewallAnswer = deadlineExceeded("nft had not ended");
    EXPECT_THAT(network->want(site("weft0")), testing::Not(IsEmpty()));
    host_.firewallAnswer = okStatus();
    const auto loads = host_.firewallLoads;
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());
    EXPECT_GT(host_.firewallLoads, loads) << "nobody knows what is loaded";
}

TEST_F(HostNetworkTest, GivesUpWhatOthersHaveForwardedMeanwhile) {
    auto network = make();
    auto offering = site("weft0");
    offering.betweenPeers.clear();
    EXPECT_THAT(network->want(offering), IsEmpty());
    EXPECT_THAT(host_.picture.rules.at("weft").opened, SizeIs(1));

    host_.forwardAll();
    network->reconcile();

    EXPECT_THAT(host_.picture.rules.at("weft").opened, IsEmpty())
        << "what the others forward is not dropped";
    EXPECT_TRUE(host_.picture.rules.at("weft").tunnels.front().answers);
    EXPECT_THAT(network->forgetAll(), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
}

TEST_F(HostNetworkTest, LeavesWhatOthersTurnedOnAfterItWasKilled) {
    {
        auto killed = make();
        EXPECT_THAT(killed->want(site("weft0")), IsEmpty());
    }
    host_.forwardAll();

    EXPECT_THAT(make()->recover(), IsEmpty());

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
    EXPECT_THAT(host_.picture.rules, IsEmpty());
}

TEST_F(HostNetworkTest, ChangesNothingBeforeAJournalThatCannotBeReadIsUndone) {
    std::filesystem::create_directory(journal());
    auto network = make();
    EXPECT_THAT(network->recover(), SizeIs(1));
    const HostPicture before = host_.picture;

    EXPECT_THAT(network->want(site("weft0")), testing::Not(IsEmpty()));
    EXPECT_EQ(host_.picture, before);

    std::filesystem::remove(journal());
    network->reconcile();
    EXPECT_THAT(network->problems(), IsEmpty());
    EXPECT_THAT(host_.picture.ourRoutes, SizeIs(2));
}

/// Several wishes in turn, as a connection has them: up, changed, another beside, away.
void live(HostNetwork& network, FakeHost& host) {
    host.addInterface("weft0");
    network.want(wishes("weft0"));
    network.want(site("weft0"));
    network.lock("home", {});
    host.addInterface("weft1");
    auto other = site("weft1");
    other.routes = {prefix("10.2.0.0/16"), prefix("0.0.0.0/0")};
    other.outer = {prefix("0.0.0.0/0")};
    other.offered = {prefix("192.168.2.0/24"), prefix("fd01::/64")};
    other.kept = {address("198.51.100.7")};
    network.want(other);
    network.want(wishes("weft0"));
    network.unlock("home");
    network.forget("weft1");
    host.removeInterface("weft1");
    network.forget("weft0");
    host.removeInterface("weft0");
}

TEST(HostNetworkKills, EveryMomentIsUndoneByTheNextStart) {
    std::size_t moments = 0;
    for (const bool after : {false, true}) {
        for (std::size_t at = 0;; ++at) {
            FakeHost host;
            const HostPicture before = host.picture;
            const tests::TempDir folder;
            const auto path = folder.path() / "host.journal";
            host.killAt = at;
            host.killAfter = after;
            bool ended = false;
            try {
                HostNetwork program(host, path, "weft");
                live(program, host);
                ended = true;
            } catch (const tests::Killed&) {
                ++moments;
            }
            host.killAt.reset();
            // Interfaces go with the program.
            host.removeInterface("weft0");
            host.removeInterface("weft1");

            HostNetwork next(host, path, "weft");
            EXPECT_THAT(next.recover(), IsEmpty());

            ASSERT_EQ(host.picture, before) << "killed at change " << at << " after " << after;
            ASSERT_FALSE(std::filesystem::exists(path));
            if (ended) {
                break;
            }
        }
    }
    EXPECT_GT(moments, 40U);
}

}  // namespace
}  // namespace weft::platform
