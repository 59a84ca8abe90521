// SPDX-License-Identifier: Apache-2.0
#include "app/startup/vector_mask.h"

#include "core/crypto/aead_timing.h"
#include "tests/support/syscall_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <sys/syscall.h>
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
            tell(mask, kept);
        }
    }

private:
    static void tell(const char* mask, const char* kept) {
        std::string arguments = read("/proc/self/cmdline");
        std::ranges::replace(arguments, '\0', '|');
        const std::array<char*, 1> noName{nullptr};
        maskVectorsIfItPays(noName.data());
        const auto without = read("/proc/self/comm");
        std::string path = "/usr/bin/window";
        const std::array<char*, 2> argv{path.data(), nullptr};
        maskVectorsIfItPays(argv.data());
        std::fprintf(
            stderr,
            "started anew: mask=%s kept=%s arguments=%s name=%s, then %s",
            mask,
            kept,
            arguments.c_str(),
            without.c_str(),
            read("/proc/self/comm").c_str());
    }
    static std::string read(const char* path) {
        std::ifstream file(path);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

const testing::Environment* const kTeller =
    testing::AddGlobalTestEnvironment(new TellEnvironment);  // which takes it over

[[noreturn]] void startAnew() {
    ::unsetenv(crypto::VectorAdvice::kVariable);
    ::setenv("WEFT_TEST_KEPT", "kept", 1);
    std::string name = "vector_mask_test";
    std::string filter = "--gtest_filter=VectorMask.LeavesWhatTheAdministratorHasSet";
    std::string empty;
    std::string odd = "--page=a b\xC3\xA4";
    const std::array<char*, 5> argv{name.data(), filter.data(), empty.data(), odd.data(), nullptr};
    startAnewWithVectorMask(argv.data());
    std::_Exit(kCameBack);
}

[[noreturn]] void startAnewWhereThatIsForbidden() {
    ::unsetenv(crypto::VectorAdvice::kVariable);
    if (!tests::refuseSystemCall(__NR_execve, EACCES)) {
        std::fprintf(stderr, "not started anew because nothing can be refused here");
        std::_Exit(kCameBack);
    }
    const std::array<char*, 1> argv{nullptr};
    startAnewWithVectorMask(argv.data());
    std::_Exit(isVectorMaskDecided() ? 1 : kCameBack);
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
    EXPECT_EXIT(
        startAnew(),
        testing::ExitedWithCode(0),
        "started anew: mask=:~0x200000 kept=kept "
        "arguments=vector_mask_test.--gtest_filter=.*..--page=a b\xC3\xA4. name=exe\n, then "
        "window\n");
}

TEST(VectorMask, GoesOnWithALineInTheLogWhenThatIsNotPossible) {
    EXPECT_EXIT(
        startAnewWhereThatIsForbidden(),
        testing::ExitedWithCode(kCameBack),
        "W startup: not started anew.*OPENSSL_ia32cap=:~0x200000.*Permission denied");
}

TEST(VectorMask, LeavesWhatTheAdministratorHasSet) {
    EXPECT_EXIT(decideTwice(), testing::ExitedWithCode(kCameBack), "");
}

}  // namespace
}  // namespace weft::app
