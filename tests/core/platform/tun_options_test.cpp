// SPDX-License-Identifier: Apache-2.0
#include "core/platform/tun.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::platform {
namespace {

using testing::HasSubstr;

TEST(InterfaceName, TakesWhatTheSystemTakes) {
    EXPECT_TRUE(isInterfaceName("weft0", false));
    EXPECT_TRUE(isInterfaceName("a", false));
    EXPECT_TRUE(isInterfaceName("fifteen-bytes.x", false));
    EXPECT_TRUE(isInterfaceName("weft%d", true));
}

TEST(InterfaceName, RefusesWhatTheSystemRefusesOrMisunderstands) {
    for (const auto* const name :
         {"",
          ".",
          "..",
          "sixteen-bytes-xy",
          "a b",
          "a/b",
          "a:b",
          "a\nb",
          "caf\xC3\xA9",
          "%s",
          "%d%d",
          "%",
          "a%"}) {
        EXPECT_FALSE(isInterfaceName(name, true)) << name;
    }
    EXPECT_FALSE(isInterfaceName(std::string("a\0b", 3), true));
    EXPECT_FALSE(isInterfaceName("weft%d", false));
}

TEST(TunOptions, AreValidByDefault) {
    EXPECT_EQ(TunOptions{}.validate(), okStatus());
    EXPECT_EQ(TunOptions{}.mtu, 1420U);
}

TEST(TunOptions, NameTheOptionThatMakesNoSense) {
    TunOptions options;
    options.name = "bad name";
    EXPECT_THAT(messageOf(options.validate()), HasSubstr("name:"));

    options = {};
    options.mtu = 67;
    EXPECT_THAT(messageOf(options.validate()), HasSubstr("mtu:"));
    options.mtu = 65'536;
    EXPECT_EQ(options.validate().code(), StatusCode::kInvalidArgument);

    options = {};
    options.queuePackets = 0;
    EXPECT_THAT(messageOf(options.validate()), HasSubstr("queuePackets:"));
}

}  // namespace
}  // namespace weft::platform
