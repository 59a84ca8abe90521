// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/api_table.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <cstddef>
#include <utility>

namespace weft::tests {
namespace {

namespace pb = google::protobuf;

constexpr std::string_view kHeader =
    "kind,message_or_enum_or_service,field_or_value_or_method,number,type,label";
constexpr std::size_t kColumns = 6;

/// Splits one line at commas outside quotes (RFC 4180, without line breaks in a cell).
StatusOr<std::vector<std::string>> splitLine(std::string_view line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    if (quoted) {
        return invalidArgument("a quote is left open");
    }
    return cells;
}

Status addRow(ApiTable& table, std::string_view line) {
    auto cells = splitLine(line);
    if (!cells.ok()) {
        return cells.status();
    }
    if (cells->size() != kColumns) {
        return invalidArgument("{} columns instead of {}", cells->size(), kColumns);
    }
    auto& c = *cells;
    const bool isImport = c[0] == "file" && c[2] == "import";
    ApiRowKey key{c[0], c[1], c[2], isImport ? c[4] : ""};
    const auto [at, isNew] = table.emplace(std::move(key), ApiRowValue{c[3], c[4], c[5]});
    if (!isNew) {
        return invalidArgument("{} is there twice", at->first.toString());
    }
    return okStatus();
}

/// The name as the table writes it: without the package of the file it is used in.
std::string inPackage(const std::string& fullName, const pb::FileDescriptor& file) {
    const std::string prefix = file.package() + ".";
    return fullName.starts_with(prefix) ? fullName.substr(prefix.size()) : fullName;
}

/// The same, and a type nested in the message that uses it goes without the message's name.
std::string typeInScope(const std::string& fullName, const pb::Descriptor& scope) {
    const std::string prefix = scope.full_name() + ".";
    return fullName.starts_with(prefix) ? fullName.substr(prefix.size())
                                        : inPackage(fullName, *scope.file());
}

std::string typeOf(const pb::FieldDescriptor& field, const pb::Descriptor& scope) {
    if (field.message_type() != nullptr) {
        return typeInScope(field.message_type()->full_name(), scope);
    }
    if (field.enum_type() != nullptr) {
        return typeInScope(field.enum_type()->full_name(), scope);
    }
    return field.type_name();
}

std::string mapTypeOf(const pb::FieldDescriptor& field) {
    const auto& entry = *field.message_type();
    const auto& scope = *field.containing_type();
    return fmt::format(
        "map<{}, {}>", typeOf(*entry.map_key(), scope), typeOf(*entry.map_value(), scope));
}

std::string labelOf(const pb::FieldDescriptor& field) {
    if (field.is_map()) {
        return fmt::format(
            "map (wire: repeated {})", inPackage(field.message_type()->full_name(), *field.file()));
    }
    if (field.is_repeated()) {
        return field.is_packable() && !field.is_packed() ? "repeated, not packed" : "repeated";
    }
    if (field.real_containing_oneof() != nullptr) {
        return "oneof " + field.real_containing_oneof()->name();
    }
    return field.has_optional_keyword() || field.is_required() ? "presence" : "";
}

/// Walks descriptors and collects rows.
class Describer {
public:
    explicit Describer(ApiTable& table) : table_(table) {}

    void addFile(const pb::FileDescriptor& file) {
        const auto* syntax = pb::FileDescriptor::SyntaxName(file.syntax());
        table_[{"file", file.name(), "syntax", ""}] = {"", syntax, ""};
        table_[{"file", file.name(), "package", ""}] = {"", file.package(), ""};
        for (int i = 0; i < file.dependency_count(); ++i) {
            const auto& name = file.dependency(i)->name();
            table_[{"file", file.name(), "import", name}] = {"", name, ""};
        }
        for (int i = 0; i < file.message_type_count(); ++i) {
            addMessage(*file.message_type(i));
        }
        for (int i = 0; i < file.enum_type_count(); ++i) {
            addEnum(*file.enum_type(i));
        }
        for (int i = 0; i < file.service_count(); ++i) {
            addService(*file.service(i));
        }
    }

private:
    void addMessage(const pb::Descriptor& message) {
        const auto name = inPackage(message.full_name(), *message.file());
        const auto* origin =
            message.options().map_entry() ? "map entry, synthesised from {}" : "defined in {}";
        table_[{"message", name, "", ""}] = {
            "", "", fmt::format(fmt::runtime(origin), message.file()->name())};
        for (int i = 0; i < message.field_count(); ++i) {
            const auto& field = *message.field(i);
            const auto type = field.is_map() ? mapTypeOf(field) : typeOf(field, message);
            table_[{"field", name, field.name(), ""}] = {
                std::to_string(field.number()), type, labelOf(field)};
        }
        for (int i = 0; i < message.nested_type_count(); ++i) {
            addMessage(*message.nested_type(i));
        }
        for (int i = 0; i < message.enum_type_count(); ++i) {
            addEnum(*message.enum_type(i));
        }
    }

