// SPDX-License-Identifier: Apache-2.0
#include "core/base/message_text.h"

#include "core/base/text.h"

namespace weft::base {

std::string messageForLine(std::string_view message, std::size_t most) {
    // More cannot be shown; what is cut here goes with the rest of the end.
    constexpr std::size_t kLongestCharacter = 4;
    message = message.substr(0, most + kLongestCharacter);
    constexpr std::size_t kBytesOfAnEscape = 4;
    const std::size_t whole = message.size() * kBytesOfAnEscape;
    std::string out;
    for (;;) {
        const auto end = message.find('\\');
        out += escapeForLine(message.substr(0, end), whole);
        if (end == std::string_view::npos) {
            return displayText(out, most);
        }
        out.push_back('\\');
        message.remove_prefix(end + 1);
    }
}

}  // namespace weft::base
