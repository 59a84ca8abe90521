// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/vector_mask.h"

#include "core/crypto/aead_timing.h"

#include <cstdlib>

#include <unistd.h>

namespace weft::app {

bool isVectorMaskDecided() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    return std::getenv(crypto::VectorAdvice::kVariable) != nullptr;
}

void startAnewWithVectorMask(char* const* argv) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    if (::setenv(crypto::VectorAdvice::kVariable, crypto::VectorAdvice::kValue, 0) != 0) {
        return;
    }
    // The same file even when another has its name by now. The process keeps its number, which a
    // service manager knows, and its capabilities.
    ::execv("/proc/self/exe", argv);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    ::unsetenv(crypto::VectorAdvice::kVariable);
}

void maskVectorsIfItPays(char* const* argv) {
    if (!isVectorMaskDecided() && crypto::openSslVectorAdvice().mask) {
        startAnewWithVectorMask(argv);
    }
}

}  // namespace weft::app
