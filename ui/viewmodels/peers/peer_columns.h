// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/appearance.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>
#include <QVariantList>

#include <array>
#include <cstddef>
#include <vector>

namespace weft::viewmodels {

/// The columns of the list of members: as a list the ones that can be chosen, and which of them are
/// shown now. Name and state always are. Until somebody chooses, the most telling ones that fit are
/// shown; what was chosen is kept between starts, and is shown as far as it fits. Thread: main.
class PeerColumns final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by PeerList")
    /// The width of the list, in pixels at a text size of 100 %.
    Q_PROPERTY(qreal room READ room WRITE setRoom NOTIFY roomChanged)
    /// { column, name, width, mono } of each shown column after name and state, from left to right.
    Q_PROPERTY(QVariantList shown READ shown NOTIFY shownChanged)
    Q_PROPERTY(int stateWidth READ stateWidth CONSTANT)
    /// Somebody has chosen.
    Q_PROPERTY(bool chosen READ chosen NOTIFY chosenChanged)

public:
    enum class Column {
        Name,
        State,
        Ipv4,
        Ipv6,
        Way,
        Handshake,
        Received,
        Sent,
        Features,
        Zone,
        Joined,
        Endpoint,
        Key,
    };
    Q_ENUM(Column)

    enum Role { ColumnRole = Qt::UserRole + 1, NameRole, OnRole, NoteRole };

    static constexpr std::size_t kColumns = 13;

    /// `appearance` outlives this; null: nothing is kept.
    explicit PeerColumns(Appearance* appearance, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    qreal room() const { return room_; }
    void setRoom(qreal room);
    QVariantList shown() const;
    const std::vector<Column>& shownColumns() const { return shown_; }
    static int stateWidth();
    bool chosen() const { return chosen_; }
    static QString nameOf(Column column);

    /// Shows or hides one.
    Q_INVOKABLE void toggle(weft::viewmodels::PeerColumns::Column column);
    /// Chooses by the width again.
    Q_INVOKABLE void reset();

Q_SIGNALS:
    void roomChanged();
    void shownChanged();
    void chosenChanged();

private:
    bool isOn(Column column) const { return on_.at(static_cast<std::size_t>(column)); }
    void restore();
    void keep();
    void fit();

    Appearance* appearance_;
    qreal room_ = 0;
    bool chosen_ = false;
    std::array<bool, kColumns> on_{};
    std::vector<Column> shown_;
};

}  // namespace weft::viewmodels
