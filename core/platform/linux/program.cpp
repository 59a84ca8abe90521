// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/program.h"

#include "core/base/log.h"
#include "core/base/unique_fd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::platform::detail {
namespace {

constexpr std::size_t kMostComplaintBytes = 4096;

Status systemError(std::string_view deed, int error) {
    return unavailable("{}: {}", deed, std::generic_category().message(error));
}

/// A file without a name: unlike a pipe it takes all before anybody reads.
StatusOr<base::UniqueFd> fileWith(const char* name, std::string_view bytes) {
    base::UniqueFd file(::memfd_create(name, MFD_CLOEXEC));
    if (!file.valid()) {
        return systemError("making a file in memory", errno);
    }
    while (!bytes.empty()) {
        const auto count = ::write(file.get(), bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return systemError("writing a file in memory", errno);
        }
        bytes.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

std::string contentOf(const base::UniqueFd& file) {
    std::string text(kMostComplaintBytes, '\0');
    const auto count = ::pread(file.get(), text.data(), text.size(), 0);
    text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return text;
}

/// posix_spawn's two kinds of instructions, freed.
class SpawnPlan {
public:
    SpawnPlan() {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        sigset_t all;
        sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    void give(const base::UniqueFd& file, int as) {
        ::posix_spawn_file_actions_adddup2(&actions_, file.get(), as);
    }
    void giveNothing(int as) {
        ::posix_spawn_file_actions_addopen(&actions_, as, "/dev/null", O_WRONLY, 0);
    }
    int spawn(pid_t& child, const char* path, char* const* arguments) {
        std::array<char, 9> locale{"LC_ALL=C"};
        const std::array<char*, 2> environment{locale.data(), nullptr};
        return ::posix_spawn(&child, path, &actions_, &attributes_, arguments, environment.data());
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// Waits for the end of `child`; false when it is not there after `patience`.
bool hasEnded(pid_t child, std::chrono::milliseconds patience) {
    const base::UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    if (!handle.valid()) {
        return true;  // a kernel before 5.3: wait without a limit
    }
    pollfd wait{handle.get(), POLLIN, 0};
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {
        const auto rest =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        const int ready =
            ::poll(&wait, 1, static_cast<int>(std::max<std::int64_t>(rest.count(), 0)));
        if (ready > 0) {
            return true;
        }
        if (ready == 0 || errno != EINTR) {
            return false;
        }
    }
}

int reap(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

StatusOr<ProgramResult> runProgram(
    const std::filesystem::path& program,
    const std::vector<std::string>& arguments,
    std::string_view input,
    std::chrono::milliseconds patience) {
    WEFT_ASSIGN_OR_RETURN(const auto in, fileWith("input", input));
    WEFT_ASSIGN_OR_RETURN(const auto complaints, fileWith("complaints", {}));
    SpawnPlan plan;
    plan.give(in, STDIN_FILENO);
    plan.giveNothing(STDOUT_FILENO);
    plan.give(complaints, STDERR_FILENO);
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    std::ranges::transform(
        words, std::back_inserter(pointers), [](std::string& word) { return word.data(); });
    pointers.push_back(nullptr);

    pid_t child = 0;
    const int error = plan.spawn(child, words.front().c_str(), pointers.data());
    if (error == ENOENT) {
        return notFound("there is no program {}", base::quoted(words.front()));
    }
    if (error != 0) {
        return systemError(fmt::format("starting {}", base::quoted(words.front())), error);
    }
    const bool ended = hasEnded(child, patience);
    if (!ended) {
        ::kill(child, SIGKILL);
    }
    const int code = reap(child);
    if (!ended) {
        return deadlineExceeded(
            "{} had not ended after {} ms", base::quoted(words.front()), patience.count());
    }
    return ProgramResult{code, contentOf(complaints)};
}

}  // namespace weft::platform::detail
