// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/graph/graph_source.h"
#include "ui/viewmodels/graph/edge_reader.h"
#include "ui/viewmodels/graph/graph_exporter.h"
#include "ui/viewmodels/graph/graph_filter.h"
#include "ui/viewmodels/graph/loss_preview.h"
#include "ui/viewmodels/graph/mesh_graph.h"
#include "ui/viewmodels/graph/node_colours.h"
#include "ui/viewmodels/graph/node_list_model.h"
#include "ui/viewmodels/graph/node_places.h"
#include "ui/viewmodels/graph/permission_map.h"

#include <QVariantList>

#include <cstdint>
#include <string>

namespace weft::viewmodels {

/// The shown mesh as a graph: who is in it, what connects them, who may reach whom, and what would
/// be without one of them. Nothing is asked and nothing is laid out while nobody looks. Thread:
/// main.
class GraphViewModel final : public weft::graph::GraphSource {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// There is something to show.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// What connects the members was read, or could not be.
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
    /// "12 members, 14 links".
    Q_PROPERTY(QString countText READ countText NOTIFY changed)
    /// "2 of 5"; empty while nothing is looked for.
    Q_PROPERTY(QString matchText READ matchText NOTIFY changed)
    Q_PROPERTY(int matches READ matches NOTIFY changed)
    Q_PROPERTY(int colourBy READ colourBy WRITE setColourBy NOTIFY changed)
    /// { name, colour, count, text } each.
    Q_PROPERTY(QVariantList legend READ legend NOTIFY legendChanged)
    Q_PROPERTY(bool permissions READ permissions WRITE setPermissions NOTIFY changed)
    Q_PROPERTY(bool permissionsBusy READ permissionsBusy NOTIFY changed)
    /// Whether somebody looks at the list: it stays as it is otherwise.
    Q_PROPERTY(bool listing READ listing WRITE setListing NOTIFY changed)
    /// What is to be known about the permissions that are shown; empty: nothing.
    Q_PROPERTY(QString permissionsText READ permissionsText NOTIFY changed)
    Q_PROPERTY(bool permissionsFailed READ permissionsFailed NOTIFY changed)
    /// The chosen node; -1: none.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(QString currentName READ currentName NOTIFY changed)
    Q_PROPERTY(QString currentLine READ currentLine NOTIFY changed)
    Q_PROPERTY(QString currentMarks READ currentMarks NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::GraphFilter* filter READ filter CONSTANT)
    Q_PROPERTY(weft::viewmodels::LossPreview* loss READ loss CONSTANT)
    Q_PROPERTY(weft::viewmodels::GraphExporter* exporter READ exporter CONSTANT)
    Q_PROPERTY(weft::viewmodels::NodeListModel* list READ list CONSTANT)

public:
    GraphViewModel(
        bridge::Bridge& bridge,
        const PeersModel& peers,
        const base::Clock& clock,
        QObject* parent = nullptr);

    std::shared_ptr<const graph::Scene> scene() const override { return scene_; }
    std::shared_ptr<const graph::Positions> positions() const override;

    bool known() const { return !map_.nodes.empty(); }
    bool loading() const { return readable_ && !edges_.answered(); }
    QString errorText() const { return edges_.errorText(); }
    int count() const { return static_cast<int>(map_.nodes.size()); }
    QString countText() const;
    QString matchText() const;
    int matches() const { return matches_; }
    int colourBy() const { return static_cast<int>(colourBy_); }
    void setColourBy(int by);
    QVariantList legend() const;
    bool permissions() const { return showsPermissions_; }
    void setPermissions(bool shown);
    bool permissionsBusy() const { return permissions_.busy(); }
    bool listing() const { return listing_; }
    void setListing(bool listing);
    QString permissionsText() const;
    bool permissionsFailed() const { return !permissions_.error().ok(); }
    int current() const;
    void setCurrent(int node);
    QString currentName() const { return nameAt(current()); }
    QString currentLine() const { return lineAt(current()); }
    QString currentMarks() const;
    GraphFilter* filter() { return &filter_; }
    LossPreview* loss() { return &loss_; }
    GraphExporter* exporter() { return &exporter_; }
    NodeListModel* list() { return &list_; }
    const MeshMap& map() const { return map_; }
    /// Nothing moves any more.
    bool settled() const { return places_.settled(); }
    /// How often the nodes were laid out.
    std::uint64_t layouts() const { return places_.layouts(); }

    /// The mesh that is shown, and its name for files.
    void setMesh(const api::ProfileId& profile, const QString& name);
    void setLeader(const std::string& leader);
    /// Whether the mesh can be asked now.
    void follow(bool readable);
    void setQuiet(bool quiet) { places_.setQuiet(quiet); }

    /// Somebody looks, or nobody does any more.
    Q_INVOKABLE void show(bool shown);
    Q_INVOKABLE void refresh();
    /// The match after the chosen node, round and round; -1: nothing matches.
    Q_INVOKABLE int nextMatch();
    /// Chooses a member, by its id as PeerDetails and others take it.
    Q_INVOKABLE void choose(const QString& key);
    /// As PeerDetails and others take it; empty when there is no such node.
    Q_INVOKABLE QString keyAt(int node) const;
    /// The id as an editor takes it.
    Q_INVOKABLE QString idAt(int node) const;
    Q_INVOKABLE QString nameAt(int node) const;
    Q_INVOKABLE QString addressAt(int node) const;
    Q_INVOKABLE QString lineAt(int node) const;
    /// { node, text, detail } for each node that a link leads to, by name.
    Q_INVOKABLE QVariantList neighboursOf(int node) const;
    Q_INVOKABLE void askLoss(int node);
    Q_INVOKABLE void hold(int node, qreal x, qreal y);
    Q_INVOKABLE void release(int node);

Q_SIGNALS:
    void changed();
    void currentChanged();
    void legendChanged();

private:
    const MapNode* nodeAt(int node) const;
    void setCurrentId(const std::string& id);
    void touch();
    void rebuild();
    bool followShape();
    void wantPermissions();
    void draw();
    void drawNodes(graph::Scene& scene);
    void drawLinks(graph::Scene& scene) const;
    void fillList();

    bridge::Bridge& bridge_;
    const PeersModel& peers_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    std::string leader_;
    bool shown_ = false;
    bool readable_ = false;
    bool queued_ = false;
    std::uint64_t shape_ = 0;
    std::shared_ptr<const api::PolicyState> policy_;
    MeshMap map_;
    ColourBy colourBy_ = ColourBy::Zone;
    std::vector<ColourKey> legend_;
    bool showsPermissions_ = false;
    bool listing_ = false;
    std::string current_;
    int matches_ = 0;
    std::shared_ptr<const graph::Scene> scene_;
    NodePlaces places_;
    /// The places are those of a layout that knew the links.
    bool placedByEdges_ = false;
    EdgeReader edges_;
    PermissionMap permissions_;
    LossPreview loss_;
    GraphFilter filter_;
    GraphExporter exporter_;
    NodeListModel list_;
};

}  // namespace weft::viewmodels
