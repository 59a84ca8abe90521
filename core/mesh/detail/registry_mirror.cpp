// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/registry_mirror.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace weft::mesh::detail {

void RegistryMirror::beginReading() {
    reading_ = true;
    buffered_.clear();
}

void RegistryMirror::stopReading() {
    reading_ = false;
    buffered_.clear();
}

void RegistryMirror::onListing(const std::vector<storage::Entry>& entries) {
    reading_ = false;
    registry_.reset(entries, 0);
    registry_.apply(std::exchange(buffered_, {}));
}

Status RegistryMirror::onEvents(std::vector<storage::Event> events) {
    if (!reading_) {
        registry_.apply(events);
        return okStatus();
    }
    if (events.size() > maxBuffered_ - buffered_.size()) {
        return resourceExhausted("the mesh changes faster than it can be read");
    }
    std::ranges::move(events, std::back_inserter(buffered_));
    return okStatus();
}

void RegistryMirror::clear() {
    stopReading();
    registry_.reset({}, 0);
}

}  // namespace weft::mesh::detail
