// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/diagnose/health_model.h"
#include "ui/viewmodels/diagnose/log_view.h"
#include "ui/viewmodels/diagnose/name_look.h"
#include "ui/viewmodels/diagnose/network_look.h"
#include "ui/viewmodels/diagnose/ping_view.h"

#include <QObject>
#include <QQmlEngine>

namespace weft::viewmodels {

/// What is wrong and why: the page with its parts, each of which works while it is seen alone.
/// Thread: main.
class DiagnoseViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(weft::viewmodels::HealthModel* health READ health CONSTANT)
    Q_PROPERTY(weft::viewmodels::NetworkLook* network READ network CONSTANT)
    Q_PROPERTY(weft::viewmodels::PingView* ping READ ping CONSTANT)
    Q_PROPERTY(weft::viewmodels::NameLook* names READ names CONSTANT)
    Q_PROPERTY(weft::viewmodels::LogView* log READ log CONSTANT)

public:
    enum class Part { None, Health, Network, Ping, Names, Log };
    Q_ENUM(Part)

    DiagnoseViewModel(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    HealthModel* health() { return &health_; }
    NetworkLook* network() { return &network_; }
    PingView* ping() { return &ping_; }
    NameLook* names() { return &names_; }
    LogView* log() { return &log_; }

    void setState(
        const api::DaemonState& state,
        const api::ProfileId& current,
        api::LinkState link,
        api::Grade grade);
    /// Whether the shown mesh can be asked, and whether anybody sees the window.
    void follow(bool inMesh, bool seen);
    void refreshAges();

    /// The part that is seen.
    Q_INVOKABLE void show(weft::viewmodels::DiagnoseViewModel::Part part);

private:
    void apply();

    Part part_ = Part::None;
    bool inMesh_ = false;
    bool seen_ = false;
    api::Grade grade_ = api::Grade::None;
    HealthModel health_;
    NetworkLook network_;
    PingView ping_;
    NameLook names_;
    LogView log_;
};

}  // namespace weft::viewmodels
