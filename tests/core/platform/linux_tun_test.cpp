// SPDX-License-Identifier: Apache-2.0
// Opening and the life of a tunnel interface; what every device does with packets is in the
// conformance suite.
#include "core/base/unique_fd.h"
#include "tests/core/platform/linux_fixture.h"
#include "tests/support/syscall_filter.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::platform {
namespace {

using testing::HasSubstr;

/// The user's part of UDP super-packets in the request for offloads.
constexpr std::uint32_t kUsoFlags = 0x60;

using LinuxTunTest = LinuxNetworkTest;

int queueOf(const std::string& name) {
    const base::UniqueFd any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    name.copy(request.ifr_name, IFNAMSIZ - 1);
    EXPECT_EQ(::ioctl(any.get(), SIOCGIFTXQLEN, &request), 0);
    return request.ifr_qlen;
}

TEST_F(LinuxTunTest, TakesTheFirstFreeNumber) {
    const auto first = open();
    const auto second = open();
    const auto named = open({.name = "mesh"});

    EXPECT_EQ(first->name(), "weft0");
    EXPECT_EQ(second->name(), "weft1");
    EXPECT_EQ(named->name(), "mesh");
    EXPECT_NE(interfaceIndex("weft0").value(), interfaceIndex("weft1").value());
}

TEST_F(LinuxTunTest, HasTheOptionsItIsOpenedWith) {
    const auto tun = open({.name = "weft7", .mtu = 1280, .queuePackets = 3000});

    EXPECT_EQ(tun->mtu().value(), 1280U);
    EXPECT_EQ(interfaceMtu("weft7").value(), 1280U);
    EXPECT_EQ(queueOf("weft7"), 3000);
    EXPECT_FALSE(isUp("weft7").value());
    EXPECT_EQ(queueOf(open()->name()), 2000);
}

TEST_F(LinuxTunTest, RefusesANameThatIsTaken) {
    const auto tun = open({.name = "weft0"});

    for (const auto* const name : {"weft0", "lo"}) {
        const auto second = openTun({.name = name});
        EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition) << name;
        EXPECT_THAT(messageOf(second.status()), HasSubstr(name));
    }
}

TEST_F(LinuxTunTest, RefusesOptionsThatMakeNoSense) {
    EXPECT_EQ(openTun({.name = "a/b"}).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(openTun({.mtu = 1}).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(LinuxTunTest, HasNoAddressOfItsOwnAccord) {
    const auto tun = open();
    ASSERT_EQ(setUp(tun->name(), true), okStatus());

    EXPECT_THAT(addressesOf(tun->name()).value(), testing::IsEmpty());
}

TEST_F(LinuxTunTest, TakesTheInterfaceWithIt) {
    auto tun = open();
    const auto name = tun->name();
    ASSERT_EQ(addAddress(name, prefix("10.0.0.1/24")), okStatus());
    ASSERT_EQ(setUp(name, true), okStatus());

    tun.reset();

    EXPECT_EQ(interfaceIndex(name).status().code(), StatusCode::kNotFound);
    EXPECT_EQ(open()->name(), name);
}

TEST_F(LinuxTunTest, LeavesNothingWhenTheProcessIsKilled) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    const base::UniqueFd out(ends[0]);
    base::UniqueFd in(ends[1]);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const auto tun = openTun({.name = "doomed"});
        const char state = tun.ok() && setUp("doomed", true).ok() ? 'y' : 'n';
        static_cast<void>(!::write(in.get(), &state, 1));
        for (;;) {
            ::pause();
        }
    }
    in.reset();
    char state = 0;
    EXPECT_EQ(::read(out.get(), &state, 1), 1);
    EXPECT_EQ(state, 'y');
    EXPECT_TRUE(isUp("doomed").value());

    EXPECT_EQ(::kill(child, SIGKILL), 0);
    EXPECT_EQ(::waitpid(child, nullptr, 0), child);

    EXPECT_EQ(interfaceIndex("doomed").status().code(), StatusCode::kNotFound);
}

TEST_F(LinuxTunTest, NamesTheWaysOutWithoutTheRight) {
    const auto tun = open();
    onThread([&] {
        ASSERT_TRUE(tests::dropNetworkRights());

        const auto other = openTun({});
        EXPECT_EQ(other.status().code(), StatusCode::kPermissionDenied);
        EXPECT_THAT(messageOf(other.status()), HasSubstr("weftd service"));
        EXPECT_THAT(messageOf(other.status()), HasSubstr("setcap cap_net_admin+ep /"));

        const auto address = addAddress(tun->name(), prefix("10.0.0.1/24"));
        EXPECT_EQ(address.code(), StatusCode::kPermissionDenied);
        EXPECT_THAT(messageOf(address), HasSubstr("giving the address 10.0.0.1/24 to weft0"));
        EXPECT_THAT(messageOf(address), HasSubstr("setcap"));
        EXPECT_EQ(tun->setMtu(1400).code(), StatusCode::kPermissionDenied);
        EXPECT_EQ(tun->mtu().value(), 1420U);
    });
}

TEST_F(LinuxTunTest, SaysThatThereIsNoDriver) {
    onThread([] {
        if (!tests::refuseSystemCall(
                SYS_openat, ENOENT, {{.index = 2, .value = O_RDWR, .mask = O_ACCMODE}})) {
            GTEST_SKIP() << "this machine cannot filter system calls";
        }

        const auto tun = openTun({});

        EXPECT_EQ(tun.status().code(), StatusCode::kUnavailable);
        EXPECT_THAT(messageOf(tun.status()), HasSubstr("/dev/net/tun"));
    });
}

TEST_F(LinuxTunTest, AgreesOnLessWhereTheSystemKnowsLess) {
    constexpr TunOffloads kTcp{.checksum = true, .tcp4 = true, .tcp6 = true};
    struct Case {
        tests::ArgumentIs refused;
        TunOffloads agreed;
    };
    // A kernel before 6.2, one without any segmentation, and one without owed checksums.
    for (const auto& [refused, agreed] :
         {Case{{2, kUsoFlags, kUsoFlags}, kTcp},
          Case{{2, TUN_F_TSO4, TUN_F_TSO4}, {.checksum = true}},
          Case{{2, TUN_F_CSUM, TUN_F_CSUM}, {}}}) {
        onThread([&] {
            if (!tests::refuseSystemCall(
                    SYS_ioctl, EINVAL, {{.index = 1, .value = TUNSETOFFLOAD}, refused})) {
                GTEST_SKIP() << "this machine cannot filter system calls";
            }

            EXPECT_EQ(open()->offloads(), agreed) << refused.value;
        });
    }
}

TEST_F(LinuxTunTest, AgreesOnWhatIsAskedForOnly) {
    EXPECT_EQ(open({.offloads = {}})->offloads(), TunOffloads());
    // Super-packets owe their checksums.
    EXPECT_EQ(open({.offloads = {.tcp4 = true}})->offloads(), TunOffloads());
    const TunOffloads tcp4{.checksum = true, .tcp4 = true};
    EXPECT_EQ(open({.offloads = tcp4})->offloads(), tcp4);
}

}  // namespace
}  // namespace weft::platform
