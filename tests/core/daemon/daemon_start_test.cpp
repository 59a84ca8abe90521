// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/daemon.h"
#include "core/daemon/profile_store.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

namespace weft::daemon {
namespace {

TEST(DaemonStart, EndsWellWhenItsSocketCannotBeHad) {
    const tests::TempDir folder;
    StoredProfile stored;
    stored.profile.set_id("home");
    stored.profile.set_name("Home");
    stored.profile.set_node_id("alpha");
    stored.profile.set_mesh_domain("home.internal");
    stored.profile.set_kind(weft::local::v1::Profile::KIND_FOUNDER);
    ASSERT_TRUE(ProfileStore(folder / "state" / "profiles").save(stored).ok());
    config::NodeOptions options;
    options.weft.stateDir = folder / "state";
    options.weft.localSocket = "/proc/nowhere/socket";

    // What it has posted of the profile by then races with its end.
    for (int attempt = 0; attempt < 50; ++attempt) {
        const auto daemon = Daemon::start(options);
        ASSERT_FALSE(daemon.ok());
    }
}

}  // namespace
}  // namespace weft::daemon
