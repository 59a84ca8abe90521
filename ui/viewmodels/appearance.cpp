// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/appearance.h"

#include <QMetaEnum>

#include <algorithm>

namespace weft::viewmodels {
namespace {

const QString kThemeKey = QStringLiteral("appearance/theme");
const QString kTextKey = QStringLiteral("appearance/textPercent");
const QString kMotionKey = QStringLiteral("appearance/reduceMotion");

}  // namespace

Appearance::Appearance(QSettings* settings, QObject* parent)
    : QObject(parent), settings_(settings) {
    if (settings_ == nullptr) {
        return;
    }
    const QByteArray theme = settings_->value(kThemeKey).toString().toLatin1();
    bool known = false;
    const int value = QMetaEnum::fromType<Theme>().keyToValue(theme.constData(), &known);
    theme_ = known ? static_cast<Theme>(value) : Theme::System;
    const int percent = settings_->value(kTextKey, textPercent_).toInt();
    textPercent_ = std::clamp(percent, kLeastTextPercent, kMostTextPercent);
    reduceMotion_ = settings_->value(kMotionKey, false).toBool();
}

void Appearance::setTheme(Theme theme) {
    if (theme == theme_) {
        return;
    }
    theme_ = theme;
    const char* name = QMetaEnum::fromType<Theme>().valueToKey(static_cast<int>(theme));
    keep(kThemeKey, QString::fromLatin1(name));
    Q_EMIT changed();
}

bool Appearance::dark() const {
    return theme_ == Theme::System ? systemDark_ : theme_ == Theme::Dark;
}

void Appearance::setSystemDark(bool dark) {
    if (dark != systemDark_) {
        systemDark_ = dark;
        Q_EMIT changed();
    }
}

void Appearance::setTextPercent(int percent) {
    const int wanted = std::clamp(percent, kLeastTextPercent, kMostTextPercent);
    if (wanted == textPercent_) {
        return;
    }
    textPercent_ = wanted;
    keep(kTextKey, wanted);
    Q_EMIT changed();
}

void Appearance::setReduceMotion(bool reduce) {
    if (reduce == reduceMotion_) {
        return;
    }
    reduceMotion_ = reduce;
    keep(kMotionKey, reduce);
    Q_EMIT changed();
}

QVariant Appearance::kept(const QString& key) const {
    return settings_ == nullptr ? QVariant() : settings_->value(key);
}

void Appearance::keep(const QString& key, const QVariant& value) {
    if (settings_ == nullptr) {
        return;
    }
    if (value.isValid()) {
        settings_->setValue(key, value);
    } else {
        settings_->remove(key);
    }
}

}  // namespace weft::viewmodels
