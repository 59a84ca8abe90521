// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/unique_fd.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace weft::cli {

/// A sandbox that somebody serves, until this goes.
class RunningSandbox {
public:
    RunningSandbox() = default;
    RunningSandbox(const RunningSandbox&) = delete;
    RunningSandbox& operator=(const RunningSandbox&) = delete;
    virtual ~RunningSandbox() = default;

    virtual const std::filesystem::path& socket() const = 0;
};

/// The weftd beside this program. Errors: kNotFound.
StatusOr<std::filesystem::path> findDaemonProgram();

/// A weftd that is a sandbox. It ends when this goes, and when this program ends in whatever way.
class SandboxProcess final : public RunningSandbox {
public:
    /// Returns when it answers; what it says of a failure goes to standard error. Blocks.
    /// `options` are those of "weftd --sandbox". Errors: kInvalidArgument (the options),
    /// kUnavailable.
    static StatusOr<std::unique_ptr<SandboxProcess>> start(
        const std::filesystem::path& program, const std::vector<std::string>& options);
    ~SandboxProcess() override;

    const std::filesystem::path& socket() const override { return socket_; }

private:
    SandboxProcess(pid_t process, base::UniqueFd input)
        : process_(process), input_(std::move(input)) {}
    /// Waits for its end; its exit code, or -1.
    int end();

    pid_t process_;
    /// Held open for as long as it is needed.
    base::UniqueFd input_;
    std::filesystem::path socket_;
};

/// Goes on as a sandbox, in place of this program; returns only when that is not possible.
/// Errors: kUnavailable.
Status becomeSandbox(const std::filesystem::path& program, const std::vector<std::string>& options);

}  // namespace weft::cli
