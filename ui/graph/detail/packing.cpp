// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/packing.h"

#include "ui/graph/detail/plane.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>

namespace weft::graph::detail {
namespace {

/// What is taken of a strip of the plane, as heights from left to right.
class Skyline {
public:
    Skyline(float left, float right, float ground) : right_(right), steps_{{left, ground}} {}

    void cover(const Box& box) {
        const auto first = stepAt(box.low.x);
        const auto last = stepAt(box.high.x);
        for (auto at = first; at < last; ++at) {
            steps_[at].top = std::max(steps_[at].top, box.high.y);
        }
    }

    /// The lowest place for a box of this size, which is taken from then on.
    Point take(Point size) {
        Spot best;
        for (std::size_t at = 0; at < steps_.size(); ++at) {
            if (at > 0 && steps_[at].left + size.x > right_) {
                break;
            }
            const auto spot = spotAt(at, size.x);
            if (at == 0 || spot.top < best.top) {
                best = spot;
            }
        }
        const Step shadow{steps_[best.first].left, best.top + size.y};
        const Step rest{shadow.left + size.x, steps_[best.end - 1].top};
        const auto begin = steps_.begin() + static_cast<std::ptrdiff_t>(best.first);
        const auto end = steps_.begin() + static_cast<std::ptrdiff_t>(best.end);
        const bool isWhole =
            best.end < steps_.size() ? steps_[best.end].left <= rest.left : rest.left >= right_;
        const auto next = steps_.erase(begin, end);
        const auto placed = steps_.insert(next, shadow);
        if (!isWhole) {
            steps_.insert(placed + 1, rest);
        }
        return {shadow.left, best.top};
    }

private:
    struct Step {
        float left = 0;
        float top = 0;
    };
    /// The steps that a box would lie on, and how high.
    struct Spot {
        float top = 0;
        std::size_t first = 0;
        std::size_t end = 0;
    };

    Spot spotAt(std::size_t first, float width) const {
        Spot spot{steps_[first].top, first, first + 1};
        for (; spot.end < steps_.size() && steps_[spot.end].left < steps_[first].left + width;
             ++spot.end) {
            spot.top = std::max(spot.top, steps_[spot.end].top);
        }
        return spot;
    }

    /// The step that begins at `x`, which is made when there is none.
    std::size_t stepAt(float x) {
        const auto next = std::ranges::lower_bound(steps_, x, {}, &Step::left);
        const auto at = static_cast<std::size_t>(next - steps_.begin());
        if (next == steps_.end() || next->left > x) {
            const auto top = at > 0 ? steps_[at - 1].top : steps_.front().top;
            steps_.insert(next, {x, top});
        }
        return at;
    }

    float right_;
    std::vector<Step> steps_;
};

Box around(std::span<const Box> boxes) {
    auto all = boxes.front();
    for (const auto& box : boxes) {
        all = joined(all, box);
    }
    return all;
}

/// Finds which of many boxes are near one.
class Chessboard {
public:
    explicit Chessboard(const Box& all)
        : low_(all.low)
        , square_(std::max({all.high.x - all.low.x, all.high.y - all.low.y, 1.0F}) / kSquares)
        , boxes_(kSquares * kSquares) {}

    bool isFree(const Box& box) const {
        const auto [first, last] = squaresOf(box);
        for (auto row = first.second; row <= last.second; ++row) {
            for (auto column = first.first; column <= last.first; ++column) {
                const auto& near = boxes_[row * kSquares + column];
                if (std::ranges::any_of(near, [&](const Box& other) { return meet(box, other); })) {
                    return false;
                }
            }
        }
        return true;
    }

    void take(const Box& box) {
        const auto [first, last] = squaresOf(box);
        for (auto row = first.second; row <= last.second; ++row) {
            for (auto column = first.first; column <= last.first; ++column) {
                boxes_[row * kSquares + column].push_back(box);
            }
        }
    }

private:
    static constexpr std::size_t kSquares = 128;

    static bool meet(const Box& left, const Box& right) {
        return left.low.x < right.high.x && right.low.x < left.high.x && left.low.y < right.high.y
               && right.low.y < left.high.y;
    }
    std::pair<std::size_t, std::size_t> squareOf(Point point) const {
        const auto number = [this](float way) {
            const auto square = std::max(way, 0.0F) / square_;
            return std::min(static_cast<std::size_t>(square), kSquares - 1);
        };
        return {number(point.x - low_.x), number(point.y - low_.y)};
    }
    std::pair<std::pair<std::size_t, std::size_t>, std::pair<std::size_t, std::size_t>> squaresOf(
        const Box& box) const {
        return {squareOf(box.low), squareOf(box.high)};
    }

    Point low_;
    float square_;
    std::vector<std::vector<Box>> boxes_;
};

/// High ones first, else in their order.
std::vector<std::size_t> byHeight(std::span<const Box> boxes) {
    std::vector<std::size_t> order(boxes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t at) {
        return boxes[at].high.y - boxes[at].low.y;
    });
    return order;
}

/// Room for all in about a square, but none is cut.
float stripWidth(const Box& taken, std::span<const Box> loose) {
    constexpr float kLooseness = 1.15F;
    const auto whole = taken.high - taken.low;
    float area = whole.x * whole.y;
    float widest = whole.x;
    for (const auto& box : loose) {
        const auto size = box.high - box.low;
        area += size.x * size.y;
        widest = std::max(widest, size.x);
    }
    return std::max(widest, kLooseness * std::sqrt(area));
}

}  // namespace

Box joined(const Box& left, const Box& right) {
    return {
        {std::min(left.low.x, right.low.x), std::min(left.low.y, right.low.y)},
        {std::max(left.high.x, right.high.x), std::max(left.high.y, right.high.y)}};
}

std::vector<std::size_t> overlapping(std::span<const Box> boxes) {
    std::vector<std::size_t> found;
    if (boxes.empty()) {
        return found;
    }
    Chessboard board(around(boxes));
    for (std::size_t at = 0; at < boxes.size(); ++at) {
        if (board.isFree(boxes[at])) {
            board.take(boxes[at]);
        } else {
            found.push_back(at);
        }
    }
    return found;
}

std::vector<Point> packed(std::span<const Box> fixed, std::span<const Box> loose) {
    std::vector<Point> moves(loose.size());
    if (loose.empty()) {
        return moves;
    }
    const auto taken = fixed.empty() ? Box{} : around(fixed);
    Skyline skyline(taken.low.x, taken.low.x + stripWidth(taken, loose), taken.low.y);
    for (const auto& box : fixed) {
        skyline.cover(box);
    }
    std::vector<Box> placed;
    for (const auto at : byHeight(loose)) {
        const auto size = loose[at].high - loose[at].low;
        const auto low = skyline.take(size);
        moves[at] = low - loose[at].low;
        placed.push_back({low, low + size});
    }
    if (fixed.empty()) {
        const auto all = around(placed);
        for (auto& move : moves) {
            move = move - (all.low + all.high) * 0.5F;
        }
    }
    return moves;
}

}  // namespace weft::graph::detail
