// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/access/test_editor.h"
#include "ui/viewmodels/access/tests_model.h"
#include "ui/viewmodels/changes/draft_desk.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace weft::viewmodels {

/// How the window stands to the mesh whose tests are shown.
struct TestsStanding {
    bool inMesh = false;
    /// Why this window may change nothing; empty when it may.
    QString locked;
    /// Connection::policyTests.
    std::optional<api::PolicyTestFigures> figures;

    friend bool operator==(const TestsStanding&, const TestsStanding&) = default;
};

/// The tests of who must reach whom that are kept with the shown mesh: read and run while somebody
/// looks, on the rules as they are and on the draft when there is one. Of answers that overtake
/// each other the newest question's count.
/// Thread: main.
class PolicyTestsViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// Whether the tests were read.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// False when the mesh or the daemon keeps no tests.
    Q_PROPERTY(bool available READ available NOTIFY changed)
    /// Why they could not be read or run; what was known stays.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(bool running READ running NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
    /// There is a draft, and so a second column.
    Q_PROPERTY(bool withDraft READ withDraft NOTIFY changed)
    /// "3 tests pass": on the rules as they are.
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QString draftSummary READ draftSummary NOTIFY changed)
    Q_PROPERTY(bool fails READ fails NOTIFY changed)
    Q_PROPERTY(bool draftFails READ draftFails NOTIFY changed)
    /// What the daemon found by itself; empty when it has not run them.
    Q_PROPERTY(QString figuresText READ figuresText NOTIFY changed)
    Q_PROPERTY(QString command READ command NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::TestsModel* tests READ tests CONSTANT)
    Q_PROPERTY(weft::viewmodels::TestEditor* editor READ editor CONSTANT)
    /// Of the test in the editor: the pairs that do not do what they must, and which rule decided.
    Q_PROPERTY(weft::viewmodels::NoteModel* reasons READ reasons CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* draftReasons READ draftReasons CONSTANT)

public:
    /// How long changes are collected before the tests run again.
    static constexpr std::chrono::milliseconds kPause{150};

    /// All outlive it.
    PolicyTestsViewModel(
        bridge::Bridge& bridge,
        DraftDesk& desk,
        const base::Clock& clock,
        QObject* parent = nullptr);

    bool known() const { return known_; }
    bool available() const { return available_; }
    QString errorText() const { return error_; }
    bool running() const { return waiting_ > 0 || pause_.isActive(); }
    int count() const { return static_cast<int>(kept_.tests.size()); }
    bool withDraft() const { return !draftResults_.empty(); }
    QString summary() const;
    QString draftSummary() const;
    bool fails() const;
    bool draftFails() const;
    QString figuresText() const;
    QString command() const;
    TestsModel* tests() { return &tests_; }
    TestEditor* editor() { return &editor_; }
    NoteModel* reasons() { return &reasons_; }
    NoteModel* draftReasons() { return &draftReasons_; }

    void setMesh(const api::ProfileId& profile);
    void setStanding(const TestsStanding& standing);
    void refreshAges();

    /// Somebody looks, or nobody does any more.
    Q_INVOKABLE void show(bool shown);
    /// Reads and runs them without waiting.
    Q_INVOKABLE void askNow();

Q_SIGNALS:
    void changed();
    void done(const QString& text);

private:
    using Results = std::vector<api::PolicyTestResult>;

    void touch();
    void follow();
    void clear();
    void takeKept(const StatusOr<api::KeptPolicyTests>& kept, std::uint64_t number);
    void takeWritten(const api::KeptPolicyTests& kept);
    void runAll(std::uint64_t number);
    void run(const api::PlanSubject& subject, std::uint64_t number, Results& results);
    void takeResults(const StatusOr<Results>& answer, Results& results);
    void showRows();
    /// Asks which rules decided about the test that is in the editor now.
    void takeEditor();
    void askReasons();
    void askReason(const api::PlanSubject& subject, const Results& results, NoteModel& notes);
    void askPair(
        const api::PlanSubject& subject,
        std::vector<api::NodePair> pairs,
        const std::vector<Note>& noted,
        NoteModel& notes);

    bridge::Bridge& bridge_;
    DraftDesk& desk_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    TestsStanding standing_;
    QTimer pause_;
    bool shown_ = false;
    /// Something changed that was not asked about.
    bool stale_ = true;
    bool known_ = false;
    bool available_ = true;
    QString error_;
    /// Of the last question, and answers that are on their way.
    std::uint64_t number_ = 0;
    int waiting_ = 0;
    std::uint64_t draftNumber_ = 0;
    api::KeptPolicyTests kept_;
    Results results_;
    Results draftResults_;
    TestsModel tests_;
    TestEditor editor_;
    /// The test that the reasons are about.
    QString reasonsOf_;
    std::uint64_t reasonsNumber_ = 0;
    NoteModel reasons_;
    NoteModel draftReasons_;
};

}  // namespace weft::viewmodels
