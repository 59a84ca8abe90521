// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/htpasswd.h"

#include "core/base/text.h"
#include "core/services/auth/authenticator.h"
#include "core/services/auth/password_hash.h"

#include <algorithm>
#include <iterator>

namespace weft::services {

namespace {

/// Takes the first line off `rest`, without its end ("\n" or "\r\n").
std::string_view takeLine(std::string_view* rest) {
    const auto end = rest->find('\n');
    auto line = rest->substr(0, end);
    rest->remove_prefix(end == std::string_view::npos ? rest->size() : end + 1);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

bool isPassedOver(std::string_view line) {
    return line.empty() || line.front() == '#';
}

Status checkName(std::string_view name) {
    const auto isControl = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    };
    if (name.empty() || name.size() > Credentials::kMaxNameBytes) {
        return invalidArgument("a user name has 1 to {} bytes", Credentials::kMaxNameBytes);
    }
    if (!base::isUtf8(name) || std::ranges::any_of(name, isControl)
        || name.find(':') != std::string_view::npos || name.front() == '#') {
        return invalidArgument(
            "a user name is UTF-8 without control characters and ':', and does not begin with '#'");
    }
    return okStatus();
}

}  // namespace

StatusOr<Htpasswd> Htpasswd::parse(std::string_view text) {
    if (text.size() > kMaxFileBytes) {
        return resourceExhausted("a password file has at most {} bytes", kMaxFileBytes);
    }
    Htpasswd file;
    std::size_t number = 0;
    while (!text.empty()) {
        const auto line = takeLine(&text);
        ++number;
        if (isPassedOver(line)) {
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) {
            return invalidArgument("line {} has no ':' between user name and hash", number);
        }
        const auto name = line.substr(0, colon);
        const auto hash = line.substr(colon + 1);
        WEFT_RETURN_IF_ERROR(annotate(checkName(name), "line {}", number));
        WEFT_RETURN_IF_ERROR(annotate(checkHash(hash), "line {}", number));
        if (file.users_.size() >= kMaxUsers) {
            return resourceExhausted("a password file has at most {} users", kMaxUsers);
        }
        if (!file.users_.emplace(name, hash).second) {
            return invalidArgument(
                "line {}: the user {} is there twice: remove one of the lines",
                number,
                base::escapeForLine(name));
        }
    }
    return file;
}

const std::string* Htpasswd::hashOf(std::string_view user) const {
    const auto found = users_.find(user);
    return found == users_.end() ? nullptr : &found->second;
}

const std::string* Htpasswd::anyHash(std::size_t number) const {
    return users_.empty()
               ? nullptr
               : &std::next(users_.begin(), static_cast<std::ptrdiff_t>(number % users_.size()))
                      ->second;
}

StatusOr<std::string> Htpasswd::withUser(
    std::string_view text, std::string_view user, std::string_view hash) {
    WEFT_RETURN_IF_ERROR(checkName(user));
    WEFT_RETURN_IF_ERROR(checkHash(hash));
    const std::string line = fmt::format("{}:{}\n", user, hash);
    std::string made;
    bool replaced = false;
    while (!text.empty()) {
        const auto* const start = text.data();
        const auto old = takeLine(&text);
        const bool isUser = !isPassedOver(old) && old.substr(0, old.find(':')) == user;
        if (!isUser) {
            made.append(start, text.data());
            if (!made.ends_with('\n')) {
                made.push_back('\n');
            }
        } else if (!std::exchange(replaced, true)) {
            made += line;
        }
    }
    if (!replaced) {
        made += line;
    }
    return made;
}

}  // namespace weft::services
