// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/daemon/local/local_server.h"
#include "core/rpc/library.h"
#include "tests/core/daemon/fake_connection.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <utility>

namespace weft::daemon {

/// The local server in front of a table of fake connections.
class LocalServerFixture : public ::testing::Test {
protected:
    LocalServerFixture()
        : loop_("test-daemon")
        , work_("test-work")
        , table_(
              loop_,
              work_,
              ProfileStore(folder_.path()),
              factory_,
              ConnectionTable::Options{options(), "alpha"}) {
        rpc::prepareLibrary();
        EXPECT_TRUE(table_.load().ok());
    }
    ~LocalServerFixture() override {
        server_.reset();
        planner_.stop();
        drafts_.stop();
        loop_.stop();
        work_.stop();
    }
    static config::NodeOptions options() {
        config::NodeOptions options;
        options.mesh.joinAddresses = {{"10.0.0.1", 8443}};
        options.tls.insecure = true;
        return options;
    }
    void serve(api::Grade grade, std::size_t calls = kCallsPerUser) {
        auto server = LocalServer::create(loop_, parts_, {"test", grade, calls});
        ASSERT_TRUE(server.ok()) << server.status();
        server_ = *std::move(server);
    }
    /// Runs `work` on the daemon's loop and waits for it.
    void onLoop(const std::function<void()>& work) {
        std::promise<void> done;
        loop_.post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir folder_;
    tests::FakeConnections factory_;
    base::AsioLoop loop_;
    base::AsioLoop work_;
    ConnectionTable table_;
    DraftDesk drafts_{DraftStore(folder_.path())};
    Planner planner_;
    TrafficDesk traffic_{loop_, table_};
    const LocalParts parts_{table_, drafts_, planner_, traffic_};
    std::unique_ptr<LocalServer> server_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

}  // namespace weft::daemon
