// SPDX-License-Identifier: Apache-2.0
#include "core/config/load.h"

#include "core/base/text.h"
#include "core/config/detail/codec.h"
#include "core/config/detail/globals.h"
#include "core/config/detail/sources.h"
#include "core/config/key_table.h"

#include <cmath>
#include <optional>
#include <set>

#include <unistd.h>

namespace weft::config {
namespace {

using Environment = std::map<std::string, std::string>;

constexpr std::size_t kMostProblemsShown = 8;

/// Collects problems, so that a person fixes a file in one go.
class Problems {
public:
    void add(const std::string& text) {
        if (texts_.size() < kMostProblemsShown) {
            texts_.push_back(text);
        }
        ++count_;
    }
    Status status() const {
        if (count_ == 0) {
            return okStatus();
        }
        std::string joined = fmt::format("{}", fmt::join(texts_, "; "));
        if (count_ > texts_.size()) {
            joined += fmt::format("; and {} more", count_ - texts_.size());
        }
        return makeStatus(StatusCode::kInvalidArgument, joined);
    }

private:
    std::vector<std::string> texts_;
    std::size_t count_ = 0;
};

/// Puts assignments into options, source by source.
class Merger {
public:
    explicit Merger(NodeOptions options) : options_(std::move(options)) {}

    void apply(const std::vector<Assignment>& assignments) {
        std::map<const Key*, const Assignment*> given;
        for (const Assignment& assignment : assignments) {
            const Key* key = findKey(assignment.key);
            if (key == nullptr) {
                problems_.add(fmt::format(
                    "{}: unknown key {}: the nearest is {}",
                    assignment.origin,
                    base::escapeForLine(assignment.key, 120),
                    nearestKey(assignment.key)));
                continue;
            }
            applyKey(*key, assignment, given);
        }
    }

    StatusOr<NodeOptions> finish() {
        WEFT_RETURN_IF_ERROR(problems_.status());
        detail::applyGlobals(options_);
        WEFT_RETURN_IF_ERROR(options_.validate());
        return std::move(options_);
    }

private:
    void applyKey(
        const Key& key,
        const Assignment& assignment,
        std::map<const Key*, const Assignment*>& given) {
        if (!key.supported()) {
            applyForeign(key, assignment);
            return;
        }
        const auto [earlier, isNew] = given.emplace(&key, &assignment);
        if (!isNew && earlier->second->key != assignment.key) {
            problems_.add(fmt::format(
                "{}: {} stands for {} too: remove one of them",
                assignment.origin,
                assignment.key,
                earlier->second->key));
            return;
        }
        std::string warning;
        const Status status = detail::assign(key, assignment.value, options_, warning);
        if (!status.ok()) {
            problems_.add(
                fmt::format("{}: {}: {}", assignment.origin, assignment.key, messageOf(status)));
            return;
        }
        options_.origins.insert_or_assign(std::string(key.name), assignment.origin);
        if (!warning.empty()) {
            options_.warnings.push_back(
                fmt::format("{}: {}: {}", assignment.origin, key.name, warning));
        }
    }

    void applyForeign(const Key& key, const Assignment& assignment) {
        if (detail::isForeignDefault(key, assignment.value)) {
            return;
        }
        const std::string name = base::escapeForLine(assignment.key, 120);
        if (key.weakens) {
            problems_.add(fmt::format(
                "{}: {} is refused, because it weakens security: {}",
                assignment.origin,
                name,
                key.help));
            return;
        }
        // One line for a whole subtree, not one for each key in it.
        if (key.subtree && !warned_.insert(&key).second) {
            return;
        }
        options_.warnings.push_back(
            fmt::format("{}: {} has no effect: {}", assignment.origin, name, key.help));
    }

