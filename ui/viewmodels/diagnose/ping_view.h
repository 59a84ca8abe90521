// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/chart/chart_source.h"
#include "ui/viewmodels/diagnose/trace_run.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <deque>
#include <string>

namespace weft::viewmodels {

/// Echo requests to a member or an address: the times as a chart, what came of all of them, and
/// the members on the way with a few requests to each.
/// Thread: main.
class PingView final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by DiagnoseViewModel")
    /// What is asked, as it stands in the field.
    Q_PROPERTY(QString target READ target NOTIFY changed)
    /// Why it cannot start; empty when it can.
    Q_PROPERTY(QString startHint READ startHint NOTIFY changed)
    Q_PROPERTY(bool running READ running NOTIFY changed)
    /// Whom the answers are from: "nas (172.16.0.2)".
    Q_PROPERTY(QString startedText READ startedText NOTIFY changed)
    Q_PROPERTY(QString doubtText READ doubtText NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// "10 sent, 1 lost (10 %)"; empty before the first.
    Q_PROPERTY(QString countText READ countText NOTIFY changed)
    /// "11.8 to 13.2 ms, 12.5 ms on average, deviation 0.5 ms"; empty before the first answer.
    Q_PROPERTY(QString timeText READ timeText NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone tone READ tone NOTIFY changed)
    Q_PROPERTY(weft::chart::ChartSource* times READ times CONSTANT)
    Q_PROPERTY(weft::viewmodels::TraceRun* trace READ trace CONSTANT)
    /// What does the same in a terminal.
    Q_PROPERTY(QString command READ command NOTIFY changed)

public:
    /// Requests that the chart shows, the last ones.
    static constexpr std::size_t kMostPoints = 600;
    /// The chart is at least as wide as this.
    static constexpr std::chrono::seconds kShortestSpan{30};
    /// Of the two bounded choices of `start`.
    static constexpr std::uint32_t kFew = 10;
    static constexpr std::uint32_t kMany = 100;

    PingView(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    QString target() const { return target_; }
    QString startHint() const;
    bool running() const { return running_; }
    QString startedText() const { return started_; }
    QString doubtText() const { return doubt_; }
    QString errorText() const { return error_; }
    QString countText() const;
    QString timeText() const;
    look::Tone tone() const;
    chart::ChartSource* times() { return &times_; }
    TraceRun* trace() { return &trace_; }
    QString command() const { return command_; }

    void setMesh(const api::ProfileId& profile);
    void setGrade(api::Grade grade, bool inMesh);
    /// Nobody looks any more.
    void hide();

    Q_INVOKABLE void setTarget(const QString& target);
    /// The same by the key of a member, whose name may look different from what it is.
    Q_INVOKABLE void choosePeer(const QString& peerId);
    /// `family`: 0 either, 1 IPv4, 2 IPv6. `amount`: 0 few, 1 many, 2 until it is stopped.
    Q_INVOKABLE void start(int family, int amount);
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void changed();

private:
    struct Point {
        WallTime at;
        /// No number for one that was lost.
        double milliseconds = 0;
    };

    void take(const api::PingUpdate& update);
    void end(const Status& status);
    void add(double milliseconds);
    void draw();
    void clear();

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    api::Grade grade_ = api::Grade::None;
    bool inMesh_ = false;
    QString target_;
    /// What is sent; differs from the field for a name that is not shown as it is.
    std::string asked_;
    bool running_ = false;
    std::uint64_t number_ = 0;
    Subscription ping_;
    QString started_;
    QString doubt_;
    QString error_;
    QString command_;
    api::PingSummary results_;
    std::deque<Point> points_;
    chart::ChartSource times_;
    TraceRun trace_;
};

}  // namespace weft::viewmodels
