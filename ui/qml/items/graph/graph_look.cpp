// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/graph_look.h"

#include <algorithm>

namespace weft::qml {

GraphPalette GraphLook::palette() const {
    GraphPalette palette{
        surface_, text_, secondaryText_, link_, idleLink_, accent_, warn_, relay_, focus_, {}};
    for (std::size_t i = 0; i < palette.series.size(); ++i) {
        const qsizetype last = series_.size() - 1;
        palette.series.at(i) =
            last < 0 ? accent_
                     : series_.at(std::min(static_cast<qsizetype>(i), last)).value<QColor>();
    }
    return palette;
}

QFont GraphLook::labelFont() const {
    QFont font;
    if (!fontFamily_.isEmpty()) {
        font.setFamily(fontFamily_);
    }
    font.setPixelSize(std::max(1, fontPixelSize_));
    return font;
}

}  // namespace weft::qml
