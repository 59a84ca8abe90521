// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace weft::base {

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, nothing above U+10FFFF).
bool isUtf8(std::string_view text);

/// One line for a log or a terminal: control characters (C0, DEL, C1), the backslash, line and
/// paragraph separators, bidirectional and zero-width marks, and bytes that are not UTF-8 become
/// \xNN of each byte. What does not fit into `most` bytes is replaced by one ellipsis; an escape
/// and a code point stay whole.
std::string escapeForLine(std::string_view text, std::size_t most = 256);

/// The same for a window: such characters are dropped instead of shown, and a backslash stays.
std::string displayText(std::string_view text, std::size_t most = 253);

/// Standard base64 with padding (RFC 4648 section 4).
std::string base64Encode(std::string_view bytes);
/// Strict: padding required, nothing but the alphabet, unused bits zero (one text for each byte
/// string); nullopt otherwise.
std::optional<std::string> base64Decode(std::string_view text);
/// URL-safe alphabet, no padding (RFC 4648 section 5).
std::string base64UrlEncode(std::string_view bytes);
/// As strict, and padding is refused.
std::optional<std::string> base64UrlDecode(std::string_view text);

/// Lower-case hex, two digits a byte.
std::string hexEncode(std::string_view bytes);
/// Either case; nullopt for an odd count or another character.
std::optional<std::string> hexDecode(std::string_view text);

}  // namespace weft::base
