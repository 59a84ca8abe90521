// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/viewmodels/connection_presentation.h"
#include "ui/viewmodels/connector.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace weft::viewmodels {

/// What the window knows of the daemon, as the view-models of one mesh need it.
struct MeshInput {
    api::LinkState link = api::LinkState::Connecting;
    api::Capabilities capabilities;
    std::optional<api::Profile> profile;
    std::optional<api::Connection> connection;
    /// The daemon is lost because it does not answer; it is there.
    bool isSilent = false;
    bool isDenied = false;
    /// The member through which the Internet is reached; empty for none.
    QString exitNode{};
};

/// The facts of a mesh as finished texts. Empty: not known, and not shown.
struct MeshFacts {
    QString profileName;
    QString nodeId;
    QString publicKey;
    QString domain;
    QString identity;
    QString addressIpv4;
    QString addressIpv6;
    QString networkIpv4;
    QString networkIpv6;
    QString role;
    QString leader;
    QString certificate;
    QString listenAddress;
    QString interfaceText;
    QString failureRemedy;
    int stepNumber = 0;
    int stepCount = 0;
    bool exists = false;
    bool inMesh = false;
    bool stale = false;
    bool canInvite = false;
    QString inviteHint;
    /// Members besides this node.
    int peerCount = 0;
    /// How well it goes, in a word; empty while this node is in no mesh.
    QString quality;

    friend bool operator==(const MeshFacts&, const MeshFacts&) = default;
};

/// The checklist of a mesh, with ages.
std::vector<Note> checkNotes(const api::Connection& connection, WallTime now);
/// What is wrong with it, and what to do.
std::vector<Note> problemNotes(const api::Connection& connection);

/// The mesh that the window shows: its state, its facts, its checklist, and the one button.
/// Thread: main.
class ConnectionViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(QString word READ word NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone tone READ tone NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Shape shape READ shape NOTIFY changed)
    Q_PROPERTY(bool animated READ animated NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Action action READ action NOTIFY changed)
    Q_PROPERTY(QString actionText READ actionText NOTIFY changed)
    Q_PROPERTY(QString actionHint READ actionHint NOTIFY changed)
    Q_PROPERTY(QString runningText READ runningText NOTIFY clockChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)
    Q_PROPERTY(QString profileName READ profileName NOTIFY changed)
    Q_PROPERTY(QString nodeId READ nodeId NOTIFY changed)
    Q_PROPERTY(QString publicKey READ publicKey NOTIFY changed)
    Q_PROPERTY(QString domain READ domain NOTIFY changed)
    Q_PROPERTY(QString identity READ identity NOTIFY changed)
    Q_PROPERTY(QString addressIpv4 READ addressIpv4 NOTIFY changed)
    Q_PROPERTY(QString addressIpv6 READ addressIpv6 NOTIFY changed)
    Q_PROPERTY(QString networkIpv4 READ networkIpv4 NOTIFY changed)
    Q_PROPERTY(QString networkIpv6 READ networkIpv6 NOTIFY changed)
    Q_PROPERTY(QString role READ role NOTIFY changed)
    Q_PROPERTY(QString leader READ leader NOTIFY changed)
    Q_PROPERTY(QString certificate READ certificate NOTIFY changed)
    Q_PROPERTY(QString listenAddress READ listenAddress NOTIFY changed)
    Q_PROPERTY(QString interfaceText READ interfaceText NOTIFY changed)
    Q_PROPERTY(QString failureRemedy READ failureRemedy NOTIFY changed)
    Q_PROPERTY(int stepNumber READ stepNumber NOTIFY changed)
    Q_PROPERTY(int stepCount READ stepCount NOTIFY changed)
    Q_PROPERTY(bool exists READ exists NOTIFY changed)
    Q_PROPERTY(bool inMesh READ inMesh NOTIFY changed)
    Q_PROPERTY(bool stale READ stale NOTIFY changed)
    Q_PROPERTY(bool canInvite READ canInvite NOTIFY changed)
    Q_PROPERTY(QString inviteHint READ inviteHint NOTIFY changed)
    Q_PROPERTY(int peerCount READ peerCount NOTIFY changed)
    Q_PROPERTY(QString quality READ quality NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::NoteModel* checklist READ checklist CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* problems READ problems CONSTANT)

public:
    ConnectionViewModel(Connector& connector, const base::Clock& clock, QObject* parent = nullptr);

    void setInput(MeshInput input);
    /// Texts that depend on the time of day.
    void refreshClock();

    api::ProfileId profileId() const;

    QString word() const { return shown_.word; }
    QString detail() const { return shown_.detail; }
    look::Tone tone() const { return shown_.tone; }
    look::Shape shape() const { return shown_.shape; }
    bool animated() const { return shown_.animated; }
    look::Action action() const { return shown_.action; }
    QString actionText() const { return shown_.actionText; }
    QString actionHint() const { return shown_.actionHint; }
    QString runningText() const { return running_; }
    bool busy() const { return busy_; }
    QString errorText() const { return error_; }
    QString profileName() const { return facts_.profileName; }
    QString nodeId() const { return facts_.nodeId; }
    QString publicKey() const { return facts_.publicKey; }
    QString domain() const { return facts_.domain; }
    QString identity() const { return facts_.identity; }
    QString addressIpv4() const { return facts_.addressIpv4; }
    QString addressIpv6() const { return facts_.addressIpv6; }
    QString networkIpv4() const { return facts_.networkIpv4; }
    QString networkIpv6() const { return facts_.networkIpv6; }
    QString role() const { return facts_.role; }
    QString leader() const { return facts_.leader; }
    QString certificate() const { return facts_.certificate; }
    QString listenAddress() const { return facts_.listenAddress; }
    /// "weft0, UDP port 51820"; empty without one.
    QString interfaceText() const { return facts_.interfaceText; }
    QString failureRemedy() const { return facts_.failureRemedy; }
    int stepNumber() const { return facts_.stepNumber; }
    int stepCount() const { return facts_.stepCount; }
    bool exists() const { return facts_.exists; }
    bool inMesh() const { return facts_.inMesh; }
    bool stale() const { return facts_.stale; }
    bool canInvite() const { return facts_.canInvite; }
    QString inviteHint() const { return facts_.inviteHint; }
    int peerCount() const { return facts_.peerCount; }
    QString quality() const { return facts_.quality; }
    NoteModel* checklist() { return &checklist_; }
    NoteModel* problems() { return &problems_; }

    /// Does what the button says.
    Q_INVOKABLE void act();
    Q_INVOKABLE void dismissError();

Q_SIGNALS:
    void changed();
    void clockChanged();
    void busyChanged();
    void errorTextChanged();

private:
    void refresh();
    MeshFacts facts() const;
    void addConnectionFacts(MeshFacts& facts, const api::Connection& connection) const;
    void refreshNotes();
    void begin();
    void finish(const QString& what, const Status& status);
    void setError(const QString& error);

    Connector& connector_;
    const base::Clock& clock_;
    MeshInput input_;
    ConnectionPresentation shown_;
    MeshFacts facts_;
    QString running_;
    QString error_;
    bool busy_ = false;
    NoteModel checklist_;
    NoteModel problems_;
};

}  // namespace weft::viewmodels