    void addEnum(const pb::EnumDescriptor& type) {
        const auto name = inPackage(type.full_name(), *type.file());
        table_[{"enum", name, "", ""}] = {"", "", "defined in " + type.file()->name()};
        for (int i = 0; i < type.value_count(); ++i) {
            const auto& value = *type.value(i);
            table_[{"enum_value", name, value.name(), ""}] = {
                std::to_string(value.number()), "enum", ""};
        }
    }

    void addService(const pb::ServiceDescriptor& service) {
        const auto& file = *service.file();
        const auto name = inPackage(service.full_name(), file);
        table_[{"service", name, "", ""}] = {
            "",
            "",
            fmt::format("defined in {}; gRPC path prefix /{}/", file.name(), service.full_name())};
        for (int i = 0; i < service.method_count(); ++i) {
            const auto& method = *service.method(i);
            const auto type = fmt::format(
                "{} -> {}",
                inPackage(method.input_type()->full_name(), file),
                inPackage(method.output_type()->full_name(), file));
            table_[{"method", name, method.name(), ""}] = {"", type, streamingOf(method)};
        }
    }

    static std::string streamingOf(const pb::MethodDescriptor& method) {
        if (method.client_streaming()) {
            return method.server_streaming() ? "bidi_stream" : "client_stream";
        }
        return method.server_streaming() ? "server_stream" : "unary";
    }

    ApiTable& table_;
};

}  // namespace

std::string ApiRowKey::toString() const {
    std::string text = fmt::format("{} {}", kind, owner);
    for (const auto& part : {name, import}) {
        if (!part.empty()) {
            text += " " + part;
        }
    }
    return text;
}

std::string ApiRowValue::toString() const {
    return fmt::format("number '{}', type '{}', label '{}'", number, type, label);
}

StatusOr<ApiTable> parseApiTable(std::string_view text) {
    ApiTable table;
    std::size_t lineNumber = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        ++lineNumber;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (lineNumber == 1) {
            if (line != kHeader) {
                return invalidArgument("line 1: the header is not '{}'", kHeader);
            }
            continue;
        }
        if (line.empty()) {
            continue;
        }
        if (const auto status = addRow(table, line); !status.ok()) {
            return annotate(status, "line {}", lineNumber);
        }
    }
    return table;
}

ApiTable describeApi(const std::vector<const pb::FileDescriptor*>& files) {
    ApiTable table;
    Describer describer(table);
    for (const auto* file : files) {
        describer.addFile(*file);
    }
    return table;
}

std::vector<std::string> compareApi(const ApiTable& table, const ApiTable& compiled) {
    std::vector<std::string> differences;
    auto left = table.begin();
    auto right = compiled.begin();
    while (left != table.end() || right != compiled.end()) {
        const bool both = left != table.end() && right != compiled.end();
        if (both && left->first == right->first) {
            if (left->second != right->second) {
                differences.push_back(fmt::format(
                    "different: {}: the table says {}, the protos say {}",
                    left->first.toString(),
                    left->second.toString(),
                    right->second.toString()));
            }
            ++left;
            ++right;
        } else if (right == compiled.end() || (both && left->first < right->first)) {
            differences.push_back(fmt::format(
                "missing: {} ({}) is in the table and not in the protos",
                left->first.toString(),
                left->second.toString()));
            ++left;
        } else {
            differences.push_back(fmt::format(
                "extra: {} ({}) is in the protos and not in the table",
                right->first.toString(),
                right->second.toString()));
            ++right;
        }
    }
    return differences;
}

}  // namespace weft::tests
