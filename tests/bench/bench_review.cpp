// SPDX-License-Identifier: Apache-2.0
// What it costs to see what an edit would do: bench_review [hubs|chords] [review|whatif|plain]
// NODES... `plain` asks the network pair by pair for what `review` finds at once.
#include "core/mesh/changes/review.h"
#include "core/mesh/changes/what_if.h"
#include "tests/bench/sample_mesh.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace weft;           // NOLINT(google-build-using-namespace): a program of one file
using namespace mesh::changes;  // NOLINT(google-build-using-namespace)
using bench::SampleMesh;
using mesh::policy::ObjectKind;

constexpr std::size_t kRules = 200;
constexpr std::size_t kMostPlain = 300;

/// Milliseconds of this thread's processor time.
double cpu() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

mesh::policy::NetworkAcl denial(std::string from, std::string to) {
    mesh::policy::NetworkAcl acl;
    acl.name = "denial";
    acl.priority = 9;
    acl.action = mesh::policy::AclAction::Deny;
    acl.sourceNodes = {std::move(from)};
    acl.destinationNodes = {std::move(to)};
    return acl;
}

class Bench {
public:
    Bench(std::size_t nodes, SampleMesh::Shape shape) : nodes_(nodes) {
        SampleMesh mesh(nodes, shape);
        for (std::size_t rule = 100; rule < kRules; ++rule) {
            mesh.putAcl(
                fmt::format("more-{}", rule),
                -2,
                mesh::policy::AclAction::Accept,
                fmt::format("group:team-{}", rule % 40),
                fmt::format("group:team-{}", rule % 40));
        }
        registry_.apply(mesh.take());
        rules_ = PolicySet::of(registry_);
        who_.identity.id = SampleMesh::nameOf(nodes / 2);
        who_.node = NodeId(SampleMesh::nameOf(nodes / 2));
        who_.leader = NodeId(SampleMesh::nameOf(0));
        fmt::print(
            "{} {} nodes, {} edges, {} rules\n",
            shape == SampleMesh::Shape::Hubs ? "hubs  " : "chords",
            nodes,
            registry_.edgeCount(),
            rules_.ofKind(ObjectKind::NetworkAcl).size());
    }

    void reviews() {
        const auto start = cpu();
        const Scene scene(registry_);
        fmt::print("  scene: {:.1f} ms\n", cpu() - start);
        for (const auto& [what, after] : edited()) {
            const auto edits = difference(rules_, after);
            const auto begin = cpu();
            const auto found = review(rules_, edits, registry_, who_);
            fmt::print(
                "  review, {}: {:.1f} ms ({} pairs, {} gained, {} lost; {} routes; {} isolated)\n",
                what,
                cpu() - begin,
                found.pairs.count(),
                found.pairs.gained(),
                found.pairs.lost(),
                found.routes.gained + found.routes.lost + found.routes.moved,
                found.pairs.isolatedCount);
        }
    }

    void plain() {
        if (nodes_ > kMostPlain) {
            fmt::print("  pair by pair: left out above {} nodes\n", kMostPlain);
            return;
        }
        for (const auto& [what, after] : edited()) {
            const auto begin = cpu();
            Scene before(registry_);
            Scene edited(registry_, after);
            std::size_t others = 0;
            const auto ids = nodesOf(registry_);
            for (auto left = ids.begin(); left != ids.end(); ++left) {
                for (auto right = left + 1; right != ids.end(); ++right) {
                    others += before.network().trace(*left, *right).outcome
                                      != edited.network().trace(*left, *right).outcome
                                  ? 1
                                  : 0;
                }
            }
            fmt::print(
                "  pair by pair, {}: {:.1f} ms ({} pairs, without routes)\n",
                what,
                cpu() - begin,
                others);
        }
    }

