// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/join_names.h"

#include "core/base/file.h"
#include "core/services/link/known_places.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>
#include <utility>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

net::IpAddress address(const std::string& text) {
    return *net::IpAddress::parse(text);
}

class JoinNamesTest : public testing::Test {
protected:
    void make(std::vector<std::string> hosts) {
        names_ = std::make_unique<JoinNames>(JoinNames::Parts{
            .loop = loop_,
            .hosts = std::move(hosts),
            .file = file(),
            .lookUp = [this](const std::string& host) { return answer_(host); },
            .changed = [this] { ++changes_; }});
    }
    std::filesystem::path file() const { return folder_.path() / "join.addresses"; }
    /// Looks, and waits for what is told.
    void look() {
        const int before = changes_;
        names_->lookUp();
        const auto end = std::chrono::steady_clock::now() + 10s;
        while (changes_ == before && std::chrono::steady_clock::now() < end) {
            std::this_thread::yield();
            loop_.runPosted();
        }
        EXPECT_GT(changes_, before) << "nothing was told";
    }

    tests::TempDir folder_;
    tests::ManualLoop loop_;
    std::function<StatusOr<JoinNames::Addresses>(const std::string&)> answer_ =
        [](const std::string& /*host*/) { return unavailable("nobody to ask"); };
    int changes_ = 0;
    std::unique_ptr<JoinNames> names_;
};

TEST_F(JoinNamesTest, AreKnownOnceTheyWereLookedUpAndAlsoToTheNextRun) {
    answer_ = [](const std::string& /*host*/) {
        return JoinNames::Addresses{address("198.51.100.7"), address("2001:db8::7")};
    };
    make({"mesh.example"});
    EXPECT_FALSE(names_->isSettled());
    EXPECT_EQ(names_->next("mesh.example"), std::nullopt);

    look();

    EXPECT_TRUE(names_->isSettled());
    // When nobody can be asked any more.
    answer_ = [](const std::string& /*host*/) { return unavailable("nobody to ask"); };
    make({"mesh.example", "192.0.2.1"});
    EXPECT_TRUE(names_->isSettled());
    EXPECT_THAT(names_->addresses(), ElementsAre(address("198.51.100.7"), address("2001:db8::7")));
    EXPECT_EQ(names_->next("mesh.example"), address("198.51.100.7"));
    EXPECT_EQ(names_->next("mesh.example"), address("2001:db8::7"));
    EXPECT_EQ(names_->next("mesh.example"), address("198.51.100.7"));
    EXPECT_EQ(names_->next("192.0.2.1"), std::nullopt) << "an address is where it says";
}

TEST_F(JoinNamesTest, FollowTheNameAndKeepWhatIsKnownWhenNobodyAnswers) {
    ASSERT_TRUE(base::writeFileAtomically(file(), "mesh.example 198.51.100.7\n").ok());
    answer_ = [](const std::string& /*host*/) {
        return JoinNames::Addresses{address("198.51.100.8")};
    };
    make({"mesh.example"});

    look();
    EXPECT_THAT(names_->addresses(), ElementsAre(address("198.51.100.8")));
    std::promise<void> asked;
    answer_ = [&asked](const std::string& /*host*/) {
        asked.set_value();
        return unavailable("nobody to ask");
    };
    names_->lookUp();
    EXPECT_NE(asked.get_future().wait_for(0s), std::future_status::ready) << "it was just asked";
    asked = {};
    loop_.advance(JoinNames::kLeastPause);
    names_->lookUp();
    ASSERT_EQ(asked.get_future().wait_for(10s), std::future_status::ready);

    names_.reset();
    make({"mesh.example"});
    EXPECT_THAT(names_->addresses(), ElementsAre(address("198.51.100.8")));
}

TEST_F(JoinNamesTest, AreWaitedForSoLongAndNoLonger) {
    std::promise<void> release;
    answer_ = [released = release.get_future().share()](const std::string& /*host*/) {
        released.wait();
        return unavailable("nobody to ask");
    };
    make({"mesh.example"});
    names_->lookUp();

    loop_.advance(JoinNames::kPatience - 1ms);
    EXPECT_FALSE(names_->isSettled());
    loop_.advance(1ms);

    EXPECT_TRUE(names_->isSettled());
    EXPECT_EQ(changes_, 1);
    release.set_value();
}

TEST_F(JoinNamesTest, HaveSoManyAddressesAndNoMore) {
    answer_ = [](const std::string& /*host*/) {
        JoinNames::Addresses many;
        for (std::uint32_t number = 0; number <= kMostAddressesOfName; ++number) {
            many.push_back(net::IpAddress::v4(0xC6336400 + number));
        }
        return many;
    };
    make({"mesh.example"});

    look();

    EXPECT_THAT(names_->addresses(), SizeIs(kMostAddressesOfName));
}

TEST_F(JoinNamesTest, PassOverWhatIsDamagedOnTheDisk) {
    ASSERT_TRUE(base::writeFileAtomically(
                    file(),
                    "other.example 198.51.100.9\nmesh.example nowhere\nmesh.example "
                    "198.51.100.7\nmesh.example")
                    .ok());

    make({"mesh.example"});

    EXPECT_THAT(names_->addresses(), ElementsAre(address("198.51.100.7")));
}

TEST_F(JoinNamesTest, AreNotLookedUpWhereThereAreNone) {
    make({"192.0.2.1", "2001:db8::1"});

    EXPECT_TRUE(names_->isSettled());
    EXPECT_THAT(names_->addresses(), IsEmpty());
    names_->lookUp();
    loop_.advance(JoinNames::kPatience);
    EXPECT_EQ(changes_, 0);
}

TEST(KnownPlaces, AreDialledForANameThatTheCertificateIsStillHeldTo) {
    const services::KnownPlaces places = [](const std::string& host) {
        return host == "mesh.example" ? std::optional(address("2001:db8::7")) : std::nullopt;
    };
    net::HostPort known{"mesh.example", 8443};
    net::HostPort other{"other.example", 8443};
    services::LinkOptions options;
    services::LinkOptions named;
    named.serverName = "storage.mesh";

    services::dialWhereKnown(places, known, options);
    EXPECT_EQ(known.toString(), "[2001:db8::7]:8443");
    EXPECT_EQ(options.serverName, "mesh.example");

    known.host = "mesh.example";
    services::dialWhereKnown(places, known, named);
    EXPECT_EQ(named.serverName, "storage.mesh");
    services::LinkOptions untouched;
    services::dialWhereKnown(places, other, untouched);
    services::dialWhereKnown({}, other, untouched);
    EXPECT_EQ(other.toString(), "other.example:8443");
    EXPECT_TRUE(untouched.serverName.empty());
}

TEST(KnownPlaces, AreWhatTheSystemSaysOfAName) {
    const auto found = services::lookUpHost("localhost", 8);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_THAT(*found, Contains(net::IpAddress::v4(0x7F000001)));
    EXPECT_THAT(*services::lookUpHost("localhost", 1), SizeIs(1));
    EXPECT_EQ(
        services::lookUpHost("a name with spaces", 8).status().code(), StatusCode::kUnavailable);
}

}  // namespace
}  // namespace weft::daemon
