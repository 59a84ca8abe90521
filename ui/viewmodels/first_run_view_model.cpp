// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/first_run_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QPointer>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

/// RFC 1035 section 2.3.4.
constexpr qsizetype kLabelCharacters = 63;
constexpr qsizetype kDomainCharacters = 253;
/// Longer than every code; what is pasted by mistake may be a whole file.
constexpr qsizetype kCodeCharacters = 4000;
/// As much of a file or of the clipboard is looked at.
constexpr qsizetype kFileCharacters = 65536;

bool isLabel(const QString& label) {
    const auto plain = [](QChar c) {
        return (c >= QLatin1Char('a') && c <= QLatin1Char('z'))
               || (c >= QLatin1Char('A') && c <= QLatin1Char('Z'))
               || (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('-');
    };
    return !label.isEmpty() && label.size() <= kLabelCharacters && std::ranges::all_of(label, plain)
           && !label.startsWith(QLatin1Char('-')) && !label.endsWith(QLatin1Char('-'));
}

/// How every code begins; what stands around it in a mail does no harm.
const QRegularExpression& codePattern() {
    static const QRegularExpression pattern(QStringLiteral("\\bweft1-[A-Za-z0-9_-]+"));
    return pattern;
}

}  // namespace

FirstRunViewModel::FirstRunViewModel(
    bridge::Bridge& bridge, CoreChoice* core, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), core_(core), clock_(clock) {}

void FirstRunViewModel::setDaemon(api::LinkState link, const api::Capabilities& capabilities) {
    link_ = link;
    capabilities_ = capabilities;
    Q_EMIT suggestionsChanged();
}

QString FirstRunViewModel::suggestedNodeId() const {
    return bridge::shown(capabilities_.defaultNodeId);
}

QString FirstRunViewModel::suggestedDomain() const {
    return QStringLiteral("home.internal");
}

QString FirstRunViewModel::unavailableText() const {
    if (link_ != api::LinkState::Ready) {
        return tr("The background service does not answer yet.");
    }
    if (!capabilities_.hasLocalApi) {
        return tr("The service that runs here is another implementation: Weft can show its state, "
                  "but not make or join meshes with it.");
    }
    if (capabilities_.grade < api::Grade::Operate) {
        return tr("You can look, not change: this account is not in the group weft.");
    }
    return {};
}

QString FirstRunViewModel::currentCore() const {
    return core_ == nullptr ? QString() : core_->currentText();
}

QStringList FirstRunViewModel::foundSockets() const {
    return core_ == nullptr ? QStringList() : core_->foundSockets();
}

QString FirstRunViewModel::previewAddresses() const {
    QStringList addresses;
    for (const std::string& address : preview_.addresses) {
        addresses.append(bridge::shown(address));
    }
    return addresses.join(QLatin1Char('\n'));
}

QString FirstRunViewModel::previewFingerprint() const {
    return inGroups(bridge::shown(preview_.authorityFingerprint));
}

QString FirstRunViewModel::previewExpiry() const {
    if (!preview_.expiresAt) {
        return {};
    }
    const QString when = relativeTime(*preview_.expiresAt, clock_.wallNow());
    return preview_.expired ? tr("Ended %1. Ask for a new code.").arg(when)
                            : tr("Ends %1").arg(when);
}

QString FirstRunViewModel::domainProblem(const QString& domain) const {
    const QString text = domain.trimmed();
    if (text.isEmpty()) {
        return tr("A mesh needs a domain, such as home.internal.");
    }
    const QStringList labels = text.split(QLatin1Char('.'));
    if (text.size() > kDomainCharacters || !std::ranges::all_of(labels, isLabel)) {
        return tr("A domain is made of letters, digits and hyphens, with dots between.");
    }
    return {};
}

QString FirstRunViewModel::nodeIdProblem(const QString& nodeId) const {
    const QString text = nodeId.trimmed();
    if (text.isEmpty() || isLabel(text)) {
        return {};
    }
    return tr("A name is made of letters, digits and hyphens, at most 63.");
}

void FirstRunViewModel::createMesh(
    const QString& name, const QString& domain, const QString& nodeId, bool defaultDeny) {
    if (busy_) {
        return;
    }
    const QString problem =
        domainProblem(domain).isEmpty() ? nodeIdProblem(nodeId) : domainProblem(domain);
    if (!problem.isEmpty()) {
        setError(problem);
        return;
    }
    begin();
    api::CreateMeshParams params;
    params.name = bridge::toCore(name.trimmed());
    params.domain = bridge::toCore(domain.trimmed().toLower());
    params.nodeId = bridge::toCore(nodeId.trimmed());
    params.defaultDeny = defaultDeny;
    const auto done = [this](const StatusOr<api::Profile>& result) {
        finish(tr("The mesh could not be created"), result);
    };
    bridge_.controller().createMesh(params, bridge_.deliver<api::Profile>(this, done));
}