    void whatIf() {
        auto start = cpu();
        const WhatIf whatIf(registry_);
        fmt::print("  what if, made: {:.1f} ms\n", cpu() - start);
        start = cpu();
        const auto loss = whatIf.lose({NodeId(SampleMesh::nameOf(0))}, {});
        fmt::print(
            "  what if, without {}: {:.1f} ms ({} pairs lost, {} parts)\n",
            SampleMesh::nameOf(0),
            cpu() - start,
            loss.pairs.lost(),
            loss.parts.size());
        for (const auto& ref :
             {rules_.ofKind(ObjectKind::NetworkAcl).front(),
              rules_.ofKind(ObjectKind::Group).front(),
              rules_.ofKind(ObjectKind::Route).front(),
              rules_.ofKind(ObjectKind::Edge).front()}) {
            start = cpu();
            const auto radius = whatIf.without(mesh::refOf(*ref));
            fmt::print(
                "  what if, without {} {}: {:.1f} ms ({} pairs, {} routes)\n",
                mesh::kindName(mesh::kindOf(*ref)),
                mesh::nameOf(mesh::refOf(*ref)),
                cpu() - start,
                radius->pairs.count(),
                radius->routes.gained + radius->routes.lost + radius->routes.moved);
        }
    }

private:
    /// What is edited, and the rules that come of it.
    std::vector<std::pair<std::string_view, PolicySet>> edited() const {
        std::vector<std::pair<std::string_view, PolicySet>> edits(6, {"", rules_});
        edits[0].first = "ACL for a pair";
        edits[0].second.put(denial(SampleMesh::nameOf(nodes_ / 2), SampleMesh::nameOf(nodes_ / 3)));
        edits[1].first = "ACL between groups";
        edits[1].second.put(denial("group:team-3", "group:team-4"));
        edits[2].first = "group";
        auto group = *rules_.find<mesh::policy::Group>("team-5");
        group.subjects.pop_back();
        edits[2].second.put(group);
        edits[3].first = "edge";
        edits[3].second.remove(mesh::refOf(*rules_.ofKind(ObjectKind::Edge).front()));
        edits[4].first = "route";
        edits[4].second.remove({ObjectKind::Route, "r7"});
        edits[5].first = "everything denied";
        edits[5].second.put(denial("*", "*"));
        return edits;
    }

    std::size_t nodes_;
    storage::Registry registry_;
    PolicySet rules_;
    Editor who_;
};

struct Arguments {
    std::vector<std::size_t> sizes;
    std::vector<SampleMesh::Shape> shapes;
    std::vector<std::string_view> modes;
};

bool readArgument(std::string_view text, Arguments& arguments) {
    if (text == "hubs" || text == "chords") {
        arguments.shapes.push_back(
            text == "hubs" ? SampleMesh::Shape::Hubs : SampleMesh::Shape::Chords);
        return true;
    }
    if (text == "review" || text == "whatif" || text == "plain") {
        arguments.modes.push_back(text);
        return true;
    }
    std::size_t nodes = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), nodes);
    if (read.ec != std::errc() || nodes < 50 || nodes > 1'000'000) {
        fmt::print(stderr, "bench_review: {} is no number of nodes from 50 on\n", text);
        return false;
    }
    arguments.sizes.push_back(nodes);
    return true;
}

void run(const Arguments& arguments, Bench& bench) {
    for (const auto mode : arguments.modes) {
        if (mode == "review") {
            bench.reviews();
        } else if (mode == "whatif") {
            bench.whatIf();
        } else {
            bench.plain();
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    Arguments arguments;
    for (int at = 1; at < argc; ++at) {
        if (!readArgument(argv[at], arguments)) {
            return 2;
        }
    }
    if (arguments.sizes.empty()) {
        arguments.sizes = {1'000, 10'000};
    }
    if (arguments.shapes.empty()) {
        arguments.shapes = {SampleMesh::Shape::Hubs, SampleMesh::Shape::Chords};
    }
    if (arguments.modes.empty()) {
        arguments.modes = {"review", "whatif", "plain"};
    }
    for (const auto nodes : arguments.sizes) {
        for (const auto shape : arguments.shapes) {
            Bench bench(nodes, shape);
            run(arguments, bench);
        }
    }
    return 0;
}
