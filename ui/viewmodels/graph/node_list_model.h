// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/graph/mesh_graph.h"

#include <QAbstractListModel>
#include <QQmlEngine>

#include <cstdint>
#include <vector>

namespace weft::viewmodels {

/// The graph as a list: a line for each node that search and filters leave.
/// Thread: main.
class NodeListModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by GraphViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        NodeRole = Qt::UserRole + 1,
        NameRole,
        LineRole,
        DetailRole,
        NoteRole,
        StateRole,
        StateIconRole,
        ToneRole,
        InitialRole,
        SelfRole,
    };

    struct Row {
        std::string id;
        /// The place of the node in the scene.
        std::uint32_t node = 0;
        QString name;
        /// All of it in a line, to be read out.
        QString line;
        /// What stands below the name.
        QString detail;
        /// What it would suffer, while somebody asks.
        QString note;
        QString stateText;
        QString stateIcon;
        look::Tone tone = look::Tone::Neutral;
        bool isSelf = false;

        friend bool operator==(const Row&, const Row&) = default;
    };

    explicit NodeListModel(QObject* parent) : QAbstractListModel(parent) {}

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(rows_.size()); }

    /// Rows that stay are changed in place, so that people stay where they are.
    void show(std::vector<Row> rows);

    /// The row of a node of the scene, -1 when it is not listed, and back.
    Q_INVOKABLE int rowOf(int node) const;
    Q_INVOKABLE int nodeAt(int row) const;

Q_SIGNALS:
    void countChanged();

private:
    std::vector<Row> rows_;
};

}  // namespace weft::viewmodels
