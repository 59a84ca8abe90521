// SPDX-License-Identifier: Apache-2.0
#include "app/cli/connection_wait.h"

#include "app/cli/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace weft::cli {
namespace {

using api::ConnectionState;

std::string idsOf(const api::DaemonState& state) {
    constexpr std::size_t kMostShown = 10;
    std::string ids;
    for (std::size_t i = 0; i < std::min(kMostShown, state.profiles.size()); ++i) {
        ids += (ids.empty() ? "" : ", ") + state.profiles[i].id.value();
    }
    return state.profiles.size() > kMostShown ? ids + ", …" : ids;
}

/// Looks at one state after another until the connection has an outcome.
class ConnectionFollower {
public:
    ConnectionFollower(Context& context, api::ProfileId id, std::uint64_t revisionBefore)
        : context_(context), id_(std::move(id)), revisionBefore_(revisionBefore) {}

    std::optional<Status> look(const api::DaemonState& state) {
        const api::Connection* connection = state.findConnection(id_);
        if (connection == nullptr) {
            return std::nullopt;  // the profile is on its way
        }
        noteStep(*connection);
        noteProblem(*connection);
        switch (connection->state) {
        case ConnectionState::Connected:
        case ConnectionState::Degraded:
            return okStatus();
        case ConnectionState::Failed:
            return started_ || state.revision > revisionBefore_
                       ? std::optional<Status>(failureOf(*connection))
                       : std::nullopt;
        case ConnectionState::Off:
            return started_ ? std::optional<Status>(failedPrecondition(
                       "the connection was stopped: run `weftctl connect` again"))
                            : std::nullopt;
        default:
            started_ = true;
            return std::nullopt;
        }
    }

    /// What to say when the time is up.
    Status late(const Status& status) const {
        return problem_.text.empty()
                   ? status
                   : deadlineExceeded(
                       "not connected yet: {} weftd goes on trying.", sentences(problem_));
    }

private:
    void noteStep(const api::Connection& connection) {
        if (context_.out.quiet() || connection.step == shown_ || connection.step.text.empty()
            || connection.state == ConnectionState::Connected) {
            return;
        }
        shown_ = connection.step;
        context_.notes << fmt::format(
            "[{}/{}] {}\n", shown_.number, shown_.count, safe(shown_.text))
                       << std::flush;
    }

    void noteProblem(const api::Connection& connection) {
        problem_ = {};
        if (connection.failure) {
            problem_ = *connection.failure;
        } else if (!connection.problems.empty()) {
            problem_ = connection.problems.front();
        }
    }

    static Status failureOf(const api::Connection& connection) {
        if (!connection.failure) {
            return failedPrecondition("the connection failed: see the log of weftd");
        }
        return failedPrecondition("{}", sentences(*connection.failure));
    }

    Context& context_;
    const api::ProfileId id_;
    const std::uint64_t revisionBefore_;
    bool started_ = false;
    api::Step shown_;
    /// Why the last attempt failed; without text when none did.
    api::Problem problem_;
};

}  // namespace

StatusOr<api::Profile> chooseProfile(const api::DaemonState& state, std::string_view wanted) {
    if (state.profiles.empty()) {
        return failedPrecondition(
            "there is no mesh yet: start one with `weftctl mesh create` or join one with `weftctl "
            "join CODE`");
    }
    const api::ProfileId id(std::string(wanted.empty() ? state.defaultProfile.value() : wanted));
    if (const api::Profile* found = state.findProfile(id)) {
        return *found;
    }
    if (wanted.empty()) {
        return state.profiles.front();
    }
    const api::Profile* byName = nullptr;
    for (const api::Profile& profile : state.profiles) {
        if (profile.name != wanted) {
            continue;
        }
        if (byName != nullptr) {
            return invalidArgument(
                "several profiles are called \"{}\": give one of the ids {}", wanted, idsOf(state));
        }
        byName = &profile;
    }
    if (byName == nullptr) {
        return notFound("there is no profile \"{}\": there are {}", wanted, idsOf(state));
    }
    return *byName;
}

StatusOr<api::Profile> chooseProfile(Context& context, std::string_view wanted) {
    WEFT_ASSIGN_OR_RETURN(const auto state, context.session->state());
    return chooseProfile(state, wanted);
}

Status waitUntilConnected(
    Context& context, const api::ProfileId& id, std::uint64_t revisionBefore) {
    ConnectionFollower follower(context, id, revisionBefore);
    const Status status = context.session->followState(
        [&follower](const api::DaemonState& state) { return follower.look(state); },
        context.session->deadline());
    return status.code() == StatusCode::kDeadlineExceeded ? follower.late(status) : status;
}

StatusOr<api::ProfileId> requireConnected(Context& context, std::string_view wanted) {
    WEFT_ASSIGN_OR_RETURN(const auto state, context.session->state());
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(state, wanted));
    const api::Connection* connection = state.findConnection(profile.id);
    if (connection == nullptr || !isInMesh(connection->state)) {
        return failedPrecondition(
            "{} is {}: connect it with `weftctl connect {}`",
            profile.name,
            connection == nullptr ? "off" : nameOf(connection->state),
            profile.id.value());
    }
    return profile.id;
}

StatusOr<std::string> wordOrLine(Context& context, const std::string& word) {
    constexpr std::size_t kMostBytes = std::size_t{64} * 1024;
    if (word != "-") {
        return word;
    }
    std::string line;
    for (char c = 0; context.in.get(c) && c != '\n';) {
        line += c;
        if (line.size() > kMostBytes) {
            return invalidArgument("the line on standard input is too long");
        }
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    if (line.empty()) {
        return invalidArgument("there is nothing on standard input");
    }
    return line;
}

}  // namespace weft::cli
