// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/mutex.h"
#include "core/services/auth/authenticator.h"
#include "core/services/auth/htpasswd.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace weft::services {

/// Checks passwords by a file of the reference's and Apache's form. A change of the file counts a
/// second later; a file that has gone bad lets nobody in until it is mended.
class HtpasswdAuthenticator final : public Authenticator {
public:
    /// Reads the file. Errors: those of base::readFile and Htpasswd::parse; kFailedPrecondition
    /// when everybody may write to it.
    static StatusOr<std::unique_ptr<HtpasswdAuthenticator>> open(
        std::filesystem::path path, const base::Clock& clock);

    Credentials::Scheme scheme() const override { return Credentials::Scheme::Basic; }
    StatusOr<std::string> identityOf(const Credentials& credentials) override;
    std::uint64_t generation() override;

private:
    using Users = std::shared_ptr<const Htpasswd>;
    /// Device, inode, size and time of change: different after each change.
    using Stamp = std::array<std::uint64_t, 5>;

    HtpasswdAuthenticator(std::filesystem::path path, const base::Clock& clock, std::string decoy);
    static Stamp stampOf(const std::filesystem::path& path);
    StatusOr<Users> read() const;
    /// Looks whether the file has changed, when the last look is a second ago.
    void refresh() WEFT_EXCLUDES(mutex_);

    const std::filesystem::path path_;
    const base::Clock& clock_;
    /// What an unknown name is compared with while the file is empty.
    const std::string decoy_;
    /// Which line an unknown name is compared with: nobody else can tell.
    const std::string decoyKey_;
    base::Mutex mutex_;
    /// nullptr: the file does not read.
    Users users_ WEFT_GUARDED_BY(mutex_);
    Stamp stamp_ WEFT_GUARDED_BY(mutex_){};
    TimePoint lookedAt_ WEFT_GUARDED_BY(mutex_);
    bool looking_ WEFT_GUARDED_BY(mutex_) = false;
    std::uint64_t generation_ WEFT_GUARDED_BY(mutex_) = 1;
};

}  // namespace weft::services
