// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/changes/draft_desk.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// Adds members to a group in the draft; the mesh itself stays as it is. Thread: main.
class GroupDraft final : public QObject {
    Q_OBJECT

public:
    /// `desk` outlives this.
    explicit GroupDraft(DraftDesk& desk, QObject* parent = nullptr);

    void setPolicy(const std::shared_ptr<const api::PolicyState>& policy);
    /// The groups of the mesh with the draft on top, by name.
    const std::vector<std::string>& names() const { return names_; }
    /// Why none can be changed; empty when they can.
    QString hint() const;
    /// `done` or `failed` tells how it went.
    void add(const std::string& group, const std::vector<std::string>& members);

Q_SIGNALS:
    void changed();
    void done(const QString& text);
    void failed(const QString& text);

private:
    std::optional<api::Group> find(const std::string& name) const;
    void listNames();

    DraftDesk& desk_;
    std::shared_ptr<const api::PolicyState> policy_;
    std::vector<std::string> names_;
};

}  // namespace weft::viewmodels
