// SPDX-License-Identifier: Apache-2.0
// The window's lists of who may do what, with 10,000 roles, bindings, groups, access rules and
// routes: how long it takes until what the core answered stands in all of them, and until one list
// shows what a search finds. Prints one line for each. No display is needed.
//
//   bench_access [--objects N]
#include "tests/support/fake_policy.h"
#include "tests/ui/ui_fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

namespace weft::bench {
namespace {

using Clock = std::chrono::steady_clock;
using viewmodels::PolicyModel;

constexpr int kRounds = 10;

double timed(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void print(std::string_view what, std::string_view kind, std::size_t rows, std::vector<double> ms) {
    std::ranges::sort(ms);
    fmt::print(
        "{} {} rows={} median_ms={:.1f} worst_ms={:.1f}\n",
        what,
        kind,
        rows,
        ms[ms.size() / 2],
        ms.back());
}

/// One list by itself: filled, searched, and shown whole again.
void benchModel(api::PolicyKind kind, std::string_view name, const api::PolicyState& state) {
    std::vector<double> fills;
    std::vector<double> few;
    std::vector<double> many;
    std::vector<double> whole;
    std::size_t rows = 0;
    for (int round = 0; round < kRounds; ++round) {
        PolicyModel model(kind);
        fills.push_back(timed([&] { model.setState(state); }));
        rows = static_cast<std::size_t>(model.total());
        few.push_back(timed([&] { model.setSearchText(QStringLiteral("item-0777")); }));
        whole.push_back(timed([&] { model.setSearchText({}); }));
        // Every third row: the costly case for a list that keeps its place.
        many.push_back(timed([&] { model.setSearchText(QStringLiteral("7")); }));
        whole.push_back(timed([&] { model.setSearchText({}); }));
    }
    print("list", name, rows, fills);
    print("search few", name, rows, few);
    print("search many", name, rows, many);
    print("search none", name, rows, whole);
}

/// The whole way: an answer of the core arrives, and all lists and editors take it.
void benchWindow(std::size_t objects) {
    tests::UiFixture ui("home");
    const api::ProfileId mesh(ui.app.currentProfile().toStdString());
    const auto crowded = tests::crowdedFakePolicy(objects, ui.clock.wallNow());
    std::vector<double> first;
    std::vector<double> again;
    for (int round = 0; round < kRounds; ++round) {
        ui.controller.updatePolicy(mesh, [&](tests::FakePolicy& policy) { policy = crowded; });
        first.push_back(timed([&] { ui.settle(); }));
        ui.controller.updatePolicy(mesh, [&](tests::FakePolicy& policy) {
            auto& changed = std::get<api::NetworkAcl>(
                std::ranges::find(policy.state.objects, api::PolicyKind::NetworkAcl, [](auto& one) {
                    return api::kindOf(one.object);
                })->object);
            changed.priority += 1;
        });
        again.push_back(timed([&] { ui.settle(); }));
        ui.controller.updatePolicy(
            mesh, [&](tests::FakePolicy& policy) { policy.state.objects.clear(); });
        ui.settle();
    }
    const auto rows = crowded.state.objects.size();
    print("window takes", "everything", rows, first);
    print("window takes", "a change of one rule", rows, again);
}

void run(std::size_t objects) {
    const auto crowded = tests::crowdedFakePolicy(objects, std::chrono::system_clock::now());
    constexpr std::array<std::pair<api::PolicyKind, std::string_view>, 5> kKinds{
        {{api::PolicyKind::Role, "roles"},
         {api::PolicyKind::RoleBinding, "bindings"},
         {api::PolicyKind::Group, "groups"},
         {api::PolicyKind::NetworkAcl, "rules"},
         {api::PolicyKind::Route, "routes"}}};
    for (const auto& [kind, name] : kKinds) {
        benchModel(kind, name, crowded.state);
    }
    benchWindow(objects);
}

}  // namespace
}  // namespace weft::bench

int main(int count, char** arguments) {
    QCoreApplication app(count, arguments);
    std::size_t objects = 10'000;
    if (count == 3 && std::string_view(arguments[1]) == "--objects") {
        objects = std::strtoul(arguments[2], nullptr, 10);
    } else if (count != 1) {
        fmt::print(stderr, "usage: bench_access [--objects N]\n");
        return 2;
    }
    weft::bench::run(objects);
    return 0;
}
