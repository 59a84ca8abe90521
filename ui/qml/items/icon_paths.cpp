// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/icon_paths.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace weft::qml {
namespace {

using Drawing = std::pair<const char*, const char*>;

constexpr auto kDrawings = std::to_array<Drawing>({
    {"overview", "R 3.5 3.5 7 9 1.5 R 13.5 3.5 7 5 1.5 R 13.5 11.5 7 9 1.5 R 3.5 15.5 7 5 1.5"},
    {"peers",
     "O 12 5.5 2.5 O 5.5 17.5 2.5 O 18.5 17.5 2.5 M 10.8 7.8 L 6.8 15.2 "
     "M 13.2 7.8 L 17.2 15.2 M 8.2 17.5 L 15.8 17.5"},
    {"graph",
     "O 6 6 2.5 O 18.5 8 2.5 O 8.5 18.5 2.5 O 18 17.5 2 M 8.4 6.5 L 16 7.6 M 6.6 8.4 L 8 16 "
     "M 10.7 17 L 16.6 9.7 M 11 18.3 L 16 17.7"},
    {"settings", "M 4 7 L 12 7 M 18 7 L 20 7 O 15 7 2.4 M 4 17 L 6 17 M 12 17 L 20 17 O 9 17 2.4"},
    {"route",
     "O 5.5 18 2.5 O 18.5 6 2.5 M 8 18 L 14 18 C 16.2 18 17.5 16.6 17.5 15 C 17.5 13.2 16.2 12 14 12 "
     "L 10 12 C 7.8 12 6.5 10.8 6.5 9 C 6.5 7.3 7.8 6 10 6 L 16 6"},
    {"changes", "M 4 8 L 17 8 M 13 4 L 17 8 L 13 12 M 20 16 L 7 16 M 11 12 L 7 16 L 11 20"},
    {"pulse", "M 3 12 L 7.5 12 L 10 5.5 L 14 18.5 L 16.5 12 L 21 12"},
    {"pause", "M 9 6 L 9 18 M 15 6 L 15 18"},
    {"undo",
     "M 9 5 L 4 10 L 9 15 M 4 10 L 14 10 C 17.3 10 20 12.2 20 15 C 20 17.8 17.3 20 14 20 L 9 20"},
    {"lock", "R 5 11 14 9.5 2 M 8 11 L 8 8 C 8 5.6 9.7 4 12 4 C 14.3 4 16 5.6 16 8 L 16 11"},
    {"bell",
     "M 5 17 L 19 17 C 17.8 15.6 17 14 17 11 C 17 7.5 15 5 12 5 C 9 5 7 7.5 7 11 C 7 14 6.2 15.6 5 17 "
     "M 10.2 20 L 13.8 20"},
    {"plus", "M 12 5 L 12 19 M 5 12 L 19 12"},
    {"minus", "M 5 12 L 19 12"},
    {"search", "O 10.5 10.5 6 M 15 15 L 20 20"},
    {"close", "M 6 6 L 18 18 M 18 6 L 6 18"},
    {"chevron-down", "M 6 9.5 L 12 15.5 L 18 9.5"},
    {"chevron-right", "M 9.5 6 L 15.5 12 L 9.5 18"},
    {"back", "M 11 5.5 L 4.5 12 L 11 18.5 M 4.5 12 L 19.5 12"},
    {"copy",
     "R 8.5 8.5 11.5 11.5 2 M 15.5 5.8 C 15.5 4.8 14.8 4 13.7 4 L 6 4 C 4.9 4 4 4.9 4 6 "
     "L 4 13.7 C 4 14.8 4.8 15.5 5.8 15.5"},
    {"check", "M 5 12.5 L 10 17.5 L 19.5 7"},
    {"warning", "M 12 4 L 21 19.5 L 3 19.5 Z M 12 10 L 12 14 M 12 16.6 L 12 16.7"},
    {"error", "O 12 12 8.5 M 12 7.5 L 12 12.8 M 12 16.2 L 12 16.3"},
    {"info", "O 12 12 8.5 M 12 11.2 L 12 16.5 M 12 7.7 L 12 7.8"},
    {"off", "O 12 12 8.5 M 8 12 L 16 12"},
    {"clock", "O 12 12 8.5 M 12 7 L 12 12 L 15.5 14"},
    {"done", "O 12 12 8.5 M 8 12.3 L 11 15.2 L 16.2 9"},
    {"invite",
     "O 9.5 8 3.5 M 3 20 C 3 15.8 5.8 13.8 9.5 13.8 C 11 13.8 12.3 14.1 13.4 14.8 "
     "M 18 13.5 L 18 20.5 M 14.5 17 L 21.5 17"},
    {"power",
     "M 12 3.5 L 12 11 M 7.2 6.6 C 5.2 8 4 10.1 4 12.5 C 4 16.9 7.6 20.5 12 20.5 "
     "C 16.4 20.5 20 16.9 20 12.5 C 20 10.1 18.8 8 16.8 6.6"},
    {"refresh",
     "M 19.5 12 C 19.5 16.1 16.1 19.5 12 19.5 C 7.9 19.5 4.5 16.1 4.5 12 "
     "C 4.5 7.9 7.9 4.5 12 4.5 C 14.6 4.5 16.8 5.8 18.2 7.8 M 18.8 3.8 L 18.5 8.2 L 14.2 7.8"},
    {"trash",
     "M 4.5 6.5 L 19.5 6.5 M 9 6.5 L 9 4 L 15 4 L 15 6.5 M 6.5 6.5 L 7.3 20 L 16.7 20 "
     "L 17.5 6.5 M 10.3 10.5 L 10.3 16 M 13.7 10.5 L 13.7 16"},
    {"key", "O 8 15.5 4 M 11 12.7 L 19.5 4.5 M 16 8 L 18.5 10.5"},
    {"device", "R 4.5 5 15 10.5 1.5 M 2.5 19 L 21.5 19"},
    {"system", "O 12 12 8.2 M 12 3.8 L 12 20.2 M 12 8 L 18.9 8 M 12 12 L 20 12 M 12 16 L 18.9 16"},
    {"sun",
     "O 12 12 3.8 M 12 2.8 L 12 4.8 M 12 19.2 L 12 21.2 M 2.8 12 L 4.8 12 M 19.2 12 L 21.2 12 "
     "M 5.5 5.5 L 6.9 6.9 M 17.1 17.1 L 18.5 18.5 M 5.5 18.5 L 6.9 17.1 M 17.1 6.9 L 18.5 5.5"},
    {"moon",
     "M 19.8 14.3 C 18.7 14.8 17.5 15 16.2 15 C 12 15 9 12 9 7.8 C 9 6.5 9.2 5.3 9.7 4.2 "
     "C 6.3 5.2 4 8.3 4 12 C 4 16.4 7.6 20 12 20 C 15.7 20 18.8 17.7 19.8 14.3 Z"},
    {"code",
     "R 3.5 6 17 12 2 M 9 6 L 9 8.2 M 9 10.9 L 9 13.1 M 9 15.8 L 9 18 M 13 10 L 17 10 "
     "M 13 14 L 15.5 14"},
    {"plug",
     "M 9 3.5 L 9 8 M 15 3.5 L 15 8 M 6 8 L 18 8 L 18 11 C 18 14.3 15.3 16.5 12 16.5 "
     "C 8.7 16.5 6 14.3 6 11 Z M 12 16.5 L 12 21"},
    {"spark", "O 12 12 3 M 12 3 L 12 6 M 12 18 L 12 21 M 3 12 L 6 12 M 18 12 L 21 12"},
    {"arrow-up", "M 12 18.5 L 12 6 M 6.5 11 L 12 5.5 L 17.5 11"},
    {"arrow-down", "M 12 5.5 L 12 18 M 6.5 13 L 12 18.5 L 17.5 13"},
    {"edit",
     "M 4.5 19.5 L 5.5 15.2 L 15.8 4.9 C 16.5 4.2 17.6 4.2 18.3 4.9 L 19.1 5.7 "
     "C 19.8 6.4 19.8 7.5 19.1 8.2 L 8.8 18.5 Z M 13.8 6.9 L 17.1 10.2"},
    {"keyboard",
     "R 2.5 6 19 12.5 2 M 6.5 10 L 6.6 10 M 10.1 10 L 10.2 10 M 13.8 10 L 13.9 10 "
     "M 17.4 10 L 17.5 10 M 8 14.5 L 16 14.5"},
    {"shield",
     "M 12 3.5 L 19 6 L 19 11.5 C 19 15.8 16.2 18.9 12 20.5 C 7.8 18.9 5 15.8 5 11.5 "
     "L 5 6 Z"},
    {"globe",
     "O 12 12 8.5 M 3.5 12 L 20.5 12 M 12 3.5 C 9.5 5.8 8.2 8.7 8.2 12 C 8.2 15.3 9.5 18.2 "
     "12 20.5 C 14.5 18.2 15.8 15.3 15.8 12 C 15.8 8.7 14.5 5.8 12 3.5"},
    {"swap",
     "M 4 8.5 L 19 8.5 M 15 4.5 L 19 8.5 L 15 12.5 M 20 15.5 L 5 15.5 M 9 11.5 L 5 15.5 L 9 19.5"},
    {"list",
     "M 9 6.5 L 20 6.5 M 9 12 L 20 12 M 9 17.5 L 20 17.5 O 4.8 6.5 0.9 O 4.8 12 0.9 O 4.8 17.5 0.9"},
    {"fit",
     "M 4.5 9 L 4.5 4.5 L 9 4.5 M 15 4.5 L 19.5 4.5 L 19.5 9 M 19.5 15 L 19.5 19.5 L 15 19.5 "
     "M 9 19.5 L 4.5 19.5 L 4.5 15"},
    {"export",
     "M 12 4 L 12 15 M 7.5 10.5 L 12 15 L 16.5 10.5 M 4.5 15.5 L 4.5 18.5 "
     "C 4.5 19.3 5 19.8 5.8 19.8 L 18.2 19.8 C 19 19.8 19.5 19.3 19.5 18.5 L 19.5 15.5"},
    {"more", "O 5.5 12 0.9 O 12 12 0.9 O 18.5 12 0.9"},
    {"user", "O 12 8 3.5 M 5 19.5 C 5 16 8 14 12 14 C 16 14 19 16 19 19.5"},
    {"grip", "O 9 6 0.9 O 15 6 0.9 O 9 12 0.9 O 15 12 0.9 O 9 18 0.9 O 15 18 0.9"},
    {"grip", "O 9 6 0.9 O 15 6 0.9 O 9 12 0.9 O 15 12 0.9 O 9 18 0.9 O 15 18 0.9"},
});

/// Takes the next token apart; false at the end.
class Tokens {
public:
    explicit Tokens(std::string_view data) : data_(data) {}

