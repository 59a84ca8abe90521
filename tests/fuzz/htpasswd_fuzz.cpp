// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/htpasswd.h"
#include "core/services/auth/password_hash.h"
#include "tests/fuzz/fuzz_check.h"

#include <string>

namespace {

using weft::services::Htpasswd;

const std::string kHash = "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

}  // namespace

// The first line is a user name, the rest a password file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size);
    const auto end = text.find('\n');
    const auto user = text.substr(0, end);
    const auto rest = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);

    const auto file = Htpasswd::parse(rest);
    if (file.ok()) {
        for (std::size_t i = 0; i < file->size(); ++i) {
            WEFT_FUZZ_CHECK(weft::services::checkHash(*file->anyHash(i)).ok());
        }
    }
    const auto changed = Htpasswd::withUser(rest, user, kHash);
    if (changed.ok() && file.ok()) {
        const auto again = Htpasswd::parse(*changed);
        WEFT_FUZZ_CHECK(
            again.ok() || again.status().code() == weft::StatusCode::kResourceExhausted);
        if (again.ok()) {
            const auto* const hash = again->hashOf(user);
            WEFT_FUZZ_CHECK(hash != nullptr && *hash == kHash);
            const std::size_t grown = file->hashOf(user) == nullptr ? 1 : 0;
            WEFT_FUZZ_CHECK(again->size() == file->size() + grown);
        }
    }
    return 0;
}
