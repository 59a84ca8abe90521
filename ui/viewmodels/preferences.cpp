// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/preferences.h"

#include <QMetaEnum>

#include <QLatin1String>

namespace weft::viewmodels {
namespace {

using Setting = Preferences::Setting;

struct Kind {
    const char* key;
    int initial;
    /// Null for what is on or off.
    const char* enumeration;
};

/// By Setting.
constexpr std::array<Kind, Preferences::kSettings> kKinds{{
    {"window/closeAction", 0, "CloseAction"},
    {"window/disconnectOnQuit", 0, nullptr},
    {"window/startHidden", 0, nullptr},
    {"tray/iconStyle", 0, "TrayIconStyle"},
    {"units/bytes", 0, "ByteUnits"},
    {"notify/connection", 1, nullptr},
    {"notify/peers", 0, nullptr},
    {"notify/policy", 1, nullptr},
    {"notify/routes", 1, nullptr},
    {"notify/updates", 1, nullptr},
}};

const QString kWelcomedKey = QStringLiteral("window/welcomed");
const QString kOn = QStringLiteral("true");
const QString kOff = QStringLiteral("false");

const Kind& kindOf(Setting setting) {
    return kKinds.at(static_cast<std::size_t>(setting));
}

Setting settingAt(std::size_t index) {
    return static_cast<Setting>(index);
}

Setting settingOf(Preferences::Category category) {
    return static_cast<Setting>(
        static_cast<int>(Setting::NotifyConnection) + static_cast<int>(category));
}

QMetaEnum enumerationOf(const Kind& kind) {
    const QMetaObject& meta = Preferences::staticMetaObject;
    return meta.enumerator(meta.indexOfEnumerator(kind.enumeration));
}

QString textOf(const Kind& kind, int value) {
    if (kind.enumeration == nullptr) {
        return value != 0 ? kOn : kOff;
    }
    return QString::fromLatin1(enumerationOf(kind).valueToKey(value));
}

/// The default for what no version with this setting has written.
int valueOf(const Kind& kind, const QVariant& kept) {
    const QString text = kept.toString();
    if (kind.enumeration == nullptr) {
        return text == kOn ? 1 : text == kOff ? 0 : kind.initial;
    }
    const QMetaEnum names = enumerationOf(kind);
    for (int i = 0; i < names.keyCount(); ++i) {
        if (text == QLatin1String(names.key(i))) {
            return names.value(i);
        }
    }
    return kind.initial;
}

}  // namespace

Preferences::Preferences(QSettings* settings, QObject* parent)
    : QObject(parent), settings_(settings) {
    for (std::size_t i = 0; i < kSettings; ++i) {
        const Kind& kind = kKinds.at(i);
        const QVariant kept =
            settings_ == nullptr ? QVariant() : settings_->value(QLatin1String(kind.key));
        values_.at(i) = valueOf(kind, kept);
    }
    welcomed_ = settings_ != nullptr && settings_->value(kWelcomedKey).toString() == kOn;
}

bool Preferences::notifies(Category category) const {
    return get(settingOf(category)) != 0;
}

void Preferences::setNotifies(Category category, bool notifies) {
    set(settingOf(category), notifies ? 1 : 0);
}

QList<bool> Preferences::notifications() const {
    QList<bool> all;
    for (int i = 0; i < QMetaEnum::fromType<Category>().keyCount(); ++i) {
        all.append(notifies(static_cast<Category>(i)));
    }
    return all;
}

void Preferences::setWelcomed() {
    if (!welcomed_) {
        welcomed_ = true;
        if (settings_ != nullptr) {
            settings_->setValue(kWelcomedKey, kOn);
        }
        Q_EMIT changed();
    }
}

bool Preferences::isDefault(Setting setting) const {
    return get(setting) == kindOf(setting).initial;
}

void Preferences::reset(Setting setting) {
    if (forget(setting)) {
        tell(setting);
    }
}

void Preferences::resetAll() {
    for (std::size_t i = 0; i < kSettings; ++i) {
        reset(settingAt(i));
    }
}

QList<int> Preferences::changedSettings() const {
    QList<int> changed;
    for (std::size_t i = 0; i < kSettings; ++i) {
        if (!isDefault(settingAt(i))) {
            changed.append(static_cast<int>(i));
        }
    }
    return changed;
}

void Preferences::set(Setting setting, int value) {
    const Kind& kind = kindOf(setting);
    const int wanted = valueOf(kind, textOf(kind, value));
    if (wanted == get(setting)) {
        return;
    }
    values_.at(static_cast<std::size_t>(setting)) = wanted;
    if (settings_ != nullptr) {
        settings_->setValue(QLatin1String(kind.key), textOf(kind, wanted));
    }
    tell(setting);
}

void Preferences::tell(Setting setting) {
    Q_EMIT changed();
    if (setting == Setting::ByteUnits) {
        Q_EMIT byteUnitsChanged();
    }
}

bool Preferences::forget(Setting setting) {
    const Kind& kind = kindOf(setting);
    if (settings_ != nullptr) {
        settings_->remove(QLatin1String(kind.key));
    }
    int& value = values_.at(static_cast<std::size_t>(setting));
    const bool differs = value != kind.initial;
    value = kind.initial;
    return differs;
}

}  // namespace weft::viewmodels
