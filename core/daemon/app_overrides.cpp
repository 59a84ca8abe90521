// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/app_overrides.h"

#include "core/base/text.h"

#include <google/protobuf/struct.pb.h>

#include <string>
#include <utility>

namespace weft::daemon {
namespace {

using google::protobuf::Value;

constexpr int kMaxDepth = 8;
constexpr std::size_t kMaxOverrides = 512;
constexpr int kMaxItems = 256;

class Flattener {
public:
    Status addStruct(const std::string& path, const google::protobuf::Struct& map, int depth) {
        if (depth > kMaxDepth) {
            return invalidArgument("the settings are nested too deep");
        }
        for (const auto& [name, value] : map.fields()) {
            if (name.empty() || name.find('.') != std::string::npos) {
                return invalidArgument(
                    "\"{}\": settings are nested maps, not names with dots",
                    base::escapeForLine(name));
            }
            const std::string below = path.empty() ? name : path + "." + name;
            if (value.has_struct_value()) {
                WEFT_RETURN_IF_ERROR(addStruct(below, value.struct_value(), depth + 1));
            } else {
                WEFT_RETURN_IF_ERROR(addValue(below, value));
            }
        }
        return okStatus();
    }

    std::vector<config::Override> take() { return std::move(overrides_); }

private:
    Status addValue(const std::string& path, const Value& value) {
        if (overrides_.size() >= kMaxOverrides) {
            return resourceExhausted("there are more than {} settings", kMaxOverrides);
        }
        config::Override override;
        override.key = path;
        if (value.has_list_value()) {
            override.isList = true;
            if (value.list_value().values_size() > kMaxItems) {
                return invalidArgument("{}: more than {} items", path, kMaxItems);
            }
            for (const auto& item : value.list_value().values()) {
                WEFT_RETURN_IF_ERROR(addScalar(path, item, override));
            }
        } else {
            WEFT_RETURN_IF_ERROR(addScalar(path, value, override));
        }
        overrides_.push_back(std::move(override));
        return okStatus();
    }

    static Status addScalar(
        const std::string& path, const Value& value, config::Override& override) {
        switch (value.kind_case()) {
        case Value::kBoolValue:
            override.values.emplace_back(value.bool_value());
            return okStatus();
        case Value::kNumberValue:
            override.values.emplace_back(value.number_value());
            return okStatus();
        case Value::kStringValue:
            override.values.emplace_back(value.string_value());
            return okStatus();
        default:
            return invalidArgument(
                "{}: a text, a number, true or false, or a list of these",
                base::escapeForLine(path));
        }
    }

    std::vector<config::Override> overrides_;
};

}  // namespace

StatusOr<std::vector<config::Override>> overridesOf(const google::protobuf::Struct& settings) {
    Flattener flattener;
    WEFT_RETURN_IF_ERROR(flattener.addStruct("", settings, 1));
    return flattener.take();
}

}  // namespace weft::daemon
