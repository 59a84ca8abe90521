// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/host_resolver.h"

#include "core/base/file.h"
#include "core/platform/resolver/resolver_text.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>

#include <fstream>
#include <memory>

namespace weft::platform::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FakeLinks final : public LinkResolver {
public:
    StatusOr<std::string> instance() override {
        return running ? StatusOr<std::string>(run) : notFound("it does not run");
    }
    Status set(const LinkNames& names) override {
        if (answer.ok()) {
            links.insert_or_assign(names.interface, names);
        }
        return answer;
    }
    Status revert(const std::string& interface) override {
        links.erase(interface);
        return okStatus();
    }

    bool running = true;
    std::string run = ":1.1";
    Status answer;
    std::map<std::string, LinkNames> links;
};

constexpr const char* kStub = "nameserver 127.0.0.53\nsearch office.example\n";
constexpr const char* kPlain = "nameserver 10.0.0.1\nsearch office.example\n";

class HostResolverTest : public ::testing::Test {
protected:
    void write(const std::string& text) const { std::ofstream(path_, std::ios::trunc) << text; }
    std::string read() const { return base::readFile(path_, 1'000'000).value_or("nothing there"); }
    void restart() {
        resolver_ = std::make_unique<HostResolver>(
            links_, ResolverFile(path_, folder_ / "resolver.journal"));
    }
    static LinkNames names(const std::string& interface = "weft0", std::uint16_t port = 53) {
        return {interface, {*net::IpAddress::parse("172.16.0.1"), port}, {"mesh.internal"}};
    }
    static std::string withOurs(const std::string& text) {
        return withServer(text, names().server.address);
    }

    weft::tests::TempDir folder_;
    std::filesystem::path path_ = folder_ / "resolv.conf";
    FakeLinks links_;
    std::unique_ptr<HostResolver> resolver_ =
        std::make_unique<HostResolver>(links_, ResolverFile(path_, folder_ / "resolver.journal"));
};

TEST_F(HostResolverTest, TellsTheResolverOfTheSystemThatTheFileLeadsTo) {
    write(kStub);

    const auto state = resolver_->want(names("weft0", 5353));

    EXPECT_TRUE(state.status.ok()) << messageOf(state.status);
    EXPECT_EQ(state.way, ResolverWay::Link);
    ASSERT_THAT(links_.links, SizeIs(1));
    EXPECT_EQ(links_.links.at("weft0"), names("weft0", 5353));
    EXPECT_EQ(read(), kStub);
    resolver_->forget("weft0");
    EXPECT_THAT(links_.links, IsEmpty());
    EXPECT_TRUE(resolver_->isIdle());
}

TEST_F(HostResolverTest, WritesTheFileThatLeadsElsewhere) {
    write(kPlain);

    EXPECT_EQ(resolver_->want(names()).way, ResolverWay::File);

    EXPECT_THAT(links_.links, IsEmpty());
    EXPECT_EQ(read(), withOurs(kPlain));
    resolver_->forget("weft0");
    EXPECT_EQ(read(), kPlain);
    EXPECT_TRUE(resolver_->isIdle());
}

TEST_F(HostResolverTest, WritesTheFileWhenNobodyAnswersForIt) {
    write(kStub);
    links_.running = false;

    EXPECT_EQ(resolver_->want(names()).way, ResolverWay::File);

    EXPECT_EQ(read(), withOurs(kStub));
}

TEST_F(HostResolverTest, SaysWhyTheResolverOfTheSystemWouldNot) {
    write(kStub);
    links_.answer = permissionDenied("not you");

    const auto state = resolver_->want(names());

    EXPECT_EQ(state.status.code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(read(), kStub);
    links_.answer = okStatus();
    EXPECT_THAT(resolver_->look(), SizeIs(1));
    EXPECT_THAT(links_.links, SizeIs(1));
}

TEST_F(HostResolverTest, TellsTheResolverOfTheSystemAgainWhenItWasStartedAnew) {
    write(kStub);
    resolver_->want(names());
    links_.links.clear();

    EXPECT_THAT(resolver_->look(), IsEmpty());
    EXPECT_THAT(links_.links, IsEmpty());
    links_.run = ":1.2";
    EXPECT_THAT(resolver_->look(), IsEmpty());

    EXPECT_THAT(links_.links, SizeIs(1));
}

TEST_F(HostResolverTest, LeavesTheFileForTheResolverOfTheSystemOnceItIsThere) {
    write(kStub);
    links_.running = false;
    resolver_->want(names());
    links_.running = true;

    const auto changed = resolver_->look();

    ASSERT_THAT(changed, SizeIs(1));
    EXPECT_EQ(changed.at("weft0").way, ResolverWay::Link);
    EXPECT_EQ(read(), kStub);
}

TEST_F(HostResolverTest, PutsItsLineBackWhenSomebodyHasWrittenTheFile) {
    write(kPlain);
    resolver_->want(names());
    write("nameserver 10.0.0.2\n");

    EXPECT_THAT(resolver_->look(), IsEmpty());

    EXPECT_EQ(read(), withOurs("nameserver 10.0.0.2\n"));
    resolver_->forget("weft0");
    EXPECT_EQ(read(), "nameserver 10.0.0.2\n");
}

TEST_F(HostResolverTest, UndoesWhatAKilledProgramLeft) {
    write(kPlain);
    resolver_->want(names());
    restart();

    EXPECT_TRUE(resolver_->recover().ok());

    EXPECT_EQ(read(), kPlain);
    EXPECT_TRUE(resolver_->isIdle());
}

TEST_F(HostResolverTest, GivesTheFileToOneMeshAtATime) {
    write(kPlain);
    resolver_->want(names());

    const auto second = resolver_->want(names("weft1"));

    EXPECT_EQ(second.status.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status), HasSubstr("weft0 has"));
    resolver_->forget("weft1");
    EXPECT_EQ(read(), withOurs(kPlain));
    resolver_->want(names("weft1"));
    resolver_->forget("weft0");
    EXPECT_EQ(resolver_->look().at("weft1").status, okStatus());
    EXPECT_EQ(read(), withOurs(kPlain));
}

TEST_F(HostResolverTest, CannotNameAPortInTheFile) {
    write(kPlain);

    const auto state = resolver_->want(names("weft0", 5353));

    EXPECT_THAT(messageOf(state.status), HasSubstr("cannot name another port"));
    EXPECT_EQ(read(), kPlain);
}

TEST_F(HostResolverTest, TakesNoDomainThatIsOthers) {
    for (const std::string text : {kPlain, kStub}) {
        write(text);
        for (const auto* taken : {"internal", "office.example"}) {
            auto wish = names();
            wish.domains = {"fine.internal", taken};
            EXPECT_EQ(resolver_->want(wish).status.code(), StatusCode::kFailedPrecondition);
        }
        auto below = names();
        below.domains = {"mesh.office.example"};
        EXPECT_TRUE(resolver_->want(below).status.ok());
        resolver_->forget("weft0");
        EXPECT_EQ(read(), text);
    }
    write("search sub.mesh.internal\n");
    EXPECT_FALSE(resolver_->want(names()).status.ok());
}

TEST_F(HostResolverTest, TakesSixtyFourDomainsAndNotOneMore) {
    write(kStub);
    auto wish = names();
    wish.domains.assign(kMostLinkDomains, "mesh.internal");
    EXPECT_TRUE(resolver_->want(wish).status.ok());
    wish.domains.emplace_back("more.internal");
    EXPECT_EQ(resolver_->want(wish).status.code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::platform::tests
