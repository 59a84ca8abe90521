// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/config/detail/sources.h"

#include <set>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace weft::config::detail {
namespace {

/// Walks a document once. JSON is YAML's flow style, so that both come here.
class YamlReader {
public:
    explicit YamlReader(const std::string& name) : name_(name) {}

    Status readDocument(const YAML::Node& root) {
        if (root.IsNull()) {
            return okStatus();
        }
        if (!root.IsMap()) {
            return invalidArgument(
                "{}: the file must hold sections: write `mesh:` and keys below "
                "it",
                name_);
        }
        return readMap(root, "", 1);
    }

    std::vector<Assignment> take() { return std::move(assignments_); }

private:
    std::string place(const YAML::Node& node) const {
        const YAML::Mark mark = node.Mark();
        return mark.is_null() ? name_ : fmt::format("{}:{}", name_, mark.line + 1);
    }

    // NOLINTNEXTLINE(misc-no-recursion): at most kMaxDepth deep
    Status readMap(const YAML::Node& map, const std::string& prefix, std::size_t depth) {
        if (depth > kMaxDepth) {
            return invalidArgument(
                "{}: {}: more than {} levels of sections",
                place(map),
                base::escapeForLine(prefix, 80),
                kMaxDepth);
        }
        for (const auto& entry : map) {
            if (!entry.first.IsScalar()) {
                return invalidArgument("{}: a key must be a word", place(entry.first));
            }
            const std::string& word = entry.first.Scalar();
            const std::string path = prefix.empty() ? word : fmt::format("{}.{}", prefix, word);
            if (path.size() > kMaxPathBytes) {
                return invalidArgument(
                    "{}: a key has at most {} bytes", place(entry.first), kMaxPathBytes);
            }
            WEFT_RETURN_IF_ERROR(noteKey(path, entry.first));
            WEFT_RETURN_IF_ERROR(readEntry(entry.second, path, depth));
        }
        return okStatus();
    }

    /// yaml-cpp keeps the first of two equal keys in silence.
    Status noteKey(const std::string& path, const YAML::Node& word) {
        if (seen_.size() >= kMaxAssignments) {
            return invalidArgument("{}: more than {} keys", name_, kMaxAssignments);
        }
        if (!seen_.insert(path).second) {
            return invalidArgument(
                "{}: {} stands twice: remove one of them",
                place(word),
                base::escapeForLine(path, 120));
        }
        return okStatus();
    }

    // NOLINTNEXTLINE(misc-no-recursion): at most kMaxDepth deep
    Status readEntry(const YAML::Node& node, const std::string& path, std::size_t depth) {
        if (node.IsMap()) {
            return readMap(node, path, depth + 1);
        }
        // Field by field: g++ 12 at -O2 sees an aggregate whose last member throws as
        // uninitialised.
        Assignment assignment;
        assignment.key = path;
        assignment.origin = place(node);
        if (node.IsSequence()) {
            readList(node, assignment.value);
        } else if (node.IsScalar()) {
            assignment.value.items.push_back(scalarOf(node));
        } else {
            return okStatus();  // a key without a value is not set
        }
        assignments_.push_back(std::move(assignment));
        return okStatus();
    }

    static void readList(const YAML::Node& list, Value& value) {
        value.isList = true;
        for (const auto& item : list) {
            if (!item.IsScalar()) {
                value.problem = "a list holds plain values only, no lists and no sections";
                return;
            }
            if (value.items.size() > kMaxListItems) {
                return;  // one too many is enough to be refused
            }
            value.items.push_back(scalarOf(item));
        }
    }

    static Scalar scalarOf(const YAML::Node& node) {
        // yaml-cpp marks a quoted scalar with this tag.
        const bool isQuoted = node.Tag() == "!";
        return {.text = node.Scalar(), .type = isQuoted ? ScalarType::Text : ScalarType::Plain};
    }

    static constexpr std::size_t kMaxPathBytes = 256;
    const std::string& name_;
    std::set<std::string> seen_;
    std::vector<Assignment> assignments_;
};

/// What no line of a configuration needs and what costs a recursive parser its stack.
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

/// Lets the events of a document pass.
class NoEvents final : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnScalar(
        const YAML::Mark& /*mark*/,
        const std::string& /*tag*/,
        YAML::anchor_t /*anchor*/,
        const std::string& /*value*/) override {}
    void OnSequenceStart(
        const YAML::Mark& /*mark*/,
        const std::string& /*tag*/,
        YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(
        const YAML::Mark& /*mark*/,
        const std::string& /*tag*/,
        YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/) override {}
    void OnMapEnd() override {}
};

/// Whether anything but comments stands behind the first document. Not by YAML::LoadAll: for text
/// like `[a], b` yaml-cpp 0.7 makes empty documents out of the comma without ever passing it.
bool hasMoreThanOneDocument(const std::string& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    NoEvents events;
    return parser.HandleNextDocument(events) && parser.HandleNextDocument(events);
}

StatusOr<std::vector<Assignment>> readDocument(const std::string& text, const std::string& name) {
    if (hasMoreThanOneDocument(text)) {
        return invalidArgument(
            "{}: the file holds more than one document, or text behind its end", name);
    }
    YamlReader reader(name);
    WEFT_RETURN_IF_ERROR(reader.readDocument(YAML::Load(text)));
    return reader.take();
}

}  // namespace

StatusOr<std::vector<Assignment>> readYaml(std::string_view text, const std::string& name) {
    if (isTooDeep(text)) {
        return invalidArgument("{}: brackets are nested too deep", name);
    }
    try {
        return readDocument(std::string(text), name);
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

}  // namespace weft::config::detail
