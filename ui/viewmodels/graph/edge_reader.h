// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bridge/bridge.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace weft::viewmodels {

/// What connects the members of a mesh, as the mesh has it. One question is under way at most; what
/// changes meanwhile is asked for once more.
/// Thread: main.
class EdgeReader final : public QObject {
    Q_OBJECT

public:
    explicit EdgeReader(bridge::Bridge& bridge, QObject* parent = nullptr);

    void setMesh(const api::ProfileId& profile);
    void ask();
    void forgetError() { error_.clear(); }

    /// Null before the first answer. A failure leaves what was known.
    const api::Graph* edges() const { return edges_ ? &*edges_ : nullptr; }
    /// An answer came, or a failure.
    bool answered() const { return answered_; }
    QString errorText() const { return error_; }

Q_SIGNALS:
    void changed();

private:
    void take(const StatusOr<api::Graph>& edges);

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    std::optional<api::Graph> edges_;
    bool asking_ = false;
    bool again_ = false;
    bool answered_ = false;
    /// Tells answers about the shown mesh from those about another one.
    std::uint64_t number_ = 0;
    QString error_;
};

}  // namespace weft::viewmodels
