// SPDX-License-Identifier: Apache-2.0
#include "app/startup/vector_mask.h"

#include "core/base/log.h"
#include "core/base/thread_name.h"
#include "core/crypto/aead_timing.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <unistd.h>

namespace weft::app {
namespace {

/// The same file even when another has its name by now. The process keeps its number, which a
/// service manager knows, and its capabilities.
constexpr const char* kThisProgram = "/proc/self/exe";

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("startup");
    return logger;
}

/// The system calls a program after the path that it was started by, which says "exe" now.
void takeNameBack(char* const* argv) {
    if (*argv != nullptr) {
        base::setThreadName(std::filesystem::path(*argv).filename().string());
    }
}

}  // namespace

bool isVectorMaskDecided() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    return std::getenv(crypto::VectorAdvice::kVariable) != nullptr;
}

void startAnewWithVectorMask(char* const* argv) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    if (::setenv(crypto::VectorAdvice::kVariable, crypto::VectorAdvice::kValue, 0) != 0) {
        return;
    }
    ::execv(kThisProgram, argv);
    const int error = errno;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    ::unsetenv(crypto::VectorAdvice::kVariable);
    log().warn(
        "not started anew, so encryption is slower than it could be; set {}={} in the environment "
        "error={}",
        crypto::VectorAdvice::kVariable,
        crypto::VectorAdvice::kValue,
        std::generic_category().message(error));
}

void maskVectorsIfItPays(char* const* argv) {
    if (isVectorMaskDecided()) {
        takeNameBack(argv);
    } else if (crypto::openSslVectorAdvice().mask) {
        startAnewWithVectorMask(argv);
    }
}

}  // namespace weft::app
