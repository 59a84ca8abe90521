// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/resolver_keeper.h"

#include "core/base/file.h"
#include "core/platform/resolver/resolver_text.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>

#include <fstream>
#include <vector>

namespace weft::daemon::tests {
namespace {

using ::testing::SizeIs;

class NoLinks final : public platform::LinkResolver {
public:
    StatusOr<std::string> instance() override { return notFound("there is none"); }
    Status set(const platform::LinkNames& /*names*/) override { return notFound("none"); }
    Status revert(const std::string& /*interface*/) override { return okStatus(); }
};

class ResolverKeeperTest : public ::testing::Test {
protected:
    ResolverKeeperTest() { write(kBefore); }

    void write(const std::string& text) const { std::ofstream(path_, std::ios::trunc) << text; }
    std::string read() const { return base::readFile(path_, 100'000).value_or("nothing there"); }
    void want(const std::string& interface) {
        keeper_.want(
            {interface, {kServer, 53}, {"mesh.internal"}},
            [this](const platform::ResolverState& state) { told_.push_back(state); });
    }

    static constexpr const char* kBefore = "nameserver 10.0.0.1\n";
    const net::IpAddress kServer = *net::IpAddress::parse("172.16.0.1");
    weft::tests::TempDir folder_;
    std::filesystem::path path_ = folder_ / "resolv.conf";
    NoLinks links_;
    platform::HostResolver resolver_{
        links_, platform::ResolverFile(path_, folder_ / "resolver.journal")};
    weft::tests::ManualLoop loop_;
    ResolverKeeper keeper_{resolver_, loop_};
    std::vector<platform::ResolverState> told_;
};

TEST_F(ResolverKeeperTest, PutsTheLineBackWithinHalfAMinute) {
    want("weft0");
    write(kBefore);

    loop_.advance(ResolverKeeper::kInterval);

    EXPECT_TRUE(platform::isFirst(read(), kServer));
    EXPECT_THAT(told_, SizeIs(1));
    keeper_.forget("weft0");
    EXPECT_EQ(read(), kBefore);
}

TEST_F(ResolverKeeperTest, TellsWhatHasBecomeOfIt) {
    write("search mesh.internal\n");
    want("weft0");
    ASSERT_THAT(told_, SizeIs(1));
    EXPECT_FALSE(told_[0].status.ok());
    write(kBefore);

    loop_.advance(ResolverKeeper::kInterval);

    ASSERT_THAT(told_, SizeIs(2));
    EXPECT_TRUE(told_[1].status.ok());
}

TEST_F(ResolverKeeperTest, GivesTheFileToTheNextAtOnce) {
    want("weft0");
    want("weft1");
    EXPECT_FALSE(told_.back().status.ok());

    keeper_.forget("weft0");

    EXPECT_TRUE(told_.back().status.ok());
    EXPECT_TRUE(platform::isFirst(read(), kServer));
}

TEST_F(ResolverKeeperTest, TriesAgainToUndoWhatWasLeft) {
    want("weft0");
    platform::HostResolver next(
        links_, platform::ResolverFile(path_, folder_ / "resolver.journal"));
    ResolverKeeper keeper(next, loop_);
    const auto ours = read();
    // Something is in the way, and goes.
    std::filesystem::remove(path_);
    std::filesystem::create_directory(path_);
    keeper.recover();
    std::filesystem::remove(path_);
    write(ours);

    loop_.advance(ResolverKeeper::kInterval);

    EXPECT_TRUE(next.isIdle());
}

}  // namespace
}  // namespace weft::daemon::tests
