// SPDX-License-Identifier: Apache-2.0
// Reading what people write about roles, rules and routes.
#include "app/cli/policy_document.h"
#include "core/api/policy_words.h"
#include "core/base/text.h"
#include "core/net/network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <functional>
#include <initializer_list>
#include <limits>
#include <set>
#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

constexpr std::size_t kMostShownBytes = 80;

/// What a recursive parser would pay for with its stack.
bool isTooDeep(std::string_view text) {
    constexpr std::size_t kMostOpen = 64;
    std::size_t open = 0;
    for (const char c : text) {
        if (c == '[' || c == '{') {
            ++open;
        } else if ((c == ']' || c == '}') && open > 0) {
            --open;
        }
        if (open > kMostOpen) {
            return true;
        }
    }
    return false;
}

/// Looks at a document before it is built: how large it gets, and whether it repeats itself.
class Measure final : public YAML::EventHandler {
public:
    bool tooLarge() const { return values_ > kMaxPolicyFileValues; }
    bool hasAliases() const { return hasAliases_; }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override { ++values_; }
    void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {
        hasAliases_ = true;
    }
    void OnScalar(
        const YAML::Mark& /*mark*/,
        const std::string& /*tag*/,
        YAML::anchor_t /*anchor*/,
        const std::string& /*value*/) override {
        ++values_;
    }
    void OnSequenceStart(
        const YAML::Mark& /*mark*/,
        const std::string& /*tag*/,
        YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/) override {
        ++values_;
    }
    void OnSequenceEnd() override {}
    void OnMapStart(
        const YAML::Mark& /*mark*/,
        const std::string& /*tag*/,
        YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/) override {
        ++values_;
    }
    void OnMapEnd() override {}

private:
    std::size_t values_ = 0;
    bool hasAliases_ = false;
};

/// One map, read field by field; the first thing that is wrong is kept.
class Fields {
public:
    Fields(const YAML::Node& map, std::string file) : map_(map), file_(std::move(file)) {}

    const Status& status() const { return status_; }
    const std::string& file() const { return file_; }

    std::string text(const char* name) {
        const YAML::Node value = take(name);
        if (!value.IsDefined() || value.IsNull()) {
            return {};
        }
        if (!value.IsScalar()) {
            fail(value, "{} must be a word", name);
            return {};
        }
        return value.Scalar();
    }

    std::vector<std::string> list(const char* name) {
        std::vector<std::string> entries;
        each(name, [&](const YAML::Node& entry) {
            if (entry.IsScalar()) {
                entries.push_back(entry.Scalar());
            } else {
                fail(entry, "{} must be a list of words", name);
            }
        });
        return entries;
    }

    /// Whole networks; with `wildcard` also "*".
    std::vector<std::string> networks(const char* name, bool wildcard) {
        std::vector<std::string> entries;
        each(name, [&](const YAML::Node& entry) {
            if (!entry.IsScalar()) {
                fail(entry, "{} must be a list of words", name);
                return;
            }
            const std::string& text = entry.Scalar();
            const auto network = net::parseNetwork(text);
            if (!network.ok() && !(wildcard && text == "*")) {
                fail(entry, "{}: {}", name, messageOf(network.status()));
            }
            entries.push_back(text);
        });
        return entries;
    }

    std::vector<Fields> maps(const char* name) {
        std::vector<Fields> entries;
        each(name, [&](const YAML::Node& entry) {
            if (entry.IsMap()) {
                entries.emplace_back(entry, file_);
            } else {
                fail(entry, "{} must be a list of objects", name);
            }
        });
        return entries;
    }

    std::map<std::string, std::string> pairs(const char* name) {
        std::map<std::string, std::string> entries;
        const YAML::Node value = take(name);
        if (!value.IsDefined() || value.IsNull()) {
            return entries;
        }
        if (!value.IsMap()) {
            fail(value, "{} must hold names and values", name);
            return entries;
        }
        for (const auto& entry : value) {
            if (entry.first.IsScalar() && entry.second.IsScalar()) {
                entries[entry.first.Scalar()] = entry.second.Scalar();
            } else {
                fail(entry.first, "{} must hold names and values", name);
            }
        }
        return entries;
    }

    template <typename Number>
    std::optional<Number> number(const char* name) {
        const YAML::Node value = take(name);
        if (!value.IsDefined() || value.IsNull()) {
            return std::nullopt;
        }
        const std::string digits = value.IsScalar() ? value.Scalar() : std::string();
        Number result{};
        const char* const end = digits.data() + digits.size();
        const auto [stopped, error] = std::from_chars(digits.data(), end, result);
        if (error != std::errc{} || stopped != end) {
            fail(
                value,
                "{} must be a whole number from {} to {}",
                name,
                std::numeric_limits<Number>::min(),
                std::numeric_limits<Number>::max());
            return std::nullopt;
        }
        return result;
    }

