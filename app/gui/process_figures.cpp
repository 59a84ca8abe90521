// SPDX-License-Identifier: Apache-2.0
#include "app/gui/process_figures.h"

#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

namespace weft::app {
namespace {

/// After the name of the program, which may contain spaces and ends with the last bracket.
constexpr int kStartFieldAfterName = 20;

}  // namespace

std::optional<std::chrono::milliseconds> sinceProcessStart() {
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    const auto name = line.rfind(')');
    if (name == std::string::npos) {
        return std::nullopt;
    }
    std::istringstream fields(line.substr(name + 1));
    std::string field;
    for (int i = 0; i < kStartFieldAfterName; ++i) {
        fields >> field;
    }
    long long ticks = 0;
    timespec now{};
    if (!(std::istringstream(field) >> ticks) || ::clock_gettime(CLOCK_BOOTTIME, &now) != 0) {
        return std::nullopt;
    }
    using std::chrono::milliseconds;
    const milliseconds started(ticks * 1000 / ::sysconf(_SC_CLK_TCK));
    const milliseconds current(now.tv_sec * 1000LL + now.tv_nsec / 1000000);
    return current - started;
}

std::optional<std::size_t> residentBytes() {
    std::ifstream file("/proc/self/status");
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string key;
        std::size_t kibibytes = 0;
        if (words >> key >> kibibytes && key == "VmRSS:") {
            return kibibytes * 1024;
        }
    }
    return std::nullopt;
}

}  // namespace weft::app
