// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/vector_mask.h"

#include "core/crypto/aead_timing.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <unistd.h>

namespace weft::app {
namespace {

constexpr int kCameBack = 7;

// NOLINTBEGIN(concurrency-mt-unsafe): these processes have one thread
/// Tells what the program that a test started anew sees.
class TellEnvironment final : public testing::Environment {
public:
    void SetUp() override {
        const char* const kept = std::getenv("WEFT_TEST_KEPT");
        const char* const mask = std::getenv(crypto::VectorAdvice::kVariable);
        if (kept != nullptr && mask != nullptr) {
            std::fprintf(stderr, "started anew: mask=%s kept=%s\n", mask, kept);
        }
    }
};

const testing::Environment* const kTeller =
    testing::AddGlobalTestEnvironment(new TellEnvironment);  // which takes it over

[[noreturn]] void startAnew() {
    ::unsetenv(crypto::VectorAdvice::kVariable);
    ::setenv("WEFT_TEST_KEPT", "kept", 1);
    std::string name = "vector_mask_test";
    std::string filter = "--gtest_filter=VectorMask.LeavesWhatTheAdministratorHasSet";
    const std::array<char*, 3> argv{name.data(), filter.data(), nullptr};
    startAnewWithVectorMask(argv.data());
    std::_Exit(kCameBack);
}

[[noreturn]] void decideTwice() {
    ::setenv(crypto::VectorAdvice::kVariable, "0", 1);
    const std::array<char*, 1> argv{nullptr};
    maskVectorsIfItPays(argv.data());
    const char* const value = std::getenv(crypto::VectorAdvice::kVariable);
    std::_Exit(value != nullptr && std::string_view(value) == "0" ? kCameBack : 1);
}
// NOLINTEND(concurrency-mt-unsafe)

TEST(VectorMask, StartsTheProgramAnewWithTheVariableAndTheRestOfTheEnvironment) {
    EXPECT_EXIT(startAnew(), testing::ExitedWithCode(0), "started anew: mask=:~0x200000 kept=kept");
}

TEST(VectorMask, LeavesWhatTheAdministratorHasSet) {
    EXPECT_EXIT(decideTwice(), testing::ExitedWithCode(kCameBack), "");
}

}  // namespace
}  // namespace weft::app
