// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/changes/lint_model.h"
#include "ui/viewmodels/note_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <vector>

namespace weft::viewmodels {

/// What the draft of the shown mesh would do: asked anew when the draft or the mesh changes, after
/// a moment without further changes, and only while somebody looks. Of answers that overtake each
/// other the newest question's count.
/// Thread: main.
class DraftReview final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChangesViewModel")
    /// A question waits or is on its way; what is shown may be out of date.
    Q_PROPERTY(bool running READ running NOTIFY changed)
    /// Whether something is shown.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// Why the draft could not be looked at.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString pairSummary READ pairSummary NOTIFY changed)
    Q_PROPERTY(QString routeSummary READ routeSummary NOTIFY changed)
    Q_PROPERTY(QString lintSummary READ lintSummary NOTIFY changed)
    Q_PROPERTY(QString testSummary READ testSummary NOTIFY changed)
    Q_PROPERTY(bool testsFail READ testsFail NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::NoteModel* warnings READ warnings CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* pairs READ pairs CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* routes READ routes CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* nodes READ nodes CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* access READ access CONSTANT)
    Q_PROPERTY(weft::viewmodels::NoteModel* tests READ tests CONSTANT)
    Q_PROPERTY(weft::viewmodels::LintModel* lint READ lint CONSTANT)

public:
    /// How long changes are collected before they are asked about.
    static constexpr std::chrono::milliseconds kPause{150};

    explicit DraftReview(bridge::Bridge& bridge, QObject* parent = nullptr);

    bool running() const { return waiting_ > 0 || pause_.isActive(); }
    bool known() const { return known_; }
    QString errorText() const { return error_; }
    QString pairSummary() const { return pairSummary_; }
    QString routeSummary() const { return routeSummary_; }
    QString lintSummary() const { return lintSummary_; }
    QString testSummary() const { return testSummary_; }
    bool testsFail() const { return testsFail_; }
    NoteModel* warnings() { return &warnings_; }
    NoteModel* pairs() { return &pairs_; }
    NoteModel* routes() { return &routes_; }
    NoteModel* nodes() { return &nodes_; }
    NoteModel* access() { return &access_; }
    NoteModel* tests() { return &tests_; }
    LintModel* lint() { return &lint_; }
    /// What the review found that does not go together.
    const std::vector<api::PlanConflict>& conflicts() const { return conflicts_; }

    void setMesh(const api::ProfileId& profile);
    /// Whether somebody looks, and whether there is anything to look at.
    void follow(bool wanted);
    /// The draft or the mesh has changed.
    void touch();
    /// Asks without waiting.
    Q_INVOKABLE void askNow();

Q_SIGNALS:
    void changed();

private:
    void clear();
    void takeReview(const StatusOr<api::PlanReview>& review);
    void takeLint(const StatusOr<api::LintReport>& report);
    void takeTests(const StatusOr<std::vector<api::PolicyTestResult>>& results);
    void askTests(std::uint64_t number);
    /// One answer of question `number` has come: whether it still counts.
    bool arrived(std::uint64_t number);

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    QTimer pause_;
    bool wanted_ = false;
    /// Something changed that was not asked about.
    bool stale_ = true;
    std::uint64_t number_ = 0;
    /// Answers that are on their way.
    int waiting_ = 0;
    bool known_ = false;
    bool testsFail_ = false;
    QString error_;
    QString pairSummary_;
    QString routeSummary_;
    QString lintSummary_;
    QString testSummary_;
    std::vector<api::PlanConflict> conflicts_;
    NoteModel warnings_;
    NoteModel pairs_;
    NoteModel routes_;
    NoteModel nodes_;
    NoteModel access_;
    NoteModel tests_;
    LintModel lint_;
};

}  // namespace weft::viewmodels
