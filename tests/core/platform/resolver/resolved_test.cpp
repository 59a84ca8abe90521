// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/mutex.h"
#include "core/base/unique_fd.h"
#include "core/platform/link_resolver.h"
#include "tests/support/temp_dir.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

namespace weft::platform::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kConfig =
    R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy>
</busconfig>)";

/// A bus of this test alone, which is the system's as far as this process can see.
class OwnBus {
public:
    OwnBus() {
        const auto socket = (folder_ / "bus").string();
        const auto config = (folder_ / "bus.conf").string();
        EXPECT_TRUE(base::writeFileAtomically(config, fmt::format(kConfig, socket)).ok());
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe(ends.data()), 0);
        const base::UniqueFd reading(ends[0]);
        const auto print = fmt::format("--print-address={}", ends[1]);
        const auto file = "--config-file=" + config;
        std::array<char*, 5> words{
            const_cast<char*>("dbus-daemon"),
            const_cast<char*>(file.c_str()),
            const_cast<char*>("--nofork"),
            const_cast<char*>(print.c_str()),
            nullptr};
        EXPECT_EQ(::posix_spawnp(&child_, words[0], nullptr, nullptr, words.data(), environ), 0)
            << "install the package dbus-daemon";
        ::close(ends[1]);
        // It is there once it has said where.
        char byte = 0;
        EXPECT_EQ(::read(reading.get(), &byte, 1), 1);
        ::setenv("DBUS_SYSTEM_BUS_ADDRESS", ("unix:path=" + socket).c_str(), 1);
    }
    ~OwnBus() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    }
    OwnBus(const OwnBus&) = delete;
    OwnBus& operator=(const OwnBus&) = delete;

private:
    weft::tests::TempDir folder_;
    pid_t child_ = -1;
};

/// Takes the calls that systemd-resolved takes, and writes down what they say.
class FakeResolved {
public:
    FakeResolved() {
        EXPECT_GE(sd_bus_open_system(&bus_), 0);
        EXPECT_GE(
            sd_bus_add_object(
                bus_, nullptr, "/org/freedesktop/resolve1", &FakeResolved::onCall, this),
            0);
        EXPECT_GE(sd_bus_request_name(bus_, "org.freedesktop.resolve1", 0), 0);
        thread_ = std::thread([this] {
            constexpr std::uint64_t kTurn = 10'000;
            while (!stop_) {
                while (sd_bus_process(bus_, nullptr) > 0) {
                }
                sd_bus_wait(bus_, kTurn);
            }
        });
    }
    ~FakeResolved() {
        stop_ = true;
        thread_.join();
        sd_bus_flush_close_unref(bus_);
    }
    FakeResolved(const FakeResolved&) = delete;
    FakeResolved& operator=(const FakeResolved&) = delete;

    std::vector<std::string> calls() const WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        return calls_;
    }
    /// What is answered from now on to calls of this name.
    void refuse(std::string method, std::string error) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        refused_ = std::move(method);
        error_ = std::move(error);
    }

private:
    static std::string arguments(sd_bus_message* message, const std::string& method) {
        if (method == "SetLinkDNSEx") {
            int family = 0;
            const void* bytes = nullptr;
            std::size_t size = 0;
            std::uint16_t port = 0;
            const char* name = nullptr;
            sd_bus_message_enter_container(message, 'a', "(iayqs)");
            sd_bus_message_enter_container(message, 'r', "iayqs");
            sd_bus_message_read(message, "i", &family);
            sd_bus_message_read_array(message, 'y', &bytes, &size);
            sd_bus_message_read(message, "qs", &port, &name);
            const auto* first = static_cast<const std::uint8_t*>(bytes);
            return fmt::format(
                "{} {} {} \"{}\"",
                family,
                fmt::join(std::vector<int>(first, first + size), "."),
                port,
                name);
        }
        if (method == "SetLinkDomains") {
            std::string text;
            const char* domain = nullptr;
            int routing = 0;
            sd_bus_message_enter_container(message, 'a', "(sb)");
            while (sd_bus_message_read(message, "(sb)", &domain, &routing) > 0) {
                text += fmt::format("{}{},", routing != 0 ? "~" : "", domain);
            }
            return text;
        }
        if (method == "SetLinkDefaultRoute") {
            int on = 0;
            sd_bus_message_read(message, "b", &on);
            return on != 0 ? "yes" : "no";
        }
        const char* text = "";
        sd_bus_message_read(message, "s", &text);
        return text;
    }

    static int onCall(sd_bus_message* message, void* self, sd_bus_error* error) {
        auto& own = *static_cast<FakeResolved*>(self);
        const std::string method = sd_bus_message_get_member(message);
        int interface = 0;
        sd_bus_message_read(message, "i", &interface);
        const base::MutexLock lock(own.mutex_);
        if (method == own.refused_) {
            return sd_bus_error_set(error, own.error_.c_str(), "because of the test");
        }
        own.calls_.push_back(
            fmt::format("{} {} {}", method, interface, arguments(message, method)));
        return sd_bus_reply_method_return(message, "");
    }

    sd_bus* bus_ = nullptr;
    std::atomic<bool> stop_ = false;
    mutable base::Mutex mutex_;
    std::vector<std::string> calls_ WEFT_GUARDED_BY(mutex_);
    std::string refused_ WEFT_GUARDED_BY(mutex_);
    std::string error_ WEFT_GUARDED_BY(mutex_);
    std::thread thread_;
};

