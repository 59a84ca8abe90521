// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::storage {

/// Walks the plain JSON that registries are written in: ASCII texts without escapes, whole numbers,
/// objects and arrays. Every step says false at anything else, and the caller then takes the slow
/// and complete way through protobuf. It never reads past the text.
class JsonCursor {
public:
    explicit JsonCursor(std::string_view text) : text_(text) {}

    /// Steps over `wanted`, after white space.
    bool take(char wanted) {
        skipSpace();
        if (at_ >= text_.size() || text_[at_] != wanted) {
            return false;
        }
        ++at_;
        return true;
    }

    /// A quoted text without escapes; the view is into the text walked.
    bool takeText(std::string_view& out) {
        if (!take('"')) {
            return false;
        }
        const auto start = at_;
        while (at_ < text_.size()) {
            const auto byte = static_cast<unsigned char>(text_[at_]);
            if (byte == '"') {
                out = text_.substr(start, at_ - start);
                ++at_;
                return true;
            }
            if (byte == '\\' || byte < 0x20 || byte > 0x7e) {
                return false;
            }
            ++at_;
        }
        return false;
    }

    bool takeText(std::string& out) {
        std::string_view text;
        if (!takeText(text)) {
            return false;
        }
        out = text;
        return true;
    }
    /// Appends each.
    bool takeTexts(std::vector<std::string>& out) {
        return takeArray([this, &out] { return takeText(out.emplace_back()); });
    }

    /// A whole number without fraction, exponent or leading zeros.
    bool takeInteger(std::int32_t& out);

    bool atEnd() {
        skipSpace();
        return at_ == text_.size();
    }

    /// Walks an object: `field` is called with each name, with the cursor at its value. See
    /// SeenFields for names that come twice.
    template <typename Field>
    bool takeObject(Field field) {
        return takeSequence('{', '}', [this, &field] {
            std::string_view name;
            return takeText(name) && take(':') && field(name);
        });
    }

    /// Walks an array: `element` is called with the cursor at each element.
    template <typename Element>
    bool takeArray(Element element) {
        return takeSequence('[', ']', element);
    }

private:
    template <typename Step>
    bool takeSequence(char open, char close, Step step) {
        if (!take(open)) {
            return false;
        }
        if (take(close)) {
            return true;
        }
        do {
            if (!step()) {
                return false;
            }
        } while (take(','));
        return take(close);
    }

    void skipSpace() {
        while (at_ < text_.size()
               && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'
                   || text_[at_] == '\r')) {
            ++at_;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

/// Appends `text` as a quoted JSON text. `text` is UTF-8.
void appendJsonText(std::string& out, std::string_view text);

/// Fields that were seen in one object. Twice the same is left to protobuf to judge.
class SeenFields {
public:
    bool first(unsigned field) {
        const auto bit = 1U << field;
        const bool isNew = (seen_ & bit) == 0;
        seen_ |= bit;
        return isNew;
    }

private:
    unsigned seen_ = 0;
};

}  // namespace weft::storage
