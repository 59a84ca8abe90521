// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace weft::graph::detail {

/// How points push each other off: each pushes with its mass over the distance, and those closer
/// than kRoom a little more. Points that are near count one by one, far ones as groups, so that it
/// takes about as long for each point however many there are. In the plane such a push is
/// m / (z - z0) of complex numbers, which is what makes sums over groups short.
/// Thread: one at a time.
class Repulsion {
public:
    /// How much more closer ones push falls from `closeness` to none over this distance.
    static constexpr float kRoom = 0.4F;

    /// Sets `force` and `stiffness`, which says how fast the push of near points changes. All spans
    /// are of one size; the points are finite.
    void compute(
        std::span<const Point> points,
        std::span<const float> masses,
        float closeness,
        std::span<Point> force,
        std::span<float> stiffness);

    /// How far it is from a point of the last call to the one nearest to it, about: a quarter of
    /// them have less.
    float spacing() const;

private:
    using Complex = std::complex<float>;
    using Range = std::pair<std::uint32_t, std::uint32_t>;

    /// A square of the plane, with the points in it next to each other in the sorted arrays.
    struct Cell {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        /// Its squares within, next to each other; none: a leaf.
        std::uint32_t firstChild = 0;
        std::uint32_t children = 0;
        std::uint32_t level = 0;
        float mass = 0;
        /// No point is farther from the centre of mass.
        float radius = 0;
        Point centre{};
        /// The push of far groups near the centre: constant, linear, quadratic.
        std::array<Complex, 3> far{};
    };

    void sortPoints(std::span<const Point> points, std::span<const float> masses);
    void sortKeys();
    void buildCells();
    void divide(std::uint32_t cell);
    void weigh(Cell& cell) const;
    void interact();
    void divideSelf(std::uint32_t cell);
    void meet(std::uint32_t left, std::uint32_t right);
    void pushFar(Cell& left, Cell& right) const;
    void pushNear(Range targets, Range sources);
    void pushWithin(const Cell& leaf);
    void handDown();
    void collect(std::span<Point> force, std::span<float> stiffness) const;

    struct Key {
        std::uint32_t code = 0;
        std::uint32_t index = 0;
    };
    float closeness_ = 0;
    std::vector<Key> keys_;
    std::vector<Key> spare_;
    /// In the order of the keys, with some room behind the last.
    std::vector<float> x_;
    std::vector<float> y_;
    std::vector<float> mass_;
    std::vector<float> pushX_;
    std::vector<float> pushY_;
    std::vector<float> stiffness_;
    std::vector<Cell> cells_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
};

}  // namespace weft::graph::detail
