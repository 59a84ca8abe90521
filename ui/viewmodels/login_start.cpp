// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/login_start.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

namespace weft::viewmodels {

LoginStart::LoginStart(LoginItem* item, Preferences& preferences, QObject* parent)
    : QObject(parent), item_(item), preferences_(preferences) {
    connect(&preferences_, &Preferences::changed, this, &LoginStart::follow);
}

QString LoginStart::noteText() const {
    if (item_ == nullptr) {
        return tr("Not available on this system yet.");
    }
    if (standing_.isTurnedOff) {
        return tr("The settings of the desktop have turned it off.");
    }
    if (!standing_.otherProgram.isEmpty()) {
        return tr("The entry starts %1, which is not this program. Turn it off and on to mend it.")
            .arg(bridge::shown(standing_.otherProgram.toStdString()));
    }
    return {};
}

void LoginStart::refresh() {
    if (item_ == nullptr) {
        return;
    }
    const auto standing = item_->read();
    if (!standing.ok()) {
        take({}, errorSentence(tr("The entry cannot be read"), standing.status()));
        return;
    }
    take(*standing, {});
    if (standing->starts) {
        // Whoever edited the entry has chosen.
        preferences_.setStartHidden(standing->hidden);
    }
}

void LoginStart::setOn(bool on) {
    if (item_ != nullptr) {
        write(on);
    }
}

void LoginStart::follow() {
    if (standing_.starts && standing_.hidden != preferences_.startHidden()) {
        write(true);
    }
}

void LoginStart::write(bool on) {
    const Status status = item_->write(on, preferences_.startHidden());
    if (status.ok()) {
        refresh();
    } else {
        take(standing_, errorSentence(tr("The entry cannot be changed"), status));
    }
}

void LoginStart::take(const LoginStanding& standing, const QString& error) {
    if (standing != standing_ || error != error_) {
        standing_ = standing;
        error_ = error;
        Q_EMIT changed();
    }
}

}  // namespace weft::viewmodels
