// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/mutator.h"

#include <array>
#include <limits>
#include <string_view>
#include <utility>

namespace weft::fuzz {
namespace {

constexpr std::size_t kMaxChanges = 8;
constexpr std::size_t kMaxRepeats = 64;

/// Bytes at which parsers of numbers, text and lengths change their mind.
constexpr std::string_view kTellingBytes{"\x00\x01\x7f\x80\xff\n\r\t \"'\\/:.,-[]{}%=0119azAZ", 31};

char asByte(std::size_t value) {
    return static_cast<char>(
        static_cast<unsigned char>(value & std::numeric_limits<unsigned char>::max()));
}

}  // namespace

Mutator::Mutator(std::vector<std::string> inputs, std::uint64_t seed)
    : inputs_(std::move(inputs)), random_(seed) {}

std::string Mutator::next() {
    std::string text = inputs_[below(inputs_.size())];
    const auto changes = 1 + below(kMaxChanges);
    for (std::size_t i = 0; i < changes; ++i) {
        change(text);
    }
    if (text.size() > kMaxInputBytes) {
        text.resize(kMaxInputBytes);
    }
    return text;
}

void Mutator::change(std::string& text) {
    enum : std::size_t { FlipBit, SetByte, AddByte, Remove, Repeat, Splice, Cut, Kinds };
    switch (below(Kinds)) {
    case FlipBit:
        if (!text.empty()) {
            const auto at = below(text.size());
            const auto byte = static_cast<unsigned char>(text[at]);
            text[at] = asByte(byte ^ (std::size_t{1} << below(8)));
        }
        break;
    case SetByte:
        if (!text.empty()) {
            text[below(text.size())] = kTellingBytes[below(kTellingBytes.size())];
        }
        break;
    case AddByte:
        insert(text, std::string(1, asByte(below(256))));
        break;
    case Remove: {
        const auto at = below(text.size());
        text.erase(at, 1 + below(text.size() - at));
        break;
    }
    case Repeat: {
        const auto piece = pieceOf(text);
        const auto times = 1 + below(kMaxRepeats);
        std::string repeated;
        for (std::size_t i = 0; i < times && repeated.size() < kMaxInputBytes; ++i) {
            repeated += piece;
        }
        insert(text, repeated);
        break;
    }
    case Splice:
        insert(text, pieceOf(inputs_[below(inputs_.size())]));
        break;
    default:
        text.resize(below(text.size() + 1));
        break;
    }
}

void Mutator::insert(std::string& text, const std::string& piece) {
    text.insert(below(text.size() + 1), piece);
}

std::string Mutator::pieceOf(const std::string& text) {
    const auto at = below(text.size());
    return text.substr(at, 1 + below(text.size() - at));
}

std::size_t Mutator::below(std::size_t bound) {
    // Not std::uniform_int_distribution: its results differ between libraries.
    return bound == 0 ? 0 : static_cast<std::size_t>(random_() % bound);
}

}  // namespace weft::fuzz
