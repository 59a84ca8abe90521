// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/look.h"
#include "ui/viewmodels/peers_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <string>

namespace weft::viewmodels {

/// One member, for the drawer. Keeps the last that was known when the member goes.
/// Thread: main.
class PeerDetails final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(QString peerId READ peerId NOTIFY changed)
    Q_PROPERTY(bool open READ isOpen NOTIFY changed)
    Q_PROPERTY(bool gone READ gone NOTIFY changed)
    Q_PROPERTY(bool isSelf READ isSelf NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString initial READ initial NOTIFY changed)
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed)
    Q_PROPERTY(QString stateIcon READ stateIcon NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone tone READ tone NOTIFY changed)
    Q_PROPERTY(QString addressIpv4 READ addressIpv4 NOTIFY changed)
    Q_PROPERTY(QString addressIpv6 READ addressIpv6 NOTIFY changed)
    Q_PROPERTY(QString zone READ zone NOTIFY changed)
    Q_PROPERTY(QString role READ role NOTIFY changed)
    Q_PROPERTY(QString joined READ joined NOTIFY changed)
    Q_PROPERTY(QString links READ links NOTIFY changed)
    Q_PROPERTY(QString endpoint READ endpoint NOTIFY changed)
    Q_PROPERTY(bool hasTunnel READ hasTunnel NOTIFY changed)
    Q_PROPERTY(QString handshake READ handshake NOTIFY changed)
    Q_PROPERTY(QString received READ received NOTIFY changed)
    Q_PROPERTY(QString sent READ sent NOTIFY changed)
    Q_PROPERTY(QString currentEndpoint READ currentEndpoint NOTIFY changed)
    Q_PROPERTY(QString path READ path NOTIFY changed)
    /// Direct, relayed or being tried; and why not directly.
    Q_PROPERTY(QString way READ way NOTIFY changed)
    Q_PROPERTY(QString wayDetail READ wayDetail NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone wayTone READ wayTone NOTIFY changed)
    Q_PROPERTY(QString sessions READ sessions NOTIFY changed)
    Q_PROPERTY(QString drops READ drops NOTIFY changed)
    Q_PROPERTY(QString publicKey READ publicKey NOTIFY changed)
    /// What goes to the member by the tunnel: its own addresses first.
    Q_PROPERTY(QStringList networks READ networks NOTIFY changed)
    Q_PROPERTY(QStringList features READ features NOTIFY changed)
    Q_PROPERTY(QString rawText READ rawText NOTIFY changed)
    Q_PROPERTY(bool canRelease READ canRelease NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)

public:
    PeerDetails(
        bridge::Bridge& bridge,
        const PeersModel& peers,
        const base::Clock& clock,
        QObject* parent = nullptr);

    QString peerId() const { return open_ ? toPeerKey(peer_.id) : QString(); }
    bool isOpen() const { return open_; }
    bool gone() const { return gone_; }
    bool isSelf() const { return peer_.isSelf; }
    QString name() const;
    QString initial() const;
    QString stateText() const;
    QString stateIcon() const;
    look::Tone tone() const;
    QString addressIpv4() const;
    QString addressIpv6() const;
    QString zone() const;
    QString role() const;
    QString joined() const;
    QString links() const;
    QString endpoint() const;
    /// Whether this node's tunnel knows the member; the texts below are empty otherwise.
    bool hasTunnel() const { return peer_.tunnel.has_value(); }
    QString handshake() const;
    /// "6.4 GiB, now 1.2 MiB/s".
    QString received() const;
    QString sent() const;
    QString currentEndpoint() const;
    QString path() const;
    QString way() const;
    QString wayDetail() const;
    look::Tone wayTone() const;
    QString sessions() const;
    QString drops() const;
    QString publicKey() const;
    QStringList networks() const;
    QStringList features() const { return featureWords(peer_); }
    QString rawText() const;
    bool canRelease() const;
    bool busy() const { return busy_; }
    QString errorText() const { return error_; }

    /// Reads the texts anew that say how long ago something was.
    void refreshAges();
    void setMesh(const api::ProfileId& profile, bool isAdmin);

    Q_INVOKABLE void show(const QString& peerId);
    Q_INVOKABLE void close();
    /// Lets the name be taken with another key: for a device that was set up anew.
    Q_INVOKABLE void release();

Q_SIGNALS:
    void changed();
    void busyChanged();
    void errorTextChanged();
    void done(const QString& text);

private:
    void refresh();
    void setError(const QString& error);

    bridge::Bridge& bridge_;
    const PeersModel& peers_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    bool isAdmin_ = false;
    api::Peer peer_;
    bool open_ = false;
    bool gone_ = false;
    bool busy_ = false;
    QString error_;
};

}  // namespace weft::viewmodels
