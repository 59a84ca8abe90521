// SPDX-License-Identifier: Apache-2.0
#include "core/services/mesh/dot.h"

#include "core/services/node/node_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::services {
namespace {

using namespace std::chrono_literals;

TEST(Dot, DrawsVerticesAndBothDirectionsOfAnEdge) {
    storage::NodeRecord alpha;
    alpha.id = storage::NodeId("alpha");
    storage::NodeRecord bravo;
    bravo.id = storage::NodeId("bravo");
    const storage::EdgeRecord edge{alpha.id, bravo.id, 99, {}};

    const std::string dot = toDot({&alpha, &bravo}, {&edge});

    EXPECT_EQ(
        dot,
        "strict graph {\n\n"
        "\t\"alpha\" [ weight=0 ];\n"
        "\t\"bravo\" [ weight=0 ];\n\n"
        "\t\"alpha\" -- \"bravo\" [ weight=99 ];\n"
        "\t\"bravo\" -- \"alpha\" [ weight=99 ];\n"
        "}\n");
}

TEST(Dot, KeepsHostileIdsInsideTheirQuotes) {
    EXPECT_EQ(dotEscape("a\"b"), "a\\\"b");
    EXPECT_EQ(dotEscape("a\nb").find('\n'), std::string::npos);
    EXPECT_EQ(dotEscape("a\\"), "a\\\\x5c");
    EXPECT_EQ(dotEscape(std::string(253, '"')).size(), 506U);
}

TEST(GoDuration, WritesWhatGoWrites) {
    EXPECT_EQ(goDuration(0ns), "0s");
    EXPECT_EQ(goDuration(-5s), "0s");
    EXPECT_EQ(goDuration(17ns), "17ns");
    EXPECT_EQ(goDuration(1500ns), "1.5µs");
    EXPECT_EQ(goDuration(15ms), "15ms");
    EXPECT_EQ(goDuration(2s), "2s");
    EXPECT_EQ(goDuration(90s + 500ms), "1m30.5s");
    EXPECT_EQ(goDuration(1h + 2min + 3s + 456789us), "1h2m3.456789s");
    EXPECT_EQ(goDuration(49h), "49h0m0s");
}

}  // namespace
}  // namespace weft::services
