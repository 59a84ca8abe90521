// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/core_choice.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

namespace weft::viewmodels {

/// Making a mesh, joining one with a code, attaching to a service: at first run and later.
/// Thread: main.
class FirstRunViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)
    Q_PROPERTY(QString suggestedNodeId READ suggestedNodeId NOTIFY suggestionsChanged)
    Q_PROPERTY(QString suggestedDomain READ suggestedDomain CONSTANT)
    Q_PROPERTY(QString unavailableText READ unavailableText NOTIFY suggestionsChanged)
    Q_PROPERTY(QString currentCore READ currentCore CONSTANT)
    Q_PROPERTY(bool embedded READ embedded CONSTANT)
    Q_PROPERTY(bool sandbox READ sandbox CONSTANT)
    Q_PROPERTY(bool canExplore READ canExplore CONSTANT)
    Q_PROPERTY(QStringList foundSockets READ foundSockets NOTIFY foundSocketsChanged)
    Q_PROPERTY(bool hasPreview READ hasPreview NOTIFY previewChanged)
    Q_PROPERTY(bool previewUsable READ previewUsable NOTIFY previewChanged)
    Q_PROPERTY(QString previewAddresses READ previewAddresses NOTIFY previewChanged)
    Q_PROPERTY(QString previewFingerprint READ previewFingerprint NOTIFY previewChanged)
    Q_PROPERTY(QString previewExpiry READ previewExpiry NOTIFY previewChanged)

public:
    /// `core` may be null: the window cannot change over then.
    FirstRunViewModel(
        bridge::Bridge& bridge,
        CoreChoice* core,
        const base::Clock& clock,
        QObject* parent = nullptr);

    void setDaemon(api::LinkState link, const api::Capabilities& capabilities);

    bool busy() const { return busy_; }
    QString errorText() const { return error_; }
    QString suggestedNodeId() const;
    QString suggestedDomain() const;
    /// Why no mesh can be made or joined with this daemon; empty when it can.
    QString unavailableText() const;
    QString currentCore() const;
    bool embedded() const { return core_ != nullptr && core_->isEmbedded(); }
    /// Nothing that the window shows is real.
    bool sandbox() const { return core_ != nullptr && core_->isSandbox(); }
    bool canExplore() const { return core_ != nullptr && !core_->isSandbox(); }
    QStringList foundSockets() const;
    bool hasPreview() const { return hasPreview_; }
    bool previewUsable() const { return hasPreview_ && !preview_.expired; }
    QString previewAddresses() const;
    QString previewFingerprint() const;
    QString previewExpiry() const;

    /// What is wrong with the text of a field, as a sentence; empty when nothing is.
    Q_INVOKABLE QString domainProblem(const QString& domain) const;
    Q_INVOKABLE QString nodeIdProblem(const QString& nodeId) const;

    Q_INVOKABLE void createMesh(
        const QString& name, const QString& domain, const QString& nodeId, bool defaultDeny);
    /// Reads a code and shows what it says, before anything is written.
    Q_INVOKABLE void preview(const QString& code);
    /// The code on the clipboard; empty, with an error text, when there is none.
    Q_INVOKABLE QString clipboardCode();
    /// The code in a file; empty, with an error text, when it holds none. "~" is the home folder.
    Q_INVOKABLE QString codeInFile(const QString& path);
    Q_INVOKABLE void join(const QString& code, const QString& nodeId);
    Q_INVOKABLE void attach(const QString& path);
    Q_INVOKABLE void embedCore();
    Q_INVOKABLE void openSandbox();
    Q_INVOKABLE void leaveSandbox();
    Q_INVOKABLE void lookForSockets();
    /// Forgets code, preview and error.
    Q_INVOKABLE void reset();

Q_SIGNALS:
    void busyChanged();
    void errorTextChanged();
    void suggestionsChanged();
    void foundSocketsChanged();
    void previewChanged();
    /// A profile was made; the window turns to it.
    void finished(const QString& profileId);

private:
    void begin();
    void finish(const QString& what, const StatusOr<api::Profile>& result);
    void finishSwitch(const Status& status);
    void setError(const QString& error);
    /// The first word of `text` that looks like a code.
    QString codeIn(const QString& text, const QString& otherwise);
    void setPreview(bool has, const api::CodePreview& preview);

    bridge::Bridge& bridge_;
    CoreChoice* core_;
    const base::Clock& clock_;
    api::LinkState link_ = api::LinkState::Connecting;
    api::Capabilities capabilities_;
    api::CodePreview preview_;
    bool hasPreview_ = false;
    /// Counts previews: an answer to an earlier text is not shown.
    int previewNumber_ = 0;
    bool busy_ = false;
    QString error_;
};

}  // namespace weft::viewmodels
