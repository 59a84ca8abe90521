// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QQmlEngine>
#include <QSettings>
#include <QStringList>
#include <QVariant>

namespace weft::viewmodels {

/// What the desktop says about how windows are to look.
struct DesktopLook {
    bool dark = false;
    bool highContrast = false;
    bool reduceMotion = false;

    friend bool operator==(const DesktopLook&, const DesktopLook&) = default;
};

/// How the window looks: theme, contrast, density, size of text, motion and language, kept between
/// starts. What the file says and this version does not know counts as not said.
/// Thread: main.
class Appearance final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY changed)
    Q_PROPERTY(Contrast contrast READ contrast WRITE setContrast NOTIFY changed)
    Q_PROPERTY(Density density READ density WRITE setDensity NOTIFY changed)
    Q_PROPERTY(Motion motion READ motion WRITE setMotion NOTIFY changed)
    Q_PROPERTY(int textPercent READ textPercent WRITE setTextPercent NOTIFY changed)
    Q_PROPERTY(int languageIndex READ languageIndex WRITE setLanguageIndex NOTIFY changed)
    Q_PROPERTY(QStringList languageNames READ languageNames CONSTANT)
    Q_PROPERTY(bool dark READ dark NOTIFY changed)
    Q_PROPERTY(bool highContrast READ highContrast NOTIFY changed)
    Q_PROPERTY(bool compact READ compact NOTIFY changed)
    Q_PROPERTY(bool reduceMotion READ reduceMotion NOTIFY changed)
    Q_PROPERTY(QList<int> changedSettings READ changedSettings NOTIFY changed)

public:
    enum class Theme { System, Light, Dark };
    Q_ENUM(Theme)
    enum class Contrast { System, Normal, High };
    Q_ENUM(Contrast)
    enum class Density { Comfortable, Compact };
    Q_ENUM(Density)
    enum class Motion { System, Reduced, Full };
    Q_ENUM(Motion)
    /// Everything that is kept.
    enum class Setting { Theme, Contrast, Density, Motion, TextPercent, Language };
    Q_ENUM(Setting)

    static constexpr int kLeastTextPercent = 90;
    static constexpr int kUsualTextPercent = 100;
    static constexpr int kMostTextPercent = 150;

    /// `settings` outlives this; null keeps nothing.
    explicit Appearance(QSettings* settings, QObject* parent = nullptr);

    Theme theme() const { return theme_; }
    void setTheme(Theme theme);
    Contrast contrast() const { return contrast_; }
    void setContrast(Contrast contrast);
    Density density() const { return density_; }
    void setDensity(Density density);
    Motion motion() const { return motion_; }
    void setMotion(Motion motion);
    int textPercent() const { return textPercent_; }
    /// Kept within the limits.
    void setTextPercent(int percent);
    /// What was kept under a name of the form "page/what"; invalid: nothing was.
    QVariant kept(const QString& key) const;
    /// Keeps it for the next start. An invalid value forgets it.
    void keep(const QString& key, const QVariant& value);
    /// "de"; empty for that of the desktop.
    QString language() const { return language_; }
    /// One that has no catalogue counts as that of the desktop.
    void setLanguage(const QString& code);
    /// Where `language` stands in `languageNames`, which begins with that of the desktop.
    int languageIndex() const;
    void setLanguageIndex(int index);
    QStringList languageNames() const;

    /// What counts now: the choice, or what the desktop says.
    bool dark() const;
    bool highContrast() const;
    bool compact() const { return density_ == Density::Compact; }
    bool reduceMotion() const;
    /// Full or none, whatever the desktop says.
    void setReduceMotion(bool reduce) { setMotion(reduce ? Motion::Reduced : Motion::Full); }
    void setDesktop(const DesktopLook& desktop);

    Q_INVOKABLE bool isDefault(weft::viewmodels::Appearance::Setting setting) const;
    Q_INVOKABLE void reset(weft::viewmodels::Appearance::Setting setting);
    Q_INVOKABLE void resetAll();
    /// The settings that differ from their defaults.
    QList<int> changedSettings() const;

Q_SIGNALS:
    void changed();
    /// Texts that were read before are in the old language.
    void languageChanged();

private:
    QSettings* settings_;
    Theme theme_ = Theme::System;
    Contrast contrast_ = Contrast::System;
    Density density_ = Density::Comfortable;
    Motion motion_ = Motion::System;
    int textPercent_ = kUsualTextPercent;
    QString language_;
    DesktopLook desktop_;
};

}  // namespace weft::viewmodels
