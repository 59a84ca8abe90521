// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/load.h"
#include "core/daemon/connection_table.h"
#include "tests/core/daemon/fake_connection.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {

/// Takes one answer.
template <typename T>
struct Slot {
    std::optional<StatusOr<T>> value;
    Callback<T> callback() {
        return [this](StatusOr<T> given) {
            EXPECT_FALSE(value) << "answered twice";
            value = std::move(given);
        };
    }
    StatusCode code() const { return value ? value->status().code() : StatusCode::kUnknown; }
};

struct StatusSlot {
    std::optional<Status> value;
    StatusCallback callback() {
        return [this](const Status& given) {
            EXPECT_FALSE(value) << "answered twice";
            value = given;
        };
    }
    StatusCode code() const { return value ? value->code() : StatusCode::kUnknown; }
};

class ConnectionTableTest : public ::testing::Test {
protected:
    using Connection = weft::local::v1::Connection;
    using Profile = weft::local::v1::Profile;

    void open(const config::NodeOptions& base = {}) {
        table_.emplace(
            loop_,
            loop_,
            ProfileStore(folder_.path()),
            factory_,
            ConnectionTable::Options{
                base, "alpha", [this](const std::string& id) { notStarted_.push_back(id); }});
        ASSERT_TRUE(table_->load().ok());
    }
    static config::NodeOptions load(std::vector<std::string> arguments) {
        arguments.emplace_back("--weft.state-dir=/nowhere");
        arguments.emplace_back("--weft.local-socket=/nowhere/weft.sock");
        config::LoadRequest request;
        request.arguments = std::move(arguments);
        const auto options = config::load(request);
        EXPECT_TRUE(options.ok()) << options.status();
        return options.ok() ? *options : config::NodeOptions();
    }
    static config::NodeOptions joining() {
        return load({"--mesh.join-address=10.0.0.1:8443", "--tls.insecure"});
    }
    /// A member profile that is connected.
    std::string connectedMember() {
        Profile profile;
        profile.set_kind(Profile::KIND_MEMBER);
        profile.set_name("home");
        profile.add_join_addresses("10.0.0.1:8443");
        profile.set_tls_mode(Profile::TLS_MODE_INSECURE);
        Slot<Profile> put;
        table_->putProfile(profile, put.callback());
        loop_.runPosted();
        EXPECT_TRUE(put.value && put.value->ok());
        std::string id = (*put.value)->id();
        StatusSlot connected;
        table_->connectProfile(id, {}, connected.callback());
        loop_.runPosted();
        factory_.made.back()->tell(Connection::STATE_CONNECTED);
        loop_.runPosted();
        return id;
    }
    Connection::State stateOf(const std::string& id) const {
        const auto state = table_->state();
        for (const auto& connection : state.connections()) {
            if (connection.profile_id() == id) {
                return connection.state();
            }
        }
        return Connection::STATE_UNSPECIFIED;
    }
    ::v1::ConnectRequest connectRequest(const std::string& section, const std::string& key) {
        ::v1::ConnectRequest request;
        auto& below =
            *(*request.mutable_config()->mutable_fields())[section].mutable_struct_value();
        (*below.mutable_fields())[key].set_string_value("10.0.0.1:8443");
        return request;
    }

    tests::TempDir folder_;
    tests::ManualLoop loop_;
    tests::FakeConnections factory_;
    std::vector<std::string> notStarted_;
    std::optional<ConnectionTable> table_;
};

}  // namespace weft::daemon
