// SPDX-License-Identifier: Apache-2.0
#include "app/cli/sandbox_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::cli {
namespace {

constexpr int kExitBadUse = 2;
/// More than the path of any socket.
constexpr std::size_t kMostPathBytes = 4096;

Status systemError(const char* what, int code) {
    return unavailable("{}: {}", what, std::generic_category().message(code));
}

/// The words of a command line as the system takes them; they outlive this.
class Words {
public:
    Words(const std::filesystem::path& program, const std::vector<std::string>& options)
        : words_{program.string(), "--sandbox"} {
        words_.insert(words_.end(), options.begin(), options.end());
        for (auto& word : words_) {
            pointers_.push_back(word.data());
        }
        pointers_.push_back(nullptr);
    }
    Words(const Words&) = delete;
    Words& operator=(const Words&) = delete;
    ~Words() = default;

    char* const* get() const { return pointers_.data(); }

private:
    std::vector<std::string> words_;
    std::vector<char*> pointers_;
};

struct Pipe {
    base::UniqueFd read;
    base::UniqueFd write;
};

StatusOr<Pipe> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return systemError("making a pipe", errno);
    }
    return Pipe{base::UniqueFd(ends[0]), base::UniqueFd(ends[1])};
}

/// How a child is started: with two pipes, its own process group, so that Ctrl-C is for this
/// program alone, and no signal blocked that is blocked here.
class SpawnSettings {
public:
    SpawnSettings(int input, int output) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }

    const posix_spawn_file_actions_t* actions() const { return &actions_; }
    const posix_spawnattr_t* attributes() const { return &attributes_; }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// The first line, which is the path of the socket; empty when the other end was closed before it.
std::string readLine(int descriptor) {
    std::string line;
    char letter = 0;
    while (line.size() < kMostPathBytes) {
        const auto count = ::read(descriptor, &letter, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return {};
        }
        if (letter == '\n') {
            return line;
        }
        line += letter;
    }
    return {};
}

}  // namespace

StatusOr<std::filesystem::path> findDaemonProgram() {
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto folder = own.parent_path();
    // Installed beside this one; in a build tree in a folder of its own.
    for (const auto& candidate : {folder / "weftd", folder.parent_path() / "daemon" / "weftd"}) {
        if (!error && ::access(candidate.c_str(), X_OK) == 0) {
            return candidate;
        }
    }
    return notFound("weftd is not in {}: a sandbox is a part of it", folder.string());
}

StatusOr<std::unique_ptr<SandboxProcess>> SandboxProcess::start(
    const std::filesystem::path& program, const std::vector<std::string>& options) {
    WEFT_ASSIGN_OR_RETURN(auto input, makePipe());
    WEFT_ASSIGN_OR_RETURN(auto output, makePipe());
    auto all = options;
    all.emplace_back("--ends-with-input");
    const Words words(program, all);
    const SpawnSettings settings(input.read.get(), output.write.get());
    pid_t process = 0;
    const int code = ::posix_spawn(
        &process, program.c_str(), settings.actions(), settings.attributes(), words.get(), environ);
    if (code != 0) {
        return systemError("starting weftd", code);
    }
    input.read.reset();
    output.write.reset();
    std::unique_ptr<SandboxProcess> started(new SandboxProcess(process, std::move(input.write)));
    started->socket_ = readLine(output.read.get());
    if (started->socket_.empty()) {
        return started->end() == kExitBadUse ? invalidArgument("the sandbox was not started")
                                             : unavailable("the sandbox did not start");
    }
    return started;
}

SandboxProcess::~SandboxProcess() {
    end();
}

int SandboxProcess::end() {
    input_.reset();
    const pid_t process = std::exchange(process_, 0);
    int state = 0;
    if (process == 0) {
        return -1;
    }
    while (::waitpid(process, &state, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

Status becomeSandbox(
    const std::filesystem::path& program, const std::vector<std::string>& options) {
    const Words words(program, options);
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::execv(program.c_str(), words.get());
    return systemError("starting weftd", errno);
}

}  // namespace weft::cli
