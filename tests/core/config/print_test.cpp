// SPDX-License-Identifier: Apache-2.0
#include "core/config/print.h"

#include "core/config/key_table.h"
#include "tests/core/config/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::config {
namespace {

using testing::HasSubstr;
using testing::Not;

NodeOptions sample() {
    auto request = plainRequest();
    request.environment["WEFT_MESH_ZONE_AWARENESS_ID"] = R"(a "quoted" \ zone)";
    request.arguments = {
        "--mesh.node-id=alpha",
        "--mesh.routes=10.1.0.0/16,fd00::/48",
        "--auth.basic.username=ann",
        "--auth.basic.password=hunter2",
        "--global.primary-endpoint=192.0.2.1",
        "--weft.connect-timeout=90s",
    };
    return load(request).value();
}

TEST(PrintConfig, ShowsOriginsOfWhatIsNoDefault) {
    const std::string text = printConfig(sample());

    EXPECT_THAT(text, HasSubstr("\n  node-id: \"alpha\"  # flag --mesh.node-id\n"));
    EXPECT_THAT(text, HasSubstr("  routes: [\"10.1.0.0/16\", \"fd00::/48\"]  # flag"));
    EXPECT_THAT(text, HasSubstr("# environment WEFT_MESH_ZONE_AWARENESS_ID\n"));
    EXPECT_THAT(text, HasSubstr("  primary-endpoint: \"192.0.2.1\"  # global.primary-endpoint\n"));
    EXPECT_THAT(text, HasSubstr("  enabled: false\n"));
    EXPECT_THAT(text, HasSubstr("  connect-timeout: \"1m30s\"  # flag"));
}

TEST(PrintConfig, NeverShowsASecret) {
    const std::string text = printConfig(sample());

    EXPECT_THAT(text, HasSubstr("# password: redacted, flag --auth.basic.password\n"));
    EXPECT_THAT(text, HasSubstr("# key-data: not set\n"));
    EXPECT_THAT(text, Not(HasSubstr("hunter2")));
}

TEST(PrintConfig, CanBeReadBack) {
    const NodeOptions options = sample();
    const SourceFile file("printed.yaml", printConfig(options));

    const auto again = load(requestOf(file));

    ASSERT_TRUE(again.ok()) << messageOf(again.status());
    // The password is a comment, and the origins differ; every other value is there again.
    auto expected = options;
    expected.auth.basic.password = {};
    expected.origins.clear();
    auto actual = *again;
    actual.origins.clear();
    EXPECT_EQ(printConfig(actual), printConfig(expected));
    EXPECT_EQ(again->mesh.zoneAwarenessId, options.mesh.zoneAwarenessId);
    EXPECT_EQ(again->wireguard.endpoints, options.wireguard.endpoints);
    EXPECT_EQ(again->weft.connectTimeout, options.weft.connectTimeout);
    EXPECT_THAT(again->warnings, testing::IsEmpty());
}

TEST(HelpText, NamesEachKeyAndItsDefault) {
    const std::string text = helpText("weftd");

    for (const Key& key : keyTable()) {
        EXPECT_THAT(text, HasSubstr(std::string(key.name)));
    }
    EXPECT_THAT(text, HasSubstr("--wireguard.listen-port port (default 51820)"));
    EXPECT_THAT(text, HasSubstr("--wireguard.mtu number (default 1420)"));
    EXPECT_THAT(text, HasSubstr("--bootstrap.ipv4-network network (default 172.16.0.0/12)"));
    std::size_t start = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos;
         end = text.find('\n', start)) {
        EXPECT_LE(end - start, 100U) << text.substr(start, end - start);
        start = end + 1;
    }
}

}  // namespace
}  // namespace weft::config
