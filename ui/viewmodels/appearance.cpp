// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/appearance.h"

#include "ui/viewmodels/language.h"

#include <QLocale>
#include <QMetaEnum>

#include <algorithm>
#include <array>

namespace weft::viewmodels {
namespace {

using Setting = Appearance::Setting;

const QString kThemeKey = QStringLiteral("appearance/theme");
const QString kContrastKey = QStringLiteral("appearance/contrast");
const QString kDensityKey = QStringLiteral("appearance/density");
const QString kTextKey = QStringLiteral("appearance/textPercent");
const QString kMotionKey = QStringLiteral("appearance/motion");
const QString kLanguageKey = QStringLiteral("appearance/language");

constexpr std::array kSettings{
    Setting::Theme,
    Setting::Contrast,
    Setting::Density,
    Setting::Motion,
    Setting::TextPercent,
    Setting::Language};

template <typename Enum>
QString nameOf(Enum value) {
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

/// The first of the enumeration is the default.
template <typename Enum>
Enum valueOf(const QVariant& kept) {
    bool known = false;
    const QByteArray name = kept.toString().toLatin1();
    const int value = QMetaEnum::fromType<Enum>().keyToValue(name.constData(), &known);
    return known ? static_cast<Enum>(value) : Enum{};
}

int percentOf(const QVariant& kept) {
    bool isNumber = false;
    const int percent = kept.toInt(&isNumber);
    return isNumber
               ? std::clamp(percent, Appearance::kLeastTextPercent, Appearance::kMostTextPercent)
               : Appearance::kUsualTextPercent;
}

QString languageOf(const QString& code) {
    return Language::available().contains(code) ? code : QString();
}

}  // namespace

Appearance::Appearance(QSettings* settings, QObject* parent)
    : QObject(parent), settings_(settings) {
    if (settings_ == nullptr) {
        return;
    }
    theme_ = valueOf<Theme>(settings_->value(kThemeKey));
    contrast_ = valueOf<Contrast>(settings_->value(kContrastKey));
    density_ = valueOf<Density>(settings_->value(kDensityKey));
    motion_ = valueOf<Motion>(settings_->value(kMotionKey));
    textPercent_ = percentOf(settings_->value(kTextKey));
    language_ = languageOf(settings_->value(kLanguageKey).toString());
}

void Appearance::setTheme(Theme theme) {
    if (theme != theme_) {
        theme_ = theme;
        keep(kThemeKey, nameOf(theme));
        Q_EMIT changed();
    }
}

void Appearance::setContrast(Contrast contrast) {
    if (contrast != contrast_) {
        contrast_ = contrast;
        keep(kContrastKey, nameOf(contrast));
        Q_EMIT changed();
    }
}

void Appearance::setDensity(Density density) {
    if (density != density_) {
        density_ = density;
        keep(kDensityKey, nameOf(density));
        Q_EMIT changed();
    }
}

void Appearance::setMotion(Motion motion) {
    if (motion != motion_) {
        motion_ = motion;
        keep(kMotionKey, nameOf(motion));
        Q_EMIT changed();
    }
}

void Appearance::setTextPercent(int percent) {
    const int wanted = std::clamp(percent, kLeastTextPercent, kMostTextPercent);
    if (wanted != textPercent_) {
        textPercent_ = wanted;
        keep(kTextKey, wanted);
        Q_EMIT changed();
    }
}

void Appearance::setLanguage(const QString& code) {
    const QString wanted = languageOf(code);
    if (wanted != language_) {
        language_ = wanted;
        keep(kLanguageKey, wanted);
        Q_EMIT changed();
        Q_EMIT languageChanged();
    }
}

int Appearance::languageIndex() const {
    return static_cast<int>(Language::available().indexOf(language_)) + 1;
}

void Appearance::setLanguageIndex(int index) {
    // The one before the first is that of the desktop.
    setLanguage(Language::available().value(index - 1));
}

QStringList Appearance::languageNames() const {
    QStringList names{tr("System")};
    for (const QString& code : Language::available()) {
        // Each in itself: who cannot read the others finds it. The locale would name a country too.
        const bool isEnglish = QLocale(code).language() == QLocale::English;
        const QString name =
            isEnglish ? QStringLiteral("English") : QLocale(code).nativeLanguageName();
        names.append(name.left(1).toUpper() + name.mid(1));
    }
    return names;
}

bool Appearance::dark() const {
    return theme_ == Theme::System ? desktop_.dark : theme_ == Theme::Dark;
}

bool Appearance::highContrast() const {
    return contrast_ == Contrast::System ? desktop_.highContrast : contrast_ == Contrast::High;
}

bool Appearance::reduceMotion() const {
    return motion_ == Motion::System ? desktop_.reduceMotion : motion_ == Motion::Reduced;
}

void Appearance::setDesktop(const DesktopLook& desktop) {
    if (desktop != desktop_) {
        desktop_ = desktop;
        Q_EMIT changed();
    }
}

bool Appearance::isDefault(Setting setting) const {
    switch (setting) {
    case Setting::Theme:
        return theme_ == Theme{};
    case Setting::Contrast:
        return contrast_ == Contrast{};
    case Setting::Density:
        return density_ == Density{};
    case Setting::Motion:
        return motion_ == Motion{};
    case Setting::TextPercent:
        return textPercent_ == kUsualTextPercent;
    case Setting::Language:
        return language_.isEmpty();
    }
    return true;
}

void Appearance::reset(Setting setting) {
    switch (setting) {
    case Setting::Theme:
        setTheme({});
        break;
    case Setting::Contrast:
        setContrast({});
        break;
    case Setting::Density:
        setDensity({});
        break;
    case Setting::Motion:
        setMotion({});
        break;
    case Setting::TextPercent:
        setTextPercent(kUsualTextPercent);
        break;
    case Setting::Language:
        setLanguage({});
        break;
    }
}

void Appearance::resetAll() {
    for (const Setting setting : kSettings) {
        reset(setting);
    }
}

QList<int> Appearance::changedSettings() const {
    QList<int> changed;
    for (const Setting setting : kSettings) {
        if (!isDefault(setting)) {
            changed.append(static_cast<int>(setting));
        }
    }
    return changed;
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
