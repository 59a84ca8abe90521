// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/test_editor.h"

#include "core/net/ip_prefix.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_model.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/access/test_words.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

constexpr int kEither = 0;
constexpr int kIpv4 = 1;
constexpr int kIpv6 = 2;

std::optional<api::AddressFamily> familyAt(int choice) {
    switch (choice) {
    case kIpv4:
        return api::AddressFamily::Ipv4;
    case kIpv6:
        return api::AddressFamily::Ipv6;
    default:
        return std::nullopt;
    }
}

int choiceOf(const std::optional<api::AddressFamily>& family) {
    return !family ? kEither : *family == api::AddressFamily::Ipv4 ? kIpv4 : kIpv6;
}

}  // namespace

TestEditor::TestEditor(bridge::Bridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {}

QString TestEditor::key() const {
    return original_ ? toPolicyKey({api::PolicyKind::NetworkAcl, original_->name, {}}) : QString();
}

QString TestEditor::heading() const {
    return original_ ? bridge::shown(original_->name) : tr("New test");
}

template <typename Field>
void TestEditor::set(Field& field, const Field& value) {
    if (value != field) {
        field = value;
        edited();
    }
}

void TestEditor::setName(const QString& name) {
    set(name_, name);
}

void TestEditor::setMustReach(bool must) {
    set(mustReach_, must);
}

void TestEditor::setFrom(const QString& from) {
    set(from_, from);
}

void TestEditor::setTo(const QString& to) {
    set(to_, to);
}

void TestEditor::setFamily(int family) {
    set(family_, family);
}

void TestEditor::setNetwork(const QString& network) {
    set(network_, network);
}

api::PolicyTest TestEditor::build() const {
    api::PolicyTest test;
    test.name = name_.trimmed().toStdString();
    test.mustReach = mustReach_;
    test.from = from_.trimmed().toStdString();
    test.to = to_.trimmed().toStdString();
    test.family = familyAt(family_);
    test.network = network_.trimmed().toStdString();
    return test;
}

void TestEditor::load(const std::optional<api::PolicyTest>& test) {
    const api::PolicyTest shown = test.value_or(api::PolicyTest{});
    name_ = QString::fromStdString(shown.name);
    mustReach_ = shown.mustReach;
    from_ = QString::fromStdString(shown.from);
    to_ = QString::fromStdString(shown.to);
    family_ = choiceOf(shown.family);
    network_ = QString::fromStdString(shown.network);
}

QString TestEditor::sentence() const {
    const api::PolicyTest test = build();
    const bool whole = !test.from.empty() && (!test.to.empty() || !test.network.empty());
    return whole ? asSentence(sentenceOf(test)) : QString();
}

bool TestEditor::dirty() const {
    return open_ && build() != original_.value_or(api::PolicyTest{});
}

QVariantMap TestEditor::problems() const {
    QVariantMap problems;
    const auto note = [&problems](const char* field, const QString& problem) {
        if (!problem.isEmpty()) {
            problems.insert(QLatin1String(field), problem);
        }
    };
    const api::PolicyTest test = build();
    if (attempted_ || !test.name.empty()) {
        note("name", nameProblem(name_.trimmed()));
    }
    const bool renamed = !original_ || original_->name != test.name;
    if (renamed && !test.name.empty() && keptTest(test.name) != nullptr && !conflict_) {
        note("name", tr("There is a test of that name already."));
    }
    if (!from_.trimmed().isEmpty()) {
        note("from", nodeEntryProblem(from_.trimmed()));
    } else if (attempted_) {
        note("from", tr("Say who: a member, a group, or everybody."));
    }
    if (!to_.trimmed().isEmpty()) {
        note("to", nodeEntryProblem(to_.trimmed()));
    } else if (attempted_ && test.network.empty()) {
        note("to", tr("Say whom: a member, a group, everybody, or a network below."));
    }
    if (!test.network.empty()) {
        note("network", networkProblem(network_.trimmed()));
        const auto network = net::IpPrefix::parse(test.network);
        const bool isIpv4 = network.ok() && network->family() == net::Family::V4;
        if (network.ok() && test.family && isIpv4 != (*test.family == api::AddressFamily::Ipv4)) {
            note("network", tr("It is not of the addresses chosen above."));
        }
    }
    if (!original_ && kept_.tests.size() >= kMostTests) {
        note("name", tr("A mesh keeps at most %1 tests. Delete one first.").arg(kMostTests));
    }
    return problems;
}

const api::PolicyTest* TestEditor::keptTest(const std::string& name) const {
    const auto found = std::ranges::find(kept_.tests, name, &api::PolicyTest::name);
    return found == kept_.tests.end() ? nullptr : &*found;
}

bool TestEditor::isUntouched() const {
    if (!original_) {
        return keptTest(build().name) == nullptr;
    }
    const api::PolicyTest* now = keptTest(original_->name);
    return now != nullptr && *now == *original_;
}

QString TestEditor::conflictText() const {
    if (!conflict_) {
        return {};
    }
    if (!original_) {
        return tr("Somebody made a test of that name meanwhile. Choose another name, or write "
                  "yours over it.");
    }
    return keptTest(original_->name) == nullptr
               ? tr("Somebody deleted it meanwhile. Write yours to keep it again.")
               : tr(
                   "Somebody changed it meanwhile. What you typed is kept; choose which one holds.");
}

QString TestEditor::conflictDetail() const {
    const api::PolicyTest mine = build();
    const api::PolicyTest* theirs =
        conflict_ ? keptTest(original_ ? original_->name : mine.name) : nullptr;
    return theirs == nullptr ? QString() : differences(mine, *theirs).join(u'\n');
}

void TestEditor::openKey(const QString& key) {
    const std::string name = fromPolicyKey(api::PolicyKind::NetworkAcl, key).name;
    if (const api::PolicyTest* test = keptTest(name); test != nullptr) {
        show(*test);
    }
}

void TestEditor::openNew() {
    show(std::nullopt);
}

void TestEditor::show(const std::optional<api::PolicyTest>& test) {
    ++session_;
    open_ = true;
    busy_ = false;
    attempted_ = false;
    conflict_ = false;
    error_.clear();
    original_ = test;
    load(test);
    Q_EMIT changed();
}

void TestEditor::close() {
    ++session_;
    open_ = false;
    busy_ = false;
    conflict_ = false;
    original_.reset();
    error_.clear();
    load(std::nullopt);
    Q_EMIT changed();
}

void TestEditor::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        kept_ = {};
        close();
    }
}

