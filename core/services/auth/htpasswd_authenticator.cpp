// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/htpasswd_authenticator.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/crypto/digest.h"
#include "core/services/auth/password_hash.h"

#include <utility>

#include <sys/stat.h>

namespace weft::services {

namespace {

constexpr std::chrono::seconds kLookInterval{1};
constexpr unsigned kOthersMayWrite = 0002;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

}  // namespace

HtpasswdAuthenticator::HtpasswdAuthenticator(
    std::filesystem::path path, const base::Clock& clock, std::string decoy)
    : path_(std::move(path))
    , clock_(clock)
    , decoy_(std::move(decoy))
    , decoyKey_(crypto::randomBytes(32)) {}

StatusOr<std::unique_ptr<HtpasswdAuthenticator>> HtpasswdAuthenticator::open(
    std::filesystem::path path, const base::Clock& clock) {
    WEFT_ASSIGN_OR_RETURN(
        auto decoy, makeHash(crypto::SecretBytes(crypto::randomAlphanumeric(32))));
    std::unique_ptr<HtpasswdAuthenticator> made(
        new HtpasswdAuthenticator(std::move(path), clock, std::move(decoy)));
    const Stamp stamp = stampOf(made->path_);
    WEFT_ASSIGN_OR_RETURN(auto users, made->read());
    const base::MutexLock lock(made->mutex_);
    made->users_ = std::move(users);
    made->stamp_ = stamp;
    made->lookedAt_ = clock.now();
    return made;
}

HtpasswdAuthenticator::Stamp HtpasswdAuthenticator::stampOf(const std::filesystem::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) {
        return {};
    }
    constexpr std::uint64_t kNanoseconds = 1'000'000'000;
    return {
        found.st_dev,
        found.st_ino,
        static_cast<std::uint64_t>(found.st_size),
        static_cast<std::uint64_t>(found.st_mtim.tv_sec) * kNanoseconds
            + static_cast<std::uint64_t>(found.st_mtim.tv_nsec),
        static_cast<std::uint64_t>(found.st_ctim.tv_sec) * kNanoseconds
            + static_cast<std::uint64_t>(found.st_ctim.tv_nsec)};
}

StatusOr<HtpasswdAuthenticator::Users> HtpasswdAuthenticator::read() const {
    const auto annotated = [this](const Status& status) {
        return annotate(status, "the password file {}", path_.string());
    };
    const auto file = base::readFileWithOwner(path_, Htpasswd::kMaxFileBytes);
    if (!file.ok()) {
        return annotated(file.status());
    }
    if ((file->mode & kOthersMayWrite) != 0) {
        return annotated(
            failedPrecondition("everybody may write to it: take that right away (chmod o-w)"));
    }
    auto users = Htpasswd::parse(file->bytes);
    if (!users.ok()) {
        return annotated(users.status());
    }
    return std::make_shared<const Htpasswd>(*std::move(users));
}

void HtpasswdAuthenticator::refresh() {
    Stamp known;
    {
        const base::MutexLock lock(mutex_);
        const TimePoint now = clock_.now();
        if (looking_ || now - lookedAt_ < kLookInterval) {
            return;
        }
        looking_ = true;
        lookedAt_ = now;
        known = stamp_;
    }
    const Stamp stamp = stampOf(path_);
    if (stamp == known) {
        const base::MutexLock lock(mutex_);
        looking_ = false;
        return;
    }
    auto users = read();
    if (users.ok()) {
        log().info("password file read again users={}", (*users)->size());
    } else {
        log().error("nobody can log in reason={}", messageOf(users.status()));
    }
    const base::MutexLock lock(mutex_);
    looking_ = false;
    stamp_ = stamp;
    users_ = users.ok() ? *std::move(users) : nullptr;
    ++generation_;
}

std::uint64_t HtpasswdAuthenticator::generation() {
    refresh();
    const base::MutexLock lock(mutex_);
    return generation_;
}

StatusOr<std::string> HtpasswdAuthenticator::identityOf(const Credentials& credentials) {
    refresh();
    Users users;
    {
        const base::MutexLock lock(mutex_);
        users = users_;
    }
    if (users == nullptr) {
        return unavailable("passwords cannot be checked now");
    }
    const std::string* hash = users->hashOf(credentials.username);
    const bool known = hash != nullptr;
    if (!known) {
        // The line stays the same for a name, and costs what a line of the file costs.
        const auto digest = crypto::hmacSha256(decoyKey_, credentials.username);
        hash = users->anyHash((std::size_t{digest[0]} << 8U) | digest[1]);
    }
    const bool matches = matchesHash(hash == nullptr ? decoy_ : *hash, credentials.password);
    if (!known || !matches) {
        return wrongCredentials();
    }
    return credentials.username;
}

}  // namespace weft::services
