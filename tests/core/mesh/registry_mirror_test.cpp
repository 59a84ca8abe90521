// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/registry_mirror.h"

#include <gtest/gtest.h>

#include <string>

namespace weft::mesh::detail {
namespace {

storage::Event written(const std::string& id) {
    storage::Event event;
    event.key = "/registry/nodes/" + id;
    event.value = R"({"id":")" + id + R"("})";
    return event;
}

bool knows(const RegistryMirror& mirror, const std::string& id) {
    return mirror.registry().node(storage::NodeId(id)) != nullptr;
}

TEST(RegistryMirror, AppliesWhatCameWhileReadingOnTopOfTheListing) {
    RegistryMirror mirror;
    mirror.beginReading();

    EXPECT_TRUE(mirror.onEvents({written("laptop")}).ok());
    EXPECT_FALSE(knows(mirror, "laptop")) << "a change was applied before the listing";
    mirror.onListing({});

    EXPECT_TRUE(knows(mirror, "laptop"));
    EXPECT_TRUE(mirror.onEvents({written("printer")}).ok());
    EXPECT_TRUE(knows(mirror, "printer"));
}

TEST(RegistryMirror, TakesUpToItsLimitWhileReadingAndNotOneMore) {
    RegistryMirror mirror(2);
    mirror.beginReading();

    EXPECT_TRUE(mirror.onEvents({written("one"), written("two")}).ok());
    EXPECT_EQ(mirror.onEvents({written("three")}).code(), StatusCode::kResourceExhausted);
    mirror.onListing({});

    EXPECT_TRUE(knows(mirror, "two"));
    EXPECT_FALSE(knows(mirror, "three"));
}

TEST(RegistryMirror, ForgetsWhatCameForAListingThatIsGivenUp) {
    RegistryMirror mirror;
    mirror.beginReading();
    EXPECT_TRUE(mirror.onEvents({written("laptop")}).ok());

    mirror.stopReading();
    mirror.onListing({});

    EXPECT_FALSE(knows(mirror, "laptop"));
}

}  // namespace
}  // namespace weft::mesh::detail
