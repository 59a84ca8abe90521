// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/yaml_tree.h"

#include "core/base/text.h"
#include "core/mesh/changes/policy_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace weft::mesh::changes::detail {
namespace {

constexpr std::size_t kMostReasonBytes = 160;

std::size_t lineOf(const YAML::Mark& mark) {
    return mark.is_null() ? 1 : static_cast<std::size_t>(mark.line) + 1;
}

/// Thrown through the parser, which knows no other way to stop.
class Refused final : public std::exception {
public:
    explicit Refused(Fault fault) : fault_(std::move(fault)) {}
    const Fault& fault() const { return fault_; }

private:
    Fault fault_;
};

/// Builds the tree as the events come.
class TreeBuilder final : public YAML::EventHandler {
public:
    YamlValue take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        check(mark, "", anchor);
        place({YamlValue::Kind::Nothing, lineOf(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse(mark, "references (*name) are not taken: write it out");
    }
    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        const std::string& value) override {
        check(mark, tag, anchor);
        place({YamlValue::Kind::Word, lineOf(mark), value});
    }
    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/) override {
        open(YamlValue::Kind::List, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/) override {
        open(YamlValue::Kind::Map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    [[noreturn]] static void refuse(const YAML::Mark& mark, std::string text) {
        throw Refused({lineOf(mark), std::move(text)});
    }

    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) {
            refuse(mark, "anchors (&name) are not taken: remove it");
        }
        if (!tag.empty() && tag != "?" && tag != "!") {
            refuse(mark, "tags (!name) are not taken: remove it");
        }
        if (++values_ > kMaxPolicyFileValues) {
            refuse(mark, fmt::format("the file has more than {} values", kMaxPolicyFileValues));
        }
    }

    void place(YamlValue value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else {
            open_.back().items.push_back(std::move(value));
        }
    }

    void open(
        YamlValue::Kind kind,
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor) {
        check(mark, tag, anchor);
        if (open_.size() == kMaxPolicyFileDepth) {
            refuse(
                mark, fmt::format("lists and maps are nested deeper than {}", kMaxPolicyFileDepth));
        }
        open_.push_back({kind, lineOf(mark)});
    }

    void close() {
        auto done = std::move(open_.back());
        open_.pop_back();
        place(std::move(done));
    }

    std::size_t values_ = 0;
    std::vector<YamlValue> open_;
    YamlValue root_;
};

/// yaml-cpp takes some bytes for the end of the file, or for another encoding: what stood behind
/// them would be dropped in silence.
bool isForbidden(char symbol) {
    const auto byte = static_cast<std::uint8_t>(symbol);
    return (byte < 0x20 && symbol != '\n' && symbol != '\r' && symbol != '\t') || byte == 0x7F;
}

bool checkBytes(std::string_view text, Faults& faults) {
    if (text.size() > kMaxPolicyFileBytes) {
        faults.add(1, fmt::format("the file is larger than {} bytes", kMaxPolicyFileBytes));
        return false;
    }
    if (!base::isUtf8(text)) {
        faults.add(1, "the file is not UTF-8: save it in that encoding");
        return false;
    }
    const auto* const bad = std::ranges::find_if(text, isForbidden);
    if (bad != text.end()) {
        const auto line = 1 + std::ranges::count(text.begin(), bad, '\n');
        faults.add(
            static_cast<std::size_t>(line),
            R"(a control character stands in the file: write it as an escape, as in "\u0001")");
        return false;
    }
    return true;
}

YamlValue parseDocument(const std::string& text, Faults& faults) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    TreeBuilder tree;
    if (!parser.HandleNextDocument(tree)) {
        faults.add(1, "the file is empty: write an object into it, or remove it");
        return {};
    }
    TreeBuilder more;
    if (parser.HandleNextDocument(more)) {
        faults.add(
            1, "the file holds more than one document: write each object into a file of its own");
        return {};
    }
    return tree.take();
}

}  // namespace

void Faults::add(std::size_t line, std::string text) {
    if (listed_.size() < kMaxPolicyFileFaults) {
        listed_.push_back({line, std::move(text)});
    } else {
        ++unlisted_;
    }
}

YamlValue parseYaml(std::string_view text, Faults& faults) {
    if (!checkBytes(text, faults)) {
        return {};
    }
    const auto refuse = [&faults](std::size_t line, std::string_view reason) {
        faults.add(
            line,
            fmt::format("this is not YAML: {}", base::escapeForLine(reason, kMostReasonBytes)));
    };
    try {
        return parseDocument(std::string(text), faults);
    } catch (const Refused& refused) {
        faults.add(refused.fault().line, refused.fault().text);
    } catch (const YAML::Exception& error) {
        refuse(lineOf(error.mark), error.msg);
    } catch (const std::exception& error) {
        refuse(1, error.what());
    }
    return {};
}

}  // namespace weft::mesh::changes::detail
