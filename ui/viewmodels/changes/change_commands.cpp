// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/change_commands.h"

#include "core/api/policy_words.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/command_line.h"

namespace weft::viewmodels {
namespace {

QString line(const QString& command, const api::ProfileId& profile) {
    return QStringLiteral("weftctl policy %1 --profile %2")
        .arg(command, shellWord(profile.value()));
}

QString withOption(const QString& command, const char* option, const QString& value) {
    return QStringLiteral("%1 --%2 %3").arg(command, QLatin1String(option), value);
}

}  // namespace

QString shellWord(const std::string& text) {
    return shellWord(QString::fromStdString(text));
}

std::string commandName(const api::ObjectRef& ref) {
    std::string name = std::string(api::wordFor(ref.kind)) + "/" + ref.name;
    return ref.target.empty() ? name : name + "/" + ref.target;
}

QString reviewCommand(const api::ProfileId& profile) {
    return line(QStringLiteral("review"), profile);
}

QString applyCommand(
    const api::ProfileId& profile, std::chrono::seconds revertAfter, const QString& note) {
    QString command = QStringLiteral("apply");
    if (revertAfter.count() > 0) {
        command =
            withOption(command, "auto-revert", QStringLiteral("%1s").arg(revertAfter.count()));
    }
    if (!note.isEmpty()) {
        command = withOption(command, "note", shellWord(bridge::toCore(note)));
    }
    return line(command, profile);
}

QString discardCommand(const api::ProfileId& profile, const std::vector<api::ObjectRef>& objects) {
    QString command = QStringLiteral("draft-discard");
    for (const api::ObjectRef& ref : objects) {
        command += QLatin1Char(' ') + shellWord(commandName(ref));
    }
    return line(command, profile);
}

QString rebaseCommand(const api::ProfileId& profile, const api::ObjectRef& object, bool mine) {
    return line(
        withOption(
            QStringLiteral("rebase"), mine ? "mine" : "theirs", shellWord(commandName(object))),
        profile);
}

QString undoCommand(
    const api::ProfileId& profile,
    std::uint64_t change,
    const std::vector<api::ObjectRef>& only,
    bool skipChanged) {
    QString command = QStringLiteral("undo %1").arg(change);
    for (const api::ObjectRef& ref : only) {
        command = withOption(command, "object", shellWord(commandName(ref)));
    }
    if (skipChanged) {
        command += QLatin1String(" --skip-changed");
    }
    return line(command, profile);
}

QString restoreCommand(const api::ProfileId& profile, std::uint64_t change, bool intoDraft) {
    QString command = QStringLiteral("restore %1").arg(change);
    if (intoDraft) {
        command += QLatin1String(" --draft");
    }
    return line(command, profile);
}

}  // namespace weft::viewmodels
