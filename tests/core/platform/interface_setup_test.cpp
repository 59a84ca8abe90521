// SPDX-License-Identifier: Apache-2.0
#include "tests/core/platform/linux_fixture.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace weft::platform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class InterfaceSetupTest : public LinuxNetworkTest {
protected:
    void SetUp() override {
        LinuxNetworkTest::SetUp();
        if (!IsSkipped()) {
            tun_ = open();
        }
    }

    std::vector<std::string> addresses() const {
        std::vector<std::string> texts;
        const auto found = addressesOf(tun_->name());
        EXPECT_EQ(found.status(), okStatus());
        for (const auto& address : found.value_or(std::vector<net::IpPrefix>())) {
            texts.push_back(address.toString());
        }
        return texts;
    }

    std::unique_ptr<TunDevice> tun_;
};

TEST_F(InterfaceSetupTest, SeesWhetherNewInterfacesHaveIpv6) {
    const std::filesystem::path setting = "/proc/sys/net/ipv6/conf/default/disable_ipv6";
    EXPECT_TRUE(newInterfacesHaveIpv6());

    std::ofstream(setting) << 1;

    EXPECT_FALSE(newInterfacesHaveIpv6());
}

TEST_F(InterfaceSetupTest, GivesAndTakesAddressesOfBothFamilies) {
    const auto& name = tun_->name();

    EXPECT_EQ(addAddress(name, prefix("10.1.2.3/16")), okStatus());
    EXPECT_EQ(addAddress(name, prefix("10.9.9.9/32")), okStatus());
    EXPECT_EQ(addAddress(name, prefix("fd00:1::7/48")), okStatus());
    EXPECT_EQ(addAddress(name, prefix("fd00:1::7/48")), okStatus());
    EXPECT_THAT(addresses(), UnorderedElementsAre("10.1.2.3/16", "10.9.9.9/32", "fd00:1::7/48"));

    EXPECT_EQ(removeAddress(name, prefix("10.9.9.9/32")), okStatus());
    EXPECT_EQ(removeAddress(name, prefix("fd00:1::7/48")), okStatus());
    EXPECT_THAT(addresses(), ElementsAre("10.1.2.3/16"));
    EXPECT_EQ(removeAddress(name, prefix("10.9.9.9/32")).code(), StatusCode::kNotFound);
}

TEST_F(InterfaceSetupTest, ListsTheAddressesOfOneInterfaceOnly) {
    const auto other = open();
    ASSERT_EQ(addAddress(other->name(), prefix("10.5.0.1/24")), okStatus());

    EXPECT_THAT(addresses(), IsEmpty());
}

TEST_F(InterfaceSetupTest, ListsMoreAddressesThanOneAnswerHolds) {
    for (unsigned i = 1; i <= 1500; ++i) {
        const auto address = net::IpAddress::v4(0x0A000000U + i);
        ASSERT_EQ(addAddress(tun_->name(), net::IpPrefix(address, 32)), okStatus());
    }

    EXPECT_EQ(addresses().size(), 1500U);
}

TEST_F(InterfaceSetupTest, TakesTheInterfaceUpAndDown) {
    EXPECT_FALSE(isUp(tun_->name()).value());
    EXPECT_EQ(setUp(tun_->name(), true), okStatus());
    EXPECT_TRUE(isUp(tun_->name()).value());
    EXPECT_EQ(setUp(tun_->name(), false), okStatus());
    EXPECT_FALSE(isUp(tun_->name()).value());
}

TEST_F(InterfaceSetupTest, SetsTheMtu) {
    EXPECT_EQ(setInterfaceMtu(tun_->name(), 1300), okStatus());
    EXPECT_EQ(interfaceMtu(tun_->name()).value(), 1300U);
    EXPECT_EQ(tun_->mtu().value(), 1300U);

    EXPECT_EQ(setInterfaceMtu(tun_->name(), 10).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(setInterfaceMtu(tun_->name(), 70'000).code(), StatusCode::kInvalidArgument);
}

TEST_F(InterfaceSetupTest, SaysThatThereIsNoSuchInterface) {
    for (const auto* const name : {"nothere", "", "an-impossible-name", "a b"}) {
        EXPECT_EQ(interfaceIndex(name).status().code(), StatusCode::kNotFound) << name;
        EXPECT_EQ(setUp(name, true).code(), StatusCode::kNotFound) << name;
        EXPECT_EQ(addAddress(name, prefix("10.0.0.1/24")).code(), StatusCode::kNotFound) << name;
        EXPECT_EQ(interfaceMtu(name).status().code(), StatusCode::kNotFound) << name;
        EXPECT_EQ(addressesOf(name).status().code(), StatusCode::kNotFound) << name;
    }
    EXPECT_THAT(messageOf(setUp("nothere", true)), HasSubstr("nothere"));
}

TEST_F(InterfaceSetupTest, CarriesTheWordsOfTheSystem) {
    // Below 1,280 bytes the interface has no IPv6.
    ASSERT_EQ(setInterfaceMtu(tun_->name(), 1000), okStatus());

    const auto status = addAddress(tun_->name(), prefix("fd00::1/64"));

    EXPECT_FALSE(status.ok());
    EXPECT_THAT(messageOf(status), HasSubstr("giving the address fd00::1/64 to weft0: "));
}

}  // namespace
}  // namespace weft::platform
