// SPDX-License-Identifier: Apache-2.0
#include "core/report/redactor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Redactor, ReplacesPublicAddressesByTheSameTokenEverywhere) {
    Redactor redactor(Redaction::Addresses);

    EXPECT_EQ(
        redactor.text("from 203.0.113.7:51820 to [2001:db8::1]:443, again 203.0.113.7"),
        "from ip-1:51820 to [ip-2]:443, again ip-1");
    EXPECT_EQ(redactor.text("2001:DB8:0::1 and 203.0.113.0/24"), "ip-2 and ip-3/24");
    EXPECT_EQ(redactor.text("endpoint=198.51.100.1."), "endpoint=ip-4.");
    EXPECT_EQ(redactor.text("::ffff:203.0.113.7"), "ip-1");
    EXPECT_EQ(redactor.text("mode203.0.113.7x"), "modeip-1x");
}

TEST(Redactor, KeepsPrivateAddressesAndTimes) {
    Redactor redactor(Redaction::Addresses);
    const std::string text =
        "10.1.2.3 192.168.0.1 100.64.0.9 127.0.0.1 fd00::5 fe80::1%eth0 :: 0.0.0.0 12:30:45 std::end";

    EXPECT_EQ(redactor.text(text), text);
}

TEST(Redactor, ReplacesHostNamesButNoFilesAndPaths) {
    Redactor redactor(Redaction::Addresses);
    redactor.learnMeshDomain("home.internal.");
    redactor.learnEndpoint("gateway:8443");

    EXPECT_EQ(
        redactor.text("vpn.example.org:8443, GATEWAY, https://a.example.org/x"),
        "host-1:8443, host-2, https://host-3/x");
    const std::string kept =
        "/etc/resolv.conf weft.sock /weft.local.v1.Daemon/GetGraph nas.home.internal v1.2";
    EXPECT_EQ(redactor.text(kept), kept);
}

TEST(Redactor, ReplacesNamesKeysAndMeshAddressesWhenStrict) {
    Redactor redactor(Redaction::Strict);
    redactor.learnNode("nas");
    redactor.learnNode("nas-2");
    redactor.learnMesh("Home");
    redactor.learnMeshDomain("home.internal.");
    redactor.learnMeshNetwork("172.16.0.0/12");
    redactor.learnKey("AbC+dEf/123=");

    EXPECT_EQ(
        redactor.text("nas-2 and NAS in home: nas.home.internal 172.16.0.2 10.0.0.1 AbC+dEf/123="),
        "node-1 and node-2 in mesh-1: node-2.mesh-2 mesh-ip-1 10.0.0.1 key-1");
    EXPECT_EQ(redactor.text("nasty unas"), "nasty unas");
    EXPECT_EQ(redactor.text("key=YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU="), "key=key-2");
}

TEST(Redactor, LeavesNamesAloneBelowStrictAndAddressesWhenFull) {
    Redactor addresses(Redaction::Addresses);
    addresses.learnNode("nas");
    addresses.learnMeshNetwork("203.0.113.0/24");
    EXPECT_EQ(addresses.text("nas 203.0.113.9"), "nas 203.0.113.9");

    Redactor full(Redaction::Full);
    full.learnEndpoint("vpn.example.org:1");
    EXPECT_EQ(full.text("vpn.example.org 203.0.113.7"), "vpn.example.org 203.0.113.7");
}

TEST(Redactor, TakesSecretsOutAtEachLevel) {
    for (const auto level : {Redaction::Full, Redaction::Addresses, Redaction::Strict}) {
        Redactor redactor(level);
        const std::string text = redactor.text(
            "code weft1-aW52LTAwYTEBAQ4x, password=hunter2 Secret:abc\n"
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\nafter\n"
            "-----BEGIN EC PRIVATE KEY-----\nopen end");

        for (const auto* secret : {"aW52", "hunter2", "abc", "MC4C", "open end"}) {
            EXPECT_THAT(text, Not(HasSubstr(secret)));
        }
        EXPECT_THAT(text, HasSubstr("password=[secret]"));
        EXPECT_THAT(text, HasSubstr("after"));
    }
}

TEST(Redactor, KeepsPublicCertificates) {
    Redactor redactor(Redaction::Full);
    const std::string text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";

    EXPECT_EQ(redactor.text(text), text);
}

TEST(Redactor, MakesNoTokenThatIsSomebodysName) {
    Redactor redactor(Redaction::Strict);
    for (const auto* id : {"node", "node-1", "1", "2", "xnode-3"}) {
        redactor.learnNode(id);
    }

    const std::string text = redactor.text("node; node-1; 1; 2; xnode-3");

    EXPECT_EQ(text, "xnode-4; xnode-5; xnode-6; xnode-7; xnode-8");
}

TEST(Redactor, FindsAWholeNameInsteadOfAPartOfIt) {
    Redactor redactor(Redaction::Strict);
    redactor.learnNode("a b");
    redactor.learnNode("a");
    redactor.learnNode("line\nbreak");

    EXPECT_EQ(redactor.text("a b a line\\x0abreak abc"), "node-1 node-2 node-3 abc");
}

TEST(Redaction, HasOneNameForEachLevel) {
    for (const auto level : {Redaction::Full, Redaction::Addresses, Redaction::Strict}) {
        EXPECT_EQ(redactionOf(nameOf(level)), level);
    }
    EXPECT_EQ(redactionOf("none"), std::nullopt);
}

}  // namespace
}  // namespace weft::report
