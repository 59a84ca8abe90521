// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QQmlEngine>
#include <QSettings>

#include <array>

namespace weft::viewmodels {

/// How the program behaves on this computer, kept between starts. What the file says and this
/// version does not know counts as not said. How it looks is Appearance's.
/// Thread: main.
class Preferences final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(CloseAction closeAction READ closeAction WRITE setCloseAction NOTIFY changed)
    Q_PROPERTY(bool disconnectOnQuit READ disconnectOnQuit WRITE setDisconnectOnQuit NOTIFY changed)
    Q_PROPERTY(bool startHidden READ startHidden WRITE setStartHidden NOTIFY changed)
    Q_PROPERTY(TrayIconStyle trayIconStyle READ trayIconStyle WRITE setTrayIconStyle NOTIFY changed)
    Q_PROPERTY(ByteUnits byteUnits READ byteUnits WRITE setByteUnits NOTIFY changed)
    Q_PROPERTY(QList<bool> notifications READ notifications NOTIFY changed)
    Q_PROPERTY(bool welcomed READ welcomed NOTIFY changed)
    Q_PROPERTY(QList<int> changedSettings READ changedSettings NOTIFY changed)

public:
    /// What the button that closes the window does. Auto hides it where there is a tray and
    /// minimises it otherwise.
    enum class CloseAction { Auto, Hide, Minimise, Quit };
    Q_ENUM(CloseAction)
    /// Light and Dark are the ink of an icon without colour. Auto goes by the desktop.
    enum class TrayIconStyle { Auto, Colour, Light, Dark };
    Q_ENUM(TrayIconStyle)
    /// Powers of 1024 (KiB), or of 1000 (kB).
    enum class ByteUnits { Binary, Decimal };
    Q_ENUM(ByteUnits)
    /// What a notification is about.
    enum class Category { Connection, Peers, Policy, Routes, Updates };
    Q_ENUM(Category)
    /// Everything that is kept. The categories come last, in their order.
    enum class Setting {
        CloseAction,
        DisconnectOnQuit,
        StartHidden,
        TrayIconStyle,
        ByteUnits,
        NotifyConnection,
        NotifyPeers,
        NotifyPolicy,
        NotifyRoutes,
        NotifyUpdates
    };
    Q_ENUM(Setting)
    static constexpr std::size_t kSettings = 10;

    /// `settings` outlives this; null keeps nothing.
    explicit Preferences(QSettings* settings, QObject* parent = nullptr);

    CloseAction closeAction() const { return static_cast<CloseAction>(get(Setting::CloseAction)); }
    void setCloseAction(CloseAction action) { set(Setting::CloseAction, static_cast<int>(action)); }
    /// Whether quitting leaves the meshes of a service too. The built-in core always leaves its
    /// own.
    bool disconnectOnQuit() const { return get(Setting::DisconnectOnQuit) != 0; }
    void setDisconnectOnQuit(bool disconnect) {
        set(Setting::DisconnectOnQuit, disconnect ? 1 : 0);
    }
    /// Whether a start at login shows no window. A start by hand always shows it.
    bool startHidden() const { return get(Setting::StartHidden) != 0; }
    void setStartHidden(bool hidden) { set(Setting::StartHidden, hidden ? 1 : 0); }
    TrayIconStyle trayIconStyle() const {
        return static_cast<TrayIconStyle>(get(Setting::TrayIconStyle));
    }
    void setTrayIconStyle(TrayIconStyle style) {
        set(Setting::TrayIconStyle, static_cast<int>(style));
    }
    ByteUnits byteUnits() const { return static_cast<ByteUnits>(get(Setting::ByteUnits)); }
    void setByteUnits(ByteUnits units) { set(Setting::ByteUnits, static_cast<int>(units)); }

    /// Whether news of `category` may become a notification.
    Q_INVOKABLE bool notifies(weft::viewmodels::Preferences::Category category) const;
    Q_INVOKABLE void setNotifies(weft::viewmodels::Preferences::Category category, bool notifies);

    /// By Category.
    QList<bool> notifications() const;

    /// Whether the last step of the first run was answered or skipped. No default brings it back.
    bool welcomed() const { return welcomed_; }
    Q_INVOKABLE void setWelcomed();

    Q_INVOKABLE bool isDefault(weft::viewmodels::Preferences::Setting setting) const;
    /// Back to the default, as if it had never been chosen.
    Q_INVOKABLE void reset(weft::viewmodels::Preferences::Setting setting);
    Q_INVOKABLE void resetAll();
    /// The settings that differ from their defaults.
    QList<int> changedSettings() const;

Q_SIGNALS:
    void changed();
    /// Texts that were read before are in the old units.
    void byteUnitsChanged();

private:
    int get(Setting setting) const { return values_.at(static_cast<std::size_t>(setting)); }
    void set(Setting setting, int value);
    void tell(Setting setting);
    /// Without a word to others. Returns whether it was another.
    bool forget(Setting setting);

    QSettings* settings_;
    std::array<int, kSettings> values_{};
    bool welcomed_ = false;
};

}  // namespace weft::viewmodels
