// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"
#include "core/base/file.h"
#include "core/crypto/secret_bytes.h"

#include <fmt/format.h>

namespace weft::cli {
namespace {

/// The longest name of a line of the checklist.
constexpr int kCheckColumn = 17;

/// "172.16.0.1/32" -> "172.16.0.1".
std::string hostOf(const std::string& prefix) {
    return prefix.substr(0, prefix.find('/'));
}

std::string joinedAddresses(const api::Connection& connection) {
    std::string text = hostOf(connection.addressIpv4);
    const std::string six = hostOf(connection.addressIpv6);
    return text.empty() || six.empty() ? text + six : fmt::format("{}, {}", text, six);
}

/// "42 min ago" -> " for 42 min".
std::string durationText(std::string_view age) {
    constexpr std::string_view kAgo = " ago";
    return age.ends_with(kAgo) ? fmt::format(" for {}", age.substr(0, age.size() - kAgo.size()))
                               : std::string();
}

/// "42 min ago" -> ", 42 min"; nothing for what has begun just now.
std::string ageText(const std::optional<WallTime>& since, WallTime now) {
    constexpr std::string_view kAgo = " ago";
    const std::string age = since ? relativeText(since, now) : std::string();
    return age.ends_with(kAgo) ? fmt::format(", {}", age.substr(0, age.size() - kAgo.size()))
                               : std::string();
}

std::string stateText(const api::Connection& connection, WallTime now) {
    std::string text(nameOf(connection.state));
    if (connection.state == api::ConnectionState::Connecting && !connection.step.text.empty()) {
        text += fmt::format(
            ", step {} of {}: {}",
            connection.step.number,
            connection.step.count,
            connection.step.text);
    } else if (connection.since) {
        text += durationText(relativeText(connection.since, now));
    }
    if (connection.retryAt) {
        text += fmt::format(", next try {}", relativeText(connection.retryAt, now));
    }
    return text;
}

void printProblems(Output& out, const api::Connection& connection) {
    const auto print = [&out](const api::Problem& problem) {
        const Tone tone = problem.severity == api::Severity::Error ? Tone::Bad : Tone::Warning;
        out.line(fmt::format(
            "{}: {}", out.toned(nameOf(problem.severity), tone), safe(sentences(problem))));
    };
    if (connection.failure) {
        print(*connection.failure);
    }
    for (const auto& problem : connection.problems) {
        print(problem);
    }
}

void printConnection(Context& context, const api::Profile& profile, const api::Connection& now) {
    Output& out = context.out;
    const WallTime wall = context.clock.wallNow();
    Facts facts;
    facts.add("Profile", fmt::format("{} ({})", profile.name, profile.id.value()));
    facts.add("State", stateText(now, wall), toneOf(now.state));
    facts.add("Mesh", shownDomain(now.meshDomain.empty() ? profile.meshDomain : now.meshDomain));
    facts.add("Node", now.nodeId.empty() ? profile.nodeId : now.nodeId);
    if (isInMesh(now.state)) {
        const bool hasRole = now.clusterStatus != api::ClusterStatus::Unknown;
        facts.add("Role", hasRole ? nameOf(now.clusterStatus) : "");
        facts.add("Leader", now.leader);
        facts.add("Addresses", joinedAddresses(now));
        // A daemon that tells neither role nor leader does not count either.
        const bool counts = hasRole || !now.leader.empty() || now.peerCount != 0;
        facts.add("Peers", counts ? std::to_string(now.peerCount) : "");
        facts.add("Listens on", now.listenAddress);
        if (now.tunnel) {
            facts.add(
                "Interface",
                fmt::format(
                    "{}, UDP port {}, MTU {}",
                    now.tunnel->name,
                    now.tunnel->listenPort,
                    now.tunnel->mtu));
        }
        if (now.certificateExpiresAt) {
            facts.add("Certificate", "ends " + relativeText(now.certificateExpiresAt, wall));
        }
        if (now.policyTests) {
            const auto& tests = *now.policyTests;
            facts.add(
                "Policy tests",
                fmt::format("{} passed, {} failed", tests.passed, tests.failed),
                tests.failed == 0 ? Tone::Good : Tone::Bad);
        }
    }
    facts.print(out);
    for (const api::CheckItem& item : now.checklist) {
        out.line(fmt::format(
            "  {}  {:<{}}  {}{}",
            out.toned(fmt::format("{:<7}", nameOf(item.state)), toneOf(item.state)),
            safe(checkName(item.id)),
            kCheckColumn,
            safe(item.text),
            ageText(item.since, wall)));
    }
    printProblems(out, now);
}

/// Writes the state of the chosen profile once. Returns what `--check` makes of it.
Status showState(
    Context& context, const api::DaemonState& state, const std::string& wanted, bool isEvent) {
    const auto profile = chooseProfile(state, wanted);
    if (!profile.ok()) {
        if (wanted.empty() && !context.out.isStructured()) {
            context.out.line(safe(messageOf(profile.status())));
        } else if (wanted.empty()) {
            context.out.write(Document());
        }
        return profile.status();
    }
    api::Connection connection;
    connection.profileId = profile->id;
    if (const auto* found = state.findConnection(profile->id)) {
        connection = *found;
    }
    if (context.out.quiet() && !context.out.isStructured()) {
        context.out.line(nameOf(connection.state));
    } else if (context.out.isStructured()) {
        isEvent ? context.out.writeEvent(describe(connection))
                : context.out.write(describe(connection));
    } else {
        printConnection(context, *profile, connection);
    }
    if (isInMesh(connection.state)) {
        return okStatus();
    }
    return failedPrecondition("{} is {}", profile->name, nameOf(connection.state));
}

/// Ends with Ctrl-C alone, which is how it is meant to end.
Status watchStatus(Context& context, const std::string& wanted) {
    const Status ended = context.session->followState(
        [&](const api::DaemonState& state) {
            const Status shown = showState(context, state, wanted, true);
            if (!context.out.isStructured()) {
                context.out.line("");
            }
            context.out.stream() << std::flush;
            return shown.code() == StatusCode::kNotFound ? std::optional<Status>(shown)
                                                         : std::nullopt;
        },
        std::nullopt);
    return ended.code() == StatusCode::kCancelled ? okStatus() : ended;
}

StatusOr<api::Secrets> readSecrets(Context& context, const Parsed& parsed) {
    constexpr std::size_t kMostBytes = 4096;
    api::Secrets secrets;
    if (!parsed.has("password-file")) {
        return secrets;
    }
    const std::string file = parsed.text("password-file");
    std::string password;
    if (file == "-") {
        WEFT_ASSIGN_OR_RETURN(password, wordOrLine(context, file));
    } else {
        WEFT_ASSIGN_OR_RETURN(password, base::readFile(file, kMostBytes));
        password = password.substr(0, password.find('\n'));
    }
    secrets.emplace("password", std::move(password));
    return secrets;
}

}  // namespace

Status runStatus(Context& context, const Parsed& parsed) {
    const std::string wanted = parsed.text("PROFILE");
    if (parsed.has("watch")) {
        return watchStatus(context, wanted);
    }
    WEFT_ASSIGN_OR_RETURN(const auto state, context.session->state());
    const Status shown = showState(context, state, wanted, false);
    const bool isQuestion = parsed.has("check") || !wanted.empty();
    return shown.ok()
                   || (isQuestion
                       && (parsed.has("check") || state.profiles.empty()
                           || shown.code() != StatusCode::kFailedPrecondition))
               ? shown
               : okStatus();
}

Status runConnect(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto before, context.session->state());
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(before, parsed.text("PROFILE")));
    WEFT_ASSIGN_OR_RETURN(auto secrets, readSecrets(context, parsed));
    const Status asked = context.session->run([&](StatusCallback done) {
        context.session->controller().connectProfile(profile.id, secrets, std::move(done));
    });
    for (auto& [name, secret] : secrets) {
        crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
    }
    WEFT_RETURN_IF_ERROR(asked);
    if (parsed.has("no-wait")) {
        return okStatus();
    }
    WEFT_RETURN_IF_ERROR(waitUntilConnected(context, profile.id, before.revision));
    WEFT_ASSIGN_OR_RETURN(const auto state, context.session->state());
    return context.out.quiet() ? okStatus() : showState(context, state, profile.id.value(), false);
}

Status runDisconnect(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(context, parsed.text("PROFILE")));
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().disconnectProfile(profile.id, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"disconnected", profile.id.value()}});
    } else if (!context.out.quiet()) {
        context.out.line(fmt::format("{} is off.", safe(profile.name)));
    }
    return okStatus();
}

}  // namespace weft::cli
