// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/note_model.h"
#include "ui/viewmodels/peers_model.h"

#include <QHash>
#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// Who may reach one member and whom it may reach, with the rule that decides, as the daemon judges
/// it pair by pair. Asks while somebody looks, and for one member at a time. Thread: main.
class PeerAccess final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// "3 both ways, 1 one-sided, 8 not at all".
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    /// Why some are missing; empty when none is.
    Q_PROPERTY(QString restText READ restText NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::NoteModel* pairs READ pairs CONSTANT)

public:
    /// So many pairs are listed and asked about; others by a search.
    static constexpr std::size_t kMost = 300;
    /// As many answers are waited for at once.
    static constexpr std::size_t kAtOnce = 8;

    /// Both outlive this.
    PeerAccess(bridge::Bridge& bridge, const PeersModel& members, QObject* parent = nullptr);

    QString searchText() const { return search_; }
    void setSearchText(const QString& text);
    bool busy() const { return waiting_ > 0; }
    QString errorText() const { return error_; }
    QString summary() const;
    QString restText() const;
    NoteModel* pairs() { return &pairs_; }

    void setMesh(const api::ProfileId& profile);

    /// Somebody looks at that member. What was asked about another one is of no use any more.
    Q_INVOKABLE void open(const QString& peerId);
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();

private:
    /// What is kept of an answer.
    struct Verdict {
        bool to = false;
        bool from = false;
        QString toText;
        QString fromText;
    };

    void forget();
    void list();
    void ask();
    void take(const std::string& other, const StatusOr<api::AccessExplanation>& answer);
    void showSoon();
    void show();
    Note noteOf(const std::string& other) const;

    bridge::Bridge& bridge_;
    const PeersModel& members_;
    api::ProfileId profile_;
    std::string peer_;
    QString search_;
    /// Those that are listed, by name, and how many match beyond them.
    std::vector<std::string> others_;
    int rest_ = 0;
    std::deque<std::string> queue_;
    QHash<QByteArray, Verdict> verdicts_;
    std::size_t waiting_ = 0;
    /// Tells answers to what is asked now from older ones.
    std::uint64_t number_ = 0;
    bool showing_ = false;
    QString error_;
    NoteModel pairs_;
};

}  // namespace weft::viewmodels
