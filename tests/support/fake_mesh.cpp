// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_mesh.h"

#include "tests/support/fake_peers.h"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <utility>

namespace weft::tests {
namespace {

using Ends = std::pair<std::size_t, std::size_t>;

constexpr std::array kLinks{
    Ends{0, 1},
    Ends{0, 2},
    Ends{0, 3},
    Ends{0, 4},
    Ends{0, 5},
    Ends{1, 2},
    Ends{1, 7},
    Ends{1, 10},
    Ends{2, 3},
    Ends{2, 4},
    Ends{2, 8},
    Ends{2, 9},
    Ends{3, 5},
    Ends{3, 6},
    Ends{3, 9},
    Ends{3, 11},
    Ends{4, 6}};

/// As a daemon lists them.
constexpr std::size_t kMostListed = 1000;

/// The mesh that a plan is about, without some nodes or with other rules.
class View {
public:
    View(const std::vector<api::Peer>& peers, const std::vector<api::Edge>& edges, FakePolicy rules)
        : rules_(std::move(rules)), parts_(peers.size()) {
        for (const api::Peer& peer : peers) {
            ids_.push_back(peer.id);
        }
        std::iota(parts_.begin(), parts_.end(), std::size_t{0});
        for (const api::Edge& edge : edges) {
            const auto from = place(edge.source);
            const auto to = place(edge.target);
            if (from < ids_.size() && to < ids_.size() && isTunnel(from, to)) {
                join(from, to);
            }
        }
    }

    const std::vector<std::string>& ids() const { return ids_; }
    std::size_t partOf(std::size_t node) const {
        return parts_[node] == node ? node : partOf(parts_[node]);
    }
    api::PairStanding standing(std::size_t left, std::size_t right) const {
        const auto answer = rules_.explain(ids_[left], ids_[right]);
        api::PairStanding standing;
        standing.forward = answer.forward.accepted;
        standing.backward = answer.backward.accepted;
        if (standing.forward && standing.backward) {
            standing.state = partOf(left) == partOf(right) ? api::PairState::Connected
                                                           : api::PairState::Permitted;
        } else if (standing.forward || standing.backward) {
            standing.state = api::PairState::OneSided;
        }
        return standing;
    }
    std::vector<api::MeshPart> parts() const {
        std::map<std::size_t, api::MeshPart> found;
        for (std::size_t i = 0; i < ids_.size(); ++i) {
            auto& part = found[partOf(i)];
            ++part.size;
            part.nodes.push_back(ids_[i]);
        }
        std::vector<api::MeshPart> list;
        for (auto& [root, part] : found) {
            list.push_back(std::move(part));
        }
        std::ranges::stable_sort(
            list, [](const auto& left, const auto& right) { return right.size < left.size; });
        return list;
    }
    std::size_t place(const std::string& id) const {
        return static_cast<std::size_t>(std::ranges::find(ids_, id) - ids_.begin());
    }

private:
    bool isTunnel(std::size_t one, std::size_t other) const {
        const auto answer = rules_.explain(ids_[one], ids_[other]);
        return answer.forward.accepted && answer.backward.accepted;
    }
    void join(std::size_t one, std::size_t other) { parts_[partOf(one)] = partOf(other); }

    FakePolicy rules_;
    std::vector<std::string> ids_;
    std::vector<std::size_t> parts_;
};

/// `after` may lack nodes that `before` has.
api::PairDifference compare(const View& before, const View& after) {
    api::PairDifference difference;
    const auto& ids = after.ids();
    std::vector<bool> had(ids.size());
    std::vector<bool> has(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        for (std::size_t j = i + 1; j < ids.size(); ++j) {
            const auto old = before.standing(before.place(ids[i]), before.place(ids[j]));
            const auto now = after.standing(i, j);
            const bool was = old.state == api::PairState::Connected;
            const bool is = now.state == api::PairState::Connected;
            had[i] = had[i] || was;
            had[j] = had[j] || was;
            has[i] = has[i] || is;
            has[j] = has[j] || is;
            difference.lost += was && !is ? 1 : 0;
            difference.gained += is && !was ? 1 : 0;
            difference.changed += old == now ? 0 : 1;
            if (old != now && difference.listed.size() < kMostListed) {
                difference.listed.push_back({ids[i], ids[j], old, now});
            }
        }
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (had[i] && !has[i]) {
            difference.isolated.push_back(ids[i]);
        }
    }
    difference.isolatedCount = difference.isolated.size();
    return difference;
}

struct Mesh {
    std::vector<api::Peer> peers;
    std::vector<api::Edge> edges;
    FakePolicy policy;

    View view() const { return {peers, edges, policy}; }
};

StatusOr<api::PlanReview> review(const Mesh& mesh, const api::PlanSubject& subject) {
    api::PlanReview answer;
    if (const auto* edited = std::get_if<api::EditedRules>(&subject)) {
        FakePolicy wanted = mesh.policy;
        for (const api::PolicyEdit& edit : edited->edits) {
            std::erase_if(wanted.state.objects, [&edit](const api::StoredObject& stored) {
                return api::sameObject(api::refOf(stored.object), edit.ref);
            });
            if (edit.after) {
                wanted.add(*edit.after);
            }
        }
        answer.edits = edited->edits;
        answer.pairs = compare(mesh.view(), View(mesh.peers, mesh.edges, wanted));
    }
    return answer;
}

StatusOr<api::WhatIfAnswer> whatIf(const Mesh& mesh, const api::WhatIfQuestion& question) {
    const auto isLost = [&question](const std::string& id) {
        return std::ranges::find(question.nodes, id) != question.nodes.end();
    };
    Mesh left = mesh;
    std::erase_if(left.peers, [&](const api::Peer& peer) { return isLost(peer.id); });
    const View before = mesh.view();
    const View after = left.view();
    api::WhatIfAnswer answer;
    answer.pairs = compare(before, after);
    answer.parts = after.parts();
    answer.partsBefore = before.parts().size();
    for (const api::Peer& peer : mesh.peers) {
        if (isLost(peer.id) && peer.clusterStatus == api::ClusterStatus::Leader) {
            answer.voters.removed.push_back(peer.id);
            answer.voters.losesQuorum = true;
            answer.voters.text =
                "0 of 1 voters could still reach each other, too few to elect a leader";
        }
    }
    return answer;
}

}  // namespace

std::vector<api::Edge> fakeEdges(const std::vector<api::Peer>& peers) {
    std::vector<api::Edge> edges;
    for (std::size_t first = 0; first < peers.size(); first += kFakeSamples) {
        if (first > 0) {
            edges.push_back({peers[2].id, peers[first].id, 1});
        }
        for (const auto& [from, to] : kLinks) {
            if (first + std::max(from, to) < peers.size()) {
                edges.push_back({peers[first + from].id, peers[first + to].id, 1});
            }
        }
    }
    return edges;
}

FakePlan fakePlan(
    std::vector<api::Peer> peers, std::vector<api::Edge> edges, const FakePolicy& policy) {
    const auto mesh =
        std::make_shared<const Mesh>(Mesh{std::move(peers), std::move(edges), policy});
    FakePlan plan;
    plan.review = [mesh](const api::PlanSubject& subject) { return review(*mesh, subject); };
    plan.whatIf = [mesh](const api::WhatIfQuestion& question) { return whatIf(*mesh, question); };
    return plan;
}

}  // namespace weft::tests
