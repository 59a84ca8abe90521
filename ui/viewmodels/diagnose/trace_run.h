// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// The members on the way to one, as this node knows it, with a few echo requests to each: where
/// the time is spent.
/// Thread: main.
class TraceRun final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by PingView")
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// A name, where its packets go, and the time in a word.
    Q_PROPERTY(weft::viewmodels::NoteModel* hops READ hops CONSTANT)

public:
    /// Requests to each hop, and hops that are asked: the daemon takes few pings at once.
    static constexpr std::uint32_t kPings = 3;
    static constexpr std::size_t kMostHops = 8;

    explicit TraceRun(bridge::Bridge& bridge, QObject* parent = nullptr)
        : QObject(parent), bridge_(bridge) {}

    QString errorText() const { return error_; }
    NoteModel* hops() { return &notes_; }

    void setMesh(const api::ProfileId& profile);
    void begin(const std::string& node);
    void stop();
    void clear();

Q_SIGNALS:
    void changed();

private:
    struct Hop {
        api::PathHop hop;
        api::PingSummary results;
        QString error;
        bool ended = false;
    };

    void take(const StatusOr<api::PathExplanation>& path);
    void ask(std::size_t at);
    void end(std::size_t at, const Status& status);
    void show();

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    std::uint64_t number_ = 0;
    std::vector<Hop> hops_;
    /// Of the hop that is being asked: one after the other.
    Subscription ping_;
    QString error_;
    NoteModel notes_;
};

}  // namespace weft::viewmodels
