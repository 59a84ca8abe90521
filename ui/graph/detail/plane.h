// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <cmath>
#include <cstdint>

namespace weft::graph {

inline Point operator+(Point left, Point right) {
    return {left.x + right.x, left.y + right.y};
}
inline Point operator-(Point left, Point right) {
    return {left.x - right.x, left.y - right.y};
}
inline Point operator*(Point point, float factor) {
    return {point.x * factor, point.y * factor};
}
inline Point& operator+=(Point& left, Point right) {
    return left = left + right;
}

namespace detail {

inline float dot(Point left, Point right) {
    return left.x * right.x + left.y * right.y;
}
inline float length(Point point) {
    return std::sqrt(dot(point, point));
}
inline bool isFinite(Point point) {
    return std::isfinite(point.x) && std::isfinite(point.y);
}

/// Spots one after another around the origin, all about 1 apart, as the seeds of a sunflower.
inline Point sunflower(std::uint32_t number) {
    constexpr float kGoldenAngle = 2.399963F;
    constexpr float kApart = 0.6F;
    const auto radius = kApart * std::sqrt(static_cast<float>(number));
    const auto angle = kGoldenAngle * static_cast<float>(number);
    return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace detail
}  // namespace weft::graph
