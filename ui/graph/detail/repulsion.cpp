// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/repulsion.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weft::graph::detail {
namespace {

/// Up to so many points are looked at one by one.
constexpr std::uint32_t kLeafPoints = 16;
/// So many targets at once, which compilers turn into vector instructions.
constexpr std::uint32_t kLanes = 8;
constexpr std::uint32_t kLevels = 16;
/// Two groups are far when their radii together are a smaller part of their distance.
constexpr float kFarness = 0.6F;
/// Keeps the push of points on one spot finite.
constexpr float kSoftening = 1e-6F;

using Complex = std::complex<float>;

/// As operator*, which also looks for infinity.
Complex times(Complex left, Complex right) {
    return {
        left.real() * right.real() - left.imag() * right.imag(),
        left.real() * right.imag() + left.imag() * right.real()};
}

/// The bits of a coordinate with a gap before each.
std::uint32_t spread(std::uint32_t bits) {
    bits = (bits | (bits << 8U)) & 0x00ff'00ffU;
    bits = (bits | (bits << 4U)) & 0x0f0f'0f0fU;
    bits = (bits | (bits << 2U)) & 0x3333'3333U;
    return (bits | (bits << 1U)) & 0x5555'5555U;
}

}  // namespace

void Repulsion::compute(
    std::span<const Point> points,
    std::span<const float> masses,
    float closeness,
    std::span<Point> force,
    std::span<float> stiffness) {
    if (points.empty()) {
        return;
    }
    closeness_ = closeness;
    sortPoints(points, masses);
    buildCells();
    interact();
    handDown();
    collect(force, stiffness);
}

float Repulsion::spacing() const {
    // Nearly always one of those that are next along the curve.
    constexpr std::size_t kLookedAt = 16;
    const auto count = keys_.size();
    std::vector<float> nearest(count, std::numeric_limits<float>::max());
    for (std::size_t at = 0; at < count; ++at) {
        const auto end = std::min(count, at + 1 + kLookedAt);
        for (auto other = at + 1; other < end; ++other) {
            const auto x = x_[at] - x_[other];
            const auto y = y_[at] - y_[other];
            const auto square = x * x + y * y;
            nearest[at] = std::min(nearest[at], square);
            nearest[other] = std::min(nearest[other], square);
        }
    }
    if (count < 2) {
        return 0;
    }
    const auto quarter = nearest.begin() + static_cast<std::ptrdiff_t>(count / 4);
    std::ranges::nth_element(nearest, quarter);
    return std::sqrt(*quarter);
}

/// Along a curve that stays in a square until it has seen all of it.
void Repulsion::sortPoints(std::span<const Point> points, std::span<const float> masses) {
    Point low = points[0];
    Point high = low;
    for (const auto& each : points) {
        low = {std::min(low.x, each.x), std::min(low.y, each.y)};
        high = {std::max(high.x, each.x), std::max(high.y, each.y)};
    }
    const auto size = std::max({high.x - low.x, high.y - low.y, kSoftening});
    const auto scale = static_cast<float>((1U << kLevels) - 1) / size;
    keys_.resize(points.size());
    for (std::uint32_t at = 0; at < points.size(); ++at) {
        const auto column = static_cast<std::uint32_t>((points[at].x - low.x) * scale);
        const auto row = static_cast<std::uint32_t>((points[at].y - low.y) * scale);
        keys_[at] = {spread(column & 0xffffU) | (spread(row & 0xffffU) << 1U), at};
    }
    sortKeys();
    const auto room = points.size() + kLanes;
    for (auto* each : {&x_, &y_, &mass_, &pushX_, &pushY_, &stiffness_}) {
        each->assign(room, 0.0F);
    }
    for (std::size_t at = 0; at < points.size(); ++at) {
        // From the middle: floats are finest there.
        x_[at] = points[keys_[at].index].x - low.x - size / 2;
        y_[at] = points[keys_[at].index].y - low.y - size / 2;
        mass_[at] = masses[keys_[at].index];
    }
}

