// SPDX-License-Identifier: Apache-2.0
#include "core/base/unix_address.h"

#include "core/base/unique_fd.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::base {
namespace {

constexpr std::size_t kMostBytes = sizeof(sockaddr_un::sun_path) - 1;

TEST(UnixAddress, IsWhereASocketIsBoundAndReached) {
    const tests::TempDir folder;
    const auto path = folder / "socket";
    const auto address = UnixAddress::of(path);
    ASSERT_TRUE(address.ok()) << address.status();
    const UniqueFd server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));

    ASSERT_EQ(::bind(server.get(), address->get(), address->size()), 0);
    ASSERT_EQ(::listen(server.get(), 1), 0);

    EXPECT_TRUE(std::filesystem::is_socket(path));
    EXPECT_EQ(::connect(client.get(), address->get(), address->size()), 0);
}

TEST(UnixAddress, TakesThePathThatJustFits) {
    EXPECT_TRUE(UnixAddress::of("/" + std::string(kMostBytes - 1, 'a')).ok());

    const auto longer = UnixAddress::of("/" + std::string(kMostBytes, 'a'));

    EXPECT_EQ(longer.status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(longer.status()), testing::HasSubstr("1 to 107 bytes, not 108"));
}

TEST(UnixAddress, RefusesAnEmptyPath) {
    // The system would take it for an address without a path.
    EXPECT_EQ(UnixAddress::of("").status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::base
