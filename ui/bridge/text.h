// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace weft::bridge {

/// Text of the core for people. It may come from a stranger: control characters, line breaks and
/// bidirectional marks are dropped, bytes that are not UTF-8 too, and its length is limited. It is
/// plain text: whoever shows it must not read markup in it.
QString shown(std::string_view foreign);

/// The same for a text that may be long, such as the words of an error.
QString shownLong(std::string_view foreign);

/// Text that the user typed or that our own screens made, as the core takes it.
std::string toCore(const QString& text);

}  // namespace weft::bridge
