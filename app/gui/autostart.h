// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/login_item.h"

#include <filesystem>
#include <memory>

namespace weft::app {

/// Starting at login by a file in a folder "autostart" that the desktop reads: Desktop Application
/// Autostart Specification 0.5.
class XdgAutostart final : public viewmodels::LoginItem {
public:
    /// `configHome` is that of the user ($XDG_CONFIG_HOME); `program` is what is started.
    XdgAutostart(const std::filesystem::path& configHome, std::filesystem::path program);

    StatusOr<viewmodels::LoginStanding> read() const override;
    Status write(bool starts, bool hidden) override;

    const std::filesystem::path& file() const { return file_; }

private:
    const std::filesystem::path program_;
    const std::filesystem::path file_;
};

/// That of this system for this program; null where there is none yet.
std::unique_ptr<viewmodels::LoginItem> systemLoginItem();

}  // namespace weft::app