    /// A word that stands for a value.
    template <typename Value>
    Value word(const char* name, StatusOr<Value> (*parse)(std::string_view)) {
        const std::string given = text(name);
        if (given.empty()) {
            return {};
        }
        return parsed(given, parse);
    }
    template <typename Value>
    std::vector<Value> words(const char* name, StatusOr<Value> (*parse)(std::string_view)) {
        std::vector<Value> values;
        for (const std::string& given : list(name)) {
            values.push_back(parsed(given, parse));
        }
        return values;
    }

    void fail(const Status& status) {
        if (status_.ok()) {
            status_ = status;
        }
    }
    /// Whatever was not asked for is a mistake.
    void finish() {
        std::set<std::string> seen;
        for (const auto& entry : map_) {
            const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "?";
            if (!known_.contains(name)) {
                fail(
                    entry.first,
                    "there is no field {}; there are: {}",
                    base::escapeForLine(name, kMostShownBytes),
                    fmt::join(known_, ", "));
            }
            if (!seen.insert(name).second) {
                fail(entry.first, "{} is given twice", name);
            }
        }
    }

private:
    YAML::Node take(const char* name) {
        known_.insert(name);
        // Looked for by hand: the index operator of a node that is not const adds what is missing.
        for (const auto& entry : map_) {
            if (entry.first.IsScalar() && entry.first.Scalar() == name) {
                return entry.second;
            }
        }
        return YAML::Node(YAML::NodeType::Undefined);
    }

    void each(const char* name, const std::function<void(const YAML::Node&)>& visit) {
        const YAML::Node value = take(name);
        if (!value.IsDefined() || value.IsNull()) {
            return;
        }
        if (!value.IsSequence()) {
            fail(value, "{} must be a list", name);
            return;
        }
        for (const auto& entry : value) {
            visit(entry);
        }
    }

    template <typename Value>
    Value parsed(const std::string& given, StatusOr<Value> (*parse)(std::string_view)) {
        const StatusOr<Value> value = parse(base::escapeForLine(given, kMostShownBytes));
        if (!value.ok()) {
            fail(map_, "{}", messageOf(value.status()));
            return {};
        }
        return *value;
    }

    template <typename... Args>
    void fail(const YAML::Node& where, fmt::format_string<Args...> format, Args&&... args) {
        const YAML::Mark mark = where.Mark();
        const std::string place =
            mark.is_null() ? file_ : fmt::format("{}:{}", file_, mark.line + 1);
        fail(invalidArgument("{}: {}", place, fmt::format(format, std::forward<Args>(args)...)));
    }

    YAML::Node map_;
    std::string file_;
    std::set<std::string> known_;
    Status status_;
};

std::vector<api::Subject> readSubjects(Fields& fields) {
    std::vector<api::Subject> subjects;
    for (Fields& each : fields.maps("subjects")) {
        api::Subject subject;
        subject.name = each.text("name");
        // The API calls it type.
        const auto type = each.word("type", api::parseSubjectKind);
        const auto kind = each.word("kind", api::parseSubjectKind);
        subject.kind = kind == api::SubjectKind::Unknown ? type : kind;
        each.finish();
        fields.fail(each.status());
        subjects.push_back(std::move(subject));
    }
    return subjects;
}

api::PolicyObject readRole(Fields& fields) {
    api::Role role{fields.text("name"), {}};
    for (Fields& each : fields.maps("rules")) {
        role.rules.push_back(
            {each.words("resources", api::parsePolicyResource),
             each.list("resourceNames"),
             each.words("verbs", api::parsePolicyVerb)});
        each.finish();
        fields.fail(each.status());
    }
    return role;
}

api::PolicyObject readAcl(Fields& fields) {
    api::NetworkAcl acl;
    acl.name = fields.text("name");
    acl.priority = fields.number<std::int32_t>("priority").value_or(0);
    acl.action = fields.word("action", api::parseAclAction);
    acl.sourceNodes = fields.list("sourceNodes");
    acl.destinationNodes = fields.list("destinationNodes");
    acl.sourceCidrs = fields.networks("sourceCidrs", true);
    acl.destinationCidrs = fields.networks("destinationCidrs", true);
    return acl;
}

