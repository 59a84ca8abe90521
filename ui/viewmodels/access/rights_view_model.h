// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/access/rights.h"
#include "ui/viewmodels/look.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>
#include <QVariantList>

#include <cstdint>
#include <memory>
#include <optional>

namespace weft::viewmodels {

/// What somebody may do in the mesh: a row for each kind of object, a cell for each verb, and what
/// gives the right. The table is computed from the rules that are known here; for the chosen cell
/// the mesh is asked.
/// Thread: main.
class RightsViewModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    /// The name of a member or a user.
    Q_PROPERTY(QString subject READ subject WRITE setSubject NOTIFY changed)
    /// 0: as both, 1: as a member, 2: as a user.
    Q_PROPERTY(int kind READ kind WRITE setKind NOTIFY changed)
    /// Whether there is a table: somebody is named and the rules are known.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(int column READ column WRITE setColumn NOTIFY changed)
    Q_PROPERTY(int row READ row WRITE setRow NOTIFY changed)
    /// "Read", "Change", "Delete".
    Q_PROPERTY(QStringList verbs READ verbs CONSTANT)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// What the mesh said to the question about the chosen cell.
    Q_PROPERTY(QString answerText READ answerText NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone answerTone READ answerTone NOTIFY changed)
    /// The same question in a terminal.
    Q_PROPERTY(QString command READ command NOTIFY changed)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        /// For each verb a map of word and tone.
        CellsRole,
        /// What gives the rights, in words; empty when nothing does.
        DetailRole,
        /// All of it in one line, for those who hear it.
        SpokenRole,
    };

    explicit RightsViewModel(bridge::Bridge& bridge, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString subject() const { return subject_; }
    void setSubject(const QString& subject);
    int kind() const { return kind_; }
    void setKind(int kind);
    bool known() const { return known_; }
    int column() const { return column_; }
    void setColumn(int column);
    int row() const { return row_; }
    void setRow(int row);
    QStringList verbs() const;
    bool busy() const { return busy_; }
    QString answerText() const { return answer_; }
    look::Tone answerTone() const { return answerTone_; }
    QString command() const;

    void setMesh(const api::ProfileId& profile);
    void setState(std::shared_ptr<const api::PolicyState> state);

    /// Asks the mesh about the chosen cell.
    Q_INVOKABLE void ask();

Q_SIGNALS:
    void changed();

private:
    void compute();
    void forgetAnswer();
    api::SubjectKind subjectKind() const;
    api::AccessQuestion question() const;
    QString detailOf(std::size_t row) const;
    QString spokenOf(std::size_t row) const;

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    std::shared_ptr<const api::PolicyState> state_;
    QString subject_;
    int kind_ = 0;
    int column_ = 0;
    int row_ = 0;
    bool known_ = false;
    Rights rights_;
    bool busy_ = false;
    /// Only the answer to the newest question counts.
    std::uint64_t asked_ = 0;
    QString answer_;
    look::Tone answerTone_ = look::Tone::Neutral;
};

}  // namespace weft::viewmodels
