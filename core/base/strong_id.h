// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace weft::base {

/// A text that names one kind of thing; two kinds do not mix. The empty id names nothing.
template <typename Tag>
class StrongId {
public:
    StrongId() = default;
    explicit StrongId(std::string value) : value_(std::move(value)) {}

    const std::string& value() const { return value_; }
    bool empty() const { return value_.empty(); }

    friend bool operator==(const StrongId&, const StrongId&) = default;
    friend auto operator<=>(const StrongId&, const StrongId&) = default;

private:
    std::string value_;
};

}  // namespace weft::base

template <typename Tag>
struct std::hash<weft::base::StrongId<Tag>> {
    std::size_t operator()(const weft::base::StrongId<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.value());
    }
};
