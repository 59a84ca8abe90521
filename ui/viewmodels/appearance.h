// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QSettings>
#include <QVariant>

namespace weft::viewmodels {

/// How the window looks: theme and size of text, kept between starts.
/// Thread: main.
class Appearance final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY changed)
    Q_PROPERTY(bool dark READ dark NOTIFY changed)
    Q_PROPERTY(int textPercent READ textPercent WRITE setTextPercent NOTIFY changed)
    Q_PROPERTY(bool reduceMotion READ reduceMotion WRITE setReduceMotion NOTIFY changed)

public:
    enum class Theme { System, Light, Dark };
    Q_ENUM(Theme)

    static constexpr int kLeastTextPercent = 90;
    static constexpr int kMostTextPercent = 150;

    /// `settings` outlives this; null keeps nothing.
    explicit Appearance(QSettings* settings, QObject* parent = nullptr);

    Theme theme() const { return theme_; }
    void setTheme(Theme theme);
    /// What counts now: the choice, or what the desktop says.
    bool dark() const;
    /// What the desktop says.
    void setSystemDark(bool dark);
    int textPercent() const { return textPercent_; }
    /// Kept within the limits.
    void setTextPercent(int percent);
    bool reduceMotion() const { return reduceMotion_; }
    void setReduceMotion(bool reduce);
    /// What was kept under a name of the form "page/what"; invalid: nothing was.
    QVariant kept(const QString& key) const;
    /// Keeps it for the next start. An invalid value forgets it.
    void keep(const QString& key, const QVariant& value);

Q_SIGNALS:
    void changed();

private:
    QSettings* settings_;
    Theme theme_ = Theme::System;
    bool systemDark_ = false;
    int textPercent_ = 100;
    bool reduceMotion_ = false;
};

}  // namespace weft::viewmodels
