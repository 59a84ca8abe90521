// SPDX-License-Identifier: Apache-2.0
#include "app/cli/report_answers.h"

#include "app/cli/wording.h"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <sys/utsname.h>

namespace weft::cli {
namespace {

/// The name of the host is left out.
std::string platformText() {
    utsname names{};
    if (::uname(&names) != 0) {
        return "unknown";
    }
    const auto* const system = static_cast<const char*>(names.sysname);
    const auto* const release = static_cast<const char*>(names.release);
    const auto* const machine = static_cast<const char*>(names.machine);
    return fmt::format("{} {} {}", system, release, machine);
}

/// What a watch of the log that ends by itself told.
struct HeardLog {
    std::vector<api::LogLine> lines;
    std::optional<Status> ended;
};

StatusOr<std::vector<api::LogLine>> readLog(Session& session) {
    const auto heard = std::make_shared<HeardLog>();
    EventPump& pump = session.pump();
    const auto handle = session.controller().logs().watch(
        {api::LogLevel::Trace, true},
        [&pump, heard](const api::LogBatch& batch) {
            pump.post([heard, batch] {
                heard->lines.insert(heard->lines.end(), batch.lines.begin(), batch.lines.end());
            });
        },
        [&pump, heard](const Status& status) {
            pump.post([heard, status] { heard->ended = status; });
        });
    WEFT_RETURN_IF_ERROR(
        pump.runUntil([&heard] { return heard->ended.has_value(); }, session.deadline()));
    WEFT_RETURN_IF_ERROR(*heard->ended);
    return std::move(heard->lines);
}

/// Asks one thing after the other.
class Collector {
public:
    explicit Collector(Context& context) : context_(context), session_(*context.session) {}

    template <typename T>
    StatusOr<T> ask(std::string_view what, const std::function<void(Callback<T>)>& start) {
        note(what);
        return session_.call<T>(start);
    }
    void note(std::string_view what) {
        if (!context_.out.quiet()) {
            context_.notes << "Asking for " << what << '\n';
        }
    }
    report::MeshAnswers mesh(const api::Profile& profile, bool isInMesh);

private:
    Context& context_;
    Session& session_;
};

report::MeshAnswers Collector::mesh(const api::Profile& profile, bool isInMesh) {
    report::MeshAnswers mesh;
    mesh.id = profile.id;
    if (!isInMesh) {
        const Status why = failedPrecondition("not connected");
        return {profile.id, why, why, why, why, why};
    }
    auto& controller = session_.controller();
    const api::ProfileId id = profile.id;
    const std::string of = " of " + safe(profile.name);
    note("members" + of);
    mesh.peers = session_.peers(id);
    using Routes = std::vector<api::MeshRoute>;
    mesh.routes = ask<Routes>("routes" + of, [&](auto done) { controller.routes(id, done); });
    mesh.names = ask<api::NameService>(
        "names" + of, [&](auto done) { controller.diagnosis().nameService(id, done); });
    using Checks = std::vector<api::NetworkCheck>;
    mesh.network = ask<Checks>("the network check" + of, [&](auto done) {
        controller.diagnosis().checkNetwork(id, done);
    });
    mesh.policy = ask<api::PolicyState>(
        "figures of the rules" + of, [&](auto done) { controller.policy(id, done); });
    return mesh;
}

}  // namespace

StatusOr<report::Answers> collectAnswers(Context& context) {
    report::Answers answers;
    answers.time = context.clock.wallNow();
    answers.version = WEFT_VERSION;
    answers.platform = platformText();
    Session& session = *context.session;
    Collector collector(context);
    answers.capabilities = collector.ask<api::Capabilities>(
        "the service", [&](auto done) { session.controller().capabilities(done); });
    collector.note("profiles and connections");
    answers.state = session.state();
    if (answers.state.ok()) {
        for (const auto& profile : answers.state->profiles) {
            const auto* connection = answers.state->findConnection(profile.id);
            answers.meshes.push_back(
                collector.mesh(profile, connection != nullptr && isInMesh(connection->state)));
        }
    }
    collector.note("the log");
    answers.log = readLog(session);
    if (session.pump().interrupted()) {
        return cancelled("interrupted");
    }
    return answers;
}

}  // namespace weft::cli
