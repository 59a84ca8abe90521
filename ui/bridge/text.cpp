// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/text.h"

#include "core/base/text.h"

namespace weft::bridge {
namespace {

/// Longer than every honest error and far from what a layout cannot hold.
constexpr std::size_t kLongTextBytes = 1000;

}  // namespace

QString shown(std::string_view foreign) {
    return QString::fromStdString(base::displayText(foreign));
}

QString shownLong(std::string_view foreign) {
    return QString::fromStdString(base::displayText(foreign, kLongTextBytes));
}

std::string toCore(const QString& text) {
    return text.toStdString();
}

}  // namespace weft::bridge
