// SPDX-License-Identifier: Apache-2.0
#include "core/report/sections.h"

#include "core/base/text.h"
#include "tests/support/fake_scenes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace weft::report {
namespace {

using testing::HasSubstr;
using testing::Not;

const WallTime kNow = WallTime(std::chrono::seconds(1'800'000'000));

bool isWord(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether `value` stands in `text` as a word of its own, in any case.
bool stands(std::string text, std::string value) {
    const auto toLower = [](std::string& each) {
        std::ranges::transform(each, each.begin(), [](unsigned char c) {
            return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
        });
    };
    toLower(text);
    toLower(value);
    for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + 1)) {
        const auto end = at + value.size();
        const bool begins = at == 0 || !isWord(text[at - 1]) || !isWord(value.front());
        const bool ends = end == text.size() || !isWord(text[end]) || !isWord(value.back());
        if (begins && ends) {
            return true;
        }
    }
    return false;
}

Answers answersOf(const char* scene) {
    const auto fake = tests::fakeScene(scene, kNow).value();
    Answers answers;
    answers.time = kNow;
    answers.version = "1.0";
    answers.platform = "Linux 6.1 x86_64";
    answers.capabilities = fake.capabilities;
    answers.state = fake.state;
    for (const auto& [id, peers] : fake.peers) {
        MeshAnswers mesh;
        mesh.id = id;
        mesh.peers = peers;
        if (const auto routes = fake.routes.find(id); routes != fake.routes.end()) {
            mesh.routes = routes->second;
        }
        answers.meshes.push_back(std::move(mesh));
    }
    answers.log = fake.log;
    // What a log line says of each node.
    for (const auto& mesh : answers.meshes) {
        for (const auto& peer : *mesh.peers) {
            answers.log->push_back(
                {kNow,
                 api::LogLevel::Info,
                 "mesh",
                 "peer changed peer=" + base::escapeForLine(peer.id, 4096)
                     + " endpoint=" + peer.primaryEndpoint + " address=" + peer.addressIpv4});
        }
    }
    return answers;
}

std::string allOf(const std::vector<Section>& sections) {
    std::string all;
    for (const auto& section : sections) {
        all += section.name + "\n" + section.title + "\n" + section.text;
    }
    return all;
}

std::vector<std::string> namesIn(const Answers& answers) {
    std::vector<std::string> names;
    for (const auto& profile : answers.state->profiles) {
        names.insert(names.end(), {profile.name, profile.nodeId, profile.meshDomain});
    }
    for (const auto& connection : answers.state->connections) {
        names.insert(
            names.end(),
            {connection.nodeId, connection.publicKey, connection.meshIdentity, connection.leader});
        for (const auto& address : {connection.addressIpv4, connection.addressIpv6}) {
            names.push_back(address.substr(0, address.find('/')));
        }
    }
    for (const auto& mesh : answers.meshes) {
        for (const auto& peer : *mesh.peers) {
            names.insert(names.end(), {peer.id, peer.publicKey});
            names.push_back(peer.addressIpv4.substr(0, peer.addressIpv4.find('/')));
        }
    }
    std::erase(names, "");
    return names;
}

class SectionsOf : public testing::TestWithParam<const char*> {};

TEST_P(SectionsOf, LeaveNoNameNorAddressAtTheStrictLevel) {
    const Answers answers = answersOf(GetParam());
    const std::string report = allOf(makeSections(answers, Redaction::Strict));

    for (const auto& name : namesIn(answers)) {
        EXPECT_FALSE(stands(report, name)) << base::escapeForLine(name);
        EXPECT_FALSE(stands(report, base::escapeForLine(name, 4096))) << base::escapeForLine(name);
    }
}

TEST_P(SectionsOf, LeaveNoPublicAddressAndKeepNamesAtTheUsualLevel) {
    const Answers answers = answersOf(GetParam());
    const std::string report = allOf(makeSections(answers, Redaction::Addresses));

    for (const auto* network : {"203.0.113.", "198.51.100.", "192.0.2.", "2001:db8"}) {
        EXPECT_THAT(report, Not(HasSubstr(network)));
    }
    EXPECT_TRUE(
        stands(report, base::escapeForLine(answers.state->connections.front().nodeId, 4096)));
}

TEST_P(SectionsOf, AreTheSameForTheSameAnswers) {
    const Answers answers = answersOf(GetParam());

    EXPECT_EQ(
        allOf(makeSections(answers, Redaction::Strict)),
        allOf(makeSections(answers, Redaction::Strict)));
}

INSTANTIATE_TEST_SUITE_P(Scenes, SectionsOf, testing::Values("home", "hostile", "several"));

TEST(Sections, CallTheSameThingTheSameEverywhere) {
    Answers answers = answersOf("home");
    answers.log = std::vector<api::LogLine>{
        {kNow, api::LogLevel::Info, "mesh", "handshake peer=nas endpoint=203.0.113.7:51820"},
        {kNow, api::LogLevel::Info, "mesh", "again peer=nas from=203.0.113.7"}};
    Answers without = answers;

    const auto sections = makeSections(answers, Redaction::Strict);

    const std::string& log = sections.back().text;
    const auto tokenAfter = [&log](const std::string& key, std::size_t from) {
        const auto at = log.find(key, from) + key.size();
        return log.substr(at, log.find_first_of(" :\n", at) - at);
    };
    const auto second = log.find("again");
    EXPECT_EQ(tokenAfter("peer=", 0), tokenAfter("peer=", second));
    EXPECT_EQ(tokenAfter("endpoint=", 0), tokenAfter("from=", second));
    // The list of members speaks of the same one.
    const auto members = std::ranges::find(sections, "mesh-1-peers", &Section::name);
    ASSERT_NE(members, sections.end());
    EXPECT_TRUE(stands(members->text, tokenAfter("peer=", 0)));
}

TEST(Sections, SayWhyAPartCouldNotBeHad) {
    Answers answers = answersOf("home");
    answers.meshes.front().routes = unavailable("no leader at vpn.example.org");

    const auto sections = makeSections(answers, Redaction::Addresses);

    const auto routes = std::ranges::find(sections, "mesh-1-routes", &Section::name);
    ASSERT_NE(routes, sections.end());
    EXPECT_TRUE(routes->failed);
    EXPECT_THAT(
        routes->text, testing::MatchesRegex("This could not be had: no leader at host-[0-9]+\n"));
}

TEST(Sections, NeverHaveASecretInThem) {
    Answers answers = answersOf("home");
    answers.log->push_back({kNow, api::LogLevel::Info, "mesh", "joined with weft1-c2VjcmV0"});

    const std::string report = allOf(makeSections(answers, Redaction::Full));

    EXPECT_THAT(report, Not(HasSubstr("c2VjcmV0")));
    EXPECT_THAT(report, HasSubstr("203.0.113.7"));
}

}  // namespace
}  // namespace weft::report