    NodeOptions options_;
    Problems problems_;
    std::set<const Key*> warned_;
};

Scalar scalarOf(const std::variant<bool, double, std::string>& value) {
    if (const bool* flag = std::get_if<bool>(&value)) {
        return {.text = *flag ? "true" : "false", .type = ScalarType::Bool};
    }
    if (const double* number = std::get_if<double>(&value)) {
        // Up to here a double counts every whole number.
        constexpr double kMostExact = 9007199254740992.0;
        const bool isWhole = std::trunc(*number) == *number && std::abs(*number) <= kMostExact;
        return {
            .text = isWhole ? fmt::format("{}", static_cast<std::int64_t>(*number))
                            : fmt::format("{}", *number),
            .type = ScalarType::Number};
    }
    return {.text = std::get<std::string>(value), .type = ScalarType::Text};
}

std::vector<Assignment> assignmentsOf(
    const std::vector<Override>& overrides, const std::string& origin) {
    std::vector<Assignment> assignments;
    for (const Override& each : overrides) {
        Assignment assignment{.key = each.key, .value = {.isList = each.isList}, .origin = origin};
        for (const auto& value : each.values) {
            assignment.value.items.push_back(scalarOf(value));
        }
        assignments.push_back(std::move(assignment));
    }
    return assignments;
}

/// A folder out of the environment; only absolute ones count (XDG base directory specification).
/// systemd gives several, separated by colons.
std::optional<std::filesystem::path> folder(
    const Environment& environment, const std::string& variable) {
    const auto found = environment.find(variable);
    if (found == environment.end() || !found->second.starts_with('/')) {
        return std::nullopt;
    }
    return std::filesystem::path(found->second.substr(0, found->second.find(':')));
}

std::filesystem::path defaultStateDir(const Environment& environment, bool isRoot) {
    if (const auto service = folder(environment, "STATE_DIRECTORY")) {
        return *service;
    }
    if (!isRoot) {
        if (const auto state = folder(environment, "XDG_STATE_HOME")) {
            return *state / "weft";
        }
        if (const auto home = folder(environment, "HOME")) {
            return *home / ".local" / "state" / "weft";
        }
    }
    return "/var/lib/weft";
}

const std::filesystem::path& systemSocket() {
    static const std::filesystem::path kPath = "/run/weft/weft.sock";
    return kPath;
}

/// A password that everybody can read is worth a line.
void warnAboutReadableSecrets(const std::filesystem::path& file, NodeOptions& options) {
    const std::string name = base::escapeForLine(file.string(), 512);
    for (const Key& key : keyTable()) {
        const auto origin = options.origins.find(key.name);
        if (key.secret() && origin != options.origins.end() && origin->second.starts_with(name)) {
            options.warnings.push_back(fmt::format(
                "{} holds {} and everybody can read it: run `chmod 600 {}`", name, key.name, name));
            return;
        }
    }
}

std::optional<std::filesystem::path> configFile(
    const LoadRequest& request, const detail::Flags& flags) {
    if (!flags.configFile.empty()) {
        return flags.configFile;
    }
    const auto variable = request.environment.find("WEFT_CONFIG");
    if (variable != request.environment.end() && !variable->second.empty()) {
        return variable->second;
    }
    return request.file;
}

/// What only the right caller may give. A protection that is asked for is never refused.
Status checkGuard(const Assignment& assignment, Grade grade) {
    const Key* known = findKey(assignment.key);
    if (known == nullptr) {
        return okStatus();  // the merge says which key is the nearest
    }
    const Key& key = *known;
    if (key.guard == Guard::Start) {
        return invalidArgument(
            "{} belongs to the daemon: set it where the daemon is started", assignment.key);
    }
    if (key.guard == Guard::None || grade == Grade::Administer) {
        return okStatus();
    }
    const auto& items = assignment.value.items;
    if (key.guard == Guard::Insecure && items.size() == 1
        && (items.front().text == "false" || items.front().text.empty())) {
        return okStatus();
    }
    std::string_view reason = "turns a protection off";
    if (key.guard == Guard::File) {
        reason = "names a file";
    } else if (key.guard == Guard::Plugin) {
        reason = "configures a plugin";
    } else if (key.guard == Guard::Listen) {
        reason = "opens a listener";
    }
    return permissionDenied(
        "{} {}: only an administrator of this computer may give it",
        base::escapeForLine(assignment.key, 120),
        reason);
}

}  // namespace

LoadRequest requestOfProcess(int argc, const char* const* argv) {
    LoadRequest request;
    for (int i = 1; i < argc; ++i) {
        request.arguments.emplace_back(argv[i]);
    }
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) {
            request.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    request.isRoot = ::geteuid() == 0;
    return request;
}

StatusOr<Invocation> readInvocation(const std::vector<std::string>& arguments) {
    WEFT_ASSIGN_OR_RETURN(const detail::Flags flags, detail::readFlags(arguments));
    return Invocation{
        .help = flags.help, .version = flags.version, .printConfig = flags.printConfig};
}

StatusOr<NodeOptions> load(const LoadRequest& request) {
    WEFT_ASSIGN_OR_RETURN(const detail::Flags flags, detail::readFlags(request.arguments));
    NodeOptions defaults;
    defaults.weft.stateDir = defaultStateDir(request.environment, request.isRoot);
    defaults.weft.localSocket = defaultSocket(request.environment, request.isRoot);

    Merger merger(std::move(defaults));
    merger.apply(assignmentsOf(request.base, "program"));
    const auto file = configFile(request, flags);
    bool everybodyMayRead = false;
    if (file) {
        WEFT_ASSIGN_OR_RETURN(const auto source, detail::readFile(*file));
        merger.apply(source.assignments);
        everybodyMayRead = source.everybodyMayRead;
    }
    WEFT_ASSIGN_OR_RETURN(const auto variables, detail::readEnvironment(request.environment));
    merger.apply(variables);
    merger.apply(flags.assignments);
    WEFT_ASSIGN_OR_RETURN(NodeOptions options, merger.finish());
    if (everybodyMayRead) {
        warnAboutReadableSecrets(*file, options);
    }
    return options;
}

StatusOr<NodeOptions> merge(
    const NodeOptions& base, const std::vector<Override>& overrides, Grade grade) {
    if (overrides.size() > kMaxAssignments) {
        return invalidArgument("the request has more than {} keys", kMaxAssignments);
    }
    const auto assignments = assignmentsOf(overrides, "request");
    for (const Assignment& assignment : assignments) {
        WEFT_RETURN_IF_ERROR(checkGuard(assignment, grade));
    }
    NodeOptions options = base;
    options.warnings.clear();
    Merger merger(std::move(options));
    merger.apply(assignments);
    return merger.finish();
}

std::filesystem::path defaultSocket(const Environment& environment, bool isRoot) {
    if (const auto service = folder(environment, "RUNTIME_DIRECTORY")) {
        return *service / "weft.sock";
    }
    if (isRoot) {
        return systemSocket();
    }
    if (const auto runtime = folder(environment, "XDG_RUNTIME_DIR")) {
        return *runtime / "weft" / "weft.sock";
    }
    return defaultStateDir(environment, isRoot) / "weft.sock";
}

std::vector<std::filesystem::path> socketCandidates(const Environment& environment) {
    std::vector<std::filesystem::path> candidates;
    if (const auto runtime = folder(environment, "XDG_RUNTIME_DIR")) {
        candidates.push_back(*runtime / "weft" / "weft.sock");
    } else if (folder(environment, "HOME")) {
        candidates.push_back(defaultStateDir(environment, false) / "weft.sock");
    }
    candidates.push_back(systemSocket());
    return candidates;
}

}  // namespace weft::config
