// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>

namespace weft::viewmodels {

/// The change of the shown mesh that is taken back unless somebody keeps it. It comes from the
/// daemon, so that it is the same after a restart of either; while the daemon is lost it goes on
/// by the time that was told.
/// Thread: main.
class WaitingChange final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChangesViewModel")
    Q_PROPERTY(bool waits READ waits NOTIFY changed)
    /// "Keep these changes? They are taken back in 42 s".
    Q_PROPERTY(QString text READ text NOTIFY changed)
    /// What it is, and what is in the way.
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    /// As `text`, but only when it is worth to be read out.
    Q_PROPERTY(QString announcement READ announcement NOTIFY announced)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// Why it can be neither kept nor taken back from here; empty when it can.
    Q_PROPERTY(QString lockedText READ lockedText NOTIFY changed)

public:
    /// Changes that are looked through for it: later writes of single objects do not end it.
    static constexpr std::uint32_t kDepth = 100;
    /// While it waits others may keep it, which is no change of the rules.
    static constexpr Duration kPoll = std::chrono::seconds(5);
    /// After its time, when the mesh must have taken it back.
    static constexpr Duration kPollDue = std::chrono::seconds(2);
    /// Without an answer it is over after this much more.
    static constexpr std::chrono::seconds kGrace{30};

    WaitingChange(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    bool waits() const { return id_ != 0; }
    QString text() const;
    QString detail() const;
    QString announcement() const { return announcement_; }
    bool busy() const { return busy_; }
    QString lockedText() const;
    std::uint64_t id() const { return id_; }

    void setMesh(const api::ProfileId& profile);
    /// `lost`: nobody answers; `locked`: why this window may change nothing, empty when it may.
    void setStanding(bool readable, bool lost, const QString& locked);
    /// The rules have changed, or may have.
    void look();
    /// This window has made a change.
    void noteApplied(const api::AppliedChange& applied);
    /// Renews what depends on the time of day.
    void refreshClock();

    Q_INVOKABLE void keep();
    Q_INVOKABLE void takeBack();

Q_SIGNALS:
    void changed();
    void announced();
    void done(const QString& text);
    /// It is over, one way or the other.
    void ended();

private:
    std::chrono::seconds left() const;
    void begin(std::uint64_t id, WallTime revertAt, const QString& what);
    void end(const QString& text);
    void takeList(const StatusOr<std::vector<api::Change>>& changes);
    void announce();
    void finish(const Status& status, const QString& failed, const QString& text);

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    bool readable_ = false;
    bool lost_ = false;
    QString locked_;
    std::uint64_t id_ = 0;
    WallTime revertAt_{};
    QString what_;
    QString error_;
    bool busy_ = false;
    bool asking_ = false;
    /// Something changed while it was being asked.
    bool again_ = false;
    TimePoint askedAt_{};
    std::uint64_t session_ = 0;
    /// How much of the time was over when it was read out last.
    int stage_ = -1;
    QString announcement_;
};

}  // namespace weft::viewmodels
