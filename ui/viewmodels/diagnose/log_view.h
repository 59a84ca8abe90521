// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/logs.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/diagnose/log_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace weft::viewmodels {

/// What the service writes into its log, while somebody looks.
/// Thread: main.
class LogView final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by DiagnoseViewModel")
    Q_PROPERTY(weft::viewmodels::LogModel* lines READ lines CONSTANT)
    /// Something came, or it is known that there is nothing.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// What is missing to read it; empty when nothing is.
    Q_PROPERTY(QString deniedText READ deniedText NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// The levels, by name, and the least that is shown.
    Q_PROPERTY(QStringList levels READ levels CONSTANT)
    Q_PROPERTY(int least READ least NOTIFY changed)
    /// The parts of the service that wrote something, and those that are chosen.
    Q_PROPERTY(QStringList subsystems READ subsystems NOTIFY changed)
    Q_PROPERTY(QStringList chosen READ chosen NOTIFY changed)
    Q_PROPERTY(QString filterText READ filterText NOTIFY changed)
    Q_PROPERTY(bool filtered READ filtered NOTIFY changed)
    Q_PROPERTY(bool paused READ paused NOTIFY changed)
    /// "12 new lines"; empty when nothing waits.
    Q_PROPERTY(QString waitingText READ waitingText NOTIFY changed)
    /// From which level on the service writes, by place in `levels`; -1: nothing, or not known.
    Q_PROPERTY(int written READ written NOTIFY changed)
    /// That it writes less than is asked to be shown; empty otherwise.
    Q_PROPERTY(QString writtenText READ writtenText NOTIFY changed)
    /// Why it cannot be changed; empty when it can.
    Q_PROPERTY(QString writtenHint READ writtenHint NOTIFY changed)
    /// What does the same in a terminal.
    Q_PROPERTY(QString command READ command NOTIFY changed)

public:
    /// Lines that wait while it is paused; the oldest go.
    static constexpr std::size_t kMostWaiting = LogModel::kMostRows;

    LogView(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    LogModel* lines() { return &lines_; }
    bool known() const { return known_; }
    QString deniedText() const { return denied_; }
    QString errorText() const { return error_; }
    QStringList levels() const;
    int least() const { return static_cast<int>(lines_.filter().least); }
    QStringList subsystems() const;
    QStringList chosen() const;
    QString filterText() const { return lines_.filter().text; }
    bool filtered() const;
    bool paused() const { return paused_; }
    QString waitingText() const;
    int written() const;
    QString writtenText() const;
    QString writtenHint() const;
    QString command() const;

    void setGrade(api::LinkState link, api::Grade grade);
    /// Whether somebody looks.
    void show(bool shown);

    Q_INVOKABLE void setLeast(int level);
    Q_INVOKABLE void toggleSubsystem(const QString& name);
    Q_INVOKABLE void setFilterText(const QString& text);
    Q_INVOKABLE void clearFilter();
    Q_INVOKABLE void setPaused(bool paused);
    /// Puts a line of its own below the last one.
    Q_INVOKABLE void mark();
    /// The lines that pass the filter, for the clipboard.
    Q_INVOKABLE QString copyText() const { return lines_.text(); }
    /// Takes what is shown away; the service keeps it.
    Q_INVOKABLE void clear();
    /// Has the service write from that level on, until it ends.
    Q_INVOKABLE void write(int level);
    Q_INVOKABLE void retry();

Q_SIGNALS:
    void changed();
    /// Something was done, in a few words.
    void done(const QString& text);

private:
    void begin();
    void stop();
    void take(const api::LogBatch& batch);
    void add(const std::vector<api::LogLine>& lines, std::uint64_t missed);
    void takeEnd(const Status& status);

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    LogModel lines_;
    api::LinkState link_ = api::LinkState::Connecting;
    api::Grade grade_ = api::Grade::None;
    bool shown_ = false;
    Subscription watch_;
    std::uint64_t number_ = 0;
    /// Lines up to this one are known from the last time.
    WallTime newest_;
    WallTime knownUpTo_;
    bool known_ = false;
    QString denied_;
    QString error_;
    bool paused_ = false;
    std::vector<api::LogLine> waiting_;
    std::uint64_t waitingMissed_ = 0;
    std::optional<api::LogLevel> written_;
    int marks_ = 0;
};

}  // namespace weft::viewmodels
