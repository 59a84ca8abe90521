// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/name.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace weft::mesh::dns {
namespace {

bool isUpper(char symbol) {
    return symbol >= 'A' && symbol <= 'Z';
}

bool isOfLabel(char symbol) {
    return (symbol >= 'a' && symbol <= 'z') || isUpper(symbol) || (symbol >= '0' && symbol <= '9')
           || symbol == '-' || symbol == '_';
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& symbol : result) {
        if (isUpper(symbol)) {
            symbol = static_cast<char>(symbol - 'A' + 'a');
        }
    }
    return result;
}

}  // namespace

StatusOr<Name> Name::parse(std::string_view text) {
    const auto whole = text;
    if (text.ends_with('.')) {
        text.remove_suffix(1);
    }
    std::vector<std::string> labels;
    while (!text.empty()) {
        const auto dot = std::min(text.find('.'), text.size());
        const auto label = labelOf(text.substr(0, dot));
        if (!label || dot + 1 == text.size()) {
            return invalidArgument(
                "{} is no domain name: it has letters, digits and hyphens between its dots, at "
                "most {} of them",
                base::escapeForLine(whole),
                kMaxLabelBytes);
        }
        labels.push_back(*label);
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    auto name = of(std::move(labels));
    if (!name) {
        return invalidArgument(
            "the domain name {} is longer than {} bytes",
            base::escapeForLine(whole),
            kMaxNameBytes);
    }
    return *std::move(name);
}

std::optional<Name> Name::fromWire(std::span<const std::uint8_t> wire) {
    if (wire.empty() || wire.size() > kMaxNameBytes) {
        return std::nullopt;
    }
    Name name;
    while (wire.front() != 0) {
        const std::size_t size = wire.front();
        // One more, since the root's follows.
        if (size > kMaxLabelBytes || wire.size() < size + 2) {
            return std::nullopt;
        }
        const auto bytes = wire.subspan(1, size);
        name.labels_.push_back(lower({reinterpret_cast<const char*>(bytes.data()), size}));
        wire = wire.subspan(size + 1);
    }
    return wire.size() == 1 ? std::optional(std::move(name)) : std::nullopt;
}

std::optional<Name> Name::of(std::vector<std::string> labels) {
    std::size_t bytes = 1;
    for (auto& label : labels) {
        if (label.empty() || label.size() > kMaxLabelBytes) {
            return std::nullopt;
        }
        label = lower(label);
        bytes += label.size() + 1;
    }
    if (bytes > kMaxNameBytes) {
        return std::nullopt;
    }
    Name name;
    name.labels_ = std::move(labels);
    return name;
}

bool Name::isWithin(const Name& zone) const {
    return labels_.size() >= zone.labels_.size()
           && std::equal(zone.labels_.rbegin(), zone.labels_.rend(), labels_.rbegin());
}

Name Name::parent(std::size_t count) const {
    Name name;
    const auto skipped = std::min(count, labels_.size());
    name.labels_.assign(
        std::next(labels_.begin(), static_cast<std::ptrdiff_t>(skipped)), labels_.end());
    return name;
}

std::optional<Name> Name::below(std::string_view label) const {
    std::vector<std::string> labels{std::string(label)};
    labels.insert(labels.end(), labels_.begin(), labels_.end());
    return of(std::move(labels));
}

std::vector<std::uint8_t> Name::wire() const {
    std::vector<std::uint8_t> bytes;
    for (const auto& label : labels_) {
        bytes.push_back(static_cast<std::uint8_t>(label.size()));
        bytes.insert(bytes.end(), label.begin(), label.end());
    }
    bytes.push_back(0);
    return bytes;
}

std::string Name::toString() const {
    std::string text;
    for (const auto& label : labels_) {
        for (const char symbol : label) {
            if (isOfLabel(symbol)) {
                text += symbol;
            } else {
                text += fmt::format("\\{:03}", static_cast<unsigned char>(symbol));
            }
        }
        text += '.';
    }
    return text.empty() ? "." : text;
}

std::optional<std::string> labelOf(std::string_view id) {
    if (id.empty() || id.size() > kMaxLabelBytes || !std::ranges::all_of(id, isOfLabel)) {
        return std::nullopt;
    }
    return lower(id);
}

}  // namespace weft::mesh::dns
