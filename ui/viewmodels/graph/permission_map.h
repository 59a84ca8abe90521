// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"
#include "ui/bridge/bridge.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// Who may reach whom by the rules, as the daemon judges it.
///
/// All pairs come from one question: what would change if there were no access rule (a review of
/// the rules with all of them taken away). Where its answer does not list them all, or there is
/// none, each other member is asked about for the one that is chosen. Thread: main.
class PermissionMap final : public QObject {
    Q_OBJECT

public:
    /// Above so many members only the pairs of the chosen one are asked for.
    static constexpr std::size_t kMostForAll = 300;
    /// As many answers are waited for at once, when members are asked about one by one.
    static constexpr std::size_t kAtOnce = 8;

    struct Pair {
        std::string left;
        std::string right;
        /// From left to right, and back.
        bool forward = false;
        bool backward = false;

        friend bool operator==(const Pair&, const Pair&) = default;
    };

    explicit PermissionMap(bridge::Bridge& bridge, QObject* parent = nullptr);

    void setMesh(const api::ProfileId& profile);
    /// What the mesh has; null: it is not known. What was found by other rules is asked for again.
    void setPolicy(std::shared_ptr<const api::PolicyState> policy);
    /// Asks for what is missing. `chosen` may be empty. Nothing is asked while not `wanted`.
    void want(bool wanted, const std::vector<std::string>& members, const std::string& chosen);
    void refresh();

    const std::vector<Pair>& pairs() const { return pairs_; }
    bool busy() const { return busy_; }
    /// What is shown are the pairs of one member alone.
    bool ofOne() const { return scope_ == Scope::One; }
    const Status& error() const { return error_; }

Q_SIGNALS:
    void changed();

private:
    enum class Scope : std::uint8_t { Unknown, All, One };

    void begin();
    void askAll();
    void takeAll(const StatusOr<api::PlanReview>& review);
    void askOne();
    void askNext();
    void takeNext(const std::string& other, const StatusOr<api::AccessExplanation>& answer);
    void finish();

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    std::shared_ptr<const api::PolicyState> policy_;
    bool wanted_ = false;
    std::vector<std::string> members_;
    std::string chosen_;
    /// Tells answers to what is asked now from older ones.
    std::uint64_t number_ = 0;
    Scope scope_ = Scope::Unknown;
    bool fresh_ = false;
    bool busy_ = false;
    std::size_t next_ = 0;
    std::size_t waiting_ = 0;
    std::vector<Pair> gathered_;
    std::vector<Pair> pairs_;
    Status error_;
};

}  // namespace weft::viewmodels
