// SPDX-License-Identifier: Apache-2.0
// What it takes to lay out the graph of a mesh, and how well it can be read afterwards, beside
// Graphviz' sfdp on the same graph when that is installed. "stress" and "crowded" are those of
// tests/ui/graph/drawing_quality.h.
//
//   bench_graph_layout [NODES]
#include "tests/ui/graph/drawing_quality.h"
#include "tests/ui/graph/sample_graphs.h"
#include "ui/graph/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace weft::bench {
namespace {

using graph::Layout;
using graph::Positions;
using tests::SampleGraph;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kNodes = 10'000;

/// Wall clock, and the processor time of this process or of programs it has run, in milliseconds.
struct Times {
    double wall = 0;
    double processor = 0;
};

double processorTime(int whose) {
    rusage usage{};
    getrusage(whose, &usage);
    const auto milliseconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

template <typename Work>
Times timesOf(int whose, Work work) {
    const auto start = Clock::now();
    const auto before = processorTime(whose);
    work();
    return {
        std::chrono::duration<double, std::milli>(Clock::now() - start).count(),
        processorTime(whose) - before};
}

struct Drawing {
    Times times;
    Positions positions;
};

struct Run {
    Drawing drawing;
    std::size_t steps = 0;
    /// Milliseconds of processor time of one step of the finest level.
    double step = 0;
};

Run layOut(const SampleGraph& sample) {
    Run run;
    Layout layout;
    std::vector<double> steps;
    run.drawing.times = timesOf(RUSAGE_SELF, [&] {
        layout.setGraph(sample.nodes, sample.links, {});
        bool isMoving = true;
        while (isMoving) {
            steps.push_back(timesOf(RUSAGE_SELF, [&] { isMoving = layout.step(); }).processor);
        }
        run.drawing.positions = layout.positions();
    });
    run.steps = steps.size();
    // So many at least are those of the finest level; the middle one of them.
    const auto last = std::min<std::size_t>(steps.size(), 100);
    std::sort(steps.end() - static_cast<std::ptrdiff_t>(last), steps.end());
    run.step = steps[steps.size() - last / 2];
    return run;
}

/// A file that is gone afterwards.
class Scratch {
public:
    explicit Scratch(std::string_view name)
        : path_(std::filesystem::temp_directory_path() / fmt::format("{}-{}", ::getpid(), name)) {}
    ~Scratch() { std::filesystem::remove(path_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

void writeDot(const SampleGraph& sample, const std::string& path) {
    std::ofstream file(path);
    file << "graph {\nnode [shape=point]\n";
    for (std::size_t node = 0; node < sample.nodes; ++node) {
        file << node << '\n';
    }
    for (const auto& [from, to] : sample.links) {
        if (from != to) {
            file << from << "--" << to << '\n';
        }
    }
    file << "}\n";
}

Positions readPlain(const std::string& path, std::size_t nodes) {
    Positions positions(nodes);
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string kind;
        std::size_t node = 0;
        graph::Point where;
        if (words >> kind && kind == "node" && words >> node >> where.x >> where.y
            && node < nodes) {
            positions[node] = where;
        }
    }
    return positions;
}

/// nullopt: it is not installed.
std::optional<Drawing> bySfdp(const SampleGraph& sample) {
    const Scratch input("graph.dot");
    const Scratch output("graph.plain");
    writeDot(sample, input.path());
    const auto command =
        fmt::format("sfdp -Tplain '{}' > '{}' 2>/dev/null", input.path(), output.path());
    Drawing drawing;
    int status = 0;
    drawing.times = timesOf(RUSAGE_CHILDREN, [&] {
        // NOLINTNEXTLINE(cert-env33-c,concurrency-mt-unsafe): the only thread, its own command
        status = std::system(command.c_str());
    });
    if (status != 0) {
        return std::nullopt;
    }
    drawing.positions = readPlain(output.path(), sample.nodes);
    return drawing;
}

void print(std::string_view who, const SampleGraph& sample, const Drawing& drawing) {
    const auto quality = tests::qualityOf(sample, drawing.positions);
    fmt::print(
        "  {:<6}{:9.0f} ms{:9.0f} ms of processor   stress {:.4f}  variation {:.2f}  crowded "
        "{:.3f}\n",
        who,
        drawing.times.wall,
        drawing.times.processor,
        quality.stress,
        quality.variation,
        quality.crowded);
}

/// How a node is added that two neighbours link to.
void benchAdded(SampleGraph sample, const Positions& before) {
    std::vector<std::optional<graph::Point>> known(before.begin(), before.end());
    known.emplace_back();
    const auto added = static_cast<std::uint32_t>(sample.nodes++);
    const auto [from, to] = sample.links[sample.links.size() / 2];
    sample.links.emplace_back(from, added);
    sample.links.emplace_back(to, added);
    Layout layout;
    Positions first;
    const auto times = timesOf(RUSAGE_SELF, [&] {
        layout.setGraph(sample.nodes, sample.links, known);
        first = layout.positions();
    });
    std::size_t steps = 1;
    while (layout.step()) {
        ++steps;
    }
    const auto extent = tests::extentOf(before) / 100;
    fmt::print(
        "  an added node: {:.1f} ms, {:.1f} ms of processor, the others move {:.2f} % of the "
        "extent at once, {:.2f} % after {} steps (median)\n",
        times.wall,
        times.processor,
        tests::medianMove(before, first) / extent,
        tests::medianMove(before, layout.positions()) / extent,
        steps);
}

void bench(const SampleGraph& sample) {
    fmt::print("{}, {} nodes, {} links\n", sample.name, sample.nodes, sample.links.size());
    const auto run = layOut(sample);
    print("Weft", sample, run.drawing);
    if (const auto other = bySfdp(sample)) {
        print("sfdp", sample, *other);
        const auto own = tests::qualityOf(sample, run.drawing.positions).stress;
        fmt::print(
            "  sfdp takes {:.1f} x the time, {:.1f} x the processor time; stress of Weft {:.2f} "
            "x\n",
            other->times.wall / run.drawing.times.wall,
            other->times.processor / run.drawing.times.processor,
            own / tests::qualityOf(sample, other->positions).stress);
    } else {
        fmt::print("  sfdp is not installed: nothing to compare with\n");
    }
    fmt::print("  {} steps, {:.2f} ms each at the end\n", run.steps, run.step);
    benchAdded(sample, run.drawing.positions);
}

int run(std::size_t nodes) {
    const auto width = static_cast<std::size_t>(std::sqrt(static_cast<double>(nodes)));
    bench(tests::randomLinks(nodes, 2 * nodes, 13));
    bench(tests::nearNeighbours(nodes, 5));
    bench(tests::randomTree(nodes, 7));
    bench(tests::squareGrid(width));
    bench(tests::hubsAndLeaves(nodes, 20, 9));
    bench(tests::smallWorld(nodes, 11));
    bench(tests::path(nodes));
    bench(tests::star(nodes));
    return 0;
}

}  // namespace
}  // namespace weft::bench

int main(int argc, char** argv) {
    std::size_t nodes = weft::bench::kNodes;
    if (argc == 2) {
        const std::string_view text(argv[1]);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), nodes);
        if (error != std::errc{} || end != text.data() + text.size() || nodes < 400) {
            fmt::print(stderr, "usage: bench_graph_layout [NODES], 400 or more\n");
            return 2;
        }
    }
    return weft::bench::run(nodes);
}