    bool next(std::string_view& token) {
        while (!data_.empty() && data_.front() == ' ') {
            data_.remove_prefix(1);
        }
        const auto end = std::min(data_.find(' '), data_.size());
        token = data_.substr(0, end);
        data_.remove_prefix(end);
        return !token.empty();
    }

    template <std::size_t N>
    bool numbers(std::array<qreal, N>& values) {
        for (qreal& value : values) {
            std::string_view token;
            bool isNumber = false;
            if (!next(token)) {
                return false;
            }
            value =
                QByteArray(token.data(), static_cast<qsizetype>(token.size())).toDouble(&isNumber);
            if (!isNumber) {
                return false;
            }
        }
        return true;
    }

private:
    std::string_view data_;
};

bool addPoint(QPainterPath& path, Tokens& tokens, bool line) {
    std::array<qreal, 2> v{};
    if (!tokens.numbers(v)) {
        return false;
    }
    if (line) {
        path.lineTo(v[0], v[1]);
    } else {
        path.moveTo(v[0], v[1]);
    }
    return true;
}

bool addCurve(QPainterPath& path, Tokens& tokens) {
    std::array<qreal, 6> v{};
    if (!tokens.numbers(v)) {
        return false;
    }
    path.cubicTo(v[0], v[1], v[2], v[3], v[4], v[5]);
    return true;
}

bool addCircle(QPainterPath& path, Tokens& tokens) {
    std::array<qreal, 3> v{};
    if (!tokens.numbers(v)) {
        return false;
    }
    path.addEllipse(QPointF(v[0], v[1]), v[2], v[2]);
    return true;
}

bool addRectangle(QPainterPath& path, Tokens& tokens) {
    std::array<qreal, 5> v{};
    if (!tokens.numbers(v)) {
        return false;
    }
    path.addRoundedRect(v[0], v[1], v[2], v[3], v[4], v[4]);
    return true;
}

bool addPart(QPainterPath& path, char letter, Tokens& tokens) {
    switch (letter) {
    case 'M':
        return addPoint(path, tokens, false);
    case 'L':
        return addPoint(path, tokens, true);
    case 'C':
        return addCurve(path, tokens);
    case 'O':
        return addCircle(path, tokens);
    case 'R':
        return addRectangle(path, tokens);
    case 'Z':
        path.closeSubpath();
        return true;
    default:
        return false;
    }
}

}  // namespace

QPainterPath parsePath(const char* data) {
    QPainterPath path;
    Tokens tokens(data);
    std::string_view token;
    while (tokens.next(token) && token.size() == 1 && addPart(path, token.front(), tokens)) {
    }
    return path;
}

QPainterPath iconPath(const QString& name) {
    for (const auto& [known, data] : kDrawings) {
        if (name == QLatin1String(known)) {
            return parsePath(data);
        }
    }
    return {};
}

QStringList iconNames() {
    QStringList names;
    for (const auto& [name, data] : kDrawings) {
        names.append(QLatin1String(name));
    }
    return names;
}

}  // namespace weft::qml
