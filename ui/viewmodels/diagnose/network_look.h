// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <optional>

namespace weft::viewmodels {

/// What works of the network beneath the shown mesh, as of the last time somebody looked.
/// Thread: main.
class NetworkLook final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by DiagnoseViewModel")
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// "Checked 5 min ago"; empty before the first time.
    Q_PROPERTY(QString ranText READ ranText NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::NoteModel* checks READ checks CONSTANT)

public:
    NetworkLook(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    bool busy() const { return busy_; }
    bool known() const { return ranAt_.has_value(); }
    QString errorText() const { return error_; }
    QString ranText() const;
    NoteModel* checks() { return &checks_; }

    void setMesh(const api::ProfileId& profile);
    /// Looks when somebody sees it for the first time.
    void show();
    void refreshAges();

    Q_INVOKABLE void run();
    /// An answer that comes later is not taken.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();

private:
    void take(const StatusOr<std::vector<api::NetworkCheck>>& checks);

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    std::uint64_t asked_ = 0;
    bool busy_ = false;
    QString error_;
    std::optional<WallTime> ranAt_;
    NoteModel checks_;
};

}  // namespace weft::viewmodels
