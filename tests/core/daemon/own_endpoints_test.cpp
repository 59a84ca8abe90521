// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/own_endpoints.h"

#include "core/daemon/detail/local_addresses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::daemon {
namespace {

using platform::HostAddress;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

HostAddress at(const std::string& interface, const std::string& address) {
    HostAddress result;
    result.address = *net::IpPrefix::parse(address);
    result.interface = interface;
    result.isRunning = true;
    return result;
}

HostAddress with(HostAddress address, bool HostAddress::*flag, bool value = true) {
    address.*flag = value;
    return address;
}

std::vector<std::string> textsOf(const std::vector<net::IpAddress>& addresses) {
    std::vector<std::string> texts;
    texts.reserve(addresses.size());
    for (const auto& address : addresses) {
        texts.push_back(address.toString());
    }
    return texts;
}

config::GlobalOptions rules(bool isOn, bool takesPrivate, bool takesIpv6) {
    config::GlobalOptions options;
    options.detectEndpoints = isOn;
    options.detectPrivateEndpoints = takesPrivate;
    options.detectIpv6 = takesIpv6;
    return options;
}

TEST(OutwardAddresses, AreThoseByWhichAHostMayBeReached) {
    const auto eth = at("eth0", "192.0.2.7/24");
    const auto found = outwardAddresses(
        {eth,
         at("br-lan", "10.0.0.1/24"),
         with(at("eth1", "192.0.2.8/24"), &HostAddress::isRunning, false),
         with(at("lo", "127.0.0.1/8"), &HostAddress::isLoopback),
         at("dummy0", "127.0.0.5/8"),
         with(at("weft0", "172.16.0.1/32"), &HostAddress::isPointToPoint),
         at("eth0", "fe80::1/64"),
         at("eth0", "169.254.3.4/16"),
         at("veth12ab", "192.0.2.9/24"),
         at("docker0", "172.17.0.1/16"),
         at("br-0123456789ab", "172.18.0.1/16"),
         at("virbr0", "192.168.122.1/24"),
         at("eth0", "2001:db8::1/64")});

    EXPECT_THAT(found, ElementsAre(eth, at("br-lan", "10.0.0.1/24"), at("eth0", "2001:db8::1/64")));
}

const std::vector<HostAddress>& mixed() {
    static const std::vector all{
        at("eth0", "10.0.0.7/24"),
        at("eth0", "100.64.0.7/10"),
        at("eth0", "198.51.100.7/24"),
        at("eth0", "203.0.113.7/24"),
        at("eth0", "fd00::7/64"),
        at("eth0", "2001:db8::7/64")};
    return all;
}

TEST(DetectedAddresses, FollowTheOptions) {
    EXPECT_THAT(detectedAddresses(mixed(), rules(false, false, true)), IsEmpty());
    EXPECT_THAT(
        textsOf(detectedAddresses(mixed(), rules(true, false, false))),
        ElementsAre("198.51.100.7", "203.0.113.7"));
    EXPECT_THAT(
        textsOf(detectedAddresses(mixed(), rules(true, false, true))),
        ElementsAre("198.51.100.7", "203.0.113.7", "2001:db8::7"));
    EXPECT_THAT(
        textsOf(detectedAddresses(mixed(), rules(false, true, false))),
        ElementsAre("198.51.100.7", "203.0.113.7", "10.0.0.7", "100.64.0.7"))
        << "the private ones are asked for alone";
    EXPECT_THAT(
        textsOf(detectedAddresses(mixed(), rules(true, true, true))),
        ElementsAre(
            "198.51.100.7", "203.0.113.7", "2001:db8::7", "10.0.0.7", "100.64.0.7", "fd00::7"));
}

TEST(DetectedAddresses, AreNoneThatAreGoingOrNotYetThere) {
    const auto address = at("eth0", "2001:db8::7/64");
    const auto all = rules(true, true, true);

    EXPECT_THAT(detectedAddresses({address}, all), SizeIs(1));
    EXPECT_THAT(detectedAddresses({address, address}, all), SizeIs(1)) << "once";
    for (const auto flag :
         {&HostAddress::isTemporary, &HostAddress::isDeprecated, &HostAddress::isTentative}) {
        EXPECT_THAT(detectedAddresses({with(address, flag)}, all), IsEmpty());
    }
}

TEST(DetectedAddresses, AreOnlySoMany) {
    std::vector<HostAddress> many;
    for (std::size_t i = 0; i <= kMostOwnEndpoints; ++i) {
        many.push_back(at("eth0", "198.51.100." + std::to_string(i + 1) + "/24"));
    }

    const auto found = detectedAddresses(many, rules(true, false, false));

    EXPECT_THAT(found, SizeIs(kMostOwnEndpoints));
}

TEST(OwnEndpoints, AreWhatWasConfiguredThenWhatWasDetected) {
    ConnectionSpec spec;
    spec.endpoints = {"host.example", "192.0.2.1"};
    spec.options.global = rules(true, true, false);

    const auto own = ownEndpoints(spec, mixed(), 51822);

    EXPECT_EQ(own.primary, "192.0.2.1");
    EXPECT_THAT(
        own.wireguard,
        ElementsAre(
            "192.0.2.1:51822",
            "198.51.100.7:51822",
            "203.0.113.7:51822",
            "10.0.0.7:51822",
            "100.64.0.7:51822"));
}

TEST(OwnEndpoints, HaveAPrimaryOneThatWasDetectedWhereNoneWasGiven) {
    ConnectionSpec spec;
    spec.options.global = rules(true, false, true);

    const auto own = ownEndpoints(spec, mixed(), 51820);

    EXPECT_EQ(own.primary, "198.51.100.7");
    EXPECT_THAT(
        own.wireguard,
        ElementsAre("198.51.100.7:51820", "203.0.113.7:51820", "[2001:db8::7]:51820"));
}

TEST(OwnEndpoints, AreNoneWhereNothingIsAskedFor) {
    EXPECT_EQ(ownEndpoints({}, mixed(), 51820), OwnEndpoints());
}

TEST(OwnEndpoints, OfWireguardThatWereGivenStayAlone) {
    ConnectionSpec spec;
    spec.options.global = rules(true, false, false);
    spec.options.wireguard.endpoints = {*net::Endpoint::parse("192.0.2.1:4000")};
    spec.options.origins.emplace("wireguard.endpoints", "flag --wireguard.endpoints");

    const auto given = ownEndpoints(spec, mixed(), 51820);
    spec.options.origins["wireguard.endpoints"] = "global.endpoints";
    const auto derived = ownEndpoints(spec, mixed(), 51820);

    EXPECT_EQ(given.primary, "198.51.100.7");
    EXPECT_THAT(given.wireguard, ElementsAre("192.0.2.1:4000"));
    EXPECT_THAT(
        derived.wireguard,
        ElementsAre("192.0.2.1:4000", "198.51.100.7:51820", "203.0.113.7:51820"));
}

TEST(OwnEndpoints, AreOnlySoManyWithThoseThatWereDetected) {
    ConnectionSpec spec;
    spec.options.global = rules(true, true, true);
    for (std::size_t i = 1; i < kMostOwnEndpoints; ++i) {
        spec.endpoints.push_back("192.0.2." + std::to_string(i));
    }

    const auto own = ownEndpoints(spec, mixed(), 51820);

    EXPECT_THAT(own.wireguard, SizeIs(kMostOwnEndpoints));
    EXPECT_EQ(own.wireguard.back(), "198.51.100.7:51820");
}

TEST(ReachableAddresses, AreThoseThatWereGivenElseTheHostsOwn) {
    EXPECT_THAT(
        reachableAddresses({"host.example", "192.0.2.1"}, mixed(), 8443, 4),
        ElementsAre("host.example:8443", "192.0.2.1:8443"));
    EXPECT_THAT(
        reachableAddresses({}, mixed(), 8443, 5),
        ElementsAre(
            "198.51.100.7:8443",
            "203.0.113.7:8443",
            "10.0.0.7:8443",
            "100.64.0.7:8443",
            "[2001:db8::7]:8443"));
    EXPECT_THAT(reachableAddresses({}, {}, 8443, 4), IsEmpty());
}

}  // namespace
}  // namespace weft::daemon
