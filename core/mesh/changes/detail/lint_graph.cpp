// SPDX-License-Identifier: Apache-2.0
// Nodes and edges that others depend on (R. Tarjan, Depth-first search and linear graph algorithms,
// 1972), without recursion: a chain may be as long as the mesh is large.
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using policy::ObjectKind;
using storage::EdgeRecord;

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

class Cuts {
public:
    explicit Cuts(const LintScene& scene) : scene_(scene), vertices_(scene.nodes().size()) {
        std::unordered_map<std::string_view, std::size_t> numbers;
        for (std::size_t at = 0; at < vertices_.size(); ++at) {
            if (scene.nodes()[at]->publicKey) {
                numbers.emplace(scene.nodes()[at]->id.value(), at);
            }
        }
        for (const auto* object : scene.policy().ofKind(ObjectKind::Edge)) {
            const auto& edge = std::get<EdgeRecord>(*object);
            const auto source = numbers.find(edge.source.value());
            const auto target = numbers.find(edge.target.value());
            if (source != numbers.end() && target != numbers.end() && source != target) {
                vertices_[source->second].next.push_back(target->second);
                vertices_[target->second].next.push_back(source->second);
            }
        }
    }

    void run(FindingList& findings) {
        for (std::size_t root = 0; root < vertices_.size(); ++root) {
            if (vertices_[root].found == 0) {
                order_.clear();
                search(root);
                report(findings);
            }
        }
    }

private:
    struct Vertex {
        std::vector<std::size_t> next;
        /// When it was found, from 1 on, and the first that it or its subtree has an edge to.
        std::size_t found = 0;
        std::size_t low = 0;
        std::size_t parent = kNobody;
        /// Nodes of its subtree, itself too.
        std::size_t size = 1;
        std::size_t at = 0;
        /// Nodes of the subtrees that only it holds, the largest of them, and a neighbour there.
        std::size_t held = 0;
        std::size_t largest = 0;
        std::size_t parts = 0;
        std::size_t child = kNobody;
    };

    void find(std::size_t vertex, std::size_t parent) {
        auto& one = vertices_[vertex];
        one.found = one.low = ++time_;
        one.parent = parent;
        order_.push_back(vertex);
        stack_.push_back(vertex);
    }

    void search(std::size_t root) {
        find(root, kNobody);
        while (!stack_.empty()) {
            const auto here = stack_.back();
            auto& vertex = vertices_[here];
            if (vertex.at == vertex.next.size()) {
                stack_.pop_back();
                leave(here);
                continue;
            }
            const auto next = vertex.next[vertex.at++];
            if (vertices_[next].found == 0) {
                find(next, here);
            } else if (next != vertex.parent) {
                vertex.low = std::min(vertex.low, vertices_[next].found);
            }
        }
    }

    void leave(std::size_t child) {
        const auto& below = vertices_[child];
        if (below.parent == kNobody) {
            return;
        }
        auto& above = vertices_[below.parent];
        above.low = std::min(above.low, below.low);
        above.size += below.size;
        if (below.low >= above.found) {
            above.held += below.size;
            above.largest = std::max(above.largest, below.size);
            above.child = child;
            ++above.parts;
        }
    }

    std::string nameOf(std::size_t vertex) const { return scene_.nodes()[vertex]->id.value(); }

    void report(FindingList& findings) const {
        const auto total = order_.size();
        for (const auto number : order_) {
            const auto& vertex = vertices_[number];
            const auto rest = total - 1 - vertex.held;
            const auto cutOff = total - 1 - std::max(vertex.largest, rest);
            if (cutOff != 0) {
                findings.add(
                    {.severity = Severity::Warning,
                     .code = "single-point",
                     .ref = {ObjectKind::Edge, nameOf(number), nameOf(vertex.child)},
                     .text = fmt::format(
                         "without {} {} would be cut off from the others",
                         base::escapeForLine(nameOf(number)),
                         counted(cutOff, "node"))});
            }
            reportEdge(number, total, findings);
        }
    }

    /// Of edges to a single node the node that it hangs on says enough.
    void reportEdge(std::size_t number, std::size_t total, FindingList& findings) const {
        const auto& vertex = vertices_[number];
        if (vertex.parent == kNobody || vertex.low <= vertices_[vertex.parent].found) {
            return;
        }
        const auto smaller = std::min(vertex.size, total - vertex.size);
        if (smaller < 2) {
            return;
        }
        findings.add(
            {.severity = Severity::Hint,
             .code = "single-link",
             .ref = refOf(canonical(EdgeRecord{
                 storage::NodeId(nameOf(vertex.parent)), storage::NodeId(nameOf(number))})),
             .text = fmt::format(
                 "without the edge between {} and {} the mesh falls apart: {} on the smaller side",
                 base::escapeForLine(nameOf(vertex.parent)),
                 base::escapeForLine(nameOf(number)),
                 counted(smaller, "node"))});
    }

    const LintScene& scene_;
    std::vector<Vertex> vertices_;
    /// The nodes of one part of the mesh, as they were found.
    std::vector<std::size_t> order_;
    std::vector<std::size_t> stack_;
    std::size_t time_ = 0;
};

}  // namespace

void lintGraph(const LintScene& scene, FindingList& findings) {
    Cuts(scene).run(findings);
}

}  // namespace weft::mesh::changes::detail
