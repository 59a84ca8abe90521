// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace weft::base {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
constexpr std::string_view kStandardAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::uint8_t kNoDigit = 0xFF;

std::uint8_t byteAt(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

struct CodePoint {
    std::uint32_t value = 0;
    /// Bytes it takes; 0 when the bytes are not UTF-8.
    std::size_t length = 0;
};

struct LeadByte {
    std::size_t length = 0;
    std::uint32_t bits = 0;
    /// The least value that needs so many bytes: anything below is an overlong form.
    std::uint32_t least = 0;
};

LeadByte classify(std::uint8_t lead) {
    if (lead < 0x80) {
        return {1, lead, 0};
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {2, lead & 0x1FU, 0x80};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return {3, lead & 0x0FU, 0x800};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return {4, lead & 0x07U, 0x10000};
    }
    return {};
}

/// The code point that starts at `at`, which is below the size.
CodePoint decodeAt(std::string_view text, std::size_t at) {
    const LeadByte lead = classify(byteAt(text, at));
    if (lead.length == 0 || text.size() - at < lead.length) {
        return {};
    }
    std::uint32_t value = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const auto next = byteAt(text, at + i);
        if ((next & 0xC0U) != 0x80U) {
            return {};
        }
        value = (value << 6U) | (next & 0x3FU);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < lead.least || value > 0x10FFFF || surrogate) {
        return {};
    }
    return {value, lead.length};
}

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

/// Code points that move the cursor, reorder what is shown or show nothing (Unicode general
/// categories Cc, Cf, Zl, Zp as far as a terminal or a window can be misled by them).
constexpr std::array<Range, 14> kMisleading{{
    {0x00, 0x1F},        // C0
    {0x7F, 0x9F},        // DEL, C1
    {0xAD, 0xAD},        // soft hyphen
    {0x61C, 0x61C},      // Arabic letter mark
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x200B, 0x200F},    // zero width, direction marks
    {0x2028, 0x2029},    // line and paragraph separator
    {0x202A, 0x202E},    // embeddings and overrides
    {0x2060, 0x206F},    // word joiner, invisible operators, isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFF9, 0xFFFB},    // interlinear annotation
    {0x1D173, 0x1D17A},  // musical formatting
    {0xE0000, 0xE0FFF},  // tags, variation selectors
}};

bool misleads(std::uint32_t value) {
    return std::any_of(kMisleading.begin(), kMisleading.end(), [value](const Range& range) {
        return value >= range.first && value <= range.last;
    });
}

void appendEscaped(std::string& out, std::string_view bytes) {
    for (const char each : bytes) {
        const auto value = static_cast<std::uint8_t>(each);
        out += "\\x";
        out += kHexDigits[value >> 4U];
        out += kHexDigits[value & 0x0FU];
    }
}

/// Appends `piece` while it fits into `most` bytes; otherwise the ellipsis, once and for all.
bool appendWithin(std::string& out, std::string_view piece, std::size_t most) {
    if (out.size() + piece.size() > most) {
        out += kEllipsis;
        return false;
    }
    out += piece;
    return true;
}

std::string encode64(std::string_view bytes, std::string_view alphabet, bool padded) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group = (group << 8U) | (i < count ? byteAt(bytes, at + i) : 0U);
        }
        for (std::size_t i = 0; i <= count; ++i) {
            out += alphabet[(group >> (18U - 6U * i)) & 0x3FU];
        }
        if (padded) {
            out.append(3 - count, '=');
        }
    }
    return out;
}

std::array<std::uint8_t, 256> digitsOf(std::string_view alphabet) {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(kNoDigit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[byteAt(alphabet, i)] = static_cast<std::uint8_t>(i);
    }
    return digits;
}

/// `text` without padding. The unused bits of the last digit must be zero, so that each byte
/// string has exactly one text.
std::optional<std::string> decode64(
    std::string_view text, const std::array<std::uint8_t, 256>& digits) {
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    std::string out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto digit = digits[byteAt(text, at)];
        if (digit == kNoDigit) {
            return std::nullopt;
        }
        pending = (pending << 6U) | digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>((pending >> bits) & 0xFFU);
            pending &= (1U << bits) - 1U;
        }
    }
    if (pending != 0) {
        return std::nullopt;
    }
    return out;
}

std::uint8_t hexDigit(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<std::uint8_t>(digit - '0');
    }
    if (digit >= 'a' && digit <= 'f') {
        return static_cast<std::uint8_t>(digit - 'a' + 10);
    }
    if (digit >= 'A' && digit <= 'F') {
        return static_cast<std::uint8_t>(digit - 'A' + 10);
    }
    return kNoDigit;
}

}  // namespace

bool isUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto point = decodeAt(text, at);
        if (point.length == 0) {
            return false;
        }
        at += point.length;
    }
    return true;
}

std::string escapeForLine(std::string_view text, std::size_t most) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = decodeAt(text, at);
        const auto length = std::max<std::size_t>(1, point.length);
        const auto bytes = text.substr(at, length);
        std::string piece;
        // The backslash too, else a name could spell an escape that was never made here.
        if (point.length == 0 || point.value == '\\' || misleads(point.value)) {
            appendEscaped(piece, bytes);
        } else {
            piece = bytes;
        }
        if (!appendWithin(out, piece, most)) {
            return out;
        }
        at += length;
    }
    return out;
}

std::string displayText(std::string_view text, std::size_t most) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = decodeAt(text, at);
        const auto length = std::max<std::size_t>(1, point.length);
        const bool shown = point.length != 0 && !misleads(point.value);
        if (shown && !appendWithin(out, text.substr(at, length), most)) {
            return out;
        }
        at += length;
    }
    return out;
}

std::string base64Encode(std::string_view bytes) {
    return encode64(bytes, kStandardAlphabet, true);
}

std::optional<std::string> base64Decode(std::string_view text) {
    static const auto digits = digitsOf(kStandardAlphabet);
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    if (text.ends_with("==")) {
        text.remove_suffix(2);
    } else if (text.ends_with('=')) {
        text.remove_suffix(1);
    }
    return decode64(text, digits);
}

std::string base64UrlEncode(std::string_view bytes) {
    return encode64(bytes, kUrlAlphabet, false);
}

std::optional<std::string> base64UrlDecode(std::string_view text) {
    static const auto digits = digitsOf(kUrlAlphabet);
    return decode64(text, digits);
}

std::string hexEncode(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char each : bytes) {
        const auto value = static_cast<std::uint8_t>(each);
        out += kHexDigits[value >> 4U];
        out += kHexDigits[value & 0x0FU];
    }
    return out;
}

std::optional<std::string> hexDecode(std::string_view text) {
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const auto high = hexDigit(text[at]);
        const auto low = hexDigit(text[at + 1]);
        if (high == kNoDigit || low == kNoDigit) {
            return std::nullopt;
        }
        out += static_cast<char>((high << 4U) | low);
    }
    return out;
}

}  // namespace weft::base
