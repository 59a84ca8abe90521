// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/change_words.h"

#include "ui/bridge/policy_json.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"

#include <QCoreApplication>
#include <QVariantMap>

#include <algorithm>
#include <limits>

namespace weft::viewmodels {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(History)
};

/// How it is known who it was; empty when nothing proved it.
QString proofText(const std::string& proof) {
    if (proof == "certificate") {
        return Words::tr("a certificate");
    }
    if (proof == "password") {
        return Words::tr("a password");
    }
    if (proof == "mesh-address") {
        return Words::tr("an address of the mesh");
    }
    if (proof == "carried-address") {
        return Words::tr("an address that was passed on");
    }
    if (proof == "process") {
        return Words::tr("being the node itself");
    }
    return proof == "none" ? QString() : bridge::shown(proof);
}

}  // namespace

QString verbText(const api::Change& change) {
    if (change.verb == "put") {
        return Words::tr("Saved");
    }
    if (change.verb == "delete") {
        return Words::tr("Deleted");
    }
    if (change.verb == "remove") {
        return Words::tr("Member removed");
    }
    if (change.verb == "apply") {
        return Words::tr("Applied");
    }
    if (change.verb == "revert") {
        return Words::tr("Took back");
    }
    if (change.verb == "auto-revert") {
        return Words::tr("Taken back by itself");
    }
    return bridge::shown(change.verb);
}

QString authorText(const api::Change& change) {
    QString text = change.who.empty() ? Words::tr("Nobody known") : bridge::shown(change.who);
    if (const QString proof = proofText(change.proof); !proof.isEmpty()) {
        text = Words::tr("%1, known by %2", "who, the proof").arg(text, proof);
    }
    if (!change.source.empty()) {
        text = Words::tr("%1, from %2", "who, the address").arg(text, bridge::shown(change.source));
    }
    if (!change.proxiedBy.empty()) {
        text = Words::tr("%1, passed on by %2", "who, a member")
                   .arg(text, bridge::shown(change.proxiedBy));
    }
    return text;
}

QString objectsText(const api::Change& change) {
    if (change.objects.size() == 1) {
        return objectText(change.objects.front().ref);
    }
    constexpr std::size_t kMost = std::numeric_limits<int>::max();
    return Words::tr(
        "%n object(s)", nullptr, static_cast<int>(std::min(change.objects.size(), kMost)));
}

QString changeSummary(const api::Change& change) {
    const QString what = change.note.empty() ? objectsText(change) : bridge::shown(change.note);
    return Words::tr("%1 by %2: %3", "what was done, by whom, to what")
        .arg(
            verbText(change),
            change.who.empty() ? Words::tr("nobody known") : bridge::shown(change.who),
            what);
}

QVariantList objectChanges(const api::Change& change) {
    QVariantList all;
    for (const api::ChangedObject& object : change.objects) {
        const bool before = !object.before.empty();
        const bool after = !object.after.empty();
        all.append(QVariantMap{
            {QStringLiteral("key"), toObjectKey(object.ref)},
            {QStringLiteral("title"), objectText(object.ref)},
            {QStringLiteral("word"), editWord(before, after)},
            {QStringLiteral("tone"), QVariant::fromValue(editTone(before, after))},
            {QStringLiteral("fields"),
             fieldChanges(
                 bridge::policyObjectOf(object.ref.kind, object.before),
                 bridge::policyObjectOf(object.ref.kind, object.after))}});
    }
    return all;
}

}  // namespace weft::viewmodels
