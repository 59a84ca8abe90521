// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bridge/bridge.h"
#include "ui/viewmodels/routes_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <cstdint>
#include <vector>

namespace weft::viewmodels {

/// What this computer reaches through the mesh, what others offer to it, its answers to them, and
/// what it offers itself.
/// Thread: main.
class RoutesViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// Whether the routes were read.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// An answer is on its way.
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// The route that it is about.
    Q_PROPERTY(QString busyKey READ busyKey NOTIFY changed)
    /// Why the routes could not be read.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    /// Why the last answer was not taken; it can be given again.
    Q_PROPERTY(QString answerError READ answerError NOTIFY changed)
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY changed)
    /// How many wait for an answer.
    Q_PROPERTY(int asked READ asked NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::RoutesModel* inUse READ inUse CONSTANT)
    Q_PROPERTY(weft::viewmodels::RoutesModel* offered READ offered CONSTANT)
    Q_PROPERTY(weft::viewmodels::RoutesModel* refused READ refused CONSTANT)
    Q_PROPERTY(weft::viewmodels::RoutesModel* own READ own CONSTANT)

public:
    explicit RoutesViewModel(bridge::Bridge& bridge, QObject* parent = nullptr);

    bool known() const { return known_; }
    bool busy() const { return !last_.key.isEmpty() && answering_; }
    QString busyKey() const { return answering_ ? last_.key : QString(); }
    QString errorText() const { return error_; }
    QString answerError() const { return answerError_; }
    QString searchText() const { return search_; }
    void setSearchText(const QString& text);
    int asked() const { return asked_; }
    RoutesModel* inUse() { return &inUse_; }
    RoutesModel* offered() { return &offered_; }
    RoutesModel* refused() { return &refused_; }
    RoutesModel* own() { return &own_; }

    void setMesh(const api::ProfileId& profile);
    /// Something of the mesh has changed: what is shown is read anew, while `readable`.
    void follow(bool readable);

    /// Somebody looks, or nobody does any more.
    Q_INVOKABLE void show(bool shown);
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void accept(const QString& routeKey);
    /// With `fromAll`, whoever offers it, now and later.
    Q_INVOKABLE void refuse(const QString& routeKey, bool fromAll = false);
    /// As if nothing had been said.
    Q_INVOKABLE void forget(const QString& routeKey);
    /// Says once more what was not taken.
    Q_INVOKABLE void answerAgain();
    Q_INVOKABLE void dismissAnswerError();

Q_SIGNALS:
    void changed();
    void done(const QString& text);

private:
    struct Said {
        QString key;
        api::RouteAnswer answer = api::RouteAnswer::Forget;
        bool toAll = false;
    };

    void ask();
    void take(const StatusOr<std::vector<api::MeshRoute>>& routes);
    /// Fills the parts with those that the search leaves.
    void sort();
    void say(const Said& said);
    void send(const Said& said);
    void finish(const Said& said, const Status& status);

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    std::vector<api::MeshRoute> routes_;
    RoutesModel inUse_;
    RoutesModel offered_;
    RoutesModel refused_;
    RoutesModel own_;
    /// Tells answers about what is shown now from older ones.
    std::uint64_t number_ = 0;
    bool shown_ = false;
    bool readable_ = false;
    bool known_ = false;
    bool asking_ = false;
    /// Something changed while it was being asked.
    bool again_ = false;
    bool answering_ = false;
    Said last_;
    int asked_ = 0;
    QString search_;
    QString error_;
    QString answerError_;
};

}  // namespace weft::viewmodels
