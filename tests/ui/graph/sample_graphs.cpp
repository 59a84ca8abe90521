// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/graph/sample_graphs.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <utility>

namespace weft::tests {
namespace {

using graph::Pair;
using graph::Point;
using graph::Positions;

std::uint32_t below(std::mt19937_64& random, std::size_t end) {
    return static_cast<std::uint32_t>(random() % end);
}

std::uint32_t number(std::size_t value) {
    return static_cast<std::uint32_t>(value);
}

/// Points by squares of a size in which a few of them are.
class Squares {
public:
    explicit Squares(const Positions& points)
        : points_(points)
        , width_(static_cast<std::uint32_t>(
              std::max(1.0, std::sqrt(static_cast<double>(points.size()) / 2))))
        , members_(static_cast<std::size_t>(width_) * width_) {
        for (std::uint32_t at = 0; at < points.size(); ++at) {
            members_[square(points[at].y) * width_ + square(points[at].x)].push_back(at);
        }
    }

    std::vector<std::uint32_t> nearest(std::uint32_t node, std::size_t count) const {
        auto near = around(points_[node]);
        std::erase(near, node);
        const auto far = [&](std::uint32_t other) {
            return std::hypot(
                points_[other].x - points_[node].x, points_[other].y - points_[node].y);
        };
        std::ranges::sort(near, {}, far);
        near.resize(std::min(near.size(), count));
        return near;
    }

private:
    std::uint32_t square(float way) const {
        return std::min(width_ - 1, static_cast<std::uint32_t>(way * static_cast<float>(width_)));
    }
    std::vector<std::uint32_t> around(Point point) const {
        constexpr std::uint32_t kReach = 2;
        const auto column = square(point.x);
        const auto row = square(point.y);
        std::vector<std::uint32_t> near;
        for (auto y = row - std::min(row, kReach); y <= std::min(row + kReach, width_ - 1); ++y) {
            const auto left = column - std::min(column, kReach);
            for (auto x = left; x <= std::min(column + kReach, width_ - 1); ++x) {
                const auto& members = members_[y * width_ + x];
                near.insert(near.end(), members.begin(), members.end());
            }
        }
        return near;
    }

    const Positions& points_;
    std::uint32_t width_;
    std::vector<std::vector<std::uint32_t>> members_;
};

}  // namespace

SampleGraph nearNeighbours(std::size_t nodes, std::uint64_t seed) {
    constexpr std::size_t kNeighbours = 3;
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<float> anywhere(0, 1);
    Positions points(nodes);
    for (auto& point : points) {
        point = {anywhere(random), anywhere(random)};
    }
    const Squares squares(points);
    std::set<Pair> links;
    for (std::uint32_t node = 0; node < nodes; ++node) {
        for (const auto other : squares.nearest(node, kNeighbours)) {
            links.insert(std::minmax(node, other));
        }
    }
    return {"near neighbours", nodes, {links.begin(), links.end()}};
}

SampleGraph randomTree(std::size_t nodes, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    SampleGraph sample{"tree", nodes, {}};
    for (std::uint32_t node = 1; node < nodes; ++node) {
        sample.links.emplace_back(below(random, node), node);
    }
    return sample;
}

SampleGraph squareGrid(std::size_t width) {
    SampleGraph sample{"grid", width * width, {}};
    for (std::size_t row = 0; row < width; ++row) {
        for (std::size_t column = 0; column < width; ++column) {
            const auto node = number(row * width + column);
            if (column + 1 < width) {
                sample.links.emplace_back(node, node + 1);
            }
            if (row + 1 < width) {
                sample.links.emplace_back(node, node + number(width));
            }
        }
    }
    return sample;
}

SampleGraph hubsAndLeaves(std::size_t nodes, std::size_t hubs, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    auto sample = clique(hubs);
    sample.name = "hubs and leaves";
    sample.nodes = nodes;
    for (auto node = number(hubs); node < nodes; ++node) {
        sample.links.emplace_back(below(random, hubs), node);
    }
    return sample;
}

SampleGraph smallWorld(std::size_t nodes, std::uint64_t seed) {
    constexpr std::size_t kOneIn = 50;
    std::mt19937_64 random(seed);
    SampleGraph sample{"small world", nodes, {}};
    for (std::uint32_t node = 0; node < nodes; ++node) {
        for (std::uint32_t step = 1; step <= 2; ++step) {
            const auto next = number((node + step) % nodes);
            sample.links.emplace_back(node, random() % kOneIn == 0 ? below(random, nodes) : next);
        }
    }
    return sample;
}

SampleGraph randomLinks(std::size_t nodes, std::size_t links, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    SampleGraph sample{"random links", nodes, {}};
    for (std::size_t at = 0; at < links; ++at) {
        const auto from = below(random, nodes);
        sample.links.emplace_back(from, below(random, nodes));
    }
    return sample;
}

SampleGraph path(std::size_t nodes) {
    SampleGraph sample{"path", nodes, {}};
    for (std::uint32_t node = 1; node < nodes; ++node) {
        sample.links.emplace_back(node - 1, node);
    }
    return sample;
}

SampleGraph star(std::size_t nodes) {
    SampleGraph sample{"star", nodes, {}};
    for (std::uint32_t node = 1; node < nodes; ++node) {
        sample.links.emplace_back(0, node);
    }
    return sample;
}

SampleGraph clique(std::size_t nodes) {
    SampleGraph sample{"clique", nodes, {}};
    for (std::uint32_t node = 1; node < nodes; ++node) {
        for (std::uint32_t other = 0; other < node; ++other) {
            sample.links.emplace_back(other, node);
        }
    }
    return sample;
}

}  // namespace weft::tests