void Repulsion::sortKeys() {
    constexpr std::uint32_t kDigit = 11;
    constexpr std::size_t kFew = 512;
    if (keys_.size() < kFew) {
        std::ranges::sort(keys_, {}, [](const Key& key) { return std::pair(key.code, key.index); });
        return;
    }
    spare_.resize(keys_.size());
    for (std::uint32_t shift = 0; shift < 2 * kLevels; shift += kDigit) {
        std::array<std::uint32_t, (1U << kDigit) + 1> first{};
        const auto digit = [shift](const Key& key) {
            return (key.code >> shift) & ((1U << kDigit) - 1);
        };
        for (const auto& key : keys_) {
            ++first[digit(key) + 1];
        }
        for (std::size_t at = 1; at < first.size(); ++at) {
            first[at] += first[at - 1];
        }
        for (const auto& key : keys_) {
            spare_[first[digit(key)]++] = key;
        }
        keys_.swap(spare_);
    }
}

void Repulsion::buildCells() {
    cells_.clear();
    cells_.push_back({.begin = 0, .end = static_cast<std::uint32_t>(keys_.size())});
    // The list grows while it is walked: children come behind their parents.
    for (std::uint32_t at = 0; at < cells_.size(); ++at) {
        divide(at);
    }
    for (auto at = cells_.size(); at > 0; --at) {
        weigh(cells_[at - 1]);
    }
}

void Repulsion::divide(std::uint32_t cell) {
    auto parent = cells_[cell];
    // A square that holds all its points in one quarter of itself says nothing new.
    while (parent.level < kLevels && parent.end - parent.begin > kLeafPoints) {
        const auto shift = 2 * (kLevels - 1 - parent.level);
        const auto quarter = [&](std::uint32_t at) { return keys_[at].code >> shift; };
        ++parent.level;
        if (quarter(parent.begin) == quarter(parent.end - 1)) {
            continue;
        }
        parent.firstChild = static_cast<std::uint32_t>(cells_.size());
        for (auto begin = parent.begin; begin < parent.end;) {
            const auto same = quarter(begin);
            const auto last = std::partition_point(
                keys_.begin() + begin, keys_.begin() + parent.end, [&](const Key& key) {
                    return key.code >> shift == same;
                });
            const auto end = static_cast<std::uint32_t>(last - keys_.begin());
            cells_.push_back({.begin = begin, .end = end, .level = parent.level});
            begin = end;
            ++parent.children;
        }
        break;
    }
    cells_[cell] = parent;
}

void Repulsion::weigh(Cell& cell) const {
    Point sum;
    const auto add = [&](Point where, float mass) {
        cell.mass += mass;
        sum.x += where.x * mass;
        sum.y += where.y * mass;
    };
    const auto children =
        std::span(cells_).subspan(cell.firstChild, static_cast<std::size_t>(cell.children));
    for (const auto& child : children) {
        add(child.centre, child.mass);
    }
    for (auto at = cell.begin; children.empty() && at < cell.end; ++at) {
        add({x_[at], y_[at]}, mass_[at]);
    }
    cell.centre = {sum.x / cell.mass, sum.y / cell.mass};
    const auto reach = [&](Point where, float radius) {
        const auto away = std::hypot(where.x - cell.centre.x, where.y - cell.centre.y);
        cell.radius = std::max(cell.radius, away + radius);
    };
    for (const auto& child : children) {
        reach(child.centre, child.radius);
    }
    for (auto at = cell.begin; children.empty() && at < cell.end; ++at) {
        reach({x_[at], y_[at]}, 0);
    }
}

void Repulsion::interact() {
    pairs_.assign(1, {0, 0});
    while (!pairs_.empty()) {
        const auto [left, right] = pairs_.back();
        pairs_.pop_back();
        if (left == right) {
            divideSelf(left);
        } else {
            meet(left, right);
        }
    }
}

void Repulsion::divideSelf(std::uint32_t cell) {
    const auto& parent = cells_[cell];
    if (parent.children == 0) {
        pushWithin(parent);
        return;
    }
    for (std::uint32_t one = 0; one < parent.children; ++one) {
        for (std::uint32_t other = one; other < parent.children; ++other) {
            pairs_.emplace_back(parent.firstChild + one, parent.firstChild + other);
        }
    }
}

