// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/diagnose_view_model.h"

namespace weft::viewmodels {

DiagnoseViewModel::DiagnoseViewModel(
    bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent)
    , health_(clock)
    , network_(bridge, clock)
    , ping_(bridge, clock)
    , names_(bridge, clock)
    , log_(bridge, clock) {}

void DiagnoseViewModel::setState(
    const api::DaemonState& state,
    const api::ProfileId& current,
    api::LinkState link,
    api::Grade grade) {
    health_.setState(state, current, link, grade);
    network_.setMesh(current);
    ping_.setMesh(current);
    names_.setMesh(current);
    log_.setGrade(link, grade);
    grade_ = grade;
}

void DiagnoseViewModel::follow(bool inMesh, bool seen) {
    inMesh_ = inMesh;
    seen_ = seen;
    ping_.setGrade(grade_, inMesh);
    apply();
}

void DiagnoseViewModel::refreshAges() {
    if (part_ != Part::None) {
        health_.refreshAges();
        network_.refreshAges();
    }
}

void DiagnoseViewModel::show(Part part) {
    part_ = part;
    apply();
}

void DiagnoseViewModel::apply() {
    const Part part = seen_ ? part_ : Part::None;
    if (part == Part::Network && inMesh_) {
        network_.show();
    }
    if (part == Part::Names && inMesh_ && !names_.known()) {
        names_.refresh();
    }
    if (part != Part::Ping) {
        ping_.hide();
    }
    log_.show(part == Part::Log);
}

}  // namespace weft::viewmodels
