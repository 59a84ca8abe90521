// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_list.h"

#include "ui/viewmodels/peers/peer_cells.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

/// A search that is longer helps nobody and is compared with every member.
constexpr qsizetype kSearchCharacters = 200;

}  // namespace

PeerList::PeerList(PeersModel& peers, Appearance* appearance, QObject* parent)
    : QAbstractListModel(parent), peers_(peers), columns_(appearance) {
    connectTo(peers);
    connect(&facets_, &PeerFacets::changed, this, &PeerList::applyFilter);
    connect(&columns_, &PeerColumns::shownChanged, this, [this] {
        if (!entries_.empty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CellsRole});
        }
    });
    rebuild();
}

void PeerList::connectTo(PeersModel& peers) {
    using Model = QAbstractItemModel;
    connect(&peers, &Model::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        insert(first, last);
    });
    connect(
        &peers,
        &Model::rowsAboutToBeRemoved,
        this,
        [this](const QModelIndex&, int first, int last) { takeAway(first, last); });
    connect(&peers, &Model::rowsRemoved, this, [this](const QModelIndex&, int first, int last) {
        forget(first, last);
    });
    connect(&peers, &Model::modelReset, this, &PeerList::rebuild);
    connect(
        &peers,
        &Model::dataChanged,
        this,
        [this](const QModelIndex& first, const QModelIndex& last, const QList<int>& roles) {
            change(first.row(), last.row(), roles);
        });
    connect(&peers, &PeersModel::countChanged, this, &PeerList::countChanged);
    connect(&peers, &PeersModel::livenessChanged, this, &PeerList::followClock);
}

int PeerList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(entries_.size());
}

QVariant PeerList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Entry& entry = entries_.at(static_cast<std::size_t>(index.row()));
    if (entry.source < 0) {
        return headingData(*entry.section, role);
    }
    const PeerRow& row = peers_.rowAt(entry.source);
    switch (role) {
    case HeadingRole:
        return QString();
    case CollapsedRole:
        return false;
    case SelectedRole:
        return selected_.contains(QByteArray::fromStdString(row.peer.id));
    case CellsRole: {
        QStringList cells;
        for (const Column column : columns_.shownColumns()) {
            cells.append(peerCell(row, column, peers_.now()));
        }
        return cells;
    }
    default:
        return peers_.data(peers_.index(entry.source), role);
    }
}

QVariant PeerList::headingData(const Sections::value_type& section, int role) const {
    switch (role) {
    case PeersModel::NameRole:
        return section.second.title;
    case HeadingRole:
        return tr("%1 (%2)").arg(section.second.title).arg(section.second.total);
    case CollapsedRole:
        return section.second.collapsed;
    case PeersModel::ToneRole:
        return QVariant::fromValue(look::Tone::Neutral);
    case CellsRole:
        return QStringList();
    case SelectedRole:
    case PeersModel::SelfRole:
    case PeersModel::FlowingRole:
        return false;
    default:
        return role > Qt::UserRole ? QVariant(QString()) : QVariant();
    }
}

QHash<int, QByteArray> PeerList::roleNames() const {
    auto names = peers_.roleNames();
    names.insert(CellsRole, "cells");
    names.insert(HeadingRole, "heading");
    names.insert(CollapsedRole, "collapsed");
    names.insert(SelectedRole, "selected");
    return names;
}

void PeerList::setSearchText(const QString& text) {
    const QString wanted = text.left(kSearchCharacters);
    if (wanted != search_) {
        search_ = wanted;
        words_ = wanted.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
        applyFilter();
    }
}

void PeerList::applyFilter() {
    rebuild();
    Q_EMIT filterChanged();
}

void PeerList::setGrouping(Grouping grouping) {
    if (grouping != grouping_) {
        grouping_ = grouping;
        collapsed_.clear();
        rebuild();
        Q_EMIT groupingChanged();
    }
}

QString PeerList::countText() const {
    const int all = peers_.count();
    return count_ == all ? memberCount(all) : tr("%1 of %2").arg(count_).arg(memberCount(all));
}

void PeerList::setPolicy(const std::shared_ptr<const api::PolicyState>& policy) {
    PeerPolicy now(policy);
    if (now == policy_) {
        return;
    }
    policy_ = std::move(now);
    if (!policy_.known() && grouping_ == Grouping::Group) {
        setGrouping(Grouping::None);
    } else {
        rebuild();
    }
    Q_EMIT policyChanged();
}

void PeerList::sortBy(Column key) {
    ascending_ = key == sortKey_ ? !ascending_ : true;
    sortKey_ = key;
    rebuild();
    Q_EMIT orderChanged();
}

void PeerList::clearFilters() {
    setSearchText({});
    facets_.clear();
}

int PeerList::rowOf(const QString& peerId) const {
    const int source = peers_.rowOf(fromPeerKey(peerId));
    return source < 0 ? -1 : places_.at(static_cast<std::size_t>(source)).at;
}

QString PeerList::idAt(int row) const {
    const int source =
        row >= 0 && row < rowCount() ? entries_.at(static_cast<std::size_t>(row)).source : -1;
    return source < 0 ? QString() : toPeerKey(peers_.rowAt(source).peer.id);
}

bool PeerList::isHeading(int row) const {
    return row >= 0 && row < rowCount() && entries_.at(static_cast<std::size_t>(row)).source < 0;
}

int PeerList::setCollapsed(int row, bool collapsed) {
    if (grouping_ == Grouping::None || row < 0 || row >= rowCount()) {
        return -1;
    }
    auto& [key, section] = *entries_.at(static_cast<std::size_t>(row)).section;
    const int head = section.head;
    if (section.collapsed == collapsed) {
        return head;
    }
    if (collapsed) {
        collapsed_.insert(section.title);
        beginRemoveRows({}, head + 1, head + section.total);
        const auto first = entries_.begin() + head + 1;
        for (auto entry = first; entry != first + section.total; ++entry) {
            places_.at(static_cast<std::size_t>(entry->source)).at = -1;
        }
        entries_.erase(first, first + section.total);
        section.collapsed = true;
        renumber(head);
        endRemoveRows();
    } else {
        collapsed_.remove(section.title);
        std::vector<Entry> opened;
        for (int source = 0; source < peers_.count(); ++source) {
            auto* known = places_.at(static_cast<std::size_t>(source)).section;
            if (known != nullptr && &known->second == &section) {
                opened.push_back({known, source});
            }
        }
        std::ranges::sort(opened, [this](const Entry& left, const Entry& right) {
            return before(left.source, right.source);
        });
        beginInsertRows({}, head + 1, head + section.total);
        entries_.insert(entries_.begin() + head + 1, opened.begin(), opened.end());
        section.collapsed = false;
        renumber(head);
        endInsertRows();
    }
    Q_EMIT dataChanged(index(head), index(head), {CollapsedRole});
    return head;
}

std::vector<const PeerRow*> PeerList::shownRows() const {
    std::vector<int> sources;
    for (int source = 0; source < peers_.count(); ++source) {
        if (places_.at(static_cast<std::size_t>(source)).section != nullptr) {
            sources.push_back(source);
        }
    }
    std::ranges::sort(sources, [this](int left, int right) {
        const auto* a = places_.at(static_cast<std::size_t>(left)).section;
        const auto* b = places_.at(static_cast<std::size_t>(right)).section;
        return a == b ? before(left, right) : a->first < b->first;
    });
    std::vector<const PeerRow*> rows;
    rows.reserve(sources.size());
    for (const int source : sources) {
        rows.push_back(&peers_.rowAt(source));
    }
    return rows;
}

}  // namespace weft::viewmodels
