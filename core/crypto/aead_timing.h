// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/crypto/aead.h"

#include <cstddef>
#include <span>

namespace weft::crypto {

// Which library is the faster one depends on the processor and on what the libraries make of it, so
// it is measured where it runs.
// Thread: any; takes the processor for some milliseconds. For a shell at its start.

/// The least time that one text of `textBytes` took.
struct AeadSample {
    std::size_t textBytes = 0;
    Duration sodium{};
    Duration openSsl{};
};

/// The size below which libsodium is faster, halfway between two samples; samples in order of size.
/// Everything when OpenSSL is not faster even at the largest, nothing when it is at the smallest.
std::size_t sodiumBelow(std::span<const AeadSample> samples);

/// Times both libraries on this machine, for 2 ms or so, 5 at most. `AeadPlan::defaults()` when the
/// machine is too busy for that.
AeadPlan measureAead(const base::Clock& clock = base::SystemClock());

/// Whether OpenSSL should be kept from one kind of vector instructions. With AVX-512 IFMA its
/// Poly1305 prepares for long texts and spends some 300 ns before the first byte, a third of what
/// a full packet costs. Without, packets of all sizes are faster; of TLS only RSA signatures (half
/// as many) and ChaCha20-Poly1305 records of 16 KiB (a fifth slower) lose, AES-GCM, ECDSA and
/// X25519 do not change.
struct VectorAdvice {
    /// The library reads this variable when it is loaded: set it before, in the unit file or by
    /// starting the program anew once.
    static constexpr const char* kVariable = "OPENSSL_ia32cap";
    static constexpr const char* kValue = ":~0x200000";

    bool mask = false;
};

/// From a sample of a small text: OpenSSL needs far longer than the same work takes.
VectorAdvice vectorAdvice(const AeadSample& small);
/// Measures such a sample, in far less than 1 ms. Says no once the variable is set, since then the
/// library is fast.
VectorAdvice openSslVectorAdvice(const base::Clock& clock = base::SystemClock());

}  // namespace weft::crypto
