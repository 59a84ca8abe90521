// SPDX-License-Identifier: Apache-2.0
// Preloaded into a daemon (LD_PRELOAD) by tests: ends it, or has the disk fail, at the write to its
// store that they have chosen.
//
// STORE_FAULT names a file. While that says "kill N", each write or flush of the store counts N
// down, and the one that makes it 0 ends the program by SIGKILL, with half of its bytes written.
// "sync N" counts flushes alone, and the last of them fails with EIO. Without the file, or at 0,
// everything goes its way.
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <dlfcn.h>
#include <unistd.h>

namespace {

enum class Step { Write, Flush };
enum class Fault { None, Kill, Fail };

constexpr std::string_view kFlushPlan = "sync";

bool isOfStore(int file) {
    std::array<char, 64> link{};
    std::array<char, 4096> target{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
    const auto length = ::readlink(link.data(), target.data(), target.size());
    return length > 0
           && std::string_view(target.data(), static_cast<std::size_t>(length)).find("/mesh.db")
                  != std::string_view::npos;
}

/// What shall become of this step, which is counted. The store has one thread that writes.
Fault nextStep(int file, Step step) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): a daemon does not change its environment
    const char* const path = std::getenv("STORE_FAULT");
    std::FILE* const plan = path != nullptr && isOfStore(file) ? std::fopen(path, "r+") : nullptr;
    if (plan == nullptr) {
        return Fault::None;
    }
    std::array<char, 32> line{};
    const bool isRead = std::fgets(line.data(), line.size(), plan) != nullptr;
    const std::string_view text(line.data());
    const long left = isRead && text.size() > 5 ? std::strtol(line.data() + 5, nullptr, 10) : 0;
    const bool isFlushPlan = text.starts_with(kFlushPlan);
    const bool counts = left > 0 && (step == Step::Flush || !isFlushPlan);
    if (counts) {
        std::rewind(plan);
        std::fprintf(plan, "%.4s %-8ld\n", line.data(), left - 1);
    }
    std::fclose(plan);
    if (!counts || left != 1) {
        return Fault::None;
    }
    return isFlushPlan ? Fault::Fail : Fault::Kill;
}

template <typename Function>
Function* original(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): those are reserved names
extern "C" ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
    const auto write = original<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    if (nextStep(file, Step::Write) == Fault::Kill) {
        write(file, bytes, size / 2, at);
        ::raise(SIGKILL);
    }
    return write(file, bytes, size, at);
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): those are reserved names
extern "C" int fdatasync(int file) {
    switch (nextStep(file, Step::Flush)) {
    case Fault::Kill:
        ::raise(SIGKILL);
        break;
    case Fault::Fail:
        errno = EIO;
        return -1;
    case Fault::None:
        break;
    }
    return original<int(int)>("fdatasync")(file);
}
