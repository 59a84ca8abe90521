// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace weft::viewmodels {

/// How names of the shown mesh are found, and a look-up of one.
/// Thread: main.
class NameLook final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by DiagnoseViewModel")
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// Domain, server, whom the host asks: a name, what it is, and a word.
    Q_PROPERTY(weft::viewmodels::NoteModel* facts READ facts CONSTANT)
    /// The kinds of records to ask for; the first leaves it to the daemon.
    Q_PROPERTY(QStringList types READ types CONSTANT)
    Q_PROPERTY(bool asking READ asking NOTIFY answerChanged)
    /// What came of the last look-up in a sentence; empty before the first.
    Q_PROPERTY(QString answerText READ answerText NOTIFY answerChanged)
    /// Who answered, and how long it took.
    Q_PROPERTY(QString answerSource READ answerSource NOTIFY answerChanged)
    Q_PROPERTY(weft::viewmodels::look::Tone answerTone READ answerTone NOTIFY answerChanged)
    Q_PROPERTY(weft::viewmodels::NoteModel* records READ records CONSTANT)
    /// What does the same in a terminal.
    Q_PROPERTY(QString command READ command NOTIFY answerChanged)

public:
    NameLook(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    bool known() const { return known_; }
    QString errorText() const { return error_; }
    NoteModel* facts() { return &facts_; }
    QStringList types() const;
    bool asking() const { return asking_; }
    QString answerText() const { return answer_; }
    QString answerSource() const { return source_; }
    look::Tone answerTone() const { return tone_; }
    NoteModel* records() { return &records_; }
    QString command() const { return command_; }

    void setMesh(const api::ProfileId& profile);

    /// Reads the state of the name service anew.
    Q_INVOKABLE void refresh();
    /// `type` is a place in `types`.
    Q_INVOKABLE void lookUp(const QString& name, int type);

Q_SIGNALS:
    void changed();
    void answerChanged();

private:
    void take(const StatusOr<api::NameService>& names);
    void takeAnswer(const StatusOr<api::NameAnswer>& answer);
    void clearAnswer();

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    std::uint64_t asked_ = 0;
    std::uint64_t lookedUp_ = 0;
    bool known_ = false;
    QString error_;
    NoteModel facts_;
    bool asking_ = false;
    QString answer_;
    QString source_;
    look::Tone tone_ = look::Tone::Neutral;
    NoteModel records_;
    QString command_;
};

}  // namespace weft::viewmodels
