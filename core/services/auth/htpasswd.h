// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace weft::services {

/// The users of a password file in Apache's form: one "name:hash" a line, empty lines and lines
/// that begin with '#' are passed over. A value; thread: any.
class Htpasswd {
public:
    static constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20;
    static constexpr std::size_t kMaxUsers = 10'000;

    Htpasswd() = default;

    /// Errors: kInvalidArgument  names the line, says what is wrong with it and what to do; never
    ///                           shows the hash
    ///         kResourceExhausted  more bytes or users than above
    static StatusOr<Htpasswd> parse(std::string_view text);

    /// nullptr: there is no such user.
    const std::string* hashOf(std::string_view user) const;
    /// Some hash of the file, the same one for the same number; nullptr when it is empty.
    const std::string* anyHash(std::size_t number) const;
    std::size_t size() const { return users_.size(); }

    /// The file's text with the line of `user` replaced or added; all other lines stay as they are,
    /// also those that `parse` refuses. Errors: kInvalidArgument the name cannot stand in a file.
    static StatusOr<std::string> withUser(
        std::string_view text, std::string_view user, std::string_view hash);

private:
    std::map<std::string, std::string, std::less<>> users_;
};

}  // namespace weft::services
