// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/secret_bytes.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace weft::services {

/// The longest hash text that is read.
inline constexpr std::size_t kMaxHashBytes = 256;
/// What to do about a line that is not taken.
inline constexpr std::string_view kHashAdvice = "make the line with weftctl passwd FILE USER";

/// Whether a hash is of a kind that passwords are checked by, and cheap enough: bcrypt ($2a$, $2b$,
/// $2y$) of cost 4 to 14, argon2id of at most 128 MiB, 10 passes and one lane.
/// Errors: kInvalidArgument; the text says what is wrong with the kind and how to make a good one.
Status checkHash(std::string_view hash);

/// Whether `password` is the one behind `hash`, which `checkHash` let through. Takes as long as the
/// hash was made to take. Thread: any.
bool matchesHash(const std::string& hash, const crypto::SecretBytes& password);

/// A line's second half for a new password: argon2id, 19 MiB, 2 passes (OWASP's least).
/// Errors: kInvalidArgument    no header can carry the password
///         kResourceExhausted  there is not enough memory
StatusOr<std::string> makeHash(const crypto::SecretBytes& password);

}  // namespace weft::services
