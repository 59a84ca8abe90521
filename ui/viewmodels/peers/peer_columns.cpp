// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_columns.h"

#include <QMetaEnum>
#include <QVariantMap>

#include <algorithm>

namespace weft::viewmodels {
namespace {

using Column = PeerColumns::Column;

const QString kColumnsKey = QStringLiteral("peers/columns");

/// Room that name, picture and edges need before the first other column.
constexpr qreal kNameRoom = 30 + 130 + 3 * 12;
constexpr int kStateRoom = 136;
constexpr qreal kGap = 12;

struct Kind {
    Column column;
    int width;
    bool mono;
    /// The lower the earlier it is shown while nobody has chosen; 0: only when it is chosen.
    int rank;
};

constexpr std::array kKinds{
    Kind{Column::Ipv4, 132, true, 1},
    Kind{Column::Ipv6, 190, true, 0},
    Kind{Column::Way, 132, false, 4},
    Kind{Column::Received, 88, false, 2},
    Kind{Column::Sent, 88, false, 3},
    Kind{Column::Handshake, 96, false, 5},
    Kind{Column::Zone, 84, false, 6},
    Kind{Column::Features, 150, false, 8},
    Kind{Column::Joined, 104, false, 7},
    Kind{Column::Endpoint, 176, true, 0},
    Kind{Column::Key, 132, true, 0},
};

QString keyOf(Column column) {
    return QString::fromLatin1(QMetaEnum::fromType<Column>().valueToKey(static_cast<int>(column)));
}

}  // namespace

PeerColumns::PeerColumns(Appearance* appearance, QObject* parent)
    : QAbstractListModel(parent), appearance_(appearance) {
    restore();
    fit();
}

int PeerColumns::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kKinds.size());
}

QVariant PeerColumns::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Column column = kKinds.at(static_cast<std::size_t>(index.row())).column;
    const bool isShown = std::ranges::find(shown_, column) != shown_.end();
    switch (role) {
    case ColumnRole:
        return QVariant::fromValue(column);
    case NameRole:
        return nameOf(column);
    case OnRole:
        return chosen_ ? isOn(column) : isShown;
    case NoteRole:
        return chosen_ && isOn(column) && !isShown ? tr("No room") : QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> PeerColumns::roleNames() const {
    return {{ColumnRole, "column"}, {NameRole, "name"}, {OnRole, "on"}, {NoteRole, "note"}};
}

void PeerColumns::setRoom(qreal room) {
    if (room != room_) {
        room_ = room;
        Q_EMIT roomChanged();
        fit();
    }
}

QVariantList PeerColumns::shown() const {
    QVariantList list;
    for (const Column column : shown_) {
        const auto* kind = std::ranges::find(kKinds, column, &Kind::column);
        list.append(QVariantMap{
            {QStringLiteral("column"), QVariant::fromValue(column)},
            {QStringLiteral("name"), nameOf(column)},
            {QStringLiteral("width"), kind->width},
            {QStringLiteral("mono"), kind->mono}});
    }
    return list;
}

int PeerColumns::stateWidth() {
    return kStateRoom;
}

QString PeerColumns::nameOf(Column column) {
    switch (column) {
    case Column::Name:
        return tr("Name");
    case Column::State:
        return tr("State");
    case Column::Ipv4:
        return tr("IPv4");
    case Column::Ipv6:
        return tr("IPv6");
    case Column::Way:
        return tr("Path");
    case Column::Handshake:
        return tr("Handshake");
    case Column::Received:
        return tr("Received");
    case Column::Sent:
        return tr("Sent");
    case Column::Features:
        return tr("Services");
    case Column::Zone:
        return tr("Zone");
    case Column::Joined:
        return tr("Joined");
    case Column::Endpoint:
        return tr("Endpoint");
    case Column::Key:
        return tr("Key");
    }
    return {};
}

void PeerColumns::toggle(Column column) {
    if (std::ranges::find(kKinds, column, &Kind::column) == kKinds.end()) {
        return;
    }
    if (!chosen_) {
        // What is seen now is where a choice begins.
        on_.fill(false);
        for (const Column shown : shown_) {
            on_.at(static_cast<std::size_t>(shown)) = true;
        }
        chosen_ = true;
        Q_EMIT chosenChanged();
    }
    bool& on = on_.at(static_cast<std::size_t>(column));
    on = !on;
    keep();
    fit();
}

void PeerColumns::reset() {
    if (chosen_) {
        chosen_ = false;
        keep();
        fit();
        Q_EMIT chosenChanged();
    }
}

void PeerColumns::restore() {
    const QVariant kept = appearance_ == nullptr ? QVariant() : appearance_->kept(kColumnsKey);
    if (!kept.isValid()) {
        return;
    }
    const QStringList names = kept.toStringList();
    chosen_ = true;
    for (const Kind& kind : kKinds) {
        on_.at(static_cast<std::size_t>(kind.column)) = names.contains(keyOf(kind.column));
    }
}

void PeerColumns::keep() {
    if (appearance_ == nullptr) {
        return;
    }
    if (!chosen_) {
        appearance_->keep(kColumnsKey, QVariant());
        return;
    }
    QStringList names;
    for (const Kind& kind : kKinds) {
        if (isOn(kind.column)) {
            names.append(keyOf(kind.column));
        }
    }
    appearance_->keep(kColumnsKey, names);
}

void PeerColumns::fit() {
    std::vector<Kind> wanted;
    for (const Kind& kind : kKinds) {
        if (chosen_ ? isOn(kind.column) : kind.rank > 0) {
            wanted.push_back(kind);
        }
    }
    if (!chosen_) {
        std::ranges::sort(wanted, {}, &Kind::rank);
    }
    qreal left = room_ - kNameRoom - kStateRoom - kGap;
    std::vector<Column> fitting;
    for (const Kind& kind : wanted) {
        left -= kind.width + kGap;
        if (left < 0) {
            break;
        }
        fitting.push_back(kind.column);
    }
    std::vector<Column> shown;
    for (const Kind& kind : kKinds) {
        if (std::ranges::find(fitting, kind.column) != fitting.end()) {
            shown.push_back(kind.column);
        }
    }
    if (shown != shown_) {
        shown_ = std::move(shown);
        Q_EMIT shownChanged();
    }
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {OnRole, NoteRole});
}

}  // namespace weft::viewmodels
