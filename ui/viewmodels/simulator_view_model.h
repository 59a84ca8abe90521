// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/planning.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/note_model.h"
#include "ui/viewmodels/peers_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace weft::viewmodels {

/// May one member reach another, and which rule says so: in both directions, by the rules as they
/// are or with the draft on top of them. Asked again when the rules change while somebody looks.
/// Thread: main.
class SimulatorViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// What is typed: names of members, or the beginnings of them.
    Q_PROPERTY(QString from READ from WRITE setFrom NOTIFY changed)
    Q_PROPERTY(QString to READ to WRITE setTo NOTIFY changed)
    Q_PROPERTY(QString fromProblem READ fromProblem NOTIFY changed)
    Q_PROPERTY(QString toProblem READ toProblem NOTIFY changed)
    Q_PROPERTY(bool withDraft READ withDraft WRITE setWithDraft NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QString verdictWord READ verdictWord NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone tone READ tone NOTIFY changed)
    /// "laptop to nas", and back.
    Q_PROPERTY(QString forwardText READ forwardText NOTIFY changed)
    Q_PROPERTY(QString backwardText READ backwardText NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::NoteModel* forward READ forward CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* backward READ backward CONSTANT)
    /// The same in a terminal.
    Q_PROPERTY(QString command READ command NOTIFY changed)

public:
    /// Of the rules that did not decide, so many are listed for each family.
    static constexpr std::size_t kMostSkipped = 6;
    static constexpr int kMostSuggestions = 6;

    /// Both outlive it.
    SimulatorViewModel(
        bridge::Bridge& bridge, const PeersModel& members, QObject* parent = nullptr);

    QString from() const { return from_; }
    void setFrom(const QString& name);
    QString to() const { return to_; }
    void setTo(const QString& name);
    QString fromProblem() const { return problemOf(from_); }
    QString toProblem() const { return problemOf(to_); }
    bool withDraft() const { return withDraft_; }
    void setWithDraft(bool with);
    bool busy() const { return busy_; }
    bool known() const { return answer_.has_value(); }
    QString errorText() const { return error_; }
    QString summary() const;
    QString verdictWord() const;
    look::Tone tone() const;
    QString forwardText() const;
    QString backwardText() const;
    NoteModel* forward() { return &forward_; }
    NoteModel* backward() { return &backward_; }
    QString command() const;

    void setMesh(const api::ProfileId& profile);

    /// Somebody looks now: from this member, to that; empty ones stay as they were.
    Q_INVOKABLE void open(const QString& fromName, const QString& toName);
    Q_INVOKABLE void close();
    Q_INVOKABLE void swap();
    /// Members that the typed text may mean.
    Q_INVOKABLE QStringList suggestions(const QString& typed) const;

Q_SIGNALS:
    void changed();

private:
    QString problemOf(const QString& name) const;
    void ask();
    void take(const StatusOr<api::AccessExplanation>& answer);
    void forget();

    bridge::Bridge& bridge_;
    const PeersModel& members_;
    api::ProfileId profile_;
    QString from_;
    QString to_;
    bool withDraft_ = false;
    bool isOpen_ = false;
    bool busy_ = false;
    /// Only the answer to the newest question counts.
    std::uint64_t asked_ = 0;
    std::optional<api::AccessExplanation> answer_;
    QString error_;
    NoteModel forward_;
    NoteModel backward_;
};

}  // namespace weft::viewmodels
