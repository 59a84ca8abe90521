// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/traffic.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/chart/chart_source.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>

namespace weft::viewmodels {

/// The traffic of a mesh, or of one member, over time. Follows it while somebody looks: the page is
/// shown and the window is seen. What was known last stays when it ends.
/// Thread: main.
class TrafficViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(weft::chart::ChartSource* chart READ chart CONSTANT)
    Q_PROPERTY(QStringList spans READ spans CONSTANT)
    /// An index of `spans`. Kept while the program runs.
    Q_PROPERTY(int span READ span WRITE setSpan NOTIFY changed)
    /// The page that shows it is seen.
    Q_PROPERTY(bool wanted READ isWanted WRITE setWanted NOTIFY changed)
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed)
    /// What is shown is not of now.
    Q_PROPERTY(bool stale READ isStale NOTIFY changed)
    /// In place of the chart.
    Q_PROPERTY(QString emptyText READ emptyText NOTIFY changed)
    /// Below the chart: what went through in all, and whether it is old.
    Q_PROPERTY(QString note READ note NOTIFY changed)
    /// "1.2 MiB/s"; empty while nothing is known of now.
    Q_PROPERTY(QString receivedRate READ receivedRate NOTIFY changed)
    Q_PROPERTY(QString sentRate READ sentRate NOTIFY changed)

public:
    explicit TrafficViewModel(bridge::Bridge& bridge, QObject* parent = nullptr);

    chart::ChartSource* chart() { return &chart_; }
    static QStringList spans();
    int span() const { return static_cast<int>(span_); }
    void setSpan(int span);
    bool isWanted() const { return wanted_; }
    void setWanted(bool wanted);
    bool isLoading() const { return watching_ && !known_; }
    bool isStale() const { return !connected_ || lost_; }
    QString emptyText() const;
    QString note() const;
    QString receivedRate() const;
    QString sentRate() const;

    struct Standing {
        bool connected = false;
        bool lost = false;
        /// Somebody sees the window.
        bool seen = false;
    };
    void setMesh(const api::ProfileId& profile);
    /// Of one member alone; nothing is followed while it is empty.
    void setPeer(const std::string& peer);
    void setStanding(const Standing& standing);

Q_SIGNALS:
    void changed();

private:
    void follow();
    void forget();
    void take(const api::TrafficUpdate& update);
    void draw();

    bridge::Bridge& bridge_;
    chart::ChartSource chart_;
    api::ProfileId profile_;
    std::string peer_;
    bool ofPeer_ = false;
    api::TrafficSpan span_ = api::TrafficSpan::FiveMinutes;
    bool wanted_ = false;
    bool seen_ = false;
    bool connected_ = false;
    bool lost_ = false;
    bool watching_ = false;
    /// Something was told, if only that there is nothing.
    bool known_ = false;
    /// Tells updates of this watch from those of an earlier one.
    std::uint64_t number_ = 0;
    api::TrafficCourse course_;
    Subscription watch_;
};

}  // namespace weft::viewmodels