void TestEditor::setLocked(const QString& why) {
    if (why != locked_) {
        locked_ = why;
        Q_EMIT changed();
    }
}

void TestEditor::setKept(const api::KeptPolicyTests& kept) {
    const bool wasDirty = dirty();
    kept_ = kept;
    if (open_ && original_ && !busy_) {
        const api::PolicyTest* now = keptTest(original_->name);
        if (isUntouched()) {
            conflict_ = false;
        } else if (wasDirty || now == nullptr) {
            conflict_ = true;
        } else {
            show(*now);
            return;
        }
    }
    Q_EMIT changed();
}

void TestEditor::edited() {
    error_.clear();
    // Another name is another test: the clash is over.
    if (isNew()) {
        conflict_ = false;
    }
    Q_EMIT changed();
}

void TestEditor::setError(const QString& error) {
    error_ = error;
    Q_EMIT changed();
}

void TestEditor::save() {
    if (!open_ || busy_ || conflict_ || !locked_.isEmpty()) {
        return;
    }
    attempted_ = true;
    if (!problems().isEmpty()) {
        Q_EMIT changed();
        return;
    }
    write(build(), 1);
}

void TestEditor::remove() {
    if (original_ && !busy_ && locked_.isEmpty()) {
        write(std::nullopt, 1);
    }
}

void TestEditor::writeMine() {
    attempted_ = true;
    if (!conflict_ || busy_ || !locked_.isEmpty() || !problems().isEmpty()) {
        Q_EMIT changed();
        return;
    }
    const api::PolicyTest mine = build();
    const api::PolicyTest* theirs = keptTest(original_ ? original_->name : mine.name);
    // From here on theirs is what is written over; nothing when it is gone.
    original_ = theirs == nullptr ? std::nullopt : std::optional(*theirs);
    write(mine, 1);
}

void TestEditor::takeTheirs() {
    if (!conflict_) {
        return;
    }
    const api::PolicyTest* theirs = keptTest(original_ ? original_->name : build().name);
    if (theirs == nullptr) {
        close();
    } else {
        show(*theirs);
    }
}

std::vector<api::PolicyTest> TestEditor::listWith(
    const std::optional<api::PolicyTest>& wanted) const {
    std::vector<api::PolicyTest> list = kept_.tests;
    const auto place =
        original_ ? std::ranges::find(list, original_->name, &api::PolicyTest::name) : list.end();
    if (wanted && place != list.end()) {
        *place = *wanted;
    } else if (wanted) {
        list.push_back(*wanted);
    } else if (place != list.end()) {
        list.erase(place);
    }
    return list;
}

void TestEditor::write(const std::optional<api::PolicyTest>& wanted, int attempt) {
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    const std::vector<api::PolicyTest> list = listWith(wanted);
    const auto finish =
        [this, wanted, list, attempt, session = session_](const StatusOr<std::uint64_t>& revision) {
            if (session != session_) {
                return;
            }
            if (revision.ok()) {
                takeWritten(wanted, list, *revision);
            } else if (revision.status().code() == StatusCode::kAborted) {
                readAgain(wanted, attempt);
            } else {
                busy_ = false;
                setError(
                    wanted ? errorSentence(
                        tr("It is not saved; what you typed is kept"), revision.status())
                           : errorSentence(tr("It is not deleted"), revision.status()));
            }
        };
    bridge_.controller().changes().putPolicyTests(
        profile_, list, kept_.revision, bridge_.deliver<std::uint64_t>(this, finish));
}

void TestEditor::takeWritten(
    const std::optional<api::PolicyTest>& wanted,
    const std::vector<api::PolicyTest>& list,
    std::uint64_t revision) {
    const QString gone = heading();
    kept_ = {list, revision};
    if (wanted) {
        show(*wanted);
        Q_EMIT done(tr("%1 is saved").arg(heading()));
    } else {
        close();
        Q_EMIT done(tr("%1 is deleted").arg(gone));
    }
    Q_EMIT written(kept_);
}

void TestEditor::readAgain(const std::optional<api::PolicyTest>& wanted, int attempt) {
    const auto finish = [this, wanted, attempt, session = session_](
                            const StatusOr<api::KeptPolicyTests>& kept) {
        if (session != session_) {
            return;
        }
        busy_ = false;
        if (!kept.ok()) {
            setError(errorSentence(tr("It is not saved; what you typed is kept"), kept.status()));
            return;
        }
        kept_ = *kept;
        Q_EMIT written(kept_);
        if (session != session_) {
            return;
        }
        if (!isUntouched()) {
            conflict_ = true;
            Q_EMIT changed();
        } else if (attempt < kMostAttempts) {
            write(wanted, attempt + 1);
        } else {
            setError(tr("Others change the tests just now. What you typed is kept: save it once "
                        "more."));
        }
    };
    bridge_.controller().changes().policyTests(
        profile_, bridge_.deliver<api::KeptPolicyTests>(this, finish));
}

}  // namespace weft::viewmodels
