// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/look.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <string>
#include <unordered_set>

namespace weft::viewmodels {

/// What would be if a member were gone, as the daemon foresees it.
/// Thread: main.
class LossPreview final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by GraphViewModel")
    /// Somebody is thought away.
    Q_PROPERTY(bool open READ isOpen NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString heading READ heading NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone tone READ tone NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    explicit LossPreview(bridge::Bridge& bridge, QObject* parent = nullptr);

    void setMesh(const api::ProfileId& profile);
    void ask(const std::string& node, const std::string& self);
    Q_INVOKABLE void clear();

    bool isOpen() const { return !node_.empty(); }
    /// Who is thought away; empty: nobody.
    const std::string& node() const { return node_; }
    bool busy() const { return busy_; }
    bool known() const { return known_; }
    /// "If nas were gone".
    QString heading() const;
    /// What came of it, a sentence each.
    QString text() const { return text_; }
    /// A warning when it would hurt: somebody is cut off, or the mesh has no quorum.
    look::Tone tone() const { return grave_ ? look::Tone::Warn : look::Tone::Ok; }
    QString errorText() const { return error_; }
    bool cutsOff(const std::string& id) const { return cutOff_.contains(id); }

Q_SIGNALS:
    void changed();

private:
    void take(const StatusOr<api::WhatIfAnswer>& answer);
    void findCutOff(const api::WhatIfAnswer& answer);
    QString describe(const api::WhatIfAnswer& answer) const;

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    std::string node_;
    std::string self_;
    std::uint64_t number_ = 0;
    bool busy_ = false;
    bool known_ = false;
    bool grave_ = false;
    QString text_;
    QString error_;
    std::unordered_set<std::string> cutOff_;
};

}  // namespace weft::viewmodels
