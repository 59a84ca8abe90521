// SPDX-License-Identifier: Apache-2.0
// How the list of members keeps its order while members come, change and go.
#include "ui/viewmodels/peers/peer_cells.h"
#include "ui/viewmodels/peers/peer_list.h"

#include <algorithm>

namespace weft::viewmodels {

void PeerList::rebuild() {
    beginResetModel();
    entries_.clear();
    sections_.clear();
    facets_.forgetCounts();
    const api::Peer* self = peers_.self();
    zone_ = self == nullptr ? std::string() : self->zone;
    places_.assign(static_cast<std::size_t>(peers_.count()), {});
    count_ = 0;
    std::vector<Entry> found;
    for (int source = 0; source < peers_.count(); ++source) {
        Place& place = places_.at(static_cast<std::size_t>(source));
        place.facets = PeerFacets::of(peers_.rowAt(source), policy_, zone_);
        facets_.add(place.facets);
        if (accepts(source)) {
            place.section = sectionFor(source);
            ++place.section->second.total;
            ++count_;
            found.push_back({place.section, source});
        }
    }
    std::ranges::sort(found, [this](const Entry& left, const Entry& right) {
        return left.section == right.section ? before(left.source, right.source)
                                             : left.section->first < right.section->first;
    });
    const Sections::value_type* last = nullptr;
    for (const Entry& entry : found) {
        if (grouping_ != Grouping::None && entry.section != last) {
            entries_.push_back({entry.section, -1});
        }
        last = entry.section;
        if (!entry.section->second.collapsed) {
            entries_.push_back(entry);
        }
    }
    renumber(0);
    endResetModel();
    pruneSelection();
    facets_.tellCounts();
    Q_EMIT countChanged();
}

bool PeerList::accepts(int source) const {
    const PeerRow& row = peers_.rowAt(source);
    return facets_.accepts(places_.at(static_cast<std::size_t>(source)).facets)
           && std::ranges::all_of(
               words_, [&row](const QString& word) { return row.haystack.contains(word); });
}

bool PeerList::before(int left, int right) const {
    const PeerRow& a = peers_.rowAt(left);
    const PeerRow& b = peers_.rowAt(right);
    if (a.peer.isSelf != b.peer.isSelf) {
        return a.peer.isSelf;
    }
    const int byKey = comparePeers(a, b, sortKey_);
    if (byKey != 0) {
        return ascending_ ? byKey < 0 : byKey > 0;
    }
    return a.peer.id < b.peer.id;
}

SectionKey PeerList::keyOf(int source) const {
    return sectionOf(
        peers_.rowAt(source), static_cast<PeerGrouping>(grouping_), policy_, peers_.now());
}

PeerList::Sections::value_type* PeerList::sectionFor(int source) {
    SectionKey key = keyOf(source);
    const auto [at, isNew] = sections_.try_emplace(std::move(key));
    if (isNew) {
        at->second.title = at->first.title;
        at->second.collapsed = collapsed_.contains(at->first.title);
    }
    return &*at;
}

void PeerList::renumber(int from) {
    for (auto at = static_cast<std::size_t>(std::max(from, 0)); at < entries_.size(); ++at) {
        const Entry& entry = entries_[at];
        if (entry.source < 0) {
            entry.section->second.head = static_cast<int>(at);
        } else {
            places_[static_cast<std::size_t>(entry.source)].at = static_cast<int>(at);
        }
    }
}

/// The row before which the member belongs, in a list that does not have it.
int PeerList::slotFor(int source, const Section& section) const {
    const auto first = entries_.begin() + section.head + 1;
    const auto end = first + (section.collapsed ? 0 : section.total);
    const auto slot = std::partition_point(
        first, end, [this, source](const Entry& entry) { return before(entry.source, source); });
    return static_cast<int>(slot - entries_.begin());
}

void PeerList::putIn(int source) {
    Place& place = places_.at(static_cast<std::size_t>(source));
    place.section = sectionFor(source);
    Section& section = place.section->second;
    if (grouping_ != Grouping::None && section.total == 0) {
        const auto next = std::next(sections_.find(place.section->first));
        const int head = next == sections_.end() ? rowCount() : next->second.head;
        beginInsertRows({}, head, head);
        entries_.insert(entries_.begin() + head, {place.section, -1});
        renumber(head);
        endInsertRows();
    }
    if (!section.collapsed) {
        const int at = slotFor(source, section);
        beginInsertRows({}, at, at);
        entries_.insert(entries_.begin() + at, {place.section, source});
        renumber(at);
        endInsertRows();
    }
    ++section.total;
    ++count_;
    tellTotal(section);
}

void PeerList::takeOut(int source) {
    Place& place = places_.at(static_cast<std::size_t>(source));
    Section& section = place.section->second;
    if (place.at >= 0) {
        const int at = place.at;
        beginRemoveRows({}, at, at);
        entries_.erase(entries_.begin() + at);
        place.at = -1;
        renumber(at);
        endRemoveRows();
    }
    --section.total;
    --count_;
    if (grouping_ != Grouping::None && section.total == 0) {
        const int head = section.head;
        beginRemoveRows({}, head, head);
        entries_.erase(entries_.begin() + head);
        renumber(head);
        endRemoveRows();
        sections_.erase(sections_.find(place.section->first));
    } else {
        tellTotal(section);
    }
    place.section = nullptr;
}

void PeerList::tellTotal(const Section& section) {
    if (grouping_ != Grouping::None) {
        Q_EMIT dataChanged(index(section.head), index(section.head), {HeadingRole});
    }
}

/// Whether the member at that row still belongs between its neighbours.
bool PeerList::stands(int at) const {
    const Entry& entry = entries_.at(static_cast<std::size_t>(at));
    const auto beside = [&](int row) {
        return row >= 0 && row < rowCount()
                       && entries_.at(static_cast<std::size_t>(row)).section == entry.section
                   ? entries_.at(static_cast<std::size_t>(row)).source
                   : -1;
    };
    const int above = beside(at - 1);
    const int below = beside(at + 1);
    return (above < 0 || before(above, entry.source)) && (below < 0 || before(entry.source, below));
}

void PeerList::move(int at) {
    const Entry entry = entries_.at(static_cast<std::size_t>(at));
    const int head = entry.section->second.head;
    const auto isBefore = [this, source = entry.source](const Entry& other) {
        return before(other.source, source);
    };
    const auto here = entries_.begin() + at;
    const auto first = entries_.begin() + head + 1;
    auto slot = std::partition_point(first, here, isBefore);
    if (slot == here) {
        slot = std::partition_point(here + 1, first + entry.section->second.total, isBefore);
    }
    const int to = static_cast<int>(slot - entries_.begin());
    if (to == at || to == at + 1 || !beginMoveRows({}, at, at, {}, to)) {
        return;
    }
    if (to > at) {
        std::rotate(here, here + 1, slot);
    } else {
        std::rotate(slot, here, here + 1);
    }
    renumber(std::min(at, to));
    endMoveRows();
}

void PeerList::renew(int source) {
    Place& place = places_.at(static_cast<std::size_t>(source));
    facets_.take(place.facets);
    place.facets = PeerFacets::of(peers_.rowAt(source), policy_, zone_);
    facets_.add(place.facets);
    const bool wanted = accepts(source);
    const bool stays = wanted && place.section != nullptr && keyOf(source) == place.section->first;
    if (!stays) {
        if (place.section != nullptr) {
            takeOut(source);
        }
        if (wanted) {
            putIn(source);
        }
        return;
    }
    if (place.at >= 0) {
        if (!stands(place.at)) {
            move(place.at);
        }
        Q_EMIT dataChanged(index(place.at), index(place.at));
    }
}

void PeerList::insert(int first, int last) {
    const int added = last - first + 1;
    for (Entry& entry : entries_) {
        entry.source += entry.source >= first ? added : 0;
    }
    places_.insert(places_.begin() + first, static_cast<std::size_t>(added), {});
    const api::Peer* self = peers_.self();
    if (self != nullptr && self->zone != zone_) {
        rebuild();
        return;
    }
    for (int source = first; source <= last; ++source) {
        renew(source);
    }
    facets_.tellCounts();
}

void PeerList::takeAway(int first, int last) {
    for (int source = first; source <= last; ++source) {
        const Place& place = places_.at(static_cast<std::size_t>(source));
        facets_.take(place.facets);
        if (place.section != nullptr) {
            takeOut(source);
        }
    }
}

void PeerList::forget(int first, int last) {
    const int gone = last - first + 1;
    for (Entry& entry : entries_) {
        entry.source -= entry.source > last ? gone : 0;
    }
    places_.erase(places_.begin() + first, places_.begin() + last + 1);
    facets_.tellCounts();
    pruneSelection();
}

void PeerList::change(int first, int last, const QList<int>& roles) {
    if (first != last && !roles.isEmpty()) {
        // Words that run with the clock: nobody moves for them.
        if (!entries_.empty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles + QList<int>{CellsRole});
        }
        return;
    }
    const int before = count_;
    for (int source = first; source <= last; ++source) {
        const api::Peer& peer = peers_.rowAt(source).peer;
        if (peer.isSelf && peer.zone != zone_) {
            // Then it is another zone that is this one, for all of them.
            rebuild();
            return;
        }
        renew(source);
    }
    facets_.tellCounts();
    if (count_ != before) {
        pruneSelection();
        Q_EMIT countChanged();
    }
}

void PeerList::followClock(const std::vector<int>& sources) {
    if (sources.size() > kMostMoves) {
        rebuild();
        return;
    }
    // An order is looked up in what is in order: those that are not any more leave it first.
    for (const int source : sources) {
        if (places_.at(static_cast<std::size_t>(source)).section != nullptr) {
            takeOut(source);
        }
    }
    for (const int source : sources) {
        renew(source);
    }
    facets_.tellCounts();
    pruneSelection();
    Q_EMIT countChanged();
}

}  // namespace weft::viewmodels
