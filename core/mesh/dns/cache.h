// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/mesh/dns/forward.h"

#include <cstddef>
#include <list>
#include <map>
#include <utility>

namespace weft::mesh::dns {

/// What forwarders said, for as long as it holds. When it is full the entry goes that was not asked
/// for the longest. Pure. Thread: confined.
class Cache {
public:
    /// Zero entries: nothing is kept.
    explicit Cache(std::size_t mostEntries) : mostEntries_(mostEntries) {}

    struct Found {
        const Forwarded* said = nullptr;
        std::chrono::seconds age{0};
    };
    /// Valid until the next call; `said` is nullptr when there is nothing.
    Found find(const Question& question, TimePoint now);
    /// Passed over when it does not last, or has more than kMaxForwardedBytes.
    void put(const Question& question, Forwarded said, TimePoint now);

    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        Question question;
        Forwarded said;
        TimePoint since;
    };
    void drop(std::map<Question, std::list<Entry>::iterator>::iterator where);

    const std::size_t mostEntries_;
    /// The one that was asked for last comes first.
    std::list<Entry> entries_;
    std::map<Question, std::list<Entry>::iterator> places_;
};

}  // namespace weft::mesh::dns
