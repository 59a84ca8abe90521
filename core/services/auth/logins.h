// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/clock.h"
#include "core/base/mutex.h"
#include "core/services/auth/authenticator.h"
#include "core/services/auth/login_limiter.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace weft::services {

struct LoginLimits {
    /// Checks at once. One of argon2id may take 128 MiB.
    std::size_t threads = 2;
    /// Calls that wait for a check; past that they are refused.
    std::size_t waiting = 64;
    /// Reference clients show the password with every call: a good one is checked again after this.
    Duration remembered = std::chrono::minutes(1);
    std::size_t mostRemembered = 1024;
};

/// Checks passwords on threads of its own, so that no loop waits for a slow hash or a directory,
/// and holds the limits on failed logins. Equal logins at once are one check.
/// Thread: any. Outlives nobody: `stop` before what `done` refers to goes.
class Logins {
public:
    using Done = std::function<void(const StatusOr<std::string>& identity)>;

    Logins(
        std::vector<std::unique_ptr<Authenticator>> authenticators,
        const base::Clock& clock,
        LoginLimits limits = {});
    Logins(const Logins&) = delete;
    Logins& operator=(const Logins&) = delete;
    ~Logins();

    /// Whether there is an authenticator for the scheme.
    bool checks(Credentials::Scheme scheme) const { return authenticatorFor(scheme) != nullptr; }

    /// `source` stands for where the call comes from. `done` runs once: at once where the answer is
    /// known, else on a thread of this.
    /// Errors: those of Authenticator; kResourceExhausted too many logins failed or wait,
    /// kCancelled after `stop`.
    void check(Credentials credentials, const std::string& source, Done done) WEFT_EXCLUDES(mutex_);

    /// What waits is answered with kCancelled; returns when no `done` runs any more. Idempotent.
    void stop() WEFT_EXCLUDES(mutex_);

private:
    struct Attempt {
        std::string key;
        Credentials credentials;
        std::string source;
        Authenticator* authenticator = nullptr;
        std::uint64_t generation = 0;
    };
    struct Remembered {
        std::string identity;
        TimePoint until;
        std::uint64_t generation = 0;
    };

    Authenticator* authenticatorFor(Credentials::Scheme scheme) const;
    std::string keyOf(const Credentials& credentials) const;
    /// The answer when it is known; kUnknown: it is not.
    StatusOr<std::string> lookUp(const std::string& key, std::uint64_t generation)
        WEFT_REQUIRES(mutex_);
    /// Makes `done` wait; `*isNew` says whether a check is needed.
    Status enqueue(const Attempt& attempt, const Done& done, bool* isNew) WEFT_REQUIRES(mutex_);
    void run(const std::shared_ptr<const Attempt>& attempt) WEFT_EXCLUDES(mutex_);
    void remember(const Attempt& attempt, const std::string& identity) WEFT_REQUIRES(mutex_);

    const std::vector<std::unique_ptr<Authenticator>> authenticators_;
    const base::Clock& clock_;
    const LoginLimits limits_;
    /// Keys of the tables below are made with it: passwords are not kept, nor anything that a
    /// password can be guessed from elsewhere.
    const std::string secret_;
    std::atomic<bool> stopped_{false};
    base::Mutex mutex_;
    LoginLimiter limiter_ WEFT_GUARDED_BY(mutex_);
    std::unordered_map<std::string, std::vector<Done>> underWay_ WEFT_GUARDED_BY(mutex_);
    std::size_t waiting_ WEFT_GUARDED_BY(mutex_) = 0;
    std::unordered_map<std::string, Remembered> remembered_ WEFT_GUARDED_BY(mutex_);
    std::size_t nextThread_ WEFT_GUARDED_BY(mutex_) = 0;
    std::vector<std::unique_ptr<base::AsioLoop>> threads_;
};

}  // namespace weft::services
