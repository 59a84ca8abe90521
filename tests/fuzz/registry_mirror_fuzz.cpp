// SPDX-License-Identifier: Apache-2.0
// The mirror of the mesh's records, fed line by line: "key TAB value" is a put, "key" a delete.
#include "core/storage/registry/registry.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace storage = weft::storage;

std::vector<storage::Event> eventsOf(std::string_view text) {
    std::vector<storage::Event> events;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const auto tab = line.find('\t');
        storage::Event event;
        event.key = line.substr(0, tab);
        if (tab == std::string_view::npos) {
            event.kind = storage::Event::Kind::Delete;
        } else {
            event.value = line.substr(tab + 1);
        }
        event.revision = events.size() + 1;
        events.push_back(std::move(event));
    }
    return events;
}

/// What is left in a store after the events.
std::vector<storage::Entry> contentAfter(const std::vector<storage::Event>& events) {
    std::map<std::string, storage::Entry> content;
    for (const auto& event : events) {
        if (event.kind == storage::Event::Kind::Delete) {
            content.erase(event.key);
        } else {
            content[event.key] = {event.key, event.value, event.revision, std::nullopt};
        }
    }
    std::vector<storage::Entry> entries;
    for (auto& [key, entry] : content) {
        if (key.starts_with(storage::kRegistryPrefix)) {
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

template <typename Record>
bool sameRecords(const std::vector<const Record*>& left, const std::vector<const Record*>& right) {
    return left.size() == right.size()
           && std::equal(
               left.begin(), left.end(), right.begin(), [](const Record* a, const Record* b) {
                   return *a == *b;
               });
}

void checkSame(const storage::Registry& left, const storage::Registry& right) {
    WEFT_FUZZ_CHECK(sameRecords(left.nodes(), right.nodes()));
    WEFT_FUZZ_CHECK(sameRecords(left.edges(), right.edges()));
    WEFT_FUZZ_CHECK(left.nodeCount() == left.nodes().size());
    WEFT_FUZZ_CHECK(left.nodesWithEndpoint().size() == right.nodesWithEndpoint().size());
    WEFT_FUZZ_CHECK(left.rawBelow("/registry/") == right.rawBelow("/registry/"));
    WEFT_FUZZ_CHECK(left.networkIpv4() == right.networkIpv4());
    WEFT_FUZZ_CHECK(left.networkIpv6() == right.networkIpv6());
    WEFT_FUZZ_CHECK(left.domain() == right.domain());
    WEFT_FUZZ_CHECK(left.rbacDisabled() == right.rbacDisabled());
    for (const auto* node : left.nodes()) {
        WEFT_FUZZ_CHECK(sameRecords(left.edgesOf(node->id), right.edgesOf(node->id)));
        WEFT_FUZZ_CHECK(sameRecords(left.routesOf(node->id), right.routesOf(node->id)));
        WEFT_FUZZ_CHECK(
            left.nodesInZone(node->zone).size() == right.nodesInZone(node->zone).size());
        WEFT_FUZZ_CHECK(left.referencesTo(node->id) == right.referencesTo(node->id));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto events = eventsOf(weft::fuzz::asText(data, size));
    storage::Registry byEvents;
    byEvents.reset({}, 0);
    for (const auto& event : events) {
        byEvents.apply({event});
    }
    storage::Registry atOnce;
    atOnce.reset(contentAfter(events), events.size());
    checkSame(byEvents, atOnce);
    return 0;
}