api::PolicyObject readObject(api::PolicyKind kind, Fields& fields) {
    switch (kind) {
    case api::PolicyKind::Role:
        return readRole(fields);
    case api::PolicyKind::RoleBinding: {
        const std::string name = fields.text("name");
        const std::string role = fields.text("role");
        return api::RoleBinding{name, role, readSubjects(fields)};
    }
    case api::PolicyKind::Group: {
        const std::string name = fields.text("name");
        return api::Group{name, readSubjects(fields)};
    }
    case api::PolicyKind::NetworkAcl:
        return readAcl(fields);
    case api::PolicyKind::Route: {
        const std::string name = fields.text("name");
        const std::string node = fields.text("node");
        const auto cidrs = fields.networks("destinationCidrs", false);
        return api::Route{name, node, cidrs, fields.text("nextHopNode")};
    }
    case api::PolicyKind::Edge:
        break;
    }
    const std::string source = fields.text("source");
    const std::string target = fields.text("target");
    const auto weight = fields.number<std::int32_t>("weight").value_or(0);
    return api::MeshEdge{source, target, weight, fields.pairs("attributes")};
}

StatusOr<FileObject> readEntry(
    const YAML::Node& node, const std::string& name, std::optional<api::PolicyKind> expected) {
    if (!node.IsMap()) {
        return invalidArgument("{}: an object must hold fields: write `name: ...`", name);
    }
    Fields fields(node, name);
    const std::string word = fields.text("kind");
    auto kind = expected;
    if (!word.empty()) {
        const auto given = api::parsePolicyKind(base::escapeForLine(word, kMostShownBytes));
        WEFT_RETURN_IF_ERROR(annotate(given.status(), "{}", name));
        if (expected && *given != *expected) {
            return invalidArgument(
                "{}: a {} stands where a {} is put: see `weftctl put --help`",
                name,
                wordFor(*given),
                wordFor(*expected));
        }
        kind = *given;
    }
    if (!kind) {
        return invalidArgument("{}: kind is missing", name);
    }
    FileObject read{readObject(*kind, fields), fields.number<std::uint64_t>("revision")};
    fields.finish();
    WEFT_RETURN_IF_ERROR(fields.status());
    if (refOf(read.object).name.empty()) {
        return invalidArgument(
            "{}: {} is missing", name, *kind == api::PolicyKind::Edge ? "source" : "name");
    }
    return read;
}

StatusOr<std::vector<FileObject>> readDocument(
    const std::string& text, const std::string& name, std::optional<api::PolicyKind> expected) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    Measure measure;
    const bool something = parser.HandleNextDocument(measure);
    if (something && parser.HandleNextDocument(measure)) {
        return invalidArgument(
            "{}: the file holds more than one document: write several objects as a list", name);
    }
    if (measure.tooLarge()) {
        return invalidArgument("{}: more than {} values", name, kMaxPolicyFileValues);
    }
    if (measure.hasAliases()) {
        return invalidArgument("{}: references (*name) are not taken: write it out", name);
    }
    const YAML::Node root = YAML::Load(text);
    std::vector<FileObject> objects;
    if (!root.IsSequence()) {
        WEFT_ASSIGN_OR_RETURN(auto object, readEntry(root, name, expected));
        objects.push_back(std::move(object));
        return objects;
    }
    if (root.size() > kMaxPolicyFileObjects) {
        return invalidArgument("{}: more than {} objects", name, kMaxPolicyFileObjects);
    }
    for (const auto& entry : root) {
        WEFT_ASSIGN_OR_RETURN(auto object, readEntry(entry, name, expected));
        objects.push_back(std::move(object));
    }
    if (objects.empty()) {
        return invalidArgument("{}: the list is empty", name);
    }
    return objects;
}

}  // namespace

StatusOr<std::vector<FileObject>> parsePolicyFile(
    std::string_view text, const std::string& name, std::optional<api::PolicyKind> expected) {
    if (text.size() > kMaxPolicyFileBytes) {
        return invalidArgument("{}: larger than {} bytes", name, kMaxPolicyFileBytes);
    }
    if (isTooDeep(text)) {
        return invalidArgument("{}: brackets are nested too deep", name);
    }
    try {
        return readDocument(std::string(text), name, expected);
    } catch (const YAML::Exception& error) {
        const auto line =
            error.mark.is_null() ? std::string() : fmt::format(":{}", error.mark.line + 1);
        return invalidArgument(
            "{}{}: this is not YAML or JSON: {}", name, line, base::escapeForLine(error.msg, 160));
    } catch (const std::exception& error) {
        return invalidArgument(
            "{}: this is not YAML or JSON: {}", name, base::escapeForLine(error.what(), 160));
    }
}

}  // namespace weft::cli
