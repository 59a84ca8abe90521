// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/graph_filter.h"

#include <algorithm>

namespace weft::viewmodels {
namespace {

/// A search that is longer helps nobody and is compared with every node.
constexpr qsizetype kSearchCharacters = 200;

}  // namespace

template <typename T>
void GraphFilter::set(T& field, const T& value) {
    if (field != value) {
        field = value;
        Q_EMIT changed();
    }
}

void GraphFilter::setSearchText(const QString& text) {
    const QString wanted = text.left(kSearchCharacters);
    if (wanted != search_) {
        search_ = wanted;
        words_ = wanted.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
        Q_EMIT changed();
    }
}

void GraphFilter::setOnline(bool online) {
    set(online_, online);
}

void GraphFilter::setRouters(bool routers) {
    set(routers_, routers);
}

void GraphFilter::setExits(bool exits) {
    set(exits_, exits);
}

void GraphFilter::setZone(const QString& zone) {
    set(zone_, zone);
}

bool GraphFilter::active() const {
    return online_ || routers_ || exits_ || !zone_.isEmpty() || !words_.isEmpty();
}

void GraphFilter::setZones(const QStringList& zones) {
    if (zones != zones_) {
        zones_ = zones;
        Q_EMIT zonesChanged();
    }
}

bool GraphFilter::accepts(const MapNode& node) const {
    constexpr unsigned kLeadsOn = graph::kRouter | graph::kExit;
    if ((online_ && !node.isOnline) || (routers_ && (node.marks & kLeadsOn) == 0)
        || (exits_ && (node.marks & graph::kExit) == 0)
        || (!zone_.isEmpty() && node.zone != zone_)) {
        return false;
    }
    return std::ranges::all_of(
        words_, [&node](const QString& word) { return node.haystack.contains(word); });
}

void GraphFilter::clear() {
    if (!active() && search_.isEmpty()) {
        return;
    }
    search_.clear();
    words_.clear();
    online_ = false;
    routers_ = false;
    exits_ = false;
    zone_.clear();
    Q_EMIT changed();
}

}  // namespace weft::viewmodels