void Repulsion::meet(std::uint32_t left, std::uint32_t right) {
    auto& one = cells_[left];
    auto& other = cells_[right];
    const auto x = one.centre.x - other.centre.x;
    const auto y = one.centre.y - other.centre.y;
    const auto radii = one.radius + other.radius;
    if (radii * radii < kFarness * kFarness * (x * x + y * y)) {
        pushFar(one, other);
    } else if (one.children == 0 && other.children == 0) {
        if (std::max(one.end - one.begin, other.end - other.begin) > kLeafPoints) {
            // As crowded as the squares resolve: as if it were far, so that it stays quick.
            pushFar(one, other);
            return;
        }
        pushNear({one.begin, one.end}, {other.begin, other.end});
        pushNear({other.begin, other.end}, {one.begin, one.end});
    } else {
        const bool isFirst =
            other.children == 0 || (one.children != 0 && one.radius > other.radius);
        const auto& parent = isFirst ? one : other;
        for (std::uint32_t child = 0; child < parent.children; ++child) {
            pairs_.emplace_back(parent.firstChild + child, isFirst ? right : left);
        }
    }
}

void Repulsion::pushFar(Cell& left, Cell& right) const {
    const auto x = left.centre.x - right.centre.x;
    const auto y = left.centre.y - right.centre.y;
    const auto inverse = 1 / (x * x + y * y + kSoftening);
    // 1 / d, its square and its cube.
    const Complex first(x * inverse, -y * inverse);
    const auto second = times(first, first);
    const auto third = times(first, second);
    left.far[0] += right.mass * first;
    left.far[1] -= right.mass * second;
    left.far[2] += right.mass * third;
    right.far[0] -= left.mass * first;
    right.far[1] -= left.mass * second;
    right.far[2] -= left.mass * third;
}

void Repulsion::pushNear(Range targets, Range sources) {
    constexpr float kPerRoom = 1 / (kRoom * kRoom);
    const float closeness = closeness_;
    for (auto block = targets.first; block < targets.second; block += kLanes) {
        std::array<float, kLanes> sumX{};
        std::array<float, kLanes> sumY{};
        std::array<float, kLanes> sumStiff{};
        const float* const x = &x_[block];
        const float* const y = &y_[block];
        for (auto source = sources.first; source < sources.second; ++source) {
            const float sourceX = x_[source];
            const float sourceY = y_[source];
            const float mass = mass_[source];
            for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
                const float deltaX = x[lane] - sourceX;
                const float deltaY = y[lane] - sourceY;
                const float square = deltaX * deltaX + deltaY * deltaY;
                const float push = mass / (square + kSoftening)
                                   + closeness * std::max(0.0F, 1 - square * kPerRoom);
                sumX[lane] += deltaX * push;
                sumY[lane] += deltaY * push;
                // A point is its own neighbour, which counts for nothing.
                sumStiff[lane] += square > 0 ? push : 0;
            }
        }
        const auto count = std::min(kLanes, targets.second - block);
        for (std::uint32_t lane = 0; lane < count; ++lane) {
            pushX_[block + lane] += sumX[lane];
            pushY_[block + lane] += sumY[lane];
            stiffness_[block + lane] += sumStiff[lane];
        }
    }
}

/// A leaf with too many points lies on one spot. To push within parts of it is enough to open it.
void Repulsion::pushWithin(const Cell& leaf) {
    for (auto begin = leaf.begin; begin < leaf.end; begin += kLeafPoints) {
        const auto end = std::min(begin + kLeafPoints, leaf.end);
        pushNear({begin, end}, {begin, end});
    }
}

void Repulsion::handDown() {
    for (const auto& parent : cells_) {
        for (std::uint32_t at = 0; at < parent.children; ++at) {
            auto& child = cells_[parent.firstChild + at];
            const Complex way(child.centre.x - parent.centre.x, child.centre.y - parent.centre.y);
            child.far[0] += parent.far[0] + times(way, parent.far[1] + times(way, parent.far[2]));
            child.far[1] += parent.far[1] + 2.0F * times(way, parent.far[2]);
            child.far[2] += parent.far[2];
        }
    }
}

void Repulsion::collect(std::span<Point> force, std::span<float> stiffness) const {
    for (const auto& leaf : cells_) {
        if (leaf.children != 0) {
            continue;
        }
        for (auto at = leaf.begin; at < leaf.end; ++at) {
            const Complex way(x_[at] - leaf.centre.x, y_[at] - leaf.centre.y);
            const auto far = leaf.far[0] + times(way, leaf.far[1] + times(way, leaf.far[2]));
            force[keys_[at].index] = {pushX_[at] + far.real(), pushY_[at] - far.imag()};
            stiffness[keys_[at].index] = stiffness_[at];
        }
    }
}

}  // namespace weft::graph::detail
