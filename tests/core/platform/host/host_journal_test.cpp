// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/host_journal.h"

#include "core/base/file.h"
#include "tests/core/platform/host/fake_host.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace weft::platform {
namespace {

using tests::address;
using tests::prefix;

HostChanges someChanges() {
    HostChanges changes;
    changes.run = "boot 4026531840";
    changes.changes.emplace_back(SetFirewall{"weft"});
    changes.changes.emplace_back(ChangedSetting{"net/ipv4/conf/a b/forwarding", "0", "1"});
    changes.changes.emplace_back(ChangedSetting{"net/x", "", "-\n%"});
    changes.changes.emplace_back(
        ChangedSetting{"net/y", "0", "1", OpenedForwarding{net::Family::V4, "lan0"}, "net/all"});
    changes.changes.emplace_back(
        ChangedSetting{"net/z", "0", "1", OpenedForwarding{net::Family::V6, ""}});
    changes.changes.emplace_back(AddedRoute{{prefix("10.1.0.0/16"), "weft0", {}}});
    changes.changes.emplace_back(
        AddedRoute{{prefix("2001:db8::1/128"), "eth0", address("fe80::1")}});
    changes.changes.emplace_back(AddedRoute{{prefix("0.0.0.0/0"), "weft0", {}, RouteTable::Outer}});
    changes.changes.emplace_back(
        AddedLookup{{net::Family::V6, LookupRule::Kind::Kept, address("2001:db8::1")}});
    changes.changes.emplace_back(AddedLookup{{net::Family::V4, LookupRule::Kind::OuterNext}});
    return changes;
}

TEST(HostJournal, ReadsWhatItWrote) {
    const auto text = encodeHostChanges(someChanges());

    const auto read = decodeHostChanges(text);

    ASSERT_TRUE(read.ok()) << toString(read.status());
    EXPECT_EQ(*read, someChanges()) << text;
}

TEST(HostJournal, IsReadableForPeople) {
    HostChanges changes;
    changes.run = "r";
    changes.changes.emplace_back(ChangedSetting{"net/ipv4/ip_forward", "0", "1"});
    changes.changes.emplace_back(AddedRoute{{prefix("10.1.0.0/16"), "weft0", {}}});
    changes.changes.emplace_back(AddedRoute{{prefix("0.0.0.0/0"), "weft0", {}, RouteTable::Outer}});
    changes.changes.emplace_back(
        AddedLookup{{net::Family::V4, LookupRule::Kind::Kept, address("192.0.2.1")}});
    changes.changes.emplace_back(AddedLookup{{net::Family::V6, LookupRule::Kind::MainFirst}});

    EXPECT_EQ(
        encodeHostChanges(changes),
        "weft-host-journal/1 r\n"
        "setting net/ipv4/ip_forward 0 1\n"
        "route 10.1.0.0/16 weft0 -\n"
        "route 0.0.0.0/0 weft0 - outer\n"
        "lookup ipv4 kept 192.0.2.1\n"
        "lookup ipv6 main-first -\n");
}

TEST(HostJournal, RefusesWhatItDidNotWriteAndSaysWhere) {
    const std::string head = "weft-host-journal/1 r\n";
    for (const auto& [text, line] : std::vector<std::pair<std::string, std::string>>{
             {"", "line 1"},
             {"weft-host-journal/2 r\n", "line 1"},
             {"weft-host-journal/1\n", "line 1"},
             {head + "setting a 0\n", "line 2"},
             {head + "setting a 0 1", "line 2"},
             {head + "setting a 0 1 ipv5 lan0 -\n", "line 2"},
             {head + "setting a 0 1 ipv4 la%20n -\n", "line 2"},
             {head + "setting a 0 1 ipv4 lan0\n", "line 2"},
             {head + "setting a 0 1\nfirewall -\n", "line 3"},
             {head + "route 10.0.0.0 weft0 -\n", "line 2"},
             {head + "route 10.0.0.0/8 we%20ft -\n", "line 2"},
             {head + "route 10.0.0.0/8 weft0 gate\n", "line 2"},
             {head + "route 10.0.0.0/8 weft0 - inner\n", "line 2"},
             {head + "route 10.0.0.0/8 weft0\n", "line 2"},
             {head + "lookup ipv4 kept -\n", "line 2"},
             {head + "lookup ipv4 kept 2001:db8::1\n", "line 2"},
             {head + "lookup ipv4 main-first 192.0.2.1\n", "line 2"},
             {head + "lookup ipv4 last -\n", "line 2"},
             {head + "lookup ipv5 main-first -\n", "line 2"},
             {head + "lookup ipv4\n", "line 2"},
             {head + "firewall we%2\n", "line 2"},
             {head + "\n", "line 2"}}) {
        const auto read = decodeHostChanges(text);

        ASSERT_EQ(read.status().code(), StatusCode::kDataLoss) << text;
        EXPECT_NE(messageOf(read.status()).find(line), std::string::npos)
            << text << messageOf(read.status());
    }
}

TEST(HostJournal, FindsTheGoodLinesOfADamagedOne) {
    auto text = encodeHostChanges(someChanges());
    text.insert(text.find('\n') + 1, "setting half\n");
    text += "route 10.9.0.0/16 we";

    EXPECT_EQ(decodeGoodLines(text), someChanges());
    EXPECT_EQ(decodeGoodLines("no journal\n" + text), HostChanges{});
}

TEST(HostJournal, HoldsSoManyChangesAndNotOneMore) {
    HostChanges changes;
    changes.run = "r";
    changes.changes.assign(kMostHostChanges, SetFirewall{"weft"});
    EXPECT_TRUE(decodeHostChanges(encodeHostChanges(changes)).ok());

    changes.changes.emplace_back(SetFirewall{"weft"});
    EXPECT_EQ(decodeHostChanges(encodeHostChanges(changes)).status().code(), StatusCode::kDataLoss);
}

TEST(HostJournal, IsNoFileWhileNothingIsChanged) {
    const tests::TempDir folder;
    const auto path = folder.path() / "host.journal";
    const HostJournal journal(path);
    EXPECT_EQ(*journal.read(), HostChanges{});

    ASSERT_TRUE(journal.write(someChanges()).ok());
    EXPECT_EQ(*journal.read(), someChanges());

    ASSERT_TRUE(journal.write({.run = "r", .changes = {}}).ok());
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(HostJournal, KeepsWhatItCannotReadBeside) {
    const tests::TempDir folder;
    const auto path = folder.path() / "host.journal";
    ASSERT_TRUE(base::writeFileAtomically(path, "something else\n").ok());
    const HostJournal journal(path);
    EXPECT_EQ(journal.read().status().code(), StatusCode::kDataLoss);

    const auto aside = journal.setAside();

    ASSERT_TRUE(aside.ok()) << toString(aside.status());
    EXPECT_EQ(*base::readFile(*aside, 100), "something else\n");
    EXPECT_EQ(*journal.read(), HostChanges{});
}

}  // namespace
}  // namespace weft::platform
