// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/storage/key_value_store.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <vector>

namespace weft::mesh::detail {

/// A copy of the mesh's records, made of a listing and of the changes that come before, while and
/// after it is read. Pure.
class RegistryMirror {
public:
    /// Changes that come while the listing is read; past it the attempt starts over.
    static constexpr std::size_t kMaxBuffered = 262'144;

    explicit RegistryMirror(std::size_t maxBuffered = kMaxBuffered) : maxBuffered_(maxBuffered) {}

    /// Changes wait for a listing from now on. What is known stays until then.
    void beginReading();
    /// No listing is waited for any more.
    void stopReading();
    bool isReading() const { return reading_; }
    /// Takes the listing and, on top of it, the changes that came meanwhile.
    void onListing(const std::vector<storage::Entry>& entries);
    /// Errors: kResourceExhausted: more came than is kept while reading.
    Status onEvents(std::vector<storage::Event> events);
    /// Forgets everything.
    void clear();

    const storage::Registry& registry() const { return registry_; }

private:
    std::size_t maxBuffered_;
    bool reading_ = false;
    std::vector<storage::Event> buffered_;
    storage::Registry registry_;
};

}  // namespace weft::mesh::detail
