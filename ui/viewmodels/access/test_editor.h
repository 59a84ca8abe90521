// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "ui/bridge/bridge.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QVariantMap>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace weft::viewmodels {

/// One of the tests that are kept with the mesh while somebody looks at it or changes it. They are
/// written all at once, over the ones that were read: what others did to the other tests meanwhile
/// is taken over, and when they changed this one both are shown. What is typed stays until it is
/// saved or thrown away.
/// Thread: main.
class TestEditor final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by PolicyTestsViewModel")
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY changed)
    Q_PROPERTY(bool isNew READ isNew NOTIFY changed)
    /// Names the test in the list; empty for a new one.
    Q_PROPERTY(QString key READ key NOTIFY changed)
    Q_PROPERTY(QString heading READ heading NOTIFY changed)
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed)
    Q_PROPERTY(bool mustReach READ mustReach WRITE setMustReach NOTIFY changed)
    /// A node's id, "group:NAME" or `*`; empty while nothing is chosen.
    Q_PROPERTY(QString from READ from WRITE setFrom NOTIFY changed)
    Q_PROPERTY(QString to READ to WRITE setTo NOTIFY changed)
    /// 0: one of both is enough, 1: IPv4, 2: IPv6.
    Q_PROPERTY(int family READ family WRITE setFamily NOTIFY changed)
    Q_PROPERTY(QString network READ network WRITE setNetwork NOTIFY changed)
    /// What the fields say; empty while something is missing.
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
    /// Why nothing can be changed; empty when it can.
    Q_PROPERTY(QString readOnlyText READ readOnlyText NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool dirty READ dirty NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(bool conflict READ conflict NOTIFY changed)
    Q_PROPERTY(QString conflictText READ conflictText NOTIFY changed)
    /// How the two differ, a line each.
    Q_PROPERTY(QString conflictDetail READ conflictDetail NOTIFY changed)
    /// What is wrong, by field.
    Q_PROPERTY(QVariantMap problems READ problems NOTIFY changed)

public:
    /// As the mesh: one more is refused there.
    static constexpr std::size_t kMostTests = 500;
    /// How often a write is made again when others changed other tests meanwhile.
    static constexpr int kMostAttempts = 3;

    explicit TestEditor(bridge::Bridge& bridge, QObject* parent = nullptr);

    bool isOpen() const { return open_; }
    bool isNew() const { return !original_; }
    QString key() const;
    QString heading() const;
    QString name() const { return name_; }
    void setName(const QString& name);
    bool mustReach() const { return mustReach_; }
    void setMustReach(bool must);
    QString from() const { return from_; }
    void setFrom(const QString& from);
    QString to() const { return to_; }
    void setTo(const QString& to);
    int family() const { return family_; }
    void setFamily(int family);
    QString network() const { return network_; }
    void setNetwork(const QString& network);
    QString sentence() const;
    QString readOnlyText() const { return locked_; }
    bool busy() const { return busy_; }
    bool dirty() const;
    QString errorText() const { return error_; }
    bool conflict() const { return conflict_; }
    QString conflictText() const;
    QString conflictDetail() const;
    QVariantMap problems() const;
    /// As it is kept; nothing for a new one.
    const std::optional<api::PolicyTest>& original() const { return original_; }

    Q_INVOKABLE void openKey(const QString& key);
    Q_INVOKABLE void openNew();
    Q_INVOKABLE void save();
    Q_INVOKABLE void remove();
    /// Throws away what was typed.
    Q_INVOKABLE void close();
    Q_INVOKABLE void takeTheirs();
    Q_INVOKABLE void writeMine();

    void setMesh(const api::ProfileId& profile);
    void setLocked(const QString& why);
    /// What the mesh keeps now.
    void setKept(const api::KeptPolicyTests& kept);

Q_SIGNALS:
    void changed();
    /// What was written.
    void written(const weft::api::KeptPolicyTests& kept);
    /// In words.
    void done(const QString& text);

private:
    api::PolicyTest build() const;
    void load(const std::optional<api::PolicyTest>& test);
    void show(const std::optional<api::PolicyTest>& test);
    void edited();
    void setError(const QString& error);
    /// The kept test of that name; nullptr when there is none.
    const api::PolicyTest* keptTest(const std::string& name) const;
    /// Whether nobody else did anything to the shown test.
    bool isUntouched() const;
    /// The list with `wanted` in place of the shown test; nothing takes it away.
    std::vector<api::PolicyTest> listWith(const std::optional<api::PolicyTest>& wanted) const;
    void write(const std::optional<api::PolicyTest>& wanted, int attempt);
    void takeWritten(
        const std::optional<api::PolicyTest>& wanted,
        const std::vector<api::PolicyTest>& list,
        std::uint64_t revision);
    /// Others were faster: reads what they wrote, and goes on when it is about other tests.
    void readAgain(const std::optional<api::PolicyTest>& wanted, int attempt);
    template <typename Field>
    void set(Field& field, const Field& value);

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    api::KeptPolicyTests kept_;
    QString locked_;
    bool open_ = false;
    bool busy_ = false;
    bool attempted_ = false;
    bool conflict_ = false;
    QString error_;
    std::optional<api::PolicyTest> original_;
    QString name_;
    bool mustReach_ = true;
    QString from_;
    QString to_;
    int family_ = 0;
    QString network_;
    /// An answer that comes for another test than the shown one is passed over.
    std::uint64_t session_ = 0;
};

}  // namespace weft::viewmodels
