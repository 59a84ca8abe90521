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
#include <string>

namespace weft::viewmodels {

/// The way to one member: how packets get there, why not otherwise, and a ping that tries it.
/// Thread: main.
class PathViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// There is an answer, perhaps one that is being asked for anew.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QString remedy READ remedy NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone tone READ tone NOTIFY changed)
    Q_PROPERTY(QString handshake READ handshake NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::NoteModel* hops READ hops CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* families READ families CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* ways READ ways CONSTANT)
    Q_PROPERTY(bool pinging READ pinging NOTIFY pingChanged)
    /// "12.2 ms"; empty before the first answer.
    Q_PROPERTY(QString pingText READ pingText NOTIFY pingChanged)
    /// What came of all of them.
    Q_PROPERTY(QString pingDetail READ pingDetail NOTIFY pingChanged)
    Q_PROPERTY(weft::viewmodels::look::Tone pingTone READ pingTone NOTIFY pingChanged)

public:
    /// A press of the button sends so many, one a second.
    static constexpr std::uint32_t kPings = 10;

    PathViewModel(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    bool busy() const { return busy_; }
    bool known() const { return path_.has_value(); }
    QString errorText() const { return error_; }
    QString summary() const;
    QString remedy() const;
    look::Tone tone() const;
    QString handshake() const;
    NoteModel* hops() { return &hops_; }
    NoteModel* families() { return &families_; }
    NoteModel* ways() { return &ways_; }
    bool pinging() const { return pinging_; }
    QString pingText() const { return pingText_; }
    QString pingDetail() const;
    look::Tone pingTone() const;

    void setMesh(const api::ProfileId& profile);

    /// Asks for the way to a member. An answer that comes for another one is not taken.
    Q_INVOKABLE void explain(const QString& peerId);
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void ping();
    Q_INVOKABLE void stopPing();
    /// Nobody looks any more.
    Q_INVOKABLE void forget();

Q_SIGNALS:
    void changed();
    void pingChanged();

private:
    void take(const StatusOr<api::PathExplanation>& path);
    void takePing(const api::PingUpdate& update);
    void endPing(const Status& status);
    void clearPing();

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    std::string peer_;
    /// Tells answers to what is shown now from older ones.
    std::uint64_t asked_ = 0;
    bool busy_ = false;
    QString error_;
    std::optional<api::PathExplanation> path_;
    NoteModel hops_;
    NoteModel families_;
    NoteModel ways_;
    Subscription ping_;
    std::uint64_t pingNumber_ = 0;
    bool pinging_ = false;
    QString pingText_;
    QString pingError_;
    QString doubt_;
    api::PingSummary results_;
};

/// Why a way is not taken, in a few words; empty for no reason.
QString pathReasonWord(api::PathReason reason);
/// What to change; empty when there is nothing to do.
QString pathRemedy(api::PathReason reason);

}  // namespace weft::viewmodels
