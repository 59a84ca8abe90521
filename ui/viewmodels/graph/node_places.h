// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bridge/mailbox.h"
#include "ui/graph/geometry.h"
#include "ui/graph/layout_runner.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace weft::viewmodels {

/// Where the nodes of the graph are, by their ids: whoever stays in the mesh stays in its place.
/// Thread: main; the layout has a thread of its own once there is something to lay out.
class NodePlaces final : public QObject {
    Q_OBJECT

public:
    explicit NodePlaces(QObject* parent = nullptr);
    ~NodePlaces() override;

    /// Lays out anew only when the ids or the links are others. `positions` fit the ids at once.
    void setGraph(const std::vector<std::string>& ids, const std::vector<graph::Pair>& links);
    /// What is laid out next begins anew.
    void forget();
    /// Without a signal, as setGraph.
    void clear();
    /// Without motion: places change once, when the layout has settled.
    void setQuiet(bool quiet);
    void hold(std::uint32_t node, graph::Point where);
    void release(std::uint32_t node);

    /// One for each id. Never null.
    std::shared_ptr<const graph::Positions> positions() const { return positions_; }
    bool settled() const { return settled_; }
    /// How often something was laid out.
    std::uint64_t layouts() const { return layouts_; }

Q_SIGNALS:
    void changed();

private:
    void take(const graph::LayoutRunner::Result& result);
    graph::Positions placesFor(
        const std::vector<std::optional<graph::Point>>& known,
        const std::vector<graph::Pair>& links) const;

    std::vector<std::string> ids_;
    std::vector<graph::Pair> links_;
    std::shared_ptr<const graph::Positions> positions_;
    std::uint64_t graph_ = 0;
    std::uint64_t layouts_ = 0;
    bool quiet_ = false;
    bool settled_ = true;
    bridge::Mailbox mailbox_;
    /// After the mailbox: nothing is posted once it is gone.
    std::unique_ptr<graph::LayoutRunner> runner_;
};

}  // namespace weft::viewmodels
