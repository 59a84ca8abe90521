// SPDX-License-Identifier: Apache-2.0
#include "app/cli/qr.h"

#include <qrcodegen/qrcodegen.hpp>

namespace weft::cli {
namespace {

std::string draw(const qrcodegen::QrCode& code, bool colour) {
    // The width of the quiet zone in ISO/IEC 18004.
    constexpr int kQuietZone = 4;
    const auto isLight = [&](int x, int y) { return !code.getModule(x, y); };
    std::string out;
    for (int y = -kQuietZone; y < code.getSize() + kQuietZone; y += 2) {
        out += colour ? "\x1b[97;40m" : "";
        for (int x = -kQuietZone; x < code.getSize() + kQuietZone; ++x) {
            const bool top = isLight(x, y);
            const bool bottom = isLight(x, y + 1);
            out +=
                top ? (bottom ? "\xE2\x96\x88" : "\xE2\x96\x80") : (bottom ? "\xE2\x96\x84" : " ");
        }
        out += colour ? "\x1b[0m\n" : "\n";
    }
    return out;
}

}  // namespace

StatusOr<std::string> qrText(std::string_view text, bool colour) {
    try {
        const auto code = qrcodegen::QrCode::encodeText(
            std::string(text).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
        return draw(code, colour);
    } catch (const qrcodegen::data_too_long&) {
        return invalidArgument("the text is too long for a QR code");
    }
}

}  // namespace weft::cli