class ResolvedTest : public ::testing::Test {
protected:
    static LinkNames names(const char* server = "172.16.0.1:53") {
        return {"lo", *net::Endpoint::parse(server), {"mesh.internal", "16.172.in-addr.arpa"}};
    }

    OwnBus bus_;
    std::unique_ptr<LinkResolver> resolver_ = createLinkResolver();
};

TEST_F(ResolvedTest, IsNotThereUntilItRuns) {
    EXPECT_EQ(resolver_->instance().status().code(), StatusCode::kNotFound);
    EXPECT_EQ(resolver_->set(names()).code(), StatusCode::kNotFound);
    EXPECT_TRUE(resolver_->revert("lo").ok());
    std::string first;
    {
        const FakeResolved resolved;
        first = resolver_->instance().value_or("");
        EXPECT_THAT(first, HasSubstr(":1."));
    }
    const FakeResolved another;
    EXPECT_NE(resolver_->instance().value_or(""), first);
}

TEST_F(ResolvedTest, IsToldTheServerAndTheDomainsOfTheInterfaceAlone) {
    const FakeResolved resolved;

    const Status set = resolver_->set(names());

    ASSERT_TRUE(set.ok()) << messageOf(set);
    EXPECT_THAT(
        resolved.calls(),
        ElementsAre(
            "SetLinkDNSEx 1 2 172.16.0.1 53 \"\"",
            "SetLinkDomains 1 ~mesh.internal,~16.172.in-addr.arpa,",
            "SetLinkDefaultRoute 1 no",
            "SetLinkDNSSEC 1 no",
            "SetLinkDNSOverTLS 1 no"));
}

TEST_F(ResolvedTest, IsToldAServerOfTheOtherFamilyAndItsPort) {
    const FakeResolved resolved;

    ASSERT_TRUE(resolver_->set(names("[fd00::1]:5353")).ok());

    EXPECT_EQ(
        resolved.calls().front(), "SetLinkDNSEx 1 10 253.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1 5353 \"\"");
}

TEST_F(ResolvedTest, IsToldThatNothingIsWantedAnyMore) {
    const FakeResolved resolved;

    EXPECT_TRUE(resolver_->revert("lo").ok());
    EXPECT_TRUE(resolver_->revert("no-such0").ok());

    EXPECT_THAT(resolved.calls(), ElementsAre("RevertLink 1 "));
}

TEST_F(ResolvedTest, SaysThatThisUserMayNot) {
    FakeResolved resolved;
    resolved.refuse("SetLinkDNSEx", "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired");

    const Status set = resolver_->set(names());

    EXPECT_EQ(set.code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(messageOf(set), HasSubstr("polkit"));
    EXPECT_THAT(messageOf(set), HasSubstr("because of the test"));
    EXPECT_THAT(resolved.calls(), IsEmpty());
}

TEST_F(ResolvedTest, DoesWithoutWhatOlderOnesDoNotKnow) {
    FakeResolved resolved;
    resolved.refuse("SetLinkDNSOverTLS", "org.freedesktop.DBus.Error.UnknownMethod");

    EXPECT_TRUE(resolver_->set(names()).ok());
}

TEST_F(ResolvedTest, KnowsWhichInterfaceIsNotThere) {
    const FakeResolved resolved;
    auto gone = names();
    gone.interface = "no-such0";

    EXPECT_EQ(resolver_->set(gone).code(), StatusCode::kNotFound);
    EXPECT_THAT(resolved.calls(), IsEmpty());
}

}  // namespace
}  // namespace weft::platform::tests
