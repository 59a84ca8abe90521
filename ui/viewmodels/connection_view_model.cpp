// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/connection_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <utility>

namespace weft::viewmodels {
namespace {

using api::ConnectionState;

bool isInMesh(const api::Connection& connection) {
    return connection.state == ConnectionState::Connected
           || connection.state == ConnectionState::Degraded;
}

/// The name of a check; empty for one that this window does not know.
QString checkName(const std::string& id) {
    const auto is = [&id](const char* known) { return id == known; };
    if (is("leader")) {
        return ConnectionViewModel::tr("Leader");
    }
    if (is("address")) {
        return ConnectionViewModel::tr("Addresses");
    }
    if (is("state")) {
        return ConnectionViewModel::tr("State of the mesh");
    }
    if (is("certificate")) {
        return ConnectionViewModel::tr("Certificate");
    }
    if (is("routes")) {
        return ConnectionViewModel::tr("Routes");
    }
    if (is("tunnel")) {
        return ConnectionViewModel::tr("Tunnel");
    }
    if (is("handshake")) {
        return ConnectionViewModel::tr("Handshakes");
    }
    if (is("lockdown")) {
        return ConnectionViewModel::tr("Lockdown");
    }
    return is("dns") ? ConnectionViewModel::tr("Names") : QString();
}

/// What a check found, and how old that is: of what is well for how long, of all else since when.
QString withAge(const QString& found, const api::CheckItem& item, WallTime now) {
    if (!item.since) {
        return found;
    }
    const bool lasts = item.state == api::CheckState::Ok && item.id != "dns";
    const QString lasting = age(*item.since, now);
    if (lasts && lasting.isEmpty()) {
        return found;
    }
    const QString age =
        lasts ? ConnectionViewModel::tr("for %1").arg(lasting) : relativeTime(*item.since, now);
    return found.isEmpty() ? age : ConnectionViewModel::tr("%1 · %2").arg(found, age);
}

Note toNote(const api::CheckItem& item, WallTime now) {
    Note note;
    note.text = checkName(item.id);
    note.detail = bridge::shown(item.text);
    if (note.text.isEmpty()) {
        note.text.swap(note.detail);
    }
    note.detail = withAge(note.detail, item, now);
    switch (item.state) {
    case api::CheckState::Ok:
        note.tone = look::Tone::Ok;
        note.word = ConnectionViewModel::tr("Good");
        break;
    case api::CheckState::Warn:
        note.tone = look::Tone::Warn;
        note.word = ConnectionViewModel::tr("Warning");
        break;
    case api::CheckState::Failed:
        note.tone = look::Tone::Error;
        note.word = ConnectionViewModel::tr("Failed");
        break;
    case api::CheckState::Off:
        note.tone = look::Tone::Neutral;
        note.word = ConnectionViewModel::tr("Not in use");
        break;
    case api::CheckState::Pending:
        note.tone = look::Tone::Accent;
        note.word = ConnectionViewModel::tr("Pending");
        break;
    }
    return note;
}

Note toNote(const api::Problem& problem) {
    Note note{
        asSentence(bridge::shownLong(problem.text)),
        asSentence(bridge::shownLong(problem.remedy)),
        {},
        {}};
    switch (problem.severity) {
    case api::Severity::Info:
        note.tone = look::Tone::Accent;
        note.word = ConnectionViewModel::tr("Note");
        break;
    case api::Severity::Warn:
        note.tone = look::Tone::Warn;
        note.word = ConnectionViewModel::tr("Warning");
        break;
    case api::Severity::Error:
        note.tone = look::Tone::Error;
        note.word = ConnectionViewModel::tr("Error");
        break;
    }
    return note;
}

}  // namespace

std::vector<Note> checkNotes(const api::Connection& connection, WallTime now) {
    std::vector<Note> notes;
    notes.reserve(connection.checklist.size());
    for (const api::CheckItem& item : connection.checklist) {
        notes.push_back(toNote(item, now));
    }
    return notes;
}

std::vector<Note> problemNotes(const api::Connection& connection) {
    std::vector<Note> notes;
    notes.reserve(connection.problems.size());
    for (const api::Problem& problem : connection.problems) {
        notes.push_back(toNote(problem));
    }
    return notes;
}

ConnectionViewModel::ConnectionViewModel(
    Connector& connector, const base::Clock& clock, QObject* parent)
    : QObject(parent), connector_(connector), clock_(clock) {}

void ConnectionViewModel::setInput(MeshInput input) {
    const bool otherMesh =
        input.profile.has_value() != input_.profile.has_value()
        || (input.profile && input_.profile && input.profile->id != input_.profile->id);
    input_ = std::move(input);
    if (otherMesh) {
        setError({});
    }
    refresh();
}

api::ProfileId ConnectionViewModel::profileId() const {
    return input_.profile ? input_.profile->id : api::ProfileId{};
}

void ConnectionViewModel::refreshClock() {
    refresh();
}

void ConnectionViewModel::refresh() {
    const api::Connection* connection = input_.connection ? &*input_.connection : nullptr;
    ConnectionPresentation shown = present(
        {input_.link,
         input_.capabilities.grade,
         connection,
         clock_.wallNow(),
         input_.isSilent,
         input_.isDenied,
         input_.exitNode});
    MeshFacts facts = this->facts();
    if (shown != shown_ || facts != facts_) {
        shown_ = std::move(shown);
        facts_ = std::move(facts);
        Q_EMIT changed();
    }
    refreshNotes();
    QString running;
    if (facts_.inMesh && connection != nullptr && connection->since) {
        running = runningTime(std::chrono::duration_cast<std::chrono::seconds>(
            clock_.wallNow() - *connection->since));
    }
    if (running != running_) {
        running_ = std::move(running);
        Q_EMIT clockChanged();
    }
}

MeshFacts ConnectionViewModel::facts() const {
    MeshFacts facts;
    if (!input_.profile) {
        return facts;
    }
    facts.exists = true;
    facts.profileName = bridge::shown(input_.profile->name);
    facts.nodeId = bridge::shown(input_.profile->nodeId);
    facts.domain = domainText(input_.profile->meshDomain);
    facts.identity = bridge::shown(input_.profile->meshIdentity);
    facts.listenAddress = bridge::shown(input_.profile->listenAddress);
    if (input_.connection) {
        addConnectionFacts(facts, *input_.connection);
    }
    return facts;
}

void ConnectionViewModel::addConnectionFacts(
    MeshFacts& facts, const api::Connection& connection) const {
    const auto replace = [](QString& text, const std::string& better) {
        if (!better.empty()) {
            text = bridge::shown(better);
        }
    };
    replace(facts.nodeId, connection.nodeId);
    if (!connection.meshDomain.empty()) {
        facts.domain = domainText(connection.meshDomain);
    }
    replace(facts.identity, connection.meshIdentity);
    replace(facts.listenAddress, connection.listenAddress);
    facts.publicKey = bridge::shown(connection.publicKey);
    facts.addressIpv4 = withoutLength(connection.addressIpv4);
    facts.addressIpv6 = withoutLength(connection.addressIpv6);
    facts.networkIpv4 = bridge::shown(connection.networkIpv4);
    facts.networkIpv6 = bridge::shown(connection.networkIpv6);
    facts.interfaceText = connection.tunnel ? tr("%1, UDP port %2")
                                                  .arg(bridge::shown(connection.tunnel->name))
                                                  .arg(connection.tunnel->listenPort)
                                            : QString();
    facts.inMesh = input_.link == api::LinkState::Ready && isInMesh(connection);
    facts.stale = !facts.inMesh;
    facts.peerCount = static_cast<int>(connection.peerCount);
    if (facts.inMesh) {
        const auto problems = static_cast<int>(connection.problems.size());
        facts.quality = problems == 0 ? tr("Good") : tr("%n problem(s)", nullptr, problems);
    }
    if (connection.clusterStatus != api::ClusterStatus::Unknown) {
        facts.role = roleWord(connection.clusterStatus);
    }
    facts.leader = connection.clusterStatus == api::ClusterStatus::Leader
                       ? tr("This node")
                       : bridge::shown(connection.leader);
    if (connection.certificateExpiresAt) {
        const bool over = *connection.certificateExpiresAt <= clock_.wallNow();
        const QString when = relativeTime(*connection.certificateExpiresAt, clock_.wallNow());
        facts.certificate = over ? tr("Ended %1").arg(when) : tr("Ends %1").arg(when);
    }
    if (connection.state == ConnectionState::Connecting
        || connection.state == ConnectionState::Failed) {
        facts.stepNumber = static_cast<int>(connection.step.number);
        facts.stepCount = static_cast<int>(connection.step.count);
    }
    if (connection.failure) {
        facts.failureRemedy = bridge::shownLong(connection.failure->remedy);
    }
    if (!facts.inMesh) {
        facts.inviteHint = tr("Connect first: an invitation is made by the mesh.");
    } else if (!connection.weftMesh) {
        facts.inviteHint = tr("This mesh does not keep invitations.");
    } else if (!connection.isAdmin) {
        facts.inviteHint = tr("Only an administrator of the mesh can invite.");
    } else if (input_.capabilities.grade < api::Grade::Operate) {
        facts.inviteHint = tr("You can look, not change.");
    }
    facts.canInvite = facts.inviteHint.isEmpty();
}

void ConnectionViewModel::refreshNotes() {
    std::vector<Note> checks;
    std::vector<Note> problems;
    if (input_.connection && input_.link == api::LinkState::Ready) {
        checks = checkNotes(*input_.connection, clock_.wallNow());
        problems = problemNotes(*input_.connection);
    }
    checklist_.setNotes(std::move(checks));
    problems_.setNotes(std::move(problems));
}

void ConnectionViewModel::act() {
    if (busy_ || !input_.profile || !shown_.actionHint.isEmpty()) {
        return;
    }
    const api::ProfileId id = input_.profile->id;
    switch (shown_.action) {
    case look::Action::Connect:
    case look::Action::Retry:
        begin();
        connector_.connectProfile(
            id, this, [this](const Status& status) { finish(tr("Connecting failed"), status); });
        break;
    case look::Action::Disconnect:
    case look::Action::Cancel:
        begin();
        connector_.disconnectProfile(
            id, this, [this](const Status& status) { finish(tr("Disconnecting failed"), status); });
        break;
    case look::Action::NoAction:
        break;
    }
}

void ConnectionViewModel::dismissError() {
    setError({});
}

void ConnectionViewModel::begin() {
    setError({});
    busy_ = true;
    Q_EMIT busyChanged();
}

void ConnectionViewModel::finish(const QString& what, const Status& status) {
    busy_ = false;
    Q_EMIT busyChanged();
    if (!status.ok() && status.code() != StatusCode::kCancelled) {
        setError(errorSentence(what, status));
    }
}

void ConnectionViewModel::setError(const QString& error) {
    if (error != error_) {
        error_ = error;
        Q_EMIT errorTextChanged();
    }
}

}  // namespace weft::viewmodels
