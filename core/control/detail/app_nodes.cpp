// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/app_nodes.h"

#include "core/control/translate.h"

#include <google/protobuf/util/json_util.h>

#include <optional>

namespace weft::control::detail {
namespace {

/// The id of the node whose record it is; nullopt: it is no node's.
std::optional<std::string> idOf(const std::string& key) {
    if (!key.starts_with(kNodeRecords)) {
        return std::nullopt;
    }
    const auto rest = std::string_view(key).substr(kNodeRecords.size());
    if (rest.size() < 2 || rest.front() != '/') {
        return std::nullopt;
    }
    return std::string(rest.substr(1));
}

}  // namespace

std::vector<api::Peer> nodesOf(const std::vector<api::KeyValue>& records, const std::string& self) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    std::vector<api::Peer> nodes;
    nodes.reserve(records.size());
    for (const auto& record : records) {
        const auto id = idOf(record.key);
        if (!id) {
            continue;
        }
        weft::local::v1::Peer peer;
        if (!google::protobuf::util::JsonStringToMessage(record.value, peer.mutable_node(), options)
                 .ok()) {
            peer.clear_node();
        }
        peer.mutable_node()->set_id(*id);
        peer.set_is_self(*id == self);
        nodes.push_back(fromProto(peer));
    }
    return nodes;
}

}  // namespace weft::control::detail
