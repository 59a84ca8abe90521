// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/route_offers.h"

#include "core/crypto/node_key.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

storage::NodeId id(const std::string& text) {
    return storage::NodeId(text);
}

/// Two nodes and this one; `exit` offers `networks`.
class RouteOffersTest : public testing::Test {
protected:
    void fill(const std::vector<net::IpPrefix>& networks) {
        std::vector<storage::Entry> entries;
        const auto add = [&entries](std::string key, std::string value) {
            auto& entry = entries.emplace_back();
            entry.key = std::move(key);
            entry.value = std::move(value);
        };
        add(std::string(storage::kIpv4PrefixKey), "172.16.0.0/12");
        for (const auto* const name : {"self", "exit", "other"}) {
            storage::NodeRecord record;
            record.id = id(name);
            record.publicKey = key_;
            add(storage::nodeKey(record.id), storage::encodeNode(record));
        }
        for (const auto* const node : {"self", "exit"}) {
            storage::RouteRecord record{.name = node, .node = node, .destinations = networks};
            add(std::string(storage::kRoutesPrefix) + node, storage::encodeRoute(record));
        }
        registry_.reset(entries, 1);
    }
    /// Public ones, which take consent.
    static std::vector<net::IpPrefix> networks(std::size_t count) {
        std::vector<net::IpPrefix> result;
        for (std::size_t number = 0; number < count; ++number) {
            const auto offset = static_cast<std::uint32_t>(number) << 8U;
            result.emplace_back(net::IpAddress::v4(0xC6000000 + offset), 24);
        }
        return result;
    }

    const crypto::PublicKey key_ = crypto::NodeKey::generate()->publicKey();
    storage::Registry registry_;
    RouteConsents consents_;
};

TEST_F(RouteOffersTest, AreThoseOfOthersOutsideTheMesh) {
    const auto outside = *net::IpPrefix::parse("198.51.100.0/24");
    fill({outside, *net::IpPrefix::parse("172.16.5.0/24")});

    EXPECT_THAT(
        listedOffers(registry_, {}, id("self")),
        ElementsAre(RouteOffer{outside, id("exit"), key_}));
}

TEST_F(RouteOffersTest, ThatAreLookedAtAreSoManyAndNoMore) {
    fill(networks(kMostRouteOffers));
    EXPECT_THAT(askedOffers(registry_, {}, id("self"), consents_), SizeIs(kMostRouteOffers));

    fill(networks(kMostRouteOffers + 1));
    EXPECT_THAT(askedOffers(registry_, {}, id("self"), consents_), SizeIs(kMostRouteOffers));
}

TEST_F(RouteOffersTest, ThatAreListedAreSoManyAndNoMore) {
    fill(networks(kMostListedRoutes));
    EXPECT_THAT(listedOffers(registry_, {}, id("self")), SizeIs(kMostListedRoutes));

    fill(networks(kMostListedRoutes + 1));
    EXPECT_THAT(listedOffers(registry_, {}, id("self")), SizeIs(kMostListedRoutes));
}

}  // namespace
}  // namespace weft::daemon
