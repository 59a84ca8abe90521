// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/changes/draft_desk.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace weft::viewmodels {

/// Takes back what this window did to the rules, the last first. Only what is still as this window
/// left it: what others did since is never undone.
/// Thread: main.
class EditUndo final : public QObject {
    Q_OBJECT

public:
    /// What was put into the draft for one object.
    struct Drafted {
        /// The edit that the draft had before.
        std::optional<api::PolicyEdit> previous{};
        api::PolicyEdit edit;
    };
    /// What was written to the mesh.
    struct Saved {
        api::PolicyEdit edit;
    };

    /// The last so many can be taken back.
    static constexpr std::size_t kMost = 50;
    /// How far the history is looked through for a change.
    static constexpr std::uint32_t kDepth = 20;

    /// `desk` outlives this.
    EditUndo(bridge::Bridge& bridge, DraftDesk& desk, QObject* parent = nullptr);

    void setMesh(const api::ProfileId& profile);
    void note(const std::vector<Drafted>& edits);
    void note(const Saved& saved);
    bool isEmpty() const { return steps_.empty(); }
    std::size_t count() const { return steps_.size(); }
    void undo();

Q_SIGNALS:
    /// What was taken back, or why nothing was.
    void done(const QString& text);

private:
    using Step = std::variant<std::vector<Drafted>, Saved>;

    void push(Step step);
    void undoDraft(const std::vector<Drafted>& edits);
    /// Those that the draft did not have before go, the others become what they were.
    void restoreDraft(const std::vector<Drafted>& edits, const QString& what);
    void undoSave(const Saved& saved);
    void takeHistory(const Saved& saved, const StatusOr<std::vector<api::Change>>& changes);
    void revert(const Saved& saved, std::uint64_t change);
    void applyInverse(const Saved& saved);
    void finish(const Saved& saved, const Status& status);

    bridge::Bridge& bridge_;
    DraftDesk& desk_;
    api::ProfileId profile_;
    std::vector<Step> steps_;
    bool busy_ = false;
    std::uint64_t session_ = 0;
};

}  // namespace weft::viewmodels
