// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/detail/record_reader.h"

#include "core/storage/registry/json_cursor.h"

#include "v1/node.pb.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace weft::storage::detail {
namespace {

bool readFeature(JsonCursor& cursor, FeaturePort& feature) {
    SeenFields seen;
    return cursor.takeObject([&](std::string_view name) {
        if (name == "port") {
            return seen.first(0) && cursor.takeInteger(feature.port);
        }
        std::string_view text;
        v1::Feature value{};
        if (name != "feature" || !seen.first(1) || !cursor.takeText(text)
            || !v1::Feature_Parse(std::string(text), &value)) {
            return false;
        }
        feature.feature = static_cast<std::int32_t>(value);
        return true;
    });
}

bool readFeatures(JsonCursor& cursor, std::vector<FeaturePort>& out) {
    return cursor.takeArray([&cursor, &out] {
        FeaturePort feature;
        if (!readFeature(cursor, feature)) {
            return false;
        }
        out.push_back(feature);
        return true;
    });
}

/// Digits of a fixed width at `at`; -1 when there are none.
int digitsAt(std::string_view text, std::size_t at, std::size_t width) {
    int value = 0;
    const auto* first = text.data() + at;
    const auto parsed = std::from_chars(first, first + width, value);
    const bool whole = parsed.ec == std::errc{} && parsed.ptr == first + width && *first != '-';
    return whole ? value : -1;
}

/// "2023-09-26T12:34:56Z", with up to nine digits of a second.
std::optional<WallTime> readTime(std::string_view text) {
    constexpr std::string_view kShape = "0000-00-00T00:00:00";
    if (text.size() <= kShape.size() || text.back() != 'Z') {
        return std::nullopt;
    }
    for (const std::size_t at : {4U, 7U, 10U, 13U, 16U}) {
        if (text[at] != kShape[at]) {
            return std::nullopt;
        }
    }
    const auto year = digitsAt(text, 0, 4);
    const auto month = digitsAt(text, 5, 2);
    const auto day = digitsAt(text, 8, 2);
    const auto hour = digitsAt(text, 11, 2);
    const auto minute = digitsAt(text, 14, 2);
    const auto second = digitsAt(text, 17, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59
        || second < 0 || second > 59) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(
        std::chrono::year(year),
        std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok()) {
        return std::nullopt;
    }
    std::int32_t nanos = 0;
    auto fraction = text.substr(kShape.size(), text.size() - kShape.size() - 1);
    if (!fraction.empty()) {
        if (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > 10) {
            return std::nullopt;
        }
        fraction.remove_prefix(1);
        nanos = digitsAt(fraction, 0, fraction.size());
        if (nanos < 0) {
            return std::nullopt;
        }
        for (auto digits = fraction.size(); digits < 9; ++digits) {
            nanos *= 10;
        }
    }
    const auto seconds = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour)
                         + std::chrono::minutes(minute) + std::chrono::seconds(second);
    return wallTime(std::chrono::duration_cast<std::chrono::seconds>(seconds).count(), nanos);
}

bool readTimeInto(JsonCursor& cursor, std::optional<WallTime>& out) {
    std::string_view text;
    if (!cursor.takeText(text)) {
        return false;
    }
    out = readTime(text);
    return out.has_value();
}

/// Reads the fields of a node from `cursor`.
class NodeReader {
public:
    explicit NodeReader(JsonCursor& cursor) : cursor_(cursor) {}

    bool field(std::string_view name) {
        using Reader = bool (NodeReader::*)();
        struct Field {
            std::string_view name;
            Reader read;
        };
        static constexpr std::array<Field, 10> kFields = {{
            {"id", &NodeReader::readId},
            {"publicKey", &NodeReader::readKey},
            {"primaryEndpoint", &NodeReader::readPrimary},
            {"wireguardEndpoints", &NodeReader::readEndpoints},
            {"zoneAwarenessId", &NodeReader::readZone},
            {"privateIpv4", &NodeReader::readIpv4},
            {"privateIpv6", &NodeReader::readIpv6},
            {"features", &NodeReader::readFeatureList},
            {"multiaddrs", &NodeReader::readMultiaddrs},
            {"joinedAt", &NodeReader::readJoined},
        }};
        for (unsigned index = 0; index < kFields.size(); ++index) {
            if (kFields[index].name == name) {
                return seen_.first(index) && (this->*kFields[index].read)();
            }
        }
        return false;
    }

    NodeRecord finish() {
        raw_.finish(&record_);
        return std::move(record_);
    }

private:
    bool readId() {
        std::string id;
        if (!cursor_.takeText(id)) {
            return false;
        }
        record_.id = NodeId(std::move(id));
        return true;
    }
    bool readKey() { return cursor_.takeText(raw_.publicKey); }
    bool readPrimary() { return cursor_.takeText(raw_.primaryEndpoint); }
    bool readEndpoints() { return cursor_.takeTexts(raw_.wireguardEndpoints); }
    bool readZone() { return cursor_.takeText(record_.zone); }
    bool readIpv4() { return cursor_.takeText(raw_.privateIpv4); }
    bool readIpv6() { return cursor_.takeText(raw_.privateIpv6); }
    bool readFeatureList() { return readFeatures(cursor_, record_.features); }
    bool readMultiaddrs() { return cursor_.takeTexts(record_.multiaddrs); }
    bool readJoined() { return readTimeInto(cursor_, record_.joinedAt); }

    JsonCursor& cursor_;
    SeenFields seen_;
    NodeRecord record_;
    RawNode raw_;
};

bool readAttributes(JsonCursor& cursor, std::map<std::string, std::string>& out) {
    return cursor.takeObject([&cursor, &out](std::string_view name) {
        std::string_view value;
        return cursor.takeText(value) && out.emplace(name, value).second;
    });
}

}  // namespace

std::optional<NodeRecord> readNode(std::string_view json) {
    JsonCursor cursor(json);
    NodeReader reader(cursor);
    if (!cursor.takeObject([&reader](std::string_view name) { return reader.field(name); })
        || !cursor.atEnd()) {
        return std::nullopt;
    }
    return reader.finish();
}

std::optional<EdgeRecord> readEdge(std::string_view json) {
    JsonCursor cursor(json);
    SeenFields seen;
    std::string source;
    std::string target;
    EdgeRecord record;
    const bool whole = cursor.takeObject([&](std::string_view name) {
        if (name == "source") {
            return seen.first(0) && cursor.takeText(source);
        }
        if (name == "target") {
            return seen.first(1) && cursor.takeText(target);
        }
        if (name == "weight") {
            return seen.first(2) && cursor.takeInteger(record.weight);
        }
        return name == "attributes" && seen.first(3) && readAttributes(cursor, record.attributes);
    });
    if (!whole || !cursor.atEnd()) {
        return std::nullopt;
    }
    record.source = NodeId(std::move(source));
    record.target = NodeId(std::move(target));
    return record;
}

}  // namespace weft::storage::detail