void FirstRunViewModel::preview(const QString& code) {
    const int number = ++previewNumber_;
    const QString text = code.trimmed().left(kCodeCharacters);
    setPreview(false, {});
    setError({});
    if (text.isEmpty()) {
        return;
    }
    const auto done = [this, number](const StatusOr<api::CodePreview>& result) {
        if (number != previewNumber_) {
            return;
        }
        if (result.ok()) {
            setPreview(true, *result);
        } else {
            setError(errorSentence(tr("The code cannot be read"), result.status()));
        }
    };
    bridge_.controller().previewCode(
        bridge::toCore(text), bridge_.deliver<api::CodePreview>(this, done));
}

QString FirstRunViewModel::clipboardCode() {
    return codeIn(
        QGuiApplication::clipboard()->text().left(kFileCharacters),
        tr("The clipboard holds no invitation code: copy it first."));
}

QString FirstRunViewModel::codeInFile(const QString& path) {
    QString name = path.trimmed();
    if (name.startsWith(QLatin1String("file:"))) {
        name = QUrl(name).toLocalFile();
    } else if (name.startsWith(QLatin1String("~/"))) {
        name = QDir::homePath() + name.mid(1);
    }
    if (!QFileInfo(name).isFile()) {
        setError(tr("There is no such file: %1").arg(bridge::shown(bridge::toCore(name))));
        return {};
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        setError(tr("The file cannot be read: %1").arg(file.errorString()));
        return {};
    }
    return codeIn(
        QString::fromUtf8(file.read(kFileCharacters)), tr("The file holds no invitation code."));
}

QString FirstRunViewModel::codeIn(const QString& text, const QString& otherwise) {
    QString code = codePattern().match(text).captured();
    setError(code.isEmpty() ? otherwise : QString());
    return code;
}

void FirstRunViewModel::join(const QString& code, const QString& nodeId) {
    if (busy_) {
        return;
    }
    const QString problem = nodeIdProblem(nodeId);
    if (!problem.isEmpty()) {
        setError(problem);
        return;
    }
    begin();
    api::JoinWithCodeParams params;
    params.code = bridge::toCore(code.trimmed().left(kCodeCharacters));
    params.nodeId = bridge::toCore(nodeId.trimmed());
    const auto done = [this](const StatusOr<api::Profile>& result) {
        finish(tr("Joining failed"), result);
    };
    bridge_.controller().joinWithCode(params, bridge_.deliver<api::Profile>(this, done));
}

void FirstRunViewModel::attach(const QString& path) {
    if (busy_ || core_ == nullptr) {
        return;
    }
    begin();
    core_->attach(path.trimmed(), [guard = QPointer(this)](const Status& status) {
        if (guard) {
            guard->finishSwitch(status);
        }
    });
}

void FirstRunViewModel::embedCore() {
    if (busy_ || core_ == nullptr) {
        return;
    }
    begin();
    core_->embed([guard = QPointer(this)](const Status& status) {
        if (guard) {
            guard->finishSwitch(status);
        }
    });
}

void FirstRunViewModel::openSandbox() {
    if (!busy_ && canExplore()) {
        core_->openSandbox();
    }
}

void FirstRunViewModel::leaveSandbox() {
    if (sandbox()) {
        core_->leaveSandbox();
    }
}

void FirstRunViewModel::lookForSockets() {
    Q_EMIT foundSocketsChanged();
}

void FirstRunViewModel::reset() {
    ++previewNumber_;
    setPreview(false, {});
    setError({});
}

void FirstRunViewModel::begin() {
    setError({});
    busy_ = true;
    Q_EMIT busyChanged();
}

void FirstRunViewModel::finish(const QString& what, const StatusOr<api::Profile>& result) {
    busy_ = false;
    Q_EMIT busyChanged();
    if (result.ok()) {
        reset();
        Q_EMIT finished(QString::fromStdString(result->id.value()));
    } else if (result.status().code() != StatusCode::kCancelled) {
        setError(errorSentence(what, result.status()));
    }
}

void FirstRunViewModel::finishSwitch(const Status& status) {
    busy_ = false;
    Q_EMIT busyChanged();
    if (!status.ok()) {
        setError(errorSentence(tr("Attaching failed"), status));
    }
}

void FirstRunViewModel::setError(const QString& error) {
    if (error != error_) {
        error_ = error;
        Q_EMIT errorTextChanged();
    }
}

void FirstRunViewModel::setPreview(bool has, const api::CodePreview& preview) {
    if (has || hasPreview_) {
        hasPreview_ = has;
        preview_ = preview;
        Q_EMIT previewChanged();
    }
}

}  // namespace weft::viewmodels
